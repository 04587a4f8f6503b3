package io.gatecast.core.kernel;

import java.util.Arrays;

/** What one thread's rows add to a layer's gradients, and the room that their way back needs. */
final class RowsGradient {
  /** Of W and b, {@code [depth, inputCount·hidden]}; of U and U_h likewise. */
  final float[] input;

  final float[] state;
  final float[] kept;

  /** Of c_h. */
  final float[] stateBias;

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
    input = new float[weights.input.values.length];
    state = new float[weights.state.values.length];
    kept = new float[weights.kept.values.length];
    stateBias = new float[weights.stateBias.length];
  }

  /** Zeros everywhere, for the way back through a pass. */
  void start(RowsPass pass) {
    Arrays.fill(input, 0);
    Arrays.fill(state, 0);
    Arrays.fill(kept, 0);
    Arrays.fill(stateBias, 0);
    int size = pass.rows * weights.hidden;
    boolean cell = weights.shape.hasCellState();
    carryH = RowsPass.room(carryH, size);
    carryC = RowsPass.room(carryC, cell ? size : 0);
    dKept = RowsPass.room(dKept, weights.resetsBefore() ? size : 0);
    held = RowsPass.room(held, cell ? 2 * size : size);
    scratch = RowsPass.room(scratch, pass.scratch());
    Arrays.fill(carryH, 0);
    Arrays.fill(carryC, 0);
  }
}
