package io.gatecast.benchmarks.ingest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers by column, as a side has read them; not a number where there is none. */
final class NumberTable {
  private static final int FIRST_CAPACITY = 1024;

  private final List<String> names;
  private final double[][] values;
  private int rows;

  NumberTable(List<String> names) {
    this.names = List.copyOf(names);
    this.values = new double[names.size()][FIRST_CAPACITY];
  }

  /** Begins another row, all of whose cells are to be set. */
  void row() {
    if (values.length > 0 && rows == values[0].length) {
      for (int column = 0; column < values.length; column++) {
        values[column] = Arrays.copyOf(values[column], 2 * rows);
      }
    }
    rows++;
  }

  /** Sets a cell of the last row. */
  void set(int column, double value) {
    values[column][rows - 1] = value;
  }

  int rows() {
    return rows;
  }

  /** What the columns add up to. */
  ColumnSums sums() {
    Map<String, ColumnSums.Sum> sums = new LinkedHashMap<>();
    for (int column = 0; column < values.length; column++) {
      sums.put(names.get(column), ColumnSums.Sum.of(Arrays.copyOf(values[column], rows)));
    }
    return new ColumnSums(rows, sums);
  }

  /** A cell as a number; not a number where it is none. */
  static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
