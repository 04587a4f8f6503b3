package io.gatecast.forecasting.job;

import io.gatecast.forecasting.data.TimeAxis;
import io.gatecast.forecasting.data.TimeUnit;
import io.gatecast.forecasting.transform.Calendar;
import io.gatecast.forecasting.transform.ValueTransform;
import java.util.List;
import java.util.Locale;

/** Defaults for a kind of data. A job file may set each of them otherwise. */
public enum Preset {
  /**
   * Weather: levels, regular steps, the cycle of the year (and of the day, where steps are short).
   */
  WEATHER,
  /** Stocks: log returns, exchange sessions, a week of five sessions, no calendar. */
  STOCK,
  /** Anything else: levels, regular steps, the cycle of the week. */
  NONE;

  private static final int DAY_SECONDS = 86_400;

  /** Whether rows are exchange sessions. */
  boolean sessions() {
    return this == STOCK;
  }

  /** What a network learns. */
  ValueTransform transform() {
    return this == STOCK ? ValueTransform.LOG_RETURN : ValueTransform.LEVEL;
  }

  /** Steps of a season on an axis. */
  int season(TimeAxis axis) {
    if (axis.sessions()) {
      return 5;
    }
    if (axis.unit() == TimeUnit.DAY) {
      int days = this == WEATHER ? 365 : 7;
      return Math.toIntExact(Math.max(1, days / axis.step()));
    }
    return Math.toIntExact(Math.max(1, DAY_SECONDS / axis.step()));
  }

  /** Calendar cycles that a network reads, on an axis. */
  List<Calendar> calendar(TimeAxis axis) {
    Calendar longest = this == WEATHER ? Calendar.YEAR : Calendar.WEEK;
    if (axis.sessions()) {
      return List.of();
    }
    return axis.unit() == TimeUnit.DAY ? List.of(longest) : List.of(Calendar.DAY, longest);
  }

  /** The name as job files write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
