package io.gatecast.forecasting.evaluation.significance;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Are two forecasts equally accurate? (Diebold and Mariano, 1995.) From the differentials {@code
 * d_t} = loss of the first − loss of the second, in order of time,
 *
 * <pre>{@code
 * DM = d̄ / √(S/n),    DM* = DM · √((n + 1 − 2h + h(h−1)/n) / n),
 * }</pre>
 *
 * <p>where {@code DM*} is the small-sample correction of Harvey, Leybourne and Newbold (1997) for a
 * horizon of {@code h} steps, compared with Student's t with {@code n − 1} degrees of freedom. A
 * negative statistic speaks for the first. {@code S} is the long-run variance of {@link NeweyWest}.
 *
 * <p>Under the null hypothesis a one-sided test at 5 % rejects in some 5 to 10 % of samples: the
 * more, the fewer horizons the sample holds. A small p-value tells that a difference is there, not
 * that it is large: {@code meanDifference} tells that.
 *
 * <p>Fewer than {@code max(2, 2h)} differentials hold no two forecasts that do not overlap: no
 * verdict, statistic and p-value are NaN. Differentials that are all zero give statistic 0 and
 * p-value ½; those that are all the same number c ≠ 0 have no variance, and get the limit of the
 * formula: statistic ±∞ and p-value 0 (c &lt; 0) or 1.
 *
 * @param statistic {@code DM*}, negative where the first is better; NaN for no verdict
 * @param pValue one-sided, small where the first is better; NaN for no verdict
 * @param n differentials
 * @param bandwidth largest lag of the long-run variance, in differentials
 * @param meanDifference {@code d̄}, in the loss's unit; NaN where there is no differential
 */
public record DieboldMariano(
    double statistic, double pValue, int n, int bandwidth, double meanDifference) {

  /** Checks itself. */
  public DieboldMariano {
    if (pValue < 0 || pValue > 1 || Double.isNaN(pValue) != Double.isNaN(statistic)) {
      throw new IllegalArgumentException(
          "p-value: expected in [0, 1], or NaN as the statistic "
              + statistic
              + ", found "
              + pValue);
    }
    if (n < 0 || bandwidth < 0) {
      throw new IllegalArgumentException(
          "expected n ≥ 0 and bandwidth ≥ 0, found " + n + " and " + bandwidth);
    }
  }

  /**
   * The test, with Bartlett weights: bandwidth {@code max(h − 1, ⌊4 (n/100)^(2/9)⌋)}, so that the
   * variance covers the overlap of forecasts, and what else there is of dependence.
   *
   * @param differentials loss of the first minus loss of the second, in order of time, finite
   * @param horizon steps ahead in differentials ({@link PanelLosses#overlap}), at least 1
   */
  public static DieboldMariano test(double[] differentials, int horizon) {
    int n = differentials.length;
    int usual = n == 0 ? 0 : NeweyWest.bandwidth(n);
    return test(differentials, horizon, Math.max(horizon - 1, usual));
  }

  /**
   * The test, with Bartlett weights up to a given bandwidth.
   *
   * @param differentials loss of the first minus loss of the second, in order of time, finite
   * @param horizon steps ahead in differentials, at least 1
   * @param bandwidth largest lag with a weight, at least {@code horizon − 1}; n − 1 if larger
   */
  public static DieboldMariano test(double[] differentials, int horizon, int bandwidth) {
    if (bandwidth < horizon - 1) {
      throw new IllegalArgumentException(
          "bandwidth: expected at least horizon − 1 = " + (horizon - 1) + ", found " + bandwidth);
    }
    return test(differentials, horizon, bandwidth, NeweyWest::longRunVariance);
  }

  /**
   * The test as first published: the autocovariances up to lag {@code h − 1} have full weight.
   * Their sum may be zero or less for differentials that vary; then there is no verdict.
   *
   * @param differentials loss of the first minus loss of the second, in order of time, finite
   * @param horizon steps ahead in differentials, at least 1
   */
  public static DieboldMariano classical(double[] differentials, int horizon) {
    return test(differentials, horizon, horizon - 1, DieboldMariano::rectangular);
  }

  /** A long-run variance. */
  private interface LongRunVariance {
    double of(double[] series, int bandwidth);
  }

  private static DieboldMariano test(
      double[] differentials, int horizon, int lags, LongRunVariance longRun) {
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon: expected at least 1 step, found " + horizon);
    }
    int n = differentials.length;
    int bandwidth = Math.max(0, Math.min(n - 1, lags));
    double mean = n == 0 ? Double.NaN : NeweyWest.mean(differentials);
    if (n < 2 || n < 2L * horizon) {
      return new DieboldMariano(Double.NaN, Double.NaN, n, bandwidth, mean);
    }
    double largest = 0;
    boolean constant = true;
    for (double d : differentials) {
      largest = Math.max(largest, Math.abs(d));
      constant &= d == differentials[0];
    }
    if (constant) {
      double limit = mean == 0 ? 0 : mean / 0.0;
      return new DieboldMariano(limit, limit == 0 ? 0.5 : mean < 0 ? 0 : 1, n, bandwidth, mean);
    }
    // The statistic knows no unit: scaled, no square overflows or vanishes.
    double[] scaled = differentials.clone();
    for (int t = 0; t < n; t++) {
      scaled[t] /= largest;
    }
    double variance = longRun.of(scaled, bandwidth) / n;
    if (!(variance > 0)) {
      return new DieboldMariano(Double.NaN, Double.NaN, n, bandwidth, mean);
    }
    double h = horizon;
    double statistic =
        NeweyWest.mean(scaled) / Math.sqrt(variance) * Math.sqrt((n - h) * (n - h + 1)) / n;
    double pValue = new TDistribution(n - 1).cumulativeProbability(statistic);
    return new DieboldMariano(statistic, pValue, n, bandwidth, mean);
  }

  private static double rectangular(double[] series, int bandwidth) {
    double mean = NeweyWest.mean(series);
    double sum = 0;
    for (int lag = -bandwidth; lag <= bandwidth; lag++) {
      for (int t = Math.abs(lag); t < series.length; t++) {
        sum += (series[t] - mean) * (series[t - Math.abs(lag)] - mean);
      }
    }
    return sum / series.length;
  }

  /** Whether there is a verdict. */
  public boolean conclusive() {
    return !Double.isNaN(pValue);
  }

  /**
   * Whether the first is better at a level; no without a verdict.
   *
   * @param level of the one-sided test, in (0, 1), such as 0.05
   */
  public boolean firstIsBetter(double level) {
    return pValue < requireLevel(level);
  }

  /** The p-value of the two-sided test: small where one of the two is better. */
  public double twoSidedPValue() {
    if (!conclusive()) {
      return Double.NaN;
    }
    return Double.isInfinite(statistic)
        ? 0
        : 2 * new TDistribution(n - 1).cumulativeProbability(-Math.abs(statistic));
  }

  /** The level, if it is one. */
  static double requireLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level: expected in (0, 1), found " + level);
    }
    return level;
  }
}
