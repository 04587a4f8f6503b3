package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.StockColumns.Role;
import io.gatecast.forecasting.data.contract.Frame;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * One frame seen by roles. The values are copied: what a check sees does not change under it when a
 * finding is mended at once.
 */
final class StockRows {
  private final Frame frame;
  private final Map<Role, Integer> columns = new EnumMap<>(Role.class);
  private final Map<Role, double[]> values = new EnumMap<>(Role.class);

  StockRows(Frame frame, StockColumns names) {
    this.frame = frame;
    for (Role role : Role.values()) {
      int column = names.name(role).map(frame::column).orElse(-1);
      if (column >= 0) {
        columns.put(role, column);
        values.put(role, copy(frame, column));
      }
    }
  }

  /** One column's values, of length {@link Frame#rows()}. */
  static double[] copy(Frame frame, int column) {
    double[] copy = new double[frame.rows()];
    for (int row = 0; row < copy.length; row++) {
      copy[row] = frame.value(column, row);
    }
    return copy;
  }

  int count() {
    return frame.rows();
  }

  int line(int row) {
    return frame.line(row);
  }

  boolean has(Role role) {
    return columns.containsKey(role);
  }

  /** Whether all of them are there. */
  boolean has(Role first, Role... others) {
    return has(first) && Arrays.stream(others).allMatch(this::has);
  }

  /** The column's index in the frame, or -1. */
  int column(Role role) {
    return columns.getOrDefault(role, -1);
  }

  String name(Role role) {
    return frame.columns().get(column(role));
  }

  /** The value, not a number where the cell or the column is missing. */
  double value(Role role, int row) {
    double[] of = values.get(role);
    return of == null ? Double.NaN : of[row];
  }

  /**
   * The latest row that traded: its unit and its level are the present ones. Vendors adjust the
   * past to the present, and rows without volume are often copies. Where no volume is above 0, the
   * last row.
   */
  int latestTraded() {
    for (int row = count() - 1; row >= 0; row--) {
      if (value(Role.VOLUME, row) > 0) {
        return row;
      }
    }
    return count() - 1;
  }
}
