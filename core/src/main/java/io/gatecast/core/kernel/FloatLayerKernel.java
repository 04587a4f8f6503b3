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
            onHeap(shape, weights),
            FloatArrays.sequences(x),
            Math.toIntExact(x.size(2)),
            Math.toIntExact(x.size(0)),
            mask == null ? NONE : FloatArrays.rows(mask),
            initial == null ? NONE : FloatArrays.rows(initial.h()),
            c == null ? NONE : FloatArrays.rows(c),
            keep);
    Sequences hidden = FloatArrays.room(out);
    pass.hidden(hidden);
    FloatArrays.write(hidden, out);
    if (!keep) {
      pass.weights.close();
    }
    return new FloatPass(shape, pass, keep);
  }

  private static LayerWeights onHeap(LayerShape shape, LayerArrays arrays) {
    LayerWeights weights = new LayerWeights(shape, new float[LayerWeights.length(shape)], 0);
    read(arrays.input(), weights, weights.input());
    read(arrays.recurrent(), weights, weights.recurrent());
    read(arrays.bias(), weights, weights.bias());
    INDArray second = arrays.recurrentBias();
    if (second != null) {
      read(second, weights, weights.recurrentBias());
    }
    return weights;
  }

  private static void read(INDArray array, LayerWeights weights, int at) {
    float[] rows = FloatArrays.rows(array);
    System.arraycopy(rows, 0, weights.values(), at, rows.length);
  }

  private final class FloatPass implements Pass {
    private final LayerShape shape;
    private final LayerPass pass;
    private final float[] lastCell; // the way back overwrites C
    private boolean usable;

    FloatPass(LayerShape shape, LayerPass pass, boolean kept) {
      this.shape = shape;
      this.pass = pass;
      this.lastCell = pass.lastCell();
      this.usable = kept;
    }

    @Override
    public LayerState last() {
      return state(pass.lastHidden(), lastCell);
    }

    private LayerState state(float[] h, float[] c) {
      return new LayerState(matrix(h), c.length == 0 ? null : matrix(c));
    }

    private INDArray matrix(float[] rows) {
      INDArray matrix =
          Nd4j.createUninitializedDetached(DataType.FLOAT, pass.batch, shape.hidden());
      FloatArrays.writeRows(rows, 0, matrix);
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
      LayerWeights sum = new LayerWeights(shape, new float[LayerWeights.length(shape)], 0);
      Sequences ofX = dx == null ? null : FloatArrays.room(dx);
      float[][] initial =
          kernel.backward(
              pass,
              FloatArrays.sequences(dOut),
              dLast == null ? NONE : FloatArrays.rows(dLast.h()),
              dc == null ? NONE : FloatArrays.rows(dc),
              sum,
              ofX);
      pass.weights.close();
      FloatArrays.writeRows(sum.values(), sum.input(), gradients.input());
      FloatArrays.writeRows(sum.values(), sum.recurrent(), gradients.recurrent());
      FloatArrays.writeRows(sum.values(), sum.bias(), gradients.bias());
      INDArray second = gradients.recurrentBias();
      if (second != null) {
        FloatArrays.writeRows(sum.values(), sum.recurrentBias(), second);
      }
      if (dx != null && ofX != null) {
        FloatArrays.write(ofX, dx);
      }
      return state(initial[0], initial[1]);
    }
  }
}
