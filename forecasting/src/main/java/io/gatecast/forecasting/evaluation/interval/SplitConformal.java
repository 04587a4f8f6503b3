package io.gatecast.forecasting.evaluation.interval;

import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;

/**
 * Split conformal inference (Vovk et al., 2005; Lei et al., 2018): symmetric about the forecast;
 * the half-width of a central interval is the {@code ⌈(n+1)·coverage⌉}-th smallest absolute
 * residual of the n forecasts that calibrate, for each step ahead. Residuals are taken on the error
 * scale, so that a price's interval grows with the price. It learns nothing afterwards.
 */
public final class SplitConformal implements IntervalMethod {

  @Override
  public String label() {
    return "split";
  }

  @Override
  public double[][][] quantiles(Track track, ErrorScale scale) {
    int wanted = track.size() - track.calibration();
    double[][][] quantiles = new double[wanted][track.horizon()][];
    for (int step = 0; wanted > 0 && step < track.horizon(); step++) {
      double[] widths = widths(track, scale, step);
      for (int i = 0; i < wanted; i++) {
        quantiles[i][step] = about(track.mean(track.calibration() + i, step), widths, scale);
      }
    }
    return quantiles;
  }

  /** Each level's distance from the forecast, on the error scale. */
  private static double[] widths(Track track, ErrorScale scale, int step) {
    double[] residuals =
        CalibrationErrors.sorted(
            track, step, (i, actual) -> Math.abs(scale.residual(actual, track.mean(i, step))));
    double[] widths = new double[Quantiles.COUNT];
    for (int level = 0; level < Quantiles.MEDIAN; level++) {
      double width = CalibrationErrors.conformal(residuals, 1 - 2 * Quantiles.level(level));
      widths[level] = -width;
      widths[Quantiles.COUNT - 1 - level] = width;
    }
    return widths;
  }

  /** The values that lie those distances from a forecast, ascending. */
  static double[] about(double mean, double[] widths, ErrorScale scale) {
    double[] quantiles = new double[Quantiles.COUNT];
    for (int level = 0; level < Quantiles.COUNT; level++) {
      quantiles[level] = scale.shifted(mean, widths[level]);
    }
    // A forecast that is not positive turns the order round on the multiplicative scale.
    Quantiles.rearrange(quantiles);
    return quantiles;
  }
}
