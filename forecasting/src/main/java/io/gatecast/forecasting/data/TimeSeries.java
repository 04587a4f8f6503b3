package io.gatecast.forecasting.data;

import io.gatecast.forecasting.data.time.TimeAxis;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One series on its time axis: every step from its first to its last row, not a number where a
 * value is absent. Immutable; it fills nothing.
 *
 * <p>Where the source told when values became known, {@link #value(int, int, long)} gives them as
 * they were at a time; all else gives the latest.
 */
public final class TimeSeries {
  private final String name;
  private final TimeAxis axis;
  private final List<String> columns;
  private final Map<String, List<String>> categories;
  private final long first;
  private final double[][] values;
  private final Vintages vintages;

  private TimeSeries(
      String name,
      TimeAxis axis,
      List<String> columns,
      Map<String, List<String>> categories,
      long first,
      double[][] values,
      Vintages vintages) {
    if (columns.isEmpty()
        || values.length != columns.size()
        || Arrays.stream(values).anyMatch(column -> column.length != values[0].length)) {
      throw new IllegalArgumentException(
          "expected values of "
              + columns.size()
              + " columns (at least one), of one length, found columns of "
              + Arrays.stream(values).map(column -> column.length).toList());
    }
    this.name = name;
    this.axis = axis;
    this.columns = List.copyOf(columns);
    this.categories = Map.copyOf(categories);
    this.first = first;
    this.values = values;
    this.vintages = vintages;
  }

  /**
   * Makes a series of numbers, each known at its own time.
   *
   * @param name of the series
   * @param axis how it moves
   * @param columns names; the target first
   * @param first the first step's position on the axis
   * @param values {@code [column][step]}; not a number where absent
   * @throws IllegalArgumentException if the lengths do not fit
   */
  public static TimeSeries of(
      String name, TimeAxis axis, List<String> columns, long first, double[][] values) {
    double[][] own = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    return new TimeSeries(name, axis, columns, Map.of(), first, own, Vintages.NONE);
  }

  /**
   * Makes a series from arrays that nobody else keeps: they are not copied.
   *
   * @param name of the series
   * @param axis how it moves
   * @param columns names; the target first
   * @param categories names of each text column's values, by index
   * @param first the first step's position on the axis
   * @param values {@code [column][step]}; not a number where absent
   * @return the series
   * @throws IllegalArgumentException if the lengths do not fit
   */
  public static TimeSeries owning(
      String name,
      TimeAxis axis,
      List<String> columns,
      Map<String, List<String>> categories,
      long first,
      double[][] values) {
    return new TimeSeries(name, axis, columns, categories, first, values, Vintages.NONE);
  }

  /**
   * The same series, with when its values became known.
   *
   * @param steps of each version, ascending; only of steps that were not simply known at their own
   *     time
   * @param known when each version became known, as days or seconds, ascending within a step
   * @param versions {@code [column][version]}
   */
  public TimeSeries restated(int[] steps, long[] known, double[][] versions) {
    Vintages told =
        new Vintages(
            steps.clone(),
            known.clone(),
            Arrays.stream(versions).map(double[]::clone).toArray(double[][]::new));
    return new TimeSeries(name, axis, columns, categories, first, values, told);
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

  /**
   * A text column's values by index.
   *
   * @param column its name
   * @return names; empty for a column of numbers
   */
  public List<String> categories(String column) {
    return categories.getOrDefault(column, List.of());
  }

  /** Steps from first to last, absent ones included. */
  public int length() {
    return values[0].length;
  }

  /**
   * A step's time.
   *
   * @param step index from 0
   */
  public long time(int step) {
    return axis.time(first + step);
  }

  /**
   * How many steps lie at or before a time.
   *
   * @param time days or seconds
   * @return from 0 to {@link #length()}: the first step after the time, where there is one
   */
  public int stepsUntil(long time) {
    int from = 0;
    int to = length();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (time(middle) <= time) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /**
   * A value, as it is known now.
   *
   * @param column index; 0 is the target
   * @param step index from 0
   * @return the value, not a number where absent
   */
  public double value(int column, int step) {
    return values[column][step];
  }

  /**
   * A value as it was known at some time.
   *
   * @param column index; 0 is the target
   * @param step index from 0
   * @param asOf days or seconds
   * @return the value, not a number where absent or not yet known
   */
  public double value(int column, int step, long asOf) {
    // In a source that tells, what it does not tell to be known earlier is known at its own time.
    boolean tooEarly = hasVintages() && time(step) > asOf;
    return vintages.value(column, step, asOf, tooEarly ? Double.NaN : values[column][step]);
  }

  /** Whether the source told of values that became known late or beforehand, or were restated. */
  public boolean hasVintages() {
    return !vintages.isEmpty();
  }

  /**
   * Whether a step has the target's value.
   *
   * @param step index from 0
   */
  public boolean present(int step) {
    return !Double.isNaN(values[0][step]);
  }

  /** Steps without any value. */
  public int missing() {
    int missing = 0;
    for (int step = 0; step < length(); step++) {
      boolean any = false;
      for (double[] column : values) {
        any |= !Double.isNaN(column[step]);
      }
      missing += any ? 0 : 1;
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

  /**
   * A column's values in some steps as they were known at some time; a copy.
   *
   * @param column index; 0 is the target
   * @param from first step
   * @param to step after the last
   * @param asOf days or seconds
   * @return as many as steps, not a number where absent or not yet known
   */
  public double[] column(int column, int from, int to, long asOf) {
    double[] slice = Arrays.copyOfRange(values[column], from, to);
    if (hasVintages()) {
      for (int step = from; step < to; step++) {
        slice[step - from] = value(column, step, asOf);
      }
    }
    return slice;
  }
}
