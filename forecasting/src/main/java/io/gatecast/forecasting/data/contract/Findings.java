package io.gatecast.forecasting.data.contract;

import java.util.List;

/** Hears what a check found; the contract's policies decide what follows. */
public interface Findings {
  /**
   * Another value for a cell.
   *
   * @param column index in the frame
   * @param row index in the frame
   * @param value the new value, or not a number to leave the cell out
   */
  record Mend(int column, int row, double value) {}

  /**
   * Tells of a problem in one row.
   *
   * @param kind what kind
   * @param row index in the frame
   * @param column its name, or empty where the whole row is meant
   * @param found what was found, short, with numbers
   * @param mends what a repair would change, all at once; empty where nothing could mend it
   */
  void found(Kind kind, int row, String column, String found, List<Mend> mends);
}
