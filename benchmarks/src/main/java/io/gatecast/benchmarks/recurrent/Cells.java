package io.gatecast.benchmarks.recurrent;

import io.gatecast.core.spec.CellSpec;

/** The cells under test and what results call them. */
public enum Cells {
  /** Vanilla, tanh. */
  RNN,
  /** Reset after the product, the variant that PyTorch has. */
  GRU,
  /** With forget gate. */
  LSTM;

  /** The GRU's other variant, which goes with {@link #GRU}. */
  public static final CellSpec GRU_BEFORE = new CellSpec.Gru(CellSpec.Reset.BEFORE);

  /** The cell. */
  public CellSpec spec() {
    return switch (this) {
      case RNN -> new CellSpec.Rnn(CellSpec.Activation.TANH);
      case GRU -> new CellSpec.Gru(CellSpec.Reset.AFTER);
      case LSTM -> new CellSpec.Lstm();
    };
  }

  /**
   * What results call a cell.
   *
   * @param cell any cell
   * @return its name, with the variant where that is not the one of {@link #GRU}
   */
  public static String label(CellSpec cell) {
    return cell.equals(GRU_BEFORE) ? "gru-before" : cell.name();
  }
}
