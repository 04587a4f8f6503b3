package io.gatecast.forecasting.evaluation.interval;

import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The textbook's interval, and the yardstick of the others: {@code ŷ ± z·σ̂}, where σ̂ is the
 * standard deviation (divisor {@code n − 1}) of the residuals of the forecasts that calibrate, for
 * each step ahead, on the error scale (Hyndman and Athanasopoulos, 2021, section 5.5). It holds
 * where errors are normal, centred and of a steady spread; it learns nothing afterwards.
 */
public final class Gaussian implements IntervalMethod {

  @Override
  public String label() {
    return "gaussian";
  }

  @Override
  public double[][][] quantiles(Track track, ErrorScale scale) {
    int wanted = track.size() - track.calibration();
    double[][][] quantiles = new double[wanted][track.horizon()][];
    NormalDistribution normal = new NormalDistribution();
    for (int step = 0; wanted > 0 && step < track.horizon(); step++) {
      double deviation = deviation(residuals(track, scale, step));
      double[] widths = new double[Quantiles.COUNT];
      for (int level = 0; level < Quantiles.COUNT; level++) {
        widths[level] = deviation * normal.inverseCumulativeProbability(Quantiles.level(level));
      }
      for (int i = 0; i < wanted; i++) {
        double mean = track.mean(track.calibration() + i, step);
        quantiles[i][step] = SplitConformal.about(mean, widths, scale);
      }
    }
    return quantiles;
  }

  /** Those that are numbers: a price's forecast that is not positive has no residual. */
  private static double[] residuals(Track track, ErrorScale scale, int step) {
    double[] residuals =
        CalibrationErrors.sorted(
            track, step, (i, actual) -> scale.residual(actual, track.mean(i, step)));
    double[] finite = Arrays.stream(residuals).filter(Double::isFinite).toArray();
    CalibrationErrors.requireEnough(track, step, finite.length);
    return finite;
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
