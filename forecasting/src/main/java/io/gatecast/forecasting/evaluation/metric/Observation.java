package io.gatecast.forecasting.evaluation.metric;

import java.util.Arrays;

/**
 * One forecast beside what came true. Immutable.
 *
 * <p>What is unknown is not a number and makes what depends on it not a number; nothing is left out
 * silently. The truth alone must be known: windows that are scored are complete.
 */
public final class Observation {
  private final double actual;
  private final double forecast;
  private final double last;
  private final TrainScale scale;
  private final double[] quantiles;

  /**
   * Pairs a forecast with the truth.
   *
   * @param actual the truth, in the target's unit; finite
   * @param forecast the point forecast, in the target's unit; NaN where the model gave none, which
   *     makes all its measures NaN
   * @param last the last value known at the forecast's origin, in the target's unit; NaN where none
   *     was known, which makes directions NaN
   * @param scale of the series, from its train part
   * @param quantiles forecast quantiles {@code [level]}, ascending, in the target's unit; empty for
   *     a model of points alone; copied
   * @throws IllegalArgumentException if the truth is not finite, the last value infinite, or
   *     quantiles cross
   */
  public Observation(
      double actual, double forecast, double last, TrainScale scale, double... quantiles) {
    if (!Double.isFinite(actual)) {
      throw new IllegalArgumentException(
          "expected a finite true value, found "
              + actual
              + "; score only windows whose targets are all there");
    }
    if (Double.isInfinite(last)) {
      throw new IllegalArgumentException(
          "expected a finite last value at the origin, found "
              + last
              + "; give NaN where none was known");
    }
    this.actual = actual;
    this.forecast = forecast;
    this.last = last;
    this.scale = scale;
    this.quantiles = quantiles.clone();
    for (int k = 1; k < quantiles.length; k++) {
      if (quantiles[k] < quantiles[k - 1]) {
        throw new IllegalArgumentException(
            "expected quantiles that do not cross, found "
                + quantiles[k - 1]
                + " before "
                + quantiles[k]
                + " in "
                + Arrays.toString(quantiles)
                + "; sort each forecast's quantiles (Chernozhukov et al., 2010)");
      }
    }
  }

  /** The truth. */
  public double actual() {
    return actual;
  }

  /** The point forecast. */
  public double forecast() {
    return forecast;
  }

  /** The last value known at the origin; NaN where none was. */
  public double last() {
    return last;
  }

  /** The series' scale. */
  public TrainScale scale() {
    return scale;
  }

  /** How many quantiles were forecast; 0 for a model of points alone. */
  public int quantiles() {
    return quantiles.length;
  }

  /**
   * A forecast quantile.
   *
   * @param level index of the level, from 0
   */
  public double quantile(int level) {
    return quantiles[level];
  }

  /** Whether forecast or quantiles are in part not a number. */
  boolean isBroken() {
    boolean broken = Double.isNaN(forecast);
    for (double quantile : quantiles) {
      broken |= Double.isNaN(quantile);
    }
    return broken;
  }
}
