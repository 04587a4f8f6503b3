package io.gatecast.forecasting.transform;

/**
 * A dividend, a split, or both, on the first session that trades without them (the ex-date).
 *
 * @param step index of that session
 * @param dividend paid for each share held before, in the unit of the close before; 0 for none
 * @param split shares after for each share before: 2 for two-for-one, 0.1 for a reverse split; 1
 *     for none
 */
public record CorporateAction(int step, double dividend, double split) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the step or the dividend is negative, or the split is not
   *     positive
   */
  public CorporateAction {
    if (step < 0 || !(dividend >= 0) || !(split > 0) || Double.isInfinite(dividend + split)) {
      throw new IllegalArgumentException(
          "expected a step and a dividend of 0 or more and a positive split, found step "
              + step
              + ", dividend "
              + dividend
              + ", split "
              + split);
    }
  }

  /**
   * By what earlier closes are multiplied: {@code (1 − dividend / close before) / split}, as CRSP
   * and the usual vendors do.
   *
   * @param before the last close before the ex-date
   */
  public double factor(double before) {
    return (1 - dividend / before) / split;
  }
}
