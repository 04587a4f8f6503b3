package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;

/**
 * How a cell's gates lie side by side in a row of the loop's slab, in blocks of the padded hidden
 * size. The order is such that what the input feeds, and what the state feeds, are each one run of
 * blocks, and so one product.
 *
 * <pre>
 * RNN             h                x: all      h': all
 * LSTM            f  i  o  C~      x: all      h': all
 * GRU, before     z  r  h~         x: all      h': z r      r ∘ h': h~
 * GRU, after      h~x z  r  h~h    x: h~x z r  h': z r h~h
 * </pre>
 *
 * @param count blocks in a row
 * @param inputFrom first block that the input feeds
 * @param inputCount how many
 * @param stateFrom first block that the state feeds
 * @param stateCount how many
 */
record Blocks(int count, int inputFrom, int inputCount, int stateFrom, int stateCount) {
  static Blocks of(CellSpec cell) {
    if (cell instanceof CellSpec.Lstm) {
      return new Blocks(4, 0, 4, 0, 4);
    }
    if (cell instanceof CellSpec.Gru gru) {
      return gru.reset() == CellSpec.Reset.BEFORE
          ? new Blocks(3, 0, 3, 0, 2)
          : new Blocks(4, 0, 3, 1, 3);
    }
    return new Blocks(1, 0, 1, 0, 1);
  }

  /**
   * The canonical gate whose weights feed a block: the gates' order in {@link LayerWeights} is
   * canonical, that of the blocks need not be.
   */
  static int gateOf(CellSpec cell, int block) {
    // h~x z r h~h are the gates candidate, update, reset, candidate.
    return cell.hasRecurrentBias() ? new int[] {2, 0, 1, 2}[block] : block;
  }
}
