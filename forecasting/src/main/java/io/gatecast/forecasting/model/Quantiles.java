package io.gatecast.forecasting.model;

import java.util.Arrays;

/**
 * The quantile levels that every forecast is told at, from intervals to files: the deciles, and the
 * ends of the 95 % interval. One grid, so that models compare.
 */
public final class Quantiles {
  private static final double[] LEVELS = {
    0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975
  };

  /** How many levels there are. */
  public static final int COUNT = LEVELS.length;

  /** Index of the median. */
  public static final int MEDIAN = COUNT / 2;

  private Quantiles() {}

  /** The levels, ascending and symmetric about the median; a copy. */
  public static double[] levels() {
    return LEVELS.clone();
  }

  /**
   * A level.
   *
   * @param index from 0 to {@link #COUNT} − 1
   */
  public static double level(int index) {
    return LEVELS[index];
  }

  /**
   * The lower end of a central interval; its upper end lies at {@code COUNT − 1 −} the same index.
   *
   * @param coverage nominal, such as 0.8
   * @return the index of level {@code (1 − coverage) / 2}
   * @throws IllegalArgumentException if no two levels enclose such an interval
   */
  public static int lower(double coverage) {
    for (int i = 0; i < MEDIAN; i++) {
      if (Math.abs(1 - 2 * LEVELS[i] - coverage) < 1e-9) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "coverage: expected that of two of the levels "
            + Arrays.toString(LEVELS)
            + ", such as 0.8 or 0.95, found "
            + coverage);
  }

  /**
   * Puts quantiles in order where a model let them cross. Sorting never raises the pinball loss
   * (Chernozhukov, Fernández-Val and Galichon, 2010).
   *
   * @param quantiles {@code [level]}, sorted in place
   */
  public static void rearrange(double[] quantiles) {
    Arrays.sort(quantiles);
  }
}
