package io.gatecast.forecasting.model;

/**
 * What a model forecasts from some origins, in the target's unit.
 *
 * @param mean {@code [origin][step of the horizon]}: its best single value
 * @param quantiles {@code [origin][step][level of Quantiles]}, ascending in the level; without any
 *     origin where the model gives none
 */
@SuppressWarnings("ArrayRecordComponent") // large, made once and read by index; never compared
public record Forecasts(double[][] mean, double[][][] quantiles) {

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if there are quantiles, but not for each origin
   */
  public Forecasts {
    if (quantiles.length != 0 && quantiles.length != mean.length) {
      throw new IllegalArgumentException(
          "quantiles: expected those of "
              + mean.length
              + " origins, or none, found those of "
              + quantiles.length);
    }
  }

  /**
   * Forecasts without quantiles.
   *
   * @param mean {@code [origin][step]}
   */
  public static Forecasts of(double[][] mean) {
    return new Forecasts(mean, new double[0][][]);
  }

  /** Whether the model itself tells quantiles. */
  public boolean hasQuantiles() {
    return quantiles.length > 0;
  }

  /** Origins. */
  public int size() {
    return mean.length;
  }
}
