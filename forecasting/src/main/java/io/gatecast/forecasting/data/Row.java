package io.gatecast.forecasting.data;

/**
 * One row that can be used: where it stood, whose it is, when, and its numbers, all finite. Its
 * time is in seconds until the whole column is known to hold days.
 */
final class Row {
  private final long line;
  private final String series;
  private final long time;
  private final long day;
  private final double[] values;

  /**
   * Makes a row; the numbers are not copied.
   *
   * @param line in the file, from 1
   * @param series the name of its series
   * @param time seconds, or days
   * @param day the day as written
   * @param values of the contract's columns
   */
  Row(long line, String series, long time, long day, double[] values) {
    this.line = line;
    this.series = series;
    this.time = time;
    this.day = day;
    this.values = values;
  }

  long line() {
    return line;
  }

  String series() {
    return series;
  }

  long time() {
    return time;
  }

  double[] values() {
    return values;
  }

  /** The same row counted in days. */
  Row daily() {
    return new Row(line, series, day, day, values);
  }
}
