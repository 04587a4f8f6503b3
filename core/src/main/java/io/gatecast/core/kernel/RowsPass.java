package io.gatecast.core.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One layer's way over some rows of a batch: what went in, and all that backpropagation needs. Time
 * comes first, and the rows are the pass's own, so that steps lie behind each other without gaps.
 *
 * <p>It is room to be used again: {@link #start} makes it ready for another batch, and takes more
 * memory only if the batch is larger than all before.
 */
final class RowsPass {
  /** Rows times steps that one product takes together: enough to work at full speed, and cached. */
  private static final int PRODUCT_ROWS = 256;

  /** Rows from which on a step's product with input and state is made at once, at full speed. */
  private static final int ROWS_AT_ONCE = 4;

  private static final float[] NONE = {};

  final PackedWeights weights;
  private final Arithmetic arithmetic;
  private final boolean keep;
  private final List<Arithmetic.Step> steps = new ArrayList<>(); // as a call makes no garbage
  private int gateSteps;
  int time;
  int rows;

  /** Steps of which products that need not wait for the state are made together. */
  int together;

  /** {@code [time + 1][rows][depth]}: x_t, 1 and h_{t-1}; after the last step the state alone. */
  float[] xh = NONE;

  /** {@code [rows][time]}: 0 where a step is padding; empty for none. */
  float[] mask = NONE;

  /**
   * {@code [time][rows][row]}: the gates, and on the way back ∂L/∂(pre-activations). A pass that is
   * not kept has room for few steps only.
   */
  float[] gates = NONE;

  /** {@code [time + 1][rows][padded hidden]}: C of an LSTM; if not kept, two steps in turn. */
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
    if (time != this.time || rows != this.rows) {
      makeRoom(time, rows);
    }
    this.mask = mask;
    for (int r = 0; r < rows; r++) {
      Arrays.fill(xh, stateAt(0, r), stateAt(0, r) + weights.hidden, 0);
    }
    if (weights.shape.hasCellState()) {
      Arrays.fill(c, 0, rows * weights.hidden, 0);
    }
  }

  private void makeRoom(int time, int rows) {
    this.time = time;
    this.rows = rows;
    this.together = Math.max(1, Math.min(time, PRODUCT_ROWS / rows));
    this.gateSteps = keep ? time : inputAhead() ? together : 1;
    int states = Math.multiplyExact(time + 1, rows);
    if (xh.length < Math.multiplyExact(states, weights.depth)) {
      xh = new float[states * weights.depth];
      for (int i = 1; i <= states; i++) {
        xh[i * weights.depth - weights.hidden - 1] = 1;
      }
    }
    int step = rows * weights.hidden;
    gates = room(gates, Math.multiplyExact(gateSteps * rows, weights.row));
    if (weights.shape.hasCellState()) {
      c = room(c, (keep ? time + 1 : 2) * step);
    }
    if (weights.resetsBefore()) {
      kept = room(kept, (keep ? time : 1) * step);
    }
    steps.clear();
    for (int t = 0; t < time; t++) {
      steps.add(
          new Arithmetic.Step(
              gates,
              gatesAt(t),
              weights.row,
              xh,
              stateAt(t, 0),
              stateAt(t + 1, 0),
              weights.depth,
              rows,
              weights.hidden));
    }
  }

  /** One step's gates and states, for the arithmetic. */
  Arithmetic.Step step(int t) {
    return steps.get(t);
  }

  /** Whether products with the input are made ahead of those with the state: for few rows. */
  boolean inputAhead() {
    return rows < ROWS_AT_ONCE;
  }

  /** Numbers of scratch that the products of the weights' gradients need. */
  int scratch() {
    return arithmetic.scratch(weights.depth, together * rows);
  }

  int gatesAt(int t) {
    return t % gateSteps * rows * weights.row;
  }

  /** Where step t's vectors of input and state begin. */
  int vectorsAt(int t) {
    return t * rows * weights.depth;
  }

  /** Where a row's state before step t begins. */
  int stateAt(int t, int row) {
    return (t * rows + row) * weights.depth + weights.stateFrom;
  }

  int cellAt(int t) {
    return (keep ? t : t & 1) * rows * weights.hidden;
  }

  int keptAt(int t) {
    return (keep ? t : 0) * rows * weights.hidden;
  }

  /** The states after each step, as sequences. */
  Sequences states() {
    return new Sequences(xh, stateAt(1, 0), weights.depth, rows * weights.depth, 1);
  }

  boolean isPadding(int row, int t) {
    return mask.length > 0 && mask[row * time + t] == 0;
  }

  /**
   * Copies input vectors in. Whatever stands in a padding step, NaN included, must not reach a
   * product: it becomes 0.
   */
  void read(Sequences source, int firstRow) {
    int inputs = weights.shape.inputs();
    for (int t = 0; t < time; t++) {
      int to = vectorsAt(t);
      for (int r = 0; r < rows; r++) {
        if (isPadding(r, t)) {
          Arrays.fill(xh, to, to + inputs, 0);
        } else {
          source.copy(firstRow + r, t, xh, to, inputs);
        }
        to += weights.depth;
      }
    }
  }
}
