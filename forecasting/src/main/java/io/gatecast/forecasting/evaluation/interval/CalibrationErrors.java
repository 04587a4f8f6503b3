package io.gatecast.forecasting.evaluation.interval;

import java.util.Arrays;

/**
 * The errors of the forecasts that calibrate, at one step ahead, as they were known at the origin
 * of the first forecast that wants quantiles. Methods that learn nothing afterwards are made from
 * them.
 */
final class CalibrationErrors {
  private CalibrationErrors() {}

  /** How far off a forecast was. */
  interface Miss {
    /**
     * The error.
     *
     * @param index of the forecast
     * @param actual what came true of it
     */
    double of(int index, double actual);
  }

  /**
   * The errors, ascending.
   *
   * @param track with at least one forecast that wants quantiles
   * @param step ahead, index from 0
   * @param error of a forecast
   * @throws IllegalArgumentException if there are fewer than {@link IntervalMethod#FEWEST}
   */
  static double[] sorted(Track track, int step, Miss error) {
    double[] errors = new double[track.calibration()];
    int n = 0;
    for (int i = 0; i < track.calibration(); i++) {
      if (track.arrived(i, step, track.calibration())) {
        double one = error.of(i, track.actual(i, step, track.calibration()));
        if (!Double.isNaN(one)) {
          errors[n++] = one;
        }
      }
    }
    requireEnough(track, step, n);
    Arrays.sort(errors, 0, n);
    return Arrays.copyOf(errors, n);
  }

  /**
   * Whether enough forecasts calibrate.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireEnough(Track track, int step, int found) {
    if (found < IntervalMethod.FEWEST) {
      throw new IllegalArgumentException(
          "series "
              + track.series()
              + ", step "
              + (step + 1)
              + " ahead: expected at least "
              + IntervalMethod.FEWEST
              + " forecasts that calibrate and whose truth had arrived, found "
              + found
              + " of "
              + track.calibration()
              + "; give the validation part a larger share");
    }
  }

  /**
   * The conformal quantile: the {@code ⌈(n+1)·coverage⌉}-th smallest of n exchangeable errors is
   * exceeded by one more of them at most as often as {@code 1 − coverage}.
   *
   * @param errors ascending
   * @param coverage in (0, 1)
   * @return that error, the largest where the rank lies beyond all of them
   */
  static double conformal(double[] errors, double coverage) {
    int rank = (int) Math.ceil((errors.length + 1) * coverage - 1e-9);
    return errors[Math.min(rank, errors.length) - 1];
  }
}
