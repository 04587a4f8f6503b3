package io.gatecast.forecasting.model.volatility;

/**
 * GARCH(1,1) of returns r (T. Bollerslev, Generalized autoregressive conditional
 * heteroskedasticity, Journal of Econometrics 31, 1986):
 *
 * <pre>
 * r_t = mean + e_t,   h_t = omega + alpha e_{t-1}² + beta h_{t-1},   alpha + beta &lt; 1
 * </pre>
 *
 * <p>h_t is the variance of step t, known at t − 1; before the first step both e² and h are {@link
 * #presample}. Where a return is absent nothing is learned and its e² is expected to be h, so that
 * {@code h_{t+1} = omega + (alpha + beta) h_t}. Variances are in the square of the returns' unit.
 * {@link GarchFit} estimates one.
 *
 * @param mean of returns
 * @param omega constant of the variance
 * @param alpha weight of the last squared residual
 * @param beta weight of the last variance
 * @param presample variance before the first step
 */
public record Garch(double mean, double omega, double alpha, double beta, double presample) {
  /** Mean, omega, alpha and beta: what is estimated. */
  static final int PARAMETERS = 4;

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if a variance could be zero or would grow without bound
   */
  public Garch {
    if (!(omega > 0
        && alpha >= 0
        && beta >= 0
        && alpha + beta < 1
        && presample > 0
        && Double.isFinite(mean + omega + presample))) {
      throw new IllegalArgumentException(
          "expected omega and presample above 0, alpha and beta of at least 0 and below 1 together,"
              + " found omega "
              + omega
              + ", alpha "
              + alpha
              + ", beta "
              + beta
              + ", presample "
              + presample
              + ", mean "
              + mean);
    }
  }

  /** The variance that forecasts tend to, {@code omega / (1 - alpha - beta)}. */
  public double unconditional() {
    return omega / (1 - alpha - beta);
  }

  /**
   * The variance of each step as it was known one step before.
   *
   * @param returns {@code [step]}, not a number where absent
   * @return {@code [step]}, one more than returns: the last one is the next step's
   */
  public double[] filter(double[] returns) {
    double[] variances = new double[returns.length + 1];
    variances[0] = omega + (alpha + beta) * presample;
    for (int t = 0; t < returns.length; t++) {
      variances[t + 1] = next(variances[t], returns[t]);
    }
    return variances;
  }

  /** The variance after a step of some variance and return. */
  private double next(double variance, double value) {
    double residual = value - mean;
    double squared = Double.isNaN(value) ? variance : residual * residual;
    return omega + alpha * squared + beta * variance;
  }

  /**
   * Expected variances of the steps ahead, {@code E h_{t+k+1} = omega + (alpha + beta) E h_{t+k}}.
   *
   * @param next the variance of the first step ahead, the last of {@link #filter}
   * @param horizon steps ahead
   * @return {@code [step of the horizon]}
   */
  public double[] forecast(double next, int horizon) {
    double[] variances = new double[horizon];
    double variance = next;
    for (int k = 0; k < horizon; k++) {
      variances[k] = variance;
      variance = omega + (alpha + beta) * variance;
    }
    return variances;
  }

  /**
   * The Gaussian log likelihood, {@code -½ Σ (ln 2π + ln h_t + e_t²/h_t)} over the returns that are
   * there.
   *
   * @param returns {@code [step]}, not a number where absent
   */
  public double logLikelihood(double[] returns) {
    double[] variances = filter(returns);
    double sum = 0;
    for (int t = 0; t < returns.length; t++) {
      if (!Double.isNaN(returns[t])) {
        double residual = returns[t] - mean;
        sum += Math.log(2 * Math.PI) + Math.log(variances[t]) + residual * residual / variances[t];
      }
    }
    return -sum / 2;
  }
}
