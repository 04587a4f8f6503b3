package io.gatecast.forecasting.evaluation.interval;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.model.Forecasts;
import java.util.List;

/**
 * One model's forecasts of one series, in order of their origins: first those that only calibrate,
 * then those that want quantiles. What came true of a forecast is told only as it was known at a
 * later origin, so that a method which learns from it cannot look ahead.
 */
public final class Track {
  private final List<History> origins;
  private final Forecasts forecasts;
  private final int calibration;

  /**
   * Joins forecasts and their origins.
   *
   * @param origins of one series, ascending
   * @param forecasts from each of them
   * @param calibration how many of them, from the first on, only calibrate
   * @throws IllegalArgumentException if the sizes do not fit, the origins are not of one series or
   *     do not ascend
   */
  public Track(List<History> origins, Forecasts forecasts, int calibration) {
    if (forecasts.size() != origins.size() || calibration < 0 || calibration > origins.size()) {
      throw new IllegalArgumentException(
          "expected a forecast for each origin, and no more of them to calibrate, found "
              + origins.size()
              + " origins, "
              + forecasts.size()
              + " forecasts, "
              + calibration
              + " to calibrate");
    }
    for (int i = 1; i < origins.size(); i++) {
      if (origins.get(i).origin() <= origins.get(i - 1).origin()
          || !origins.get(i).series().name().equals(origins.get(0).series().name())) {
        throw new IllegalArgumentException(
            "origins: expected those of one series, ascending, found another at " + i);
      }
    }
    this.origins = List.copyOf(origins);
    this.forecasts = forecasts;
    this.calibration = calibration;
  }

  /** Forecasts in all. */
  public int size() {
    return origins.size();
  }

  /** How many forecasts, from the first on, only calibrate. */
  public int calibration() {
    return calibration;
  }

  /** Name of the series. */
  public String series() {
    return origins.isEmpty() ? "" : origins.get(0).series().name();
  }

  /** Steps of the horizon. */
  public int horizon() {
    return forecasts.size() == 0 ? 0 : forecasts.mean()[0].length;
  }

  /** Whether the model itself tells quantiles. */
  public boolean hasQuantiles() {
    return forecasts.hasQuantiles();
  }

  /**
   * A forecast.
   *
   * @param index of the origin
   * @param step ahead, index from 0
   * @return in the target's unit
   */
  public double mean(int index, int step) {
    return forecasts.mean()[index][step];
  }

  /**
   * The model's own quantiles.
   *
   * @param index of the origin
   * @param step ahead, index from 0
   * @return {@code [level]}, ascending; not a copy
   */
  public double[] quantiles(int index, int step) {
    return forecasts.quantiles()[index][step];
  }

  /**
   * Whether a forecast's target time had come by an origin.
   *
   * @param index of the forecast's origin
   * @param step ahead, index from 0
   * @param at index of the origin at which it is asked
   */
  public boolean arrived(int index, int step, int at) {
    return origins.get(index).origin() + step + 1 <= origins.get(at).origin();
  }

  /**
   * What came true of a forecast, as it was known at an origin.
   *
   * @param index of the forecast's origin
   * @param step ahead, index from 0
   * @param at index of the origin at which it is asked
   * @return the value, not a number where absent
   * @throws IndexOutOfBoundsException if it had not come by then
   */
  public double actual(int index, int step, int at) {
    return origins.get(at).target(origins.get(index).origin() + step + 1);
  }
}
