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
   * @param dates whether they were written without a time of day; their seconds are then midnights
   *     in UTC
   * @param zone of the source
   * @return from seconds to days of the zone's calendar, or to seconds; on an axis of seconds a
   *     date is known once its day is over
   */
  static LongUnaryOperator in(TimeUnit unit, boolean dates, ZoneId zone) {
    if (unit == TimeUnit.SECOND) {
      return dates ? seconds -> nextDay(seconds, zone) : LongUnaryOperator.identity();
    }
    return dates
        ? seconds -> Math.floorDiv(seconds, DAY_SECONDS)
        : seconds -> LocalDate.ofInstant(Instant.ofEpochSecond(seconds), zone).toEpochDay();
  }

  private static long nextDay(long midnight, ZoneId zone) {
    LocalDate next = LocalDate.ofEpochDay(Math.floorDiv(midnight, DAY_SECONDS)).plusDays(1);
    return next.atStartOfDay(zone).toEpochSecond();
  }
}
