package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A recurrent layer in plain ND4J operations: in float or double as the weights are, on every
 * backend. Each operation on a step costs some microseconds whatever its size, so that it is slow
 * where layers are small.
 */
public final class PortableKernel implements LayerKernel {
  /** A kernel; all are alike. */
  public PortableKernel() {}

  @Override
  public String name() {
    return "portable";
  }

  @Override
  public Pass forward(
      LayerShape shape,
      LayerArrays weights,
      INDArray x,
      @Nullable INDArray mask,
      @Nullable LayerState initial,
      INDArray out,
      boolean keep) {
    LayerChecks.forward(shape, weights, x, mask, initial, out);
    PortablePass pass = pass(shape, weights, x, mask);
    pass.forward(initial, out, keep);
    return pass;
  }

  private static PortablePass pass(
      LayerShape shape, LayerArrays weights, INDArray x, @Nullable INDArray mask) {
    if (shape.cell() instanceof CellSpec.Rnn rnn) {
      return new PortableRnn(rnn.activation(), shape, weights, x, mask);
    }
    if (shape.cell() instanceof CellSpec.Gru gru) {
      return gru.reset() == CellSpec.Reset.BEFORE
          ? new PortableGruBefore(shape, weights, x, mask)
          : new PortableGruAfter(shape, weights, x, mask);
    }
    return new PortableLstm(shape, weights, x, mask);
  }
}
