package io.gatecast.forecasting.job.draft;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.data.time.TimeUnit;
import io.gatecast.forecasting.evaluation.interval.IntervalMethod;
import io.gatecast.forecasting.job.Preset;
import java.time.DayOfWeek;
import java.util.Optional;

/**
 * What the data's own step says about the axis, the horizon and the look-back.
 *
 * @param axis the kind of axis that the job must ask for, or empty for the preset's
 * @param axisBecause why
 * @param horizon steps ahead
 * @param lookback steps that a network reads
 * @param because why these
 * @param enough whether the shortest series is long enough to train on
 * @param repair whether most windows would touch a gap
 */
record Rhythm(
    Optional<String> axis,
    String axisBecause,
    int horizon,
    int lookback,
    String because,
    boolean enough,
    boolean repair) {
  private static final long HOUR = 3_600;
  private static final long DAY = 86_400;
  private static final double PART = 0.15;

  /** Looks at series on a regular axis. */
  static Rhythm of(Dataset data, Preset preset) {
    TimeAxis axis = data.axis();
    boolean days = axis.unit() == TimeUnit.DAY;
    boolean noWeekends = days && axis.step() == 1 && !weekends(data);
    boolean stock = preset == Preset.STOCK;
    boolean sessions = noWeekends || (stock && days && axis.step() == 1);
    Optional<String> kind = Optional.empty();
    String why = "";
    if (sessions && !stock) {
      kind = Optional.of("sessions");
      why = "days without weekends";
    } else if (stock && !sessions) {
      kind = Optional.of("auto");
      why = "the step is " + axis.label() + ", not a session";
    }
    long seconds = axis.step() * (days ? DAY : 1);
    int shortest = shortest(data, sessions);
    int room = (int) (PART * shortest) - IntervalMethod.FEWEST - 1;
    int horizon = Math.max(1, Math.min(horizon(seconds, sessions), room));
    int lookback = Math.max(1, Math.min(lookback(seconds, sessions), shortest / 5));
    return new Rhythm(
        kind,
        why,
        horizon,
        lookback,
        "usual for a step of "
            + (sessions ? "1 session" : axis.label())
            + (room < horizon(seconds, sessions) ? ", cut as there are few rows" : ""),
        room >= 1,
        !sessions && wholeWindows(data, lookback + horizon) < 0.5);
  }

  private static boolean weekends(Dataset data) {
    int weekends = 0;
    int all = 0;
    for (TimeSeries series : data.series()) {
      for (int step = 0; step < series.length(); step++) {
        if (series.present(step)) {
          DayOfWeek day = series.axis().local(series.time(step)).getDayOfWeek();
          weekends += day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY ? 1 : 0;
          all++;
        }
      }
    }
    return weekends > 0.01 * all;
  }

  private static int shortest(Dataset data, boolean sessions) {
    return data.series().stream()
        .mapToInt(one -> one.length() - (sessions ? one.missing() : 0))
        .min()
        .orElse(0);
  }

  private static int horizon(long seconds, boolean sessions) {
    if (sessions) {
      return 5;
    }
    if (seconds < HOUR) {
      return (int) Math.max(1, Math.min(12, HOUR / seconds));
    }
    if (seconds < DAY) {
      return (int) (DAY / seconds);
    }
    return seconds == DAY ? 7 : seconds == 7 * DAY ? 4 : 1;
  }

  private static int lookback(long seconds, boolean sessions) {
    if (sessions) {
      return 20;
    }
    if (seconds < HOUR) {
      return (int) Math.max(24, Math.min(72, 6 * HOUR / seconds));
    }
    if (seconds < DAY) {
      return (int) (2 * DAY / seconds);
    }
    return seconds == DAY ? 28 : 12;
  }

  /** The share of windows in which every step has the target. */
  private static double wholeWindows(Dataset data, int window) {
    long whole = 0;
    long all = 0;
    for (TimeSeries series : data.series()) {
      int run = 0;
      for (int step = 0; step < series.length(); step++) {
        run = series.present(step) ? run + 1 : 0;
        whole += run >= window ? 1 : 0;
        all += step + 1 >= window ? 1 : 0;
      }
    }
    return all == 0 ? 1 : (double) whole / all;
  }
}
