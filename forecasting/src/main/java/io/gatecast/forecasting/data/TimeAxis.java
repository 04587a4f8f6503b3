package io.gatecast.forecasting.data;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * How a job's series move through time: regular steps, or exchange sessions that follow one another
 * as the data has them.
 *
 * @param unit days or seconds
 * @param step units from one value to the next; 1 for sessions
 * @param sessions whether steps are sessions: every row is the next one, whatever lies between
 * @param zone for writing times with an offset and for the calendar
 */
public record TimeAxis(TimeUnit unit, long step, boolean sessions, ZoneId zone) {

  /**
   * The time some steps ahead. Sessions skip Saturday and Sunday; holidays are not known.
   *
   * @param from a time
   * @param steps at least 0
   */
  public long plus(long from, int steps) {
    if (!sessions) {
      return from + steps * step;
    }
    LocalDate day = LocalDate.ofEpochDay(from);
    for (int i = 0; i < steps; i++) {
      do {
        day = day.plusDays(1);
      } while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY);
    }
    return day.toEpochDay();
  }

  /**
   * A time in ISO form: a date, or a date and time with its offset.
   *
   * @param time days or seconds
   */
  public String format(long time) {
    return unit == TimeUnit.DAY
        ? LocalDate.ofEpochDay(time).toString()
        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(Instant.ofEpochSecond(time).atZone(zone));
  }

  /**
   * The local date and time.
   *
   * @param time days or seconds
   */
  public LocalDateTime local(long time) {
    return unit == TimeUnit.DAY
        ? LocalDate.ofEpochDay(time).atStartOfDay()
        : LocalDateTime.ofInstant(Instant.ofEpochSecond(time), zone);
  }

  /** The step in words, such as {@code 1 day} or {@code PT10M}. */
  public String label() {
    if (sessions) {
      return "1 session";
    }
    if (unit == TimeUnit.DAY) {
      return step == 1 ? "1 day" : step + " days";
    }
    return Duration.ofSeconds(step).toString();
  }
}
