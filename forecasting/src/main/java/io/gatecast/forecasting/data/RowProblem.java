package io.gatecast.forecasting.data;

/**
 * What the contract found in one row.
 *
 * @param line in the file, from 1
 * @param column the column, or empty where the whole row is meant
 * @param kind what kind of problem
 * @param found the text found, shortened
 * @param rejected whether the row was left out; otherwise it was repaired
 */
public record RowProblem(long line, String column, Kind kind, String found, boolean rejected) {

  /** Kinds of problems. */
  public enum Kind {
    /** Another number of fields than the header has. */
    FIELDS("another number of fields than the header"),
    /** No value. */
    MISSING("a missing value"),
    /** Text where a number belongs. */
    NOT_A_NUMBER("text in a number"),
    /** NaN or an infinity. */
    NOT_FINITE("a number that is not finite"),
    /** A time that cannot be read. */
    BAD_TIME("a time of another form"),
    /** A time between the steps of the axis. */
    OFF_AXIS("a time between the steps"),
    /** The same row again. */
    DUPLICATE("a row that was there already"),
    /** A row that came late. */
    UNSORTED("a row out of order");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The kind in words. */
    public String text() {
      return text;
    }
  }
}
