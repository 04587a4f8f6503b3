package io.gatecast.forecasting.model.smoothing;

/**
 * How fast the components of an {@link EtsForm} follow the data.
 *
 * @param alpha α, of the level
 * @param beta β, of the slope; 0 without a trend
 * @param gamma γ, of the season; 0 without one
 * @param phi φ, what is left of the slope after a step; 1 where the trend is not damped
 */
public record EtsParameters(double alpha, double beta, double gamma, double phi) {
  /** The bounds of α, β, γ are these and those of {@link #inBounds}. */
  static final double LOW = 1e-4;

  static final double HIGH = 1 - 1e-4;
  static final double LEAST_PHI = 0.8;
  static final double GREATEST_PHI = 0.98;

  /** Repeats the last value: the level follows at once. */
  static final EtsParameters LAST_VALUE = new EtsParameters(1, 0, 0, 1);

  /**
   * Checks that they are numbers.
   *
   * @throws IllegalArgumentException if one is not finite
   */
  public EtsParameters {
    if (!Double.isFinite(alpha + beta + gamma + phi)) {
      throw new IllegalArgumentException(
          "expected numbers, found alpha "
              + alpha
              + ", beta "
              + beta
              + ", gamma "
              + gamma
              + ", phi "
              + phi);
    }
  }

  /**
   * The parameters at some place between their bounds, {@code 1e-4 ≤ α ≤ 1 − 1e-4}, {@code 1e-4 ≤ β
   * ≤ α}, {@code 1e-4 ≤ γ ≤ 1 − α}, {@code 0.8 ≤ φ ≤ 0.98}: each component stays an average of the
   * past.
   *
   * @param form which parameters there are
   * @param place of α, β, γ and φ, as far as the form has them, each from 0, its lower bound, to 1,
   *     its upper one
   */
  static EtsParameters inBounds(EtsForm form, double[] place) {
    int at = 0;
    double alpha = between(LOW, HIGH, place[at++]);
    double beta = form.trend() == EtsForm.Trend.NONE ? 0 : between(LOW, alpha, place[at++]);
    double gamma =
        form.seasonal() == EtsForm.Seasonal.NONE ? 0 : between(LOW, 1 - alpha, place[at++]);
    double phi =
        form.trend() == EtsForm.Trend.DAMPED ? between(LEAST_PHI, GREATEST_PHI, place[at]) : 1;
    return new EtsParameters(alpha, beta, gamma, phi);
  }

  private static double between(double low, double high, double place) {
    return low + (high - low) * place;
  }
}
