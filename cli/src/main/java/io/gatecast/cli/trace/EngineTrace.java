package io.gatecast.cli.trace;

import io.gatecast.core.kernel.KernelUnavailableException;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.kernel.LayerKernel;
import io.gatecast.core.kernel.LayerShape;
import io.gatecast.core.kernel.LayerState;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.RecurrentCell;
import io.gatecast.reference.SequencePass;
import io.gatecast.reference.State;
import io.gatecast.reference.Step;
import io.gatecast.reference.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A case through one of the engine's kernels: {@code portable} in double, {@code vector} and {@code
 * blas} in float, as they know no other.
 *
 * <p>Hidden vectors and gradients are those of one pass over the whole sequence, as in training. C
 * of each step, of which a pass tells the last alone, is that of the same kernel run a step at a
 * time with its state carried on. Gates an engine keeps to itself, but for the RNN's, which is h.
 * It has no head: y is V h + c in double.
 */
final class EngineTrace {
  private final TraceCase given;
  private final LayerKernel kernel;
  private final DataType type;
  private final LayerShape shape;
  private final EngineWeights weights;

  private EngineTrace(TraceCase given, LayerKernel kernel) {
    this.given = given;
    this.kernel = kernel;
    type = kernel.name().equals("portable") ? DataType.DOUBLE : DataType.FLOAT;
    RecurrentCell cell = given.cell();
    shape = new LayerShape(spec(given.kind()), cell.inputSize(), cell.hiddenSize());
    weights = EngineWeights.zeros(shape, type);
    weights.write(given.weights());
  }

  /**
   * Runs an engine.
   *
   * @param engine the kernel's name
   * @throws io.gatecast.forecasting.JobFault if it cannot run here; with exit code usage
   */
  static Trace of(TraceCase given, String engine) {
    LayerKernel kernel;
    try {
      kernel = Kernels.of(engine);
    } catch (KernelUnavailableException e) {
      throw Place.option("--engine " + engine)
          .fault(e.expected(), e.found(), e.action())
          .because(e);
    }
    NativeRuntime.require();
    return new EngineTrace(given, kernel).run();
  }

  private Trace run() {
    List<Tensor> loss = given.lossGradient();
    INDArray out = EngineArrays.zeros(type, 1, shape.hidden(), given.x().size());
    LayerState initial = EngineArrays.state(type, given.initial());
    LayerKernel.Pass pass = forward(given.x(), initial, out, loss != null);
    List<Step> steps = steps(EngineArrays.vectors(out), initial);
    return new Trace(
        given,
        kernel.name(),
        new SequencePass(given.x(), given.initial(), steps),
        Trace.outputs(given, steps),
        loss == null ? null : backward(pass, loss));
  }

  private LayerKernel.Pass forward(List<Tensor> x, LayerState initial, INDArray out, boolean keep) {
    return kernel.forward(
        shape, weights.arrays(), EngineArrays.sequence(type, x), null, initial, out, keep);
  }

  private List<Step> steps(List<Tensor> hidden, LayerState initial) {
    List<Step> steps = new ArrayList<>();
    LayerState state = initial;
    for (int t = 0; t < hidden.size(); t++) {
      double[] h = hidden.get(t).values();
      State after = State.of(h);
      if (shape.hasCellState()) {
        INDArray unread = EngineArrays.zeros(type, 1, h.length, 1);
        state = forward(given.x().subList(t, t + 1), state, unread, false).last();
        if (EngineArrays.state(state) instanceof State.HiddenAndCell both) {
          after = State.of(h, both.c());
        }
      }
      steps.add(
          new Step(after, given.kind() instanceof CellKind.Rnn ? Map.of("hidden", h) : Map.of()));
    }
    return steps;
  }

  private Trace.Gradient backward(LayerKernel.Pass pass, List<Tensor> loss) {
    EngineWeights gradients = EngineWeights.zeros(shape, type);
    INDArray dx = EngineArrays.zeros(type, 1, shape.inputs(), loss.size());
    LayerState initial =
        pass.backward(EngineArrays.sequence(type, loss), null, gradients.arrays(), dx);
    return new Trace.Gradient(
        gradients.read(), EngineArrays.vectors(dx), EngineArrays.state(initial));
  }

  private static CellSpec spec(CellKind kind) {
    if (kind instanceof CellKind.Rnn rnn) {
      return new CellSpec.Rnn(CellSpec.Activation.valueOf(rnn.activation().name()));
    }
    if (kind instanceof CellKind.Gru gru) {
      return new CellSpec.Gru(CellSpec.Reset.valueOf(gru.reset().name()));
    }
    return new CellSpec.Lstm();
  }
}
