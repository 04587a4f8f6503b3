package io.gatecast.forecasting.model.volatility;

import io.gatecast.forecasting.data.History;
import java.util.Map;

/** Models of one series each, by its name. */
final class PerSeries {
  private PerSeries() {}

  /**
   * The model of an origin's series.
   *
   * @throws IllegalArgumentException if none was fitted to it
   */
  static <T> T of(Map<String, T> models, History origin) {
    T found = models.get(origin.series().name());
    if (found == null) {
      throw new IllegalArgumentException(
          "series: expected one of " + models.keySet() + ", found " + origin.series().name());
    }
    return found;
  }
}
