package io.gatecast.forecasting.data.time;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks of the time axis. Calendar months are not supported: their steps differ.
 *
 * @param kind how series move
 * @param step of a regular axis, or null for the most frequent one of the data
 * @param weekdays of business days, at least one; sessions learn theirs from the data
 * @param holidays the calendar of business days or sessions, or null
 */
public record AxisSpec(
    Kind kind, @Nullable Duration step, Set<DayOfWeek> weekdays, @Nullable Holidays holidays) {
  private static final Set<DayOfWeek> MONDAY_TO_FRIDAY =
      Set.copyOf(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));

  /** Kinds of axes. */
  public enum Kind {
    /** Regular, with the data's most frequent step. */
    AUTO,
    /** Steps of one length. */
    REGULAR,
    /** Weekdays without holidays; each must be there. */
    BUSINESS_DAYS,
    /** The days that the data has. */
    SESSIONS
  }

  /**
   * Checks that the parts fit the kind.
   *
   * @throws IllegalArgumentException if they do not
   */
  public AxisSpec {
    // In the order of the week: a job is known by its settings as text.
    weekdays = Collections.unmodifiableSet(new TreeSet<>(weekdays));
    boolean regular = kind == Kind.AUTO || kind == Kind.REGULAR;
    if (step != null && !regular) {
      throw new IllegalArgumentException(
          "step: expected none for " + kind + ", found " + step + "; only regular axes have one");
    }
    if (step != null
        && (step.toSeconds() < 1 || !step.equals(Duration.ofSeconds(step.toSeconds())))) {
      throw new IllegalArgumentException(
          "step: expected whole seconds, at least one, found " + step);
    }
    if (holidays != null && regular) {
      throw new IllegalArgumentException(
          "holidays: expected none for "
              + kind
              + ", found "
              + holidays
              + "; only business days and sessions skip holidays");
    }
    if (weekdays.isEmpty()) {
      throw new IllegalArgumentException("weekdays: expected at least one, found none");
    }
  }

  /** Regular, with the data's most frequent step. */
  public static AxisSpec auto() {
    return new AxisSpec(Kind.AUTO, null, MONDAY_TO_FRIDAY, null);
  }

  /**
   * Regular.
   *
   * @param step whole seconds
   */
  public static AxisSpec regular(Duration step) {
    return new AxisSpec(Kind.REGULAR, step, MONDAY_TO_FRIDAY, null);
  }

  /**
   * Monday to Friday.
   *
   * @param holidays that are left out, or null
   */
  public static AxisSpec businessDays(@Nullable Holidays holidays) {
    return new AxisSpec(Kind.BUSINESS_DAYS, null, MONDAY_TO_FRIDAY, holidays);
  }

  /**
   * The sessions that the data has.
   *
   * @param holidays that come without a session, or null
   */
  public static AxisSpec sessions(@Nullable Holidays holidays) {
    return new AxisSpec(Kind.SESSIONS, null, MONDAY_TO_FRIDAY, holidays);
  }
}
