package io.gatecast.forecasting.evaluation.interval;

import io.gatecast.forecasting.transform.ErrorScale;

/**
 * How large errors have been lately, at each origin of a track: the unit in which the errors of
 * quiet and of wild times are alike.
 *
 * <p>From the absolute residuals one step ahead, which arrive soonest, two exponentially weighted
 * means are kept: a recent one (half-life {@value #RECENT} forecasts) and a usual one ({@value
 * #USUAL}). At step h the unit is {@code w·recent + (1 − w)·usual} with {@code w = 0.8·h^−0.2}: the
 * further ahead, the less the present tells (volatility reverts to its mean).
 */
final class Volatility {
  private static final int RECENT = 8;
  private static final int USUAL = 500;
  private static final double SHARE = 0.8;
  private static final double FADING = 0.2;

  /** Residuals before the means are trusted; a week of days, or so. */
  private static final int WARM = 10;

  private final double[] recent;
  private final double[] usual;

  private Volatility(double[] recent, double[] usual) {
    this.recent = recent;
    this.usual = usual;
  }

  /**
   * Goes through a track.
   *
   * @param track with at least one forecast that wants quantiles
   * @param scale on which residuals are taken
   */
  static Volatility of(Track track, ErrorScale scale) {
    double[] recent = new double[track.size()];
    double[] usual = new double[track.size()];
    Mean lately = new Mean(RECENT);
    Mean ever = new Mean(USUAL);
    Arrivals arrivals = new Arrivals(track, 0);
    int warm = track.calibration();
    for (int at = 0; at < track.size(); at++) {
      arrivals.advance(
          at,
          (index, actual) -> {
            double residual = Math.abs(scale.residual(actual, track.mean(index, 0)));
            if (Double.isFinite(residual)) {
              lately.add(residual);
              ever.add(residual);
            }
          });
      recent[at] = lately.value();
      usual[at] = ever.value();
      if (ever.count >= WARM) {
        warm = Math.min(warm, at);
      }
    }
    // The first forecasts only calibrate; they are judged once the means are known.
    for (int at = 0; at < warm; at++) {
      recent[at] = recent[warm];
      usual[at] = usual[warm];
    }
    return new Volatility(recent, usual);
  }

  /**
   * The unit of errors.
   *
   * @param at index of the origin
   * @param step ahead, index from 0
   * @return positive; 1 where every error so far was 0
   */
  double unit(int at, int step) {
    double share = SHARE * Math.pow(step + 1, -FADING);
    double unit = share * recent[at] + (1 - share) * usual[at];
    return unit > 0 ? unit : 1;
  }

  /** An exponentially weighted mean, whose weights add up to 1 from the first value on. */
  private static final class Mean {
    private final double keep;
    private double sum;
    private double weight;
    private int count;

    Mean(int halfLife) {
      keep = Math.pow(0.5, 1.0 / halfLife);
    }

    void add(double value) {
      sum = keep * sum + value;
      weight = keep * weight + 1;
      count++;
    }

    double value() {
      return count == 0 ? 0 : sum / weight;
    }
  }
}
