package io.gatecast.forecasting.data.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exchange sessions: the days on which at least one series has a row, shared by all series. After
 * the last one they go on with the weekdays that the data shows, without the holidays of a calendar
 * where one is named.
 */
public final class SessionAxis implements TimeAxis {
  private static final int YEAR_OF_WEEKS = 364;

  private final DayTable days;
  private final ZoneId zone;

  private SessionAxis(DayTable days, ZoneId zone) {
    this.days = days;
    this.zone = zone;
  }

  /**
   * Learns the sessions.
   *
   * @param series the days of each series since 1970-01-01, in any order; at least one in all
   * @param holidays on which no session will be, or null
   * @param zone of the job
   * @throws IllegalArgumentException if there is no day
   */
  public static SessionAxis of(
      Collection<long[]> series, @Nullable Holidays holidays, ZoneId zone) {
    long[] known = DistinctTimes.of(series);
    if (known.length == 0) {
      throw new IllegalArgumentException("sessions: expected at least one day, found none");
    }
    return new SessionAxis(new DayTable(known, weekdays(known), holidays), zone);
  }

  /** Those of at least half of the weeks with sessions in the last year; all, where none is. */
  private static Set<DayOfWeek> weekdays(long[] known) {
    Map<DayOfWeek, Integer> counts = new EnumMap<>(DayOfWeek.class);
    Set<LocalDate> weeks = new HashSet<>();
    long last = known[known.length - 1];
    for (int i = known.length - 1; i >= 0 && known[i] > last - YEAR_OF_WEEKS; i--) {
      LocalDate day = LocalDate.ofEpochDay(known[i]);
      counts.merge(day.getDayOfWeek(), 1, Integer::sum);
      weeks.add(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }
    Set<DayOfWeek> regular = EnumSet.noneOf(DayOfWeek.class);
    counts.forEach(
        (day, count) -> {
          if (2 * count >= weeks.size()) {
            regular.add(day);
          }
        });
    return regular.isEmpty() ? counts.keySet() : regular;
  }

  /** The weekdays on which sessions go on. */
  public Set<DayOfWeek> weekdays() {
    return days.weekdays();
  }

  /** The last day on which a series has a row. */
  public long lastKnown() {
    return days.last();
  }

  /**
   * Days that seem to be missing in every series: weekdays of sessions that are neither sessions
   * nor holidays. Empty where no calendar is named. An exchange that closed for a storm or a
   * funeral shows here too, so it is a hint and no fault.
   *
   * @param first of a series' span, in days since 1970-01-01
   * @param last of the span; what lies after the last known session is not looked at
   */
  public List<LocalDate> suspectedMissing(long first, long last) {
    List<LocalDate> missing = new ArrayList<>();
    if (days.holidays() == null) {
      return missing;
    }
    long to = Math.min(last, days.last());
    for (long day = Math.max(first, days.first()); day <= to; day++) {
      if (days.expected(day) && !days.known(day)) {
        missing.add(LocalDate.ofEpochDay(day));
      }
    }
    return missing;
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
    return true;
  }

  @Override
  public long step() {
    return 1;
  }

  @Override
  public String label() {
    return "1 session";
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
