package io.gatecast.forecasting.evaluation.interval;

import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;

/**
 * Conformalised quantile regression (Romano, Patterson and Candès, 2019): the model's own central
 * intervals, each widened or narrowed at both ends by the {@code ⌈(n+1)·coverage⌉}-th smallest of
 * the n scores {@code max(q_lo − y, y − q_hi)} of the forecasts that calibrate, for each step
 * ahead, on the error scale. The own median stays; an interval that is narrowed to less than
 * nothing, which covers no value, becomes the point between its ends. It learns nothing afterwards.
 *
 * <p>Of a model without quantiles of its own it makes what {@link SplitConformal} makes: its
 * intervals of no width are widened by absolute residuals.
 */
public final class ConformalQuantiles implements IntervalMethod {

  @Override
  public String label() {
    return "cqr";
  }

  @Override
  public double[][][] quantiles(Track track, ErrorScale scale) {
    if (!track.hasQuantiles()) {
      return new SplitConformal().quantiles(track, scale);
    }
    int wanted = track.size() - track.calibration();
    double[][][] quantiles = new double[wanted][track.horizon()][];
    for (int step = 0; wanted > 0 && step < track.horizon(); step++) {
      double[] widening = widening(track, scale, step);
      for (int i = 0; i < wanted; i++) {
        double[] own = track.quantiles(track.calibration() + i, step);
        double[] made = new double[Quantiles.COUNT];
        for (int level = 0; level < Quantiles.COUNT; level++) {
          made[level] = scale.shifted(own[level], widening[level]);
          made[level] =
              level < Quantiles.MEDIAN
                  ? Math.min(made[level], own[Quantiles.MEDIAN])
                  : Math.max(made[level], own[Quantiles.MEDIAN]);
        }
        closeWhatTurnedOver(made);
        Quantiles.rearrange(made);
        quantiles[i][step] = made;
      }
    }
    return quantiles;
  }

  private static double[] widening(Track track, ErrorScale scale, int step) {
    double[] widening = new double[Quantiles.COUNT];
    for (int level = 0; level < Quantiles.MEDIAN; level++) {
      int lower = level;
      double[] scores =
          CalibrationErrors.sorted(
              track, step, (i, actual) -> score(actual, track.quantiles(i, step), lower, scale));
      double width = CalibrationErrors.conformal(scores, 1 - 2 * Quantiles.level(level));
      widening[level] = -width;
      widening[Quantiles.COUNT - 1 - level] = width;
    }
    return widening;
  }

  /**
   * How far a value lies outside a central interval; negative inside.
   *
   * @param actual the value
   * @param ends at all levels
   * @param lower index of the interval's lower end
   * @param scale on which the distance is taken
   */
  static double score(double actual, double[] ends, int lower, ErrorScale scale) {
    return Math.max(
        -scale.residual(actual, ends[lower]),
        scale.residual(actual, ends[Quantiles.COUNT - 1 - lower]));
  }

  /**
   * Makes a point of each interval whose lower end has come above its upper one: put in order, it
   * would cover again.
   *
   * @param ends at all levels, changed in place
   */
  static void closeWhatTurnedOver(double[] ends) {
    for (int lower = 0; lower < Quantiles.MEDIAN; lower++) {
      int upper = Quantiles.COUNT - 1 - lower;
      if (ends[lower] > ends[upper]) {
        ends[lower] = (ends[lower] + ends[upper]) / 2;
        ends[upper] = ends[lower];
      }
    }
  }
}
