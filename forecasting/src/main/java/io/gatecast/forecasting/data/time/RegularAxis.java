package io.gatecast.forecasting.data.time;

import java.time.Duration;
import java.time.ZoneId;
import java.util.OptionalLong;

/**
 * Steps of one length: days, or seconds of real time, so that a day of 23 or 25 hours has as many
 * steps of an hour.
 *
 * @param unit days or seconds
 * @param step units from one time to the next, at least 1
 * @param origin the first time
 * @param zone for writing times and for the calendar
 */
public record RegularAxis(TimeUnit unit, long step, long origin, ZoneId zone) implements TimeAxis {

  /**
   * Checks the step.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public RegularAxis {
    if (step < 1) {
      throw new IllegalArgumentException("step: expected at least 1, found " + step);
    }
  }

  @Override
  public boolean sessions() {
    return false;
  }

  @Override
  public String label() {
    if (unit == TimeUnit.DAY) {
      return step == 1 ? "1 day" : step + " days";
    }
    return Duration.ofSeconds(step).toString();
  }

  @Override
  public OptionalLong position(long time) {
    long since = time - origin;
    return since < 0 || since % step != 0 ? OptionalLong.empty() : OptionalLong.of(since / step);
  }

  @Override
  public long time(long position) {
    DayTable.requireOnAxis(position);
    return Math.addExact(origin, Math.multiplyExact(position, step));
  }
}
