package io.gatecast.forecasting.data.contract;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * One series' rows, column by column: first as they came, then in order of time. Checks read it and
 * propose repairs; only the contract changes it. Missing cells are not a number. One thread at a
 * time.
 */
public final class Frame {
  private static final int FIRST_CAPACITY = 16;

  private static final int REPAIRED = 1;
  private static final int REJECTED = 2;
  private static final int LATE = 4;

  private final String series;
  private final List<String> columns;
  private int rows;
  private long[] times = new long[FIRST_CAPACITY];
  private int[] days = new int[FIRST_CAPACITY];
  private int[] lines = new int[FIRST_CAPACITY];
  private int[] files = new int[FIRST_CAPACITY];
  private byte[] states = new byte[FIRST_CAPACITY];
  private long[] known;
  private final double[][] values;

  /**
   * An empty frame.
   *
   * @param series its name
   * @param columns names
   */
  public Frame(String series, List<String> columns) {
    this(series, columns, false);
  }

  Frame(String series, List<String> columns, boolean vintages) {
    this.series = series;
    this.columns = List.copyOf(columns);
    this.values = new double[columns.size()][FIRST_CAPACITY];
    this.known = new long[vintages ? FIRST_CAPACITY : 0];
  }

  /**
   * Adds a row.
   *
   * @param time in seconds, or in days where it never comes to seconds
   * @param file index of the source's file
   * @param line in the file, from 1
   * @param cells one for each column, not a number where missing
   */
  public void add(long time, int file, int line, double[] cells) {
    add(time, Math.toIntExact(time), Long.MIN_VALUE, file, line, cells);
  }

  /**
   * Adds a row.
   *
   * @param seconds its time
   * @param day the same as a day, as written
   * @param since when it became known, in seconds; read only in a frame with vintages
   */
  void add(long seconds, int day, long since, int file, int line, double[] cells) {
    if (rows == times.length) {
      grow();
    }
    times[rows] = seconds;
    days[rows] = day;
    files[rows] = file;
    lines[rows] = line;
    states[rows] = 0;
    if (known.length > 0) {
      known[rows] = since;
    }
    for (int column = 0; column < values.length; column++) {
      values[column][rows] = cells[column];
    }
    rows++;
  }

  /** By a half: what stands empty at the end is a quarter on average. */
  private void grow() {
    int capacity = Math.addExact(rows, rows / 2);
    times = Arrays.copyOf(times, capacity);
    days = days.length == 0 ? days : Arrays.copyOf(days, capacity);
    lines = Arrays.copyOf(lines, capacity);
    files = Arrays.copyOf(files, capacity);
    states = Arrays.copyOf(states, capacity);
    known = known.length == 0 ? known : Arrays.copyOf(known, capacity);
    for (int column = 0; column < values.length; column++) {
      values[column] = Arrays.copyOf(values[column], capacity);
    }
  }

  /** The series' name. */
  public String series() {
    return series;
  }

  /** Column names. */
  public List<String> columns() {
    return columns;
  }

  /**
   * A column's index.
   *
   * @param name of the column
   * @return the index, or -1
   */
  public int column(String name) {
    return columns.indexOf(name);
  }

  /** Rows. */
  public int rows() {
    return rows;
  }

  /**
   * A row's time.
   *
   * @param row index from 0
   * @return days or seconds
   */
  public long time(int row) {
    return times[row];
  }

  /**
   * Where a row stands.
   *
   * @param row index from 0
   * @return line in its file, from 1
   */
  public int line(int row) {
    return lines[row];
  }

  /**
   * Which file a row is from.
   *
   * @param row index from 0
   * @return index of the source's file
   */
  public int file(int row) {
    return files[row];
  }

  /**
   * A cell.
   *
   * @param column index
   * @param row index from 0
   * @return the value, not a number where missing
   */
  public double value(int column, int row) {
    return values[column][row];
  }

  /** Whether rows tell when they became known. */
  boolean vintages() {
    return known.length > 0;
  }

  /** When a row became known: days or seconds; where no column tells, the row's own time. */
  long known(int row) {
    return known.length > 0 ? known[row] : times[row];
  }

  /** Whether two rows hold the same values, bit for bit. */
  boolean sameValues(int row, int other) {
    for (double[] column : values) {
      if (Double.doubleToLongBits(column[row]) != Double.doubleToLongBits(column[other])) {
        return false;
      }
    }
    return true;
  }

  /** Changes a cell; the row's state is the caller's to mark. */
  void set(int column, int row, double value) {
    values[column][row] = value;
  }

  /** All rows' times; a copy. */
  long[] times() {
    return Arrays.copyOf(times, rows);
  }

  void setTime(int row, long seconds) {
    times[row] = seconds;
  }

  void markLate(int row) {
    states[row] |= LATE;
  }

  void markRepaired(int row) {
    states[row] |= REPAIRED;
  }

  void markRejected(int row) {
    states[row] |= REJECTED;
  }

  boolean late(int row) {
    return (states[row] & LATE) != 0;
  }

  boolean rejected(int row) {
    return (states[row] & REJECTED) != 0;
  }

  /** Rows that were repaired and not rejected. */
  int repaired() {
    int count = 0;
    for (int row = 0; row < rows; row++) {
      count += states[row] == 0 || rejected(row) ? 0 : 1;
    }
    return count;
  }

  /**
   * Settles the unit of time; no row follows. Before it rows cannot be put in order.
   *
   * @param inDays whether time is counted in days from here on, and not in seconds
   * @param knownAs brings seconds at which rows became known to the same unit
   */
  void settle(boolean inDays, LongUnaryOperator knownAs) {
    for (int row = 0; row < rows; row++) {
      times[row] = inDays ? days[row] : times[row];
      if (known.length > 0) {
        known[row] = knownAs.applyAsLong(known[row]);
      }
    }
    days = new int[0];
    trim();
  }

  /** Forgets what stands empty: no row follows. */
  private void trim() {
    if (times.length == rows) {
      return;
    }
    times = Arrays.copyOf(times, rows);
    lines = Arrays.copyOf(lines, rows);
    files = Arrays.copyOf(files, rows);
    states = Arrays.copyOf(states, rows);
    known = known.length == 0 ? known : Arrays.copyOf(known, rows);
    for (int column = 0; column < values.length; column++) {
      values[column] = Arrays.copyOf(values[column], rows);
    }
  }

  /** Puts rows in the order of some of them. */
  void reorder(int[] order) {
    if (days.length > 0) {
      throw new IllegalStateException("expected a frame that knows its unit of time");
    }
    times = picked(times, order);
    lines = Arrays.stream(order).map(row -> lines[row]).toArray();
    int[] orderedFiles = new int[order.length];
    byte[] orderedStates = new byte[order.length];
    for (int i = 0; i < order.length; i++) {
      orderedFiles[i] = files[order[i]];
      orderedStates[i] = states[order[i]];
    }
    files = orderedFiles;
    states = orderedStates;
    if (known.length > 0) {
      known = picked(known, order);
    }
    for (int column = 0; column < values.length; column++) {
      double[] from = values[column];
      values[column] = Arrays.stream(order).mapToDouble(row -> from[row]).toArray();
    }
    rows = order.length;
  }

  private static long[] picked(long[] from, int[] order) {
    return Arrays.stream(order).mapToLong(row -> from[row]).toArray();
  }

  /** Takes rejected rows out. */
  void compact() {
    int kept = 0;
    for (int row = 0; row < rows; row++) {
      kept += rejected(row) ? 0 : 1;
    }
    if (kept < rows) {
      reorder(IntStream.range(0, rows).filter(row -> !rejected(row)).toArray());
    }
  }

  /** A column's values without what stands empty; the frame forgets them. */
  double[] take(int column) {
    double[] taken =
        values[column].length == rows ? values[column] : Arrays.copyOf(values[column], rows);
    values[column] = new double[0];
    return taken;
  }
}
