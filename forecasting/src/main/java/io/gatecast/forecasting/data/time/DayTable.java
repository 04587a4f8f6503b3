package io.gatecast.forecasting.data.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Days in order, as far as they are known, and the rule by which they go on: certain weekdays that
 * are no holidays. Known days cost a binary search; later ones cost their distance.
 */
final class DayTable {
  private final long[] known;
  private final Set<DayOfWeek> weekdays;
  private final @Nullable Holidays holidays;

  /**
   * Makes a table.
   *
   * @param known days since 1970-01-01, ascending, at least one; not copied
   * @param weekdays on which days follow, at least one
   * @param holidays on which none does
   */
  DayTable(long[] known, Set<DayOfWeek> weekdays, @Nullable Holidays holidays) {
    this.known = known;
    this.weekdays = Set.copyOf(weekdays);
    this.holidays = holidays;
  }

  Set<DayOfWeek> weekdays() {
    return weekdays;
  }

  @Nullable Holidays holidays() {
    return holidays;
  }

  long first() {
    return known[0];
  }

  long last() {
    return known[known.length - 1];
  }

  /** Whether the rule has a day. */
  boolean expected(long day) {
    return expected(day, weekdays, holidays);
  }

  static boolean expected(long day, Set<DayOfWeek> weekdays, @Nullable Holidays holidays) {
    LocalDate date = LocalDate.ofEpochDay(day);
    return weekdays.contains(date.getDayOfWeek())
        && (holidays == null || !holidays.isHoliday(date));
  }

  /** Whether a day is among the known ones. */
  boolean known(long day) {
    return Arrays.binarySearch(known, day) >= 0;
  }

  OptionalLong position(long day) {
    if (day <= last()) {
      int index = Arrays.binarySearch(known, day);
      return index < 0 ? OptionalLong.empty() : OptionalLong.of(index);
    }
    if (!expected(day)) {
      return OptionalLong.empty();
    }
    long position = known.length - 1L;
    for (long next = last() + 1; next <= day; next++) {
      position += expected(next) ? 1 : 0;
    }
    return OptionalLong.of(position);
  }

  long time(long position) {
    requireOnAxis(position);
    if (position < known.length) {
      return known[(int) position];
    }
    long day = last();
    for (long left = position - known.length; left >= 0; left--) {
      do {
        day++;
      } while (!expected(day));
    }
    return day;
  }

  static void requireOnAxis(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position: expected at least 0, found " + position);
    }
  }
}
