package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.contract.CheckSet;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The weather checks on the columns that a header names.
 *
 * @param columns some columns by their role, where the header's names do not tell
 */
public record WeatherCheckSet(Map<String, String> columns) implements CheckSet {
  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if there is no such role
   */
  public WeatherCheckSet {
    columns = Map.copyOf(columns);
    WeatherColumns unused = WeatherColumns.guess(List.of()).with(columns);
  }

  @Override
  public List<ColumnSpec> columns(List<String> labels) {
    List<ColumnSpec> read = new ArrayList<>();
    roles(labels)
        .names()
        .forEach(
            (role, name) -> {
              ColumnSpec column = ColumnSpec.number(name);
              boolean direction = role == WeatherColumns.Role.WIND_DIRECTION;
              read.add(direction ? column.of(ColumnSpec.Type.COMPASS) : column);
            });
    return read;
  }

  @Override
  public List<SeriesCheck> checks(List<String> labels) {
    return WeatherChecks.of(roles(labels));
  }

  private WeatherColumns roles(List<String> labels) {
    return WeatherColumns.guess(labels).with(columns);
  }

  @Override
  public String toString() {
    return columns.isEmpty() ? "weather" : "weather " + new java.util.TreeMap<>(columns);
  }
}
