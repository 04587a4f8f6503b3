package io.gatecast.forecasting.data.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

/**
 * How a job's series move through time: a row of times that all series share, from an origin on
 * without an end. A series lies on it by the positions of its rows, wherever it begins and ends,
 * and a position without a row is a gap. Nothing lies before the origin.
 */
public sealed interface TimeAxis permits RegularAxis, BusinessDayAxis, SessionAxis {

  /** Days or seconds. */
  TimeUnit unit();

  /** For writing times with an offset and for the calendar. */
  ZoneId zone();

  /** Whether steps are exchange sessions. */
  boolean sessions();

  /** Units from one time to the next where that is always the same; 1 for days that skip some. */
  long step();

  /** The step in words, such as {@code 1 day} or {@code PT10M}. */
  String label();

  /**
   * Where a time is.
   *
   * @param time days or seconds
   * @return its index from 0 at the origin; empty if it is before the origin or between the steps
   */
  OptionalLong position(long time);

  /**
   * The time at a position, also after the last one of the data.
   *
   * @param position index from 0 at the origin
   * @return days or seconds
   * @throws IllegalArgumentException if the position is negative
   */
  long time(long position);

  /**
   * The time some steps ahead.
   *
   * @param from a time on the axis
   * @param steps how many; negative ones go back
   * @throws IllegalArgumentException if one of both times is not on the axis
   */
  default long plus(long from, int steps) {
    OptionalLong position = position(from);
    if (position.isEmpty()) {
      throw new IllegalArgumentException(
          "from: expected a time on the axis of " + label() + ", found " + format(from));
    }
    return time(position.getAsLong() + steps);
  }

  /**
   * A time in ISO form: a date, or a date and time with its offset.
   *
   * @param time days or seconds
   */
  default String format(long time) {
    return unit() == TimeUnit.DAY
        ? LocalDate.ofEpochDay(time).toString()
        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(Instant.ofEpochSecond(time).atZone(zone()));
  }

  /**
   * The local date and time.
   *
   * @param time days or seconds
   */
  default LocalDateTime local(long time) {
    return unit() == TimeUnit.DAY
        ? LocalDate.ofEpochDay(time).atStartOfDay()
        : LocalDateTime.ofInstant(Instant.ofEpochSecond(time), zone());
  }
}
