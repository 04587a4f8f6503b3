package io.gatecast.forecasting.data.time;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Learns the one axis on which all series of a job lie. */
public final class TimeAxes {
  private static final long DAY_SECONDS = 86_400;

  private TimeAxes() {}

  /**
   * Learns an axis. A regular one has the most frequent difference between a row and the next (the
   * smallest of several) and stands where most rows of all series stand within a step, so that one
   * odd row displaces no other.
   *
   * @param spec what the job asks for
   * @param unit what the times are counted in
   * @param zone of the job
   * @param series the times of each series, ascending, each once; at least one time in all
   * @param where the source, for errors
   * @throws JobFault if days are asked for and the data has times of day, or a step that does not
   *     fit the unit, or business days and no row is on one
   * @throws IllegalArgumentException if there is no time, or a series does not ascend
   */
  public static TimeAxis learn(
      AxisSpec spec, TimeUnit unit, ZoneId zone, Collection<long[]> series, String where) {
    Span span = span(series);
    return switch (spec.kind()) {
      case AUTO, REGULAR -> regular(step(spec.step(), unit, series, where), unit, zone, series);
      case BUSINESS_DAYS -> {
        requireDays(unit, "dates, one for each business day", where);
        yield businessDays(spec, span, zone, series, where);
      }
      case SESSIONS -> {
        requireDays(unit, "dates, one for each exchange session", where);
        yield SessionAxis.of(series, spec.holidays(), zone);
      }
    };
  }

  private record Span(long first, long last) {}

  private static Span span(Collection<long[]> series) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (long[] times : series) {
      for (int i = 1; i < times.length; i++) {
        if (times[i] <= times[i - 1]) {
          throw new IllegalArgumentException(
              "times: expected ascending ones, found " + times[i - 1] + " before " + times[i]);
        }
      }
      if (times.length > 0) {
        first = Math.min(first, times[0]);
        last = Math.max(last, times[times.length - 1]);
      }
    }
    if (first > last) {
      throw new IllegalArgumentException("times: expected at least one, found none");
    }
    return new Span(first, last);
  }

  private static void requireDays(TimeUnit unit, String expected, String where) {
    if (unit != TimeUnit.DAY) {
      throw new JobFault(
          ExitCode.DATA,
          expected,
          "times of day",
          where,
          "ask for a regular axis for series within the day");
    }
  }

  private static TimeAxis businessDays(
      AxisSpec spec, Span span, ZoneId zone, Collection<long[]> series, String where) {
    long first = Long.MAX_VALUE;
    for (long[] times : series) {
      for (long time : times) {
        if (time < first && DayTable.expected(time, spec.weekdays(), spec.holidays())) {
          first = time;
        }
      }
    }
    if (first == Long.MAX_VALUE) {
      throw new JobFault(
          ExitCode.DATA,
          "rows on business days",
          "no row on one",
          where,
          "check the weekdays and the holidays that the job names");
    }
    return BusinessDayAxis.of(first, span.last(), spec.weekdays(), spec.holidays(), zone);
  }

  private static long step(
      @Nullable Duration asked, TimeUnit unit, Collection<long[]> series, String where) {
    if (asked == null) {
      return mostFrequentStep(series);
    }
    long seconds = asked.toSeconds();
    if (unit == TimeUnit.SECOND) {
      return seconds;
    }
    if (seconds % DAY_SECONDS != 0) {
      throw new JobFault(
          ExitCode.DATA,
          "times of day for a step of " + asked,
          "dates, or midnights only",
          where,
          "ask for a step of whole days");
    }
    return seconds / DAY_SECONDS;
  }

  private static long mostFrequentStep(Collection<long[]> series) {
    Runs counts = new Runs();
    for (long[] times : series) {
      for (int i = 1; i < times.length; i++) {
        counts.add(times[i] - times[i - 1]);
      }
    }
    return counts.mostFrequent(1);
  }

  private static RegularAxis regular(
      long step, TimeUnit unit, ZoneId zone, Collection<long[]> series) {
    LongUnaryOperator within = time -> Math.floorMod(time, step);
    Runs counts = new Runs();
    for (long[] times : series) {
      for (long time : times) {
        counts.add(within.applyAsLong(time));
      }
    }
    long phase = counts.mostFrequent(0);
    long origin = Long.MAX_VALUE;
    for (long[] times : series) {
      for (long time : times) {
        if (within.applyAsLong(time) == phase) {
          origin = Math.min(origin, time);
          break;
        }
      }
    }
    return new RegularAxis(unit, step, origin, zone);
  }

  /** Counts numbers that mostly repeat the one before: a long series costs few look-ups. */
  private static final class Runs {
    private final Map<Long, Long> counts = new HashMap<>();
    private long number;
    private long length;

    void add(long next) {
      if (next != number || length == 0) {
        close();
        number = next;
      }
      length++;
    }

    private void close() {
      if (length > 0) {
        counts.merge(number, length, Long::sum);
        length = 0;
      }
    }

    /** The most frequent number, the smallest of several. */
    long mostFrequent(long otherwise) {
      close();
      return counts.entrySet().stream()
          .max(
              Map.Entry.<Long, Long>comparingByValue()
                  .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
          .map(Map.Entry::getKey)
          .orElse(otherwise);
    }
  }
}
