package io.gatecast.cli.trace;

import io.gatecast.reference.RecurrentCell;
import io.gatecast.reference.SequenceGradient;
import io.gatecast.reference.SequencePass;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.Unrolled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case with what the oracle makes of it: every step, every output, every gradient. It computes
 * nothing itself and shows nothing.
 *
 * @param given the case
 * @param pass the steps with their gates
 * @param y V h_t + c, of shape {@code [output]} for each step; empty where there is no head
 * @param gradient what full backpropagation through time finds; null where no loss gradient is
 *     given. The head has none: the loss gradient is that of h_t, whatever way the loss reads it
 */
public record Trace(
    TraceCase given, SequencePass pass, List<Tensor> y, @Nullable SequenceGradient gradient) {

  /**
   * Runs the oracle.
   *
   * @throws IllegalArgumentException if x, the state or the loss gradient has another shape than
   *     the weights ask for; the message names it
   */
  public static Trace of(TraceCase given) {
    RecurrentCell cell = given.cell();
    Unrolled unrolled = new Unrolled(cell);
    SequencePass pass = unrolled.forward(rows(given.x()), given.initial());
    List<Tensor> y =
        given
            .head()
            .map(
                head ->
                    pass.steps().stream()
                        .map(step -> Tensor.vector(head.forward(step.state().h())))
                        .toList())
            .orElse(List.of());
    List<Tensor> loss = given.lossGradient();
    SequenceGradient gradient =
        loss == null ? null : unrolled.backward(pass, rows(loss), cell.initialState());
    return new Trace(given, pass, y, gradient);
  }

  private static double[][] rows(List<Tensor> vectors) {
    return vectors.stream().map(Tensor::values).toArray(double[][]::new);
  }
}
