package io.gatecast.forecasting.data;

/**
 * A series as it was known at a forecast's origin: {@link #target}, {@link #present} and {@link
 * #last} end there and throw when asked for more, so that a rule that reads them cannot look ahead.
 *
 * @param series the whole series: for its name and axis, and for the evaluation that scores
 * @param origin the last step that is known
 */
public record History(TimeSeries series, int origin) {

  /**
   * Checks the origin.
   *
   * @throws IllegalArgumentException if it lies outside the series
   */
  public History {
    if (origin < 0 || origin >= series.length()) {
      throw new IllegalArgumentException(
          "origin: expected a step in [0, " + series.length() + "), found " + origin);
    }
  }

  /** Known steps. */
  public int length() {
    return origin + 1;
  }

  /**
   * A known target value.
   *
   * @param step index from 0, at most the origin
   * @return the value, not a number where absent
   * @throws IndexOutOfBoundsException for a step after the origin
   */
  public double target(int step) {
    return series.value(0, checked(step), series.time(origin));
  }

  /** The target's known values from the first step to the origin; not a number where absent. */
  public double[] targets() {
    return series.column(0, 0, length(), series.time(origin));
  }

  /**
   * A column's known values from the first step to the origin.
   *
   * @param column its name
   * @return as many as steps, not a number where absent
   * @throws IllegalArgumentException if there is no such column
   */
  public double[] values(String column) {
    int index = series.columns().indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException(
          "column: expected one of " + series.columns() + ", found " + column);
    }
    return series.column(index, 0, length(), series.time(origin));
  }

  /**
   * Whether a known step is there.
   *
   * @param step index from 0, at most the origin
   * @throws IndexOutOfBoundsException for a step after the origin
   */
  public boolean present(int step) {
    return !Double.isNaN(target(step));
  }

  /** The last known target value, at the latest step that is there. */
  public double last() {
    for (int step = origin; step >= 0; step--) {
      if (present(step)) {
        return target(step);
      }
    }
    return Double.NaN;
  }

  private int checked(int step) {
    if (step > origin) {
      throw new IndexOutOfBoundsException(
          "step: expected at most the origin " + origin + ", found " + step);
    }
    return step;
  }
}
