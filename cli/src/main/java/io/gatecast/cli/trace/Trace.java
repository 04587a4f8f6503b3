package io.gatecast.cli.trace;

import io.gatecast.reference.RecurrentCell;
import io.gatecast.reference.SequenceGradient;
import io.gatecast.reference.SequencePass;
import io.gatecast.reference.State;
import io.gatecast.reference.Step;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.Unrolled;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A case with what the oracle, or an engine, makes of it: every step, every output, every gradient.
 * It computes nothing itself and shows nothing.
 *
 * @param given the case
 * @param engine the engine's kernel; null for the oracle
 * @param pass the steps; with their gates if they are the oracle's
 * @param y V h_t + c, of shape {@code [output]} for each step; empty where there is no head
 * @param gradient what full backpropagation through time finds; null where no loss gradient is
 *     given. The head has none: the loss gradient is that of h_t, whatever way the loss reads it
 */
public record Trace(
    TraceCase given,
    @Nullable String engine,
    SequencePass pass,
    List<Tensor> y,
    @Nullable Gradient gradient) {

  /**
   * The gradients that are shown.
   *
   * @param weights ∂L/∂weights by canonical name
   * @param x ∂L/∂x_t, of shape {@code [input]} for each step
   * @param initial ∂L/∂(the state before the first step)
   */
  public record Gradient(Map<String, Tensor> weights, List<Tensor> x, State initial) {}

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
    List<Tensor> loss = given.lossGradient();
    Gradient gradient = null;
    if (loss != null) {
      SequenceGradient found = unrolled.backward(pass, rows(loss), cell.initialState());
      gradient = new Gradient(found.weights(), found.x(), found.initial());
    }
    return new Trace(given, null, pass, outputs(given, pass.steps()), gradient);
  }

  /**
   * Runs one of the engine's kernels.
   *
   * @param engine its name
   * @throws io.gatecast.forecasting.JobFault if it cannot run here; with exit code usage
   */
  public static Trace of(TraceCase given, String engine) {
    return EngineTrace.of(given, engine);
  }

  static List<Tensor> outputs(TraceCase given, List<Step> steps) {
    return given
        .head()
        .map(
            head ->
                steps.stream().map(step -> Tensor.vector(head.forward(step.state().h()))).toList())
        .orElse(List.of());
  }

  private static double[][] rows(List<Tensor> vectors) {
    return vectors.stream().map(Tensor::values).toArray(double[][]::new);
  }
}
