package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.contract.CheckSet;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.List;
import java.util.Map;

/**
 * The stock checks on the columns that a header names.
 *
 * @param columns some columns by their role, where the header's names do not tell
 */
public record StockCheckSet(Map<String, String> columns) implements CheckSet {
  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if there is no such role
   */
  public StockCheckSet {
    columns = Map.copyOf(columns);
    StockColumns unused = StockColumns.guess(List.of()).with(columns);
  }

  @Override
  public List<ColumnSpec> columns(List<String> labels) {
    return roles(labels).names().values().stream().distinct().map(ColumnSpec::number).toList();
  }

  @Override
  public List<SeriesCheck> checks(List<String> labels) {
    return StockChecks.of(roles(labels));
  }

  private StockColumns roles(List<String> labels) {
    return StockColumns.guess(labels).with(columns);
  }

  @Override
  public String toString() {
    return columns.isEmpty() ? "stock" : "stock " + new java.util.TreeMap<>(columns);
  }
}
