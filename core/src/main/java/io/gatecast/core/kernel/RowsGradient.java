package io.gatecast.core.kernel;

import java.util.Arrays;

/** What one thread's rows add to a layer's gradients, and the room that their way back needs. */
final class RowsGradient {
  /** Of W, b and U, {@code [depth, row]}; of U_h, {@code [hidden, hidden]}. */
  final float[] matrix;

  final float[] kept;

  /**
   * ∂L/∂h and ∂L/∂C of the rows: of h_T first, of h_0 in the end; {@code [rows][padded hidden]}.
   */
  float[] carryH = new float[0];

  float[] carryC = new float[0];

  /** ∂L/∂(r ∘ h') of a step, for a GRU that resets before. */
  float[] dKept = new float[0];

  /** What a padding step passes on unchanged. */
  float[] held = new float[0];

  /** Room for products. */
  float[] scratch = new float[0];

  private final PackedWeights weights;

  RowsGradient(PackedWeights weights) {
    this.weights = weights;
    matrix = new float[weights.matrix.values.length];
    kept = new float[weights.kept.values.length];
  }

  /** Gradients of weights become zero. */
  void clear() {
    Arrays.fill(matrix, 0);
    Arrays.fill(kept, 0);
  }

  /** Makes room for the way back through a pass; carries become zero. */
  void start(RowsPass pass) {
    int size = pass.rows * weights.hidden;
    boolean cell = weights.shape.hasCellState();
    carryH = RowsPass.room(carryH, size);
    carryC = RowsPass.room(carryC, cell ? size : 0);
    dKept = RowsPass.room(dKept, weights.resetsBefore() ? size : 0);
    held = RowsPass.room(held, pass.mask.length == 0 ? 0 : 2 * size);
    scratch = RowsPass.room(scratch, pass.scratch());
    Arrays.fill(carryH, 0);
    Arrays.fill(carryC, 0);
  }
}
