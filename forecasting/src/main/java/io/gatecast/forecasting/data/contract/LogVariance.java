package io.gatecast.forecasting.data.contract;

import java.util.List;

/**
 * A target that no column of the source holds: the log of the variance that a step's range of
 * prices shows, {@code log(ln(H/L)² / (4 ln 2))}, of each row by itself. M. Parkinson, The extreme
 * value method for estimating the variance of the rate of return, Journal of Business 53 (1980). It
 * takes the price for a random walk without drift; what moves while the market is closed is not in
 * it.
 *
 * <p>Absent where a price is, and where the range is zero, whose log is minus infinity.
 *
 * @param high name of the column of highs
 * @param low name of the column of lows
 */
public record LogVariance(String high, String low) {
  /** The name of the series' column that it becomes. */
  public static final String COLUMN = "log_variance";

  /** Prices that went through float32 are off by 1e-7: so little below the low is no range. */
  private static final double ROUNDING = 1e-5;

  private static final double FOUR_LN_2 = 4 * Math.log(2);

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if both are the same
   */
  public LogVariance {
    if (high.equals(low)) {
      throw new IllegalArgumentException(
          "log-variance: expected a column of highs and another of lows, found "
              + high
              + " for both");
    }
  }

  /** The columns of the source that it reads. */
  public List<String> inputs() {
    return List.of(high, low);
  }

  /**
   * The log variance of one step.
   *
   * @param highest price
   * @param lowest price
   * @return of log prices, a step, not annualised; not a number where a price is absent, the range
   *     is zero up to rounding, or {@link #allows} refuses them
   */
  public double of(double highest, double lowest) {
    double range = Math.log(highest / lowest);
    return lowest > 0 && range > ROUNDING ? Math.log(range * range / FOUR_LN_2) : Double.NaN;
  }

  /**
   * Whether two prices can be a high and a low: above zero and the high not below the low. Absent
   * ones can.
   *
   * @param highest price
   * @param lowest price
   */
  boolean allows(double highest, double lowest) {
    return !(highest <= 0) && !(lowest <= 0) && !(highest < lowest * (1 - ROUNDING));
  }
}
