package io.gatecast.core.kernel;

/**
 * One layer's way over some rows of a batch: what went in, and all that backpropagation needs. Time
 * comes first, and the rows are the pass's own, so that steps lie behind each other without gaps.
 */
final class RowsPass {
  final PackedWeights weights;
  final int time;
  final int rows;

  /** {@code [time][rows][inputs]}. */
  final float[] x;

  /** {@code [rows][time]}: 0 where a step is padding; empty for none. */
  final float[] mask;

  /** {@code [time][rows][row]}: the gates, and on the way back ∂L/∂(pre-activations). */
  final float[] gates;

  /** {@code [time + 1][rows][padded hidden]}: h_0, h_1, ..., h_T; C likewise for an LSTM. */
  final float[] h;

  final float[] c;

  /** {@code [time][rows][padded hidden]}: r ∘ h' of a GRU that resets before. */
  final float[] kept;

  RowsPass(PackedWeights weights, int time, int rows, float[] x, float[] mask) {
    this.weights = weights;
    this.time = time;
    this.rows = rows;
    this.x = x;
    this.mask = mask;
    int steps = Math.multiplyExact(time, rows);
    int states = Math.multiplyExact((time + 1) * rows, weights.hidden);
    this.gates = new float[Math.multiplyExact(steps, weights.row)];
    this.h = new float[states];
    this.c = new float[weights.shape.hasCellState() ? states : 0];
    this.kept = new float[weights.resetsBefore() ? steps * weights.hidden : 0];
  }

  boolean isPadding(int row, int t) {
    return mask.length > 0 && mask[row * time + t] == 0;
  }
}
