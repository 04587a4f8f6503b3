package io.gatecast.forecasting.job;

import io.gatecast.forecasting.data.check.StockCheckSet;
import io.gatecast.forecasting.data.check.WeatherCheckSet;
import io.gatecast.forecasting.data.contract.CheckSet;
import io.gatecast.forecasting.data.time.AxisSpec;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.data.time.TimeUnit;
import io.gatecast.forecasting.transform.Calendar;
import io.gatecast.forecasting.transform.CalendarFeature;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

  /** How series move through time. */
  AxisSpec axis() {
    return this == STOCK ? AxisSpec.sessions(null) : AxisSpec.auto();
  }

  /** What a network learns, as job files write it. */
  List<String> transform() {
    return List.of(this == STOCK ? "log-return" : "level");
  }

  /** What a network has to beat, by name. */
  List<String> baselines() {
    return this == WEATHER
        ? List.of("persistence", "seasonal-naive", "drift", "climatology", "ets", "linear")
        : List.of("persistence", "seasonal-naive", "drift", "ets", "linear");
  }

  /**
   * The checks that fit the data.
   *
   * @param columns some columns by their role, where the header's names do not tell
   * @throws IllegalArgumentException if there is no such role
   */
  CheckSet checks(Map<String, String> columns) {
    return switch (this) {
      case STOCK -> new StockCheckSet(columns);
      case WEATHER -> new WeatherCheckSet(columns);
      case NONE -> {
        if (!columns.isEmpty()) {
          throw new IllegalArgumentException(
              "there are no checks: choose checks: stock or weather");
        }
        yield CheckSet.NONE;
      }
    };
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
  List<CalendarFeature> calendar(TimeAxis axis) {
    if (axis.sessions()) {
      return List.of();
    }
    CalendarFeature longest =
        new CalendarFeature(this == WEATHER ? Calendar.YEAR : Calendar.WEEK, 1);
    return axis.unit() == TimeUnit.DAY
        ? List.of(longest)
        : List.of(new CalendarFeature(Calendar.DAY, 1), longest);
  }

  /** The name as job files write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
