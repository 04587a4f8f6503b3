package io.gatecast.forecasting.data;

import java.util.Arrays;
import java.util.List;

/**
 * One series on its time axis: every step from its first to its last value, with a mask that says
 * which steps are there. Immutable; it fills nothing.
 */
public final class TimeSeries {
  private final String name;
  private final TimeAxis axis;
  private final List<String> columns;
  private final long[] times;
  private final double[][] values;
  private final boolean[] present;

  /**
   * Makes a series.
   *
   * @param name of the series
   * @param axis how it moves
   * @param columns names; the target first
   * @param times of each step, ascending
   * @param values {@code [column][step]}; not a number where absent
   * @param present which steps are there
   * @throws IllegalArgumentException if the lengths do not fit
   */
  public TimeSeries(
      String name,
      TimeAxis axis,
      List<String> columns,
      long[] times,
      double[][] values,
      boolean[] present) {
    if (values.length != columns.size()
        || present.length != times.length
        || Arrays.stream(values).anyMatch(column -> column.length != times.length)) {
      throw new IllegalArgumentException(
          "expected values of "
              + columns.size()
              + " columns and a mask, of "
              + times.length
              + " steps each, found columns of "
              + Arrays.stream(values).map(column -> column.length).toList()
              + " and a mask of "
              + present.length);
    }
    this.name = name;
    this.axis = axis;
    this.columns = List.copyOf(columns);
    this.times = times.clone();
    this.values = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    this.present = present.clone();
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** How it moves through time. */
  public TimeAxis axis() {
    return axis;
  }

  /** Column names; the target first. */
  public List<String> columns() {
    return columns;
  }

  /** Steps from first to last, absent ones included. */
  public int length() {
    return times.length;
  }

  /**
   * A step's time.
   *
   * @param step index from 0
   */
  public long time(int step) {
    return times[step];
  }

  /**
   * A value.
   *
   * @param column index; 0 is the target
   * @param step index from 0
   * @return the value, not a number where absent
   */
  public double value(int column, int step) {
    return values[column][step];
  }

  /**
   * Whether a step is there.
   *
   * @param step index from 0
   */
  public boolean present(int step) {
    return present[step];
  }

  /** Steps without values. */
  public int missing() {
    int missing = 0;
    for (boolean there : present) {
      missing += there ? 0 : 1;
    }
    return missing;
  }

  /**
   * A column's values; a copy.
   *
   * @param column index; 0 is the target
   */
  public double[] column(int column) {
    return values[column].clone();
  }
}
