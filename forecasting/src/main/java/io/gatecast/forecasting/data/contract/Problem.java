package io.gatecast.forecasting.data.contract;

import java.util.Locale;

/**
 * What the contract found in one row.
 *
 * @param file the file, or another place that the source names
 * @param line in the file, from 1
 * @param column the column, or empty where the whole row is meant
 * @param kind what kind of problem
 * @param found what was found, shortened
 * @param outcome what was done
 */
public record Problem(
    String file, long line, String column, Kind kind, String found, Outcome outcome) {

  /** What was done about it. */
  public enum Outcome {
    /** The row was left out. */
    REJECTED,
    /** The row was kept after a repair. */
    REPAIRED,
    /** Nothing was changed. */
    SUSPECTED;

    /** In words. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
