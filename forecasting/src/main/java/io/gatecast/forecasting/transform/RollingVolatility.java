package io.gatecast.forecasting.transform;

import java.util.List;

/**
 * Volatility of a price over the last n sessions, from the range of each: the square root of the
 * mean variance of a session, of log prices, not annualised. It needs positive prices and learns
 * nothing; sessions beside an absent one have none. There is no way back to prices.
 */
public sealed interface RollingVolatility extends Derivation, FittedDerivation {

  /** Sessions n, the current one included. */
  int steps();

  /** Variance of a session; {@code bar} has a price for each input. */
  double variance(double[] bar);

  @Override
  default FittedDerivation fit(double[][] train) {
    apply(train);
    return this;
  }

  @Override
  default int memory() {
    return steps() - 1;
  }

  @Override
  default double[][] apply(double[][] columns) {
    int length = Derivation.steps(inputs(), columns);
    double[] variances = new double[length];
    double[] bar = new double[columns.length];
    for (int t = 0; t < length; t++) {
      for (int i = 0; i < bar.length; i++) {
        bar[i] = columns[i][t];
        if (bar[i] <= 0) {
          throw new TransformFault(
              TransformFault.Kind.NOT_POSITIVE,
              label(),
              "positive prices, without which the log of a range does not exist",
              inputs().get(i) + " " + bar[i],
              t,
              "leave this volatility out");
        }
      }
      variances[t] = variance(bar);
    }
    // Each mean from its own terms: a running sum would carry rounding from before the window.
    double[] volatility = new double[length];
    for (int t = 0; t < length; t++) {
      double sum = t + 1 < steps() ? Double.NaN : 0;
      for (int back = steps() - 1; back >= 0 && t + 1 >= steps(); back--) {
        sum += variances[t - back];
      }
      volatility[t] = Math.sqrt(sum / steps());
    }
    return new double[][] {volatility};
  }

  private static void requireSteps(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("expected 1 session or more, found " + steps);
    }
  }

  /**
   * {@code σ² = 1/(4 ln 2) · mean of ln(H/L)²}: M. Parkinson, The extreme value method for
   * estimating the variance of the rate of return, Journal of Business 53 (1980). It takes the
   * price for a random walk without drift and without jumps overnight.
   *
   * @param high name of the column of highs
   * @param low name of the column of lows
   * @param steps sessions n, from 1
   */
  record Parkinson(String high, String low, int steps) implements RollingVolatility {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Parkinson {
      requireSteps(steps);
    }

    @Override
    public String label() {
      return "parkinson(" + high + ", " + low + ", " + steps + ")";
    }

    @Override
    public List<String> inputs() {
      return List.of(high, low);
    }

    @Override
    public List<String> outputs() {
      return List.of("parkinson_" + steps);
    }

    @Override
    public double variance(double[] bar) {
      double range = Math.log(bar[0] / bar[1]);
      return range * range / (4 * Math.log(2));
    }
  }

  /**
   * {@code σ² = mean of ½ ln(H/L)² − (2 ln 2 − 1) ln(C/O)²}: M. Garman and M. Klass, On the
   * estimation of security price volatilities from historical data, Journal of Business 53 (1980),
   * their practical estimator. Not a number where prices outside a session's range make the mean
   * negative.
   *
   * @param open name of the column of first prices
   * @param high name of the column of highs
   * @param low name of the column of lows
   * @param close name of the column of last prices
   * @param steps sessions n, from 1
   */
  record GarmanKlass(String open, String high, String low, String close, int steps)
      implements RollingVolatility {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public GarmanKlass {
      requireSteps(steps);
    }

    @Override
    public String label() {
      return "garman-klass(" + String.join(", ", open, high, low, close) + ", " + steps + ")";
    }

    @Override
    public List<String> inputs() {
      return List.of(open, high, low, close);
    }

    @Override
    public List<String> outputs() {
      return List.of("garman_klass_" + steps);
    }

    @Override
    public double variance(double[] bar) {
      double range = Math.log(bar[1] / bar[2]);
      double change = Math.log(bar[3] / bar[0]);
      return 0.5 * range * range - (2 * Math.log(2) - 1) * change * change;
    }
  }
}
