package io.gatecast.forecasting.transform;

/**
 * Subtracts a mean and divides by a population standard deviation.
 *
 * @param mean of the train part
 * @param deviation of the train part, positive
 */
public record Standardiser(double mean, double deviation) {

  /** A deviation below this share of the mean's size is rounding, not variation. */
  private static final double ROUNDING = 1e-12;

  /**
   * Fits to the numbers among some values.
   *
   * @param values not a number where absent
   * @return mean and deviation; a deviation of 0 where the values are constant or none
   */
  public static Standardiser fit(double[] values) {
    double sum = 0;
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    double mean = count == 0 ? 0 : sum / count;
    double squares = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        squares += (value - mean) * (value - mean);
      }
    }
    double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
    return new Standardiser(mean, deviation <= ROUNDING * Math.abs(mean) ? 0 : deviation);
  }

  /**
   * Standardises.
   *
   * @param value in units
   */
  public double apply(double value) {
    return (value - mean) / deviation;
  }

  /**
   * Goes back.
   *
   * @param standardised without unit
   */
  public double invert(double standardised) {
    return standardised * deviation + mean;
  }
}
