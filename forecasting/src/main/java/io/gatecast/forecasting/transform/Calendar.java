package io.gatecast.forecasting.transform;

import java.time.LocalDateTime;
import java.util.Locale;

/** A cycle of the calendar as a point on the circle, (sin, cos). Known for any time ahead. */
public enum Calendar {
  /** Position in the day. */
  DAY {
    @Override
    double turn(LocalDateTime time) {
      return time.toLocalTime().toSecondOfDay() / 86_400.0;
    }
  },
  /** Position in the week, from Monday. */
  WEEK {
    @Override
    double turn(LocalDateTime time) {
      return (time.getDayOfWeek().getValue() - 1 + DAY.turn(time)) / 7.0;
    }
  },
  /** Position in the year. */
  YEAR {
    @Override
    double turn(LocalDateTime time) {
      return (time.getDayOfYear() - 1 + DAY.turn(time)) / time.toLocalDate().lengthOfYear();
    }
  };

  abstract double turn(LocalDateTime time);

  /**
   * The sine of the position.
   *
   * @param time local
   */
  public double sin(LocalDateTime time) {
    return Math.sin(2 * Math.PI * turn(time));
  }

  /**
   * The cosine of the position.
   *
   * @param time local
   */
  public double cos(LocalDateTime time) {
    return Math.cos(2 * Math.PI * turn(time));
  }

  /** The name as job files write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
