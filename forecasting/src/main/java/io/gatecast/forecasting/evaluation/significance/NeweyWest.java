package io.gatecast.forecasting.evaluation.significance;

/**
 * The variance of the mean of an autocorrelated series (Newey and West, 1987): with autocovariances
 * {@code γ_k = 1/n Σ (x_t − x̄)(x_{t−k} − x̄)} and Bartlett weights up to the bandwidth {@code m},
 *
 * <pre>{@code S = γ_0 + 2 Σ_{k=1..m} (1 − k/(m+1)) γ_k,    Var(x̄) = S / n.}</pre>
 *
 * <p>{@code S} is computed as the mean square of the sums over all windows of {@code m+1} steps,
 * those that reach over an end included: the same number in O(n), and one that cannot be negative.
 * The series is taken as stationary and without gaps. Stateless.
 */
public final class NeweyWest {
  private NeweyWest() {}

  /**
   * The usual bandwidth, {@code ⌊4 (n/100)^(2/9)⌋} (Newey and West, 1994), but less than n.
   *
   * @param n values of the series, at least 1
   */
  public static int bandwidth(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("n: expected at least 1 value, found " + n);
    }
    return Math.min(n - 1, (int) Math.floor(4 * Math.pow(n / 100.0, 2.0 / 9)));
  }

  /**
   * The variance of the mean with the usual bandwidth.
   *
   * @param series in order of time, at least two finite values
   */
  public static double varianceOfMean(double[] series) {
    return varianceOfMean(series, bandwidth(Math.max(1, series.length)));
  }

  /**
   * The variance of the mean, {@code S / n}, in the series' unit squared.
   *
   * @param series in order of time, at least two finite values
   * @param bandwidth largest lag with a weight, in [0, n)
   */
  public static double varianceOfMean(double[] series, int bandwidth) {
    return longRunVariance(series, bandwidth) / series.length;
  }

  /**
   * The long-run variance {@code S}, in the series' unit squared.
   *
   * @param series in order of time, at least two finite values
   * @param bandwidth largest lag with a weight, in [0, n)
   */
  public static double longRunVariance(double[] series, int bandwidth) {
    int n = series.length;
    if (n < 2) {
      throw new IllegalArgumentException("series: expected at least 2 values, found " + n);
    }
    if (bandwidth < 0 || bandwidth >= n) {
      throw new IllegalArgumentException(
          "bandwidth: expected 0 to n − 1 = " + (n - 1) + ", found " + bandwidth);
    }
    double mean = mean(series);
    double[] cumulative = new double[n + 1];
    for (int t = 0; t < n; t++) {
      cumulative[t + 1] = cumulative[t] + (series[t] - mean);
    }
    double squares = 0;
    for (int start = -bandwidth; start < n; start++) {
      int end = Math.min(n, start + bandwidth + 1);
      double window = cumulative[end] - cumulative[Math.max(0, start)];
      squares += window * window;
    }
    return squares / n / (bandwidth + 1);
  }

  /** The mean, of finite values only. */
  static double mean(double[] series) {
    double sum = 0;
    for (int t = 0; t < series.length; t++) {
      if (!Double.isFinite(series[t])) {
        throw new IllegalArgumentException(
            "value " + t + " of the series: expected a finite number, found " + series[t]);
      }
      sum += series[t];
    }
    return sum / series.length;
  }
}
