package io.gatecast.core.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A {@link FloatKernel} for ND4J arrays: brings them to the heap and back. Float only. */
final class FloatLayerKernel implements LayerKernel {
  private static final float[] NONE = {};

  private final FloatKernel kernel;

  FloatLayerKernel(FloatKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return kernel.name();
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
    INDArray c = initial == null ? null : initial.c();
    LayerPass pass =
        kernel.forward(
            shape,
            onHeap(shape, weights),
            FloatArrays.timeFirst(x),
            Math.toIntExact(x.size(2)),
            Math.toIntExact(x.size(0)),
            mask == null ? NONE : FloatArrays.rows(mask),
            initial == null ? NONE : FloatArrays.rows(initial.h()),
            c == null ? NONE : FloatArrays.rows(c),
            keep);
    FloatArrays.writeTimeFirst(pass.hidden(), out);
    return new FloatPass(shape, pass, keep);
  }

  private static LayerWeights onHeap(LayerShape shape, LayerArrays arrays) {
    INDArray second = arrays.recurrentBias();
    return new LayerWeights(
        shape,
        FloatArrays.rows(arrays.input()),
        FloatArrays.rows(arrays.recurrent()),
        FloatArrays.rows(arrays.bias().reshape(-1)),
        second == null ? NONE : FloatArrays.rows(second.reshape(-1)));
  }

  private final class FloatPass implements Pass {
    private final LayerShape shape;
    private final LayerPass pass;
    private boolean usable;

    FloatPass(LayerShape shape, LayerPass pass, boolean kept) {
      this.shape = shape;
      this.pass = pass;
      this.usable = kept;
    }

    @Override
    public LayerState last() {
      return state(pass.lastHidden(), pass.lastCell());
    }

    private LayerState state(float[] h, float[] c) {
      return new LayerState(matrix(h), c.length == 0 ? null : matrix(c));
    }

    private INDArray matrix(float[] rows) {
      INDArray matrix =
          Nd4j.createUninitializedDetached(DataType.FLOAT, pass.batch, shape.hidden());
      FloatArrays.writeRows(rows, matrix);
      return matrix;
    }

    @Override
    public LayerState backward(
        INDArray dOut, @Nullable LayerState dLast, LayerArrays gradients, @Nullable INDArray dx) {
      if (!usable) {
        throw new IllegalStateException(
            "pass: expected one kept for the way back and not yet followed, found one that was not");
      }
      LayerChecks.state("dLast", shape, pass.batch, dLast);
      usable = false;
      INDArray dc = dLast == null ? null : dLast.c();
      FloatKernel.LayerGradient gradient =
          kernel.backward(
              pass,
              FloatArrays.timeFirst(dOut),
              dLast == null ? NONE : FloatArrays.rows(dLast.h()),
              dc == null ? NONE : FloatArrays.rows(dc),
              dx != null);
      LayerWeights weights = gradient.weights();
      FloatArrays.writeRows(weights.input(), gradients.input());
      FloatArrays.writeRows(weights.recurrent(), gradients.recurrent());
      FloatArrays.writeRows(weights.bias(), gradients.bias().reshape(-1));
      INDArray second = gradients.recurrentBias();
      if (second != null) {
        FloatArrays.writeRows(weights.recurrentBias(), second.reshape(-1));
      }
      if (dx != null) {
        FloatArrays.writeTimeFirst(gradient.x(), dx);
      }
      return state(gradient.initialH(), gradient.initialC());
    }
  }
}
