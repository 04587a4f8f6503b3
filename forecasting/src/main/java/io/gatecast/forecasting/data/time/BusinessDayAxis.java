package io.gatecast.forecasting.data.time;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Business days: certain weekdays without the holidays of a calendar. Every one of them must be
 * there; a series that lacks one has a gap, and a row on another day is off the axis.
 */
public final class BusinessDayAxis implements TimeAxis {
  private final DayTable days;
  private final ZoneId zone;

  private BusinessDayAxis(DayTable days, ZoneId zone) {
    this.days = days;
    this.zone = zone;
  }

  /**
   * The business days from a day on.
   *
   * @param from no business day has to be before it; in days since 1970-01-01
   * @param to up to this day they are laid out for speed; later ones are there too
   * @param weekdays the week's business days, at least one
   * @param holidays what is no business day though its weekday is one, or null
   * @param zone of the job
   * @throws IllegalArgumentException if there is no business day in that span
   */
  public static BusinessDayAxis of(
      long from, long to, Set<DayOfWeek> weekdays, @Nullable Holidays holidays, ZoneId zone) {
    long[] known =
        LongStream.rangeClosed(from, to)
            .filter(day -> DayTable.expected(day, weekdays, holidays))
            .toArray();
    if (known.length == 0) {
      throw new IllegalArgumentException(
          "business days: expected one between day " + from + " and day " + to + ", found none");
    }
    return new BusinessDayAxis(new DayTable(known, weekdays, holidays), zone);
  }

  @Override
  public TimeUnit unit() {
    return TimeUnit.DAY;
  }

  @Override
  public ZoneId zone() {
    return zone;
  }

  @Override
  public boolean sessions() {
    return false;
  }

  @Override
  public long step() {
    return 1;
  }

  @Override
  public String label() {
    return "1 business day";
  }

  @Override
  public OptionalLong position(long time) {
    return days.position(time);
  }

  @Override
  public long time(long position) {
    return days.time(position);
  }
}
