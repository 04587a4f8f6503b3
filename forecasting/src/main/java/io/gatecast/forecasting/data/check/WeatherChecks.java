package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.List;

/**
 * The checks for weather data, in the order in which repairs should be applied: sentinels first,
 * because they spoil every range and every run.
 */
public final class WeatherChecks {
  private WeatherChecks() {}

  /**
   * All of them.
   *
   * @param columns who is who; a check whose column is absent stays silent
   */
  public static List<SeriesCheck> of(WeatherColumns columns) {
    return List.of(
        new SentinelCheck(),
        new PhysicalRangeCheck(columns),
        new WindSpeedCheck(columns),
        new StuckCheck(columns));
  }
}
