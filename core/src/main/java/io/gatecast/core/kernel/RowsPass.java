package io.gatecast.core.kernel;

import java.util.Arrays;

/**
 * One layer's way over some rows of a batch: what went in, and all that backpropagation needs. Time
 * comes first, and the rows are the pass's own, so that steps lie behind each other without gaps.
 *
 * <p>It is room to be used again: {@link #start} makes it ready for another batch, and takes more
 * memory only if the batch is larger than all before.
 */
final class RowsPass {
  /** Rows times steps that one product takes together: enough to work at full speed, and cached. */
  private static final int PRODUCT_ROWS = 128;

  private static final float[] NONE = {};

  final PackedWeights weights;
  private final Arithmetic arithmetic;
  private final boolean keep;
  int time;
  int rows;

  /** Steps whose products with the input are made together. */
  int together;

  /** {@code [time][rows][depth]}: the input vector, then 1, then zeros. */
  float[] x = NONE;

  /** {@code [rows][time]}: 0 where a step is padding; empty for none. */
  float[] mask = NONE;

  /**
   * {@code [time][rows][row]}: the gates, and on the way back ∂L/∂(pre-activations). A pass that is
   * not kept has room for the steps that are together only.
   */
  float[] gates = NONE;

  /** {@code [time + 1][rows][padded hidden]}: h_0, h_1, ..., h_T. */
  float[] h = NONE;

  /** C likewise for an LSTM; a pass that is not kept has two steps in turn. */
  float[] c = NONE;

  /** {@code [time][rows][padded hidden]}: r ∘ h' for a GRU that resets before. */
  float[] kept = NONE;

  RowsPass(Arithmetic arithmetic, PackedWeights weights, boolean keep) {
    this.arithmetic = arithmetic;
    this.weights = weights;
    this.keep = keep;
  }

  /** An array of at least n numbers: the one there is, or a larger one of zeros. */
  static float[] room(float[] array, int n) {
    return array.length >= n ? array : new float[n];
  }

  /** Makes room for a batch; the initial state is zero. */
  void start(int time, int rows, float[] mask) {
    this.time = time;
    this.rows = rows;
    this.mask = mask;
    this.together = Math.max(1, Math.min(time, PRODUCT_ROWS / rows));
    int inputs = weights.shape.inputs();
    int depth = weights.input.depth;
    int steps = Math.multiplyExact(time, rows);
    if (x.length < Math.multiplyExact(steps, depth)) {
      x = new float[steps * depth];
      for (int i = 0; i < steps; i++) {
        x[i * depth + inputs] = 1;
      }
    }
    int step = rows * weights.hidden;
    gates = room(gates, Math.multiplyExact((keep ? time : together) * rows, weights.row));
    h = room(h, Math.multiplyExact(time + 1, step));
    Arrays.fill(h, 0, step, 0);
    if (weights.shape.hasCellState()) {
      c = room(c, (keep ? time + 1 : 2) * step);
      Arrays.fill(c, 0, step, 0);
    }
    if (weights.resetsBefore()) {
      kept = room(kept, (keep ? time : 1) * step);
    }
  }

  /** Numbers of scratch that the products of the weights' gradients need. */
  int scratch() {
    int depth = Math.max(weights.input.depth, weights.hidden);
    return arithmetic.scratch(depth, together * rows);
  }

  int gatesAt(int t) {
    return (keep ? t : t % together) * rows * weights.row;
  }

  int stateAt(int t) {
    return t * rows * weights.hidden;
  }

  int cellAt(int t) {
    return (keep ? t : t & 1) * rows * weights.hidden;
  }

  int keptAt(int t) {
    return keep ? stateAt(t) : 0;
  }

  boolean isPadding(int row, int t) {
    return mask.length > 0 && mask[row * time + t] == 0;
  }

  /**
   * Copies a step's input vectors in. Whatever stands in a padding step, NaN included, must not
   * reach a product: it becomes 0.
   */
  void read(Sequences source, int firstRow) {
    int inputs = weights.shape.inputs();
    int depth = weights.input.depth;
    for (int t = 0; t < time; t++) {
      for (int r = 0; r < rows; r++) {
        int to = (t * rows + r) * depth;
        if (isPadding(r, t)) {
          Arrays.fill(x, to, to + inputs, 0);
        } else {
          source.copy(firstRow + r, t, x, to, inputs);
        }
      }
    }
  }
}
