package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.data.time.TimeUnit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.LongUnaryOperator;

/**
 * Brings the times at which rows became known to the unit of a series' axis, never to an earlier
 * step than they were written for: a restated value that comes a step too early is a leak.
 */
final class KnownTimes {
  private static final long DAY_SECONDS = 86_400;

  private KnownTimes() {}

  /**
   * How to read them.
   *
   * @param unit of the axis
   * @param days whether they are days: dates, or midnights all of them
   * @param dates whether they were written without a time of day; their seconds are then midnights
   *     in UTC
   * @param zone of the source
   * @return from seconds to days of the zone's calendar, or to seconds; on an axis of seconds a
   *     date is known once its day is over
   */
  static LongUnaryOperator in(TimeUnit unit, boolean days, boolean dates, ZoneId zone) {
    if (unit == TimeUnit.SECOND) {
      return days
          ? seconds -> nextDay(day(seconds, dates, zone), zone)
          : LongUnaryOperator.identity();
    }
    return seconds -> day(seconds, dates, zone);
  }

  private static long day(long seconds, boolean dates, ZoneId zone) {
    return dates
        ? Math.floorDiv(seconds, DAY_SECONDS)
        : LocalDate.ofInstant(Instant.ofEpochSecond(seconds), zone).toEpochDay();
  }

  private static long nextDay(long day, ZoneId zone) {
    return LocalDate.ofEpochDay(day).plusDays(1).atStartOfDay(zone).toEpochSecond();
  }
}
