package io.gatecast.core.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer in float on plain arrays: forward, and backward through time, with the rows of
 * the batch over the threads. What it computes with is its {@link Arithmetic}.
 *
 * <p>The same weights, inputs and number of threads give the same bits. It holds nothing between
 * calls and may be shared by threads.
 */
final class FloatKernel {
  private final String name;
  private final Arithmetic arithmetic;
  private final Rows rows;

  FloatKernel(String name, Arithmetic arithmetic, int threads) {
    this.name = name;
    this.arithmetic = arithmetic;
    this.rows = new Rows(threads);
  }

  /** How reports call it. */
  String name() {
    return name;
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  Rows rows() {
    return rows;
  }

  /**
   * Runs a layer over a batch of sequences.
   *
   * @param weights the layer and its weights; read, not kept
   * @param x input vectors; read, not kept
   * @param time steps, at least 1
   * @param batch sequences, at least 1
   * @param mask {@code [batch][time]}, 0 where a step is padding and carries the state through;
   *     empty for none
   * @param initialH {@code [batch][hidden]}; empty for zeros
   * @param initialC {@code [batch][hidden]} for an LSTM; empty for zeros
   * @param keep whether the way back will be asked for
   * @return the pass
   */
  LayerPass forward(
      LayerWeights weights,
      Sequences x,
      int time,
      int batch,
      float[] mask,
      float[] initialH,
      float[] initialC,
      boolean keep) {
    LayerShape shape = weights.shape();
    PackedWeights packed = new PackedWeights(arithmetic, shape, keep);
    packed.load(weights);
    List<RowsPass> parts =
        rows.share(
            batch,
            (part, from, to) -> {
              RowsPass pass = new RowsPass(arithmetic, packed, keep);
              pass.start(time, to - from, LayerPass.rowsOf(mask, time, from, to));
              pass.read(x, from);
              int at = packed.stateFrom;
              spread(initialH, from, to, shape.hidden(), pass.xh, at, packed.depth);
              spread(initialC, from, to, shape.hidden(), pass.c, 0, packed.hidden);
              new RowsLoop(arithmetic, pass).forward(initialH.length + initialC.length == 0);
              return pass;
            });
    return new LayerPass(packed, time, batch, parts);
  }

  /**
   * The way back through a pass, once: it overwrites what the pass kept.
   *
   * @param pass a forward pass made for it
   * @param dOut ∂L/∂h_t by what reads h_t
   * @param lastH ∂L/∂h_T by whoever carries the state on, {@code [batch][hidden]}; empty for zeros
   * @param lastC ∂L/∂C_T likewise for an LSTM; empty for zeros
   * @param sum ∂L/∂weights is added here, summed over batch and time
   * @param dx ∂L/∂x is written here; null for nowhere
   * @return ∂L/∂h_0 and ∂L/∂C_0, {@code [batch][hidden]}, the latter empty for cells without it
   */
  float[][] backward(
      LayerPass pass,
      Sequences dOut,
      float[] lastH,
      float[] lastC,
      LayerWeights sum,
      @Nullable Sequences dx) {
    PackedWeights packed = pass.weights;
    int units = packed.shape.hidden();
    float[] initialH = new float[pass.batch * units];
    float[] initialC = new float[packed.shape.hasCellState() ? initialH.length : 0];
    List<RowsGradient> gradients =
        rows.share(
            pass.batch,
            (part, from, to) -> {
              RowsGradient gradient = new RowsGradient(packed);
              RowsPass own = pass.parts.get(part);
              gradient.start(own);
              spread(lastH, from, to, units, gradient.carryH, 0, packed.hidden);
              spread(lastC, from, to, units, gradient.carryC, 0, packed.hidden);
              float[] above = pass.padded(dOut, from, to);
              int width = packed.inputTurned.columns;
              float[] below = new float[dx == null ? 0 : pass.time * own.rows * width];
              new RowsLoop(arithmetic, own).backward(above, 0, below, true, gradient);
              if (dx != null) {
                pass.put(below, width, packed.shape.inputs(), dx, from, to);
              }
              gather(gradient.carryH, own.rows, packed.hidden, initialH, from, units);
              if (initialC.length > 0) {
                gather(gradient.carryC, own.rows, packed.hidden, initialC, from, units);
              }
              return gradient;
            });
    for (RowsGradient part : gradients) { // in order: the same sums every time
      packed.addGradient(part, sum);
    }
    return new float[][] {initialH, initialC};
  }

  private static void spread(
      float[] values, int from, int to, int width, float[] padded, int at, int stride) {
    for (int r = from; r < to && values.length > 0; r++) {
      System.arraycopy(values, r * width, padded, at + (r - from) * stride, width);
    }
  }

  private static void gather(
      float[] padded, int rows, int stride, float[] values, int firstRow, int width) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(padded, r * stride, values, (firstRow + r) * width, width);
    }
  }
}
