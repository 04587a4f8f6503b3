package io.gatecast.forecasting.data.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.datavec.api.writable.BooleanWritable;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.LongWritable;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/**
 * SQL values as Writables: integers long, other numbers double, NULL null, times in ISO form as
 * text, and all else the text that the driver gives. It goes by the value and not by the column's
 * type, for in SQLite any column may hold anything.
 */
final class SqlValues {
  /**
   * What java.time class a column is asked for, once its first value is one of java.sql's times.
   */
  private final @Nullable Class<?>[] times;

  SqlValues(int columns) {
    times = new Class<?>[columns];
  }

  /** The values of the row on which the result is. */
  List<Writable> read(ResultSet row) throws SQLException {
    List<Writable> values = new ArrayList<>(times.length);
    for (int column = 1; column <= times.length; column++) {
      values.add(value(row, column));
    }
    return values;
  }

  private Writable value(ResultSet row, int column) throws SQLException {
    Class<?> time = times[column - 1];
    Object value = time == null ? row.getObject(column) : row.getObject(column, time);
    if (time == null && value instanceof java.util.Date) {
      // java.sql's times go through the JVM's zone, which may lack an hour; java.time's do not.
      Class<?> asked = timeClass(value, row.getMetaData(), column);
      times[column - 1] = asked;
      value = row.getObject(column, asked);
    }
    if (value == null) {
      return NullWritable.INSTANCE;
    }
    if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
      return new DoubleWritable(((Number) value).doubleValue());
    }
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return new LongWritable(((Number) value).longValue());
    }
    if (value instanceof BigInteger whole) {
      return whole.bitLength() < Long.SIZE
          ? new LongWritable(whole.longValue())
          : new DoubleWritable(whole.doubleValue());
    }
    if (value instanceof Boolean flag) {
      return new BooleanWritable(flag);
    }
    return new Text(text(value, row, column));
  }

  private static Class<?> timeClass(Object value, ResultSetMetaData columns, int column)
      throws SQLException {
    if (value instanceof Time) {
      return LocalTime.class;
    }
    if (value instanceof Date) {
      return LocalDate.class;
    }
    if (!(value instanceof Timestamp)) {
      throw new SQLException("column " + column + " has a " + value.getClass().getName());
    }
    String type = columns.getColumnTypeName(column).toLowerCase(Locale.ROOT);
    boolean zoned =
        columns.getColumnType(column) == Types.TIMESTAMP_WITH_TIMEZONE
            || type.equals("timestamptz") // PostgreSQL, whose type code does not tell
            || type.contains("with time zone");
    return zoned ? OffsetDateTime.class : LocalDateTime.class;
  }

  private static String text(Object value, ResultSet row, int column) throws SQLException {
    if (value instanceof String text) {
      return text;
    }
    // toString leaves seconds out where they are 0.
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
    if (value instanceof OffsetDateTime time) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
    if (value instanceof ZonedDateTime time) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
    if (value instanceof LocalDate || value instanceof LocalTime) {
      return value.toString();
    }
    String text = row.getString(column);
    return text == null ? value.toString() : text;
  }
}
