package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;

/**
 * How a cell's gates lie side by side in a row, in blocks of the padded hidden size: first those
 * that the input alone feeds, then those that input and state feed, then those of the state alone.
 *
 * <pre>
 *               input alone   both       state alone
 * RNN                         h
 * LSTM                        f i o C~
 * GRU, before   h~            z r                     and r ∘ h' feeds h~
 * GRU, after    h~x           z r        h~h
 * </pre>
 *
 * @param ofInput blocks that the input alone feeds
 * @param ofBoth blocks that both feed
 * @param ofState blocks that the state alone feeds
 */
record Blocks(int ofInput, int ofBoth, int ofState) {
  static Blocks of(CellSpec cell) {
    if (cell instanceof CellSpec.Gru gru) {
      return new Blocks(1, 2, gru.reset() == CellSpec.Reset.AFTER ? 1 : 0);
    }
    return new Blocks(0, cell.gates().size(), 0);
  }

  /** Blocks in a row. */
  int count() {
    return ofInput + ofBoth + ofState;
  }

  /** Blocks that the input feeds, alone or not; they come first. */
  int inputCount() {
    return ofInput + ofBoth;
  }

  /** Blocks that the state feeds, alone or not; they follow those of the input alone. */
  int stateCount() {
    return ofBoth + ofState;
  }

  /**
   * The canonical gate whose weights feed a block: the gates' order in {@link LayerWeights} is
   * canonical, that of the blocks need not be.
   */
  static int gateOf(CellSpec cell, int block) {
    // A GRU's h~x z r h~h are the gates candidate, update, reset, candidate.
    return cell instanceof CellSpec.Gru ? new int[] {2, 0, 1, 2}[block] : block;
  }

  /** Whether a block's gate is squashed by the logistic function. */
  static boolean isLogistic(CellSpec cell, int block) {
    if (cell instanceof CellSpec.Rnn rnn) {
      return rnn.activation() == CellSpec.Activation.SIGMOID;
    }
    return cell instanceof CellSpec.Lstm ? block < 3 : block == 1 || block == 2;
  }
}
