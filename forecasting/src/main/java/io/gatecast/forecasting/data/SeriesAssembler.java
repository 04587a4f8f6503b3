package io.gatecast.forecasting.data;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.RowProblem.Kind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the rows of each series in order and on a common time axis. Absent steps stay absent. */
final class SeriesAssembler {
  /** Between two rows lies at most a year, or so many steps of the axis, or a time is wrong. */
  private static final long MOST_DAYS_APART = 370;

  private static final long MOST_STEPS_APART = 20;
  private static final long DAY_SECONDS = 86_400;

  /** What a gap may cost in memory: so many steps, or so many for each row. */
  private static final long MOST_STEPS = 1_000_000;

  private static final long MOST_STEPS_A_ROW = 20;

  private final ContractSpec spec;
  private final String file;
  private final ProblemLog log;
  private final Set<Row> late = Collections.newSetFromMap(new IdentityHashMap<>());

  SeriesAssembler(ContractSpec spec, String file, ProblemLog log) {
    this.spec = spec;
    this.file = file;
    this.log = log;
  }

  /**
   * Rows in order of time, each time once.
   *
   * @throws JobFault if two rows of one time differ
   */
  List<Row> ordered(List<Row> rows) {
    long latest = Long.MIN_VALUE;
    for (Row row : rows) {
      if (row.time() < latest) {
        late.add(row);
      }
      latest = Math.max(latest, row.time());
    }
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingLong(Row::time)); // stable: the file's order within one time
    List<Row> unique = new ArrayList<>(sorted.size());
    for (Row row : sorted) {
      Row before = unique.isEmpty() ? null : unique.get(unique.size() - 1);
      if (before == null || before.time() != row.time()) {
        unique.add(row);
      } else if (Arrays.equals(before.values(), row.values())) {
        reject(row, Kind.DUPLICATE, "as in line " + before.line());
      } else {
        throw new JobFault(
            ExitCode.DATA,
            "one row for each time of series " + row.series(),
            "two that differ: "
                + Arrays.toString(before.values())
                + " and "
                + Arrays.toString(row.values()),
            file + ", lines " + before.line() + " and " + row.line(),
            "remove the wrong one; where it is the hour that clocks repeat, write times with an"
                + " offset");
      }
    }
    return unique;
  }

  /** A row that is left out was not repaired, even if it came late. */
  private void reject(Row row, Kind kind, String found) {
    log.reject(row.line(), "", kind, found);
    late.remove(row);
  }

  /** Counts the rows that were put in order and kept. Call it once, at the end. */
  void logRepairs() {
    for (Row row : late) {
      log.repair(row.line(), "", Kind.UNSORTED, "put in order");
    }
  }

  /** The axis: sessions, or the most frequent difference between one row and the next. */
  TimeAxis axis(Collection<List<Row>> series, TimeUnit unit, ZoneId zone) {
    if (spec.sessions()) {
      if (unit != TimeUnit.DAY) {
        throw new JobFault(
            ExitCode.DATA,
            "dates, one for each exchange session",
            "times of day",
            file,
            "use preset: none for series within the day");
      }
      return new TimeAxis(unit, 1, true, zone);
    }
    Map<Long, Integer> counts = new HashMap<>();
    for (List<Row> rows : series) {
      for (int i = 1; i < rows.size(); i++) {
        counts.merge(rows.get(i).time() - rows.get(i - 1).time(), 1, Integer::sum);
      }
    }
    long step = mostFrequent(counts);
    return new TimeAxis(unit, step, false, zone);
  }

  /** A series with every step of the axis from its first row to its last. */
  TimeSeries series(String name, List<Row> rows, TimeAxis axis) {
    return axis.sessions() ? sessions(name, rows, axis) : regular(name, rows, axis);
  }

  /** One time that is far off would stretch the series over years of nothing. */
  private void requireCloseRows(List<Row> rows, TimeAxis axis) {
    long year = axis.unit() == TimeUnit.DAY ? MOST_DAYS_APART : MOST_DAYS_APART * DAY_SECONDS;
    long most = Math.max(year, MOST_STEPS_APART * axis.step());
    for (int i = 1; i < rows.size(); i++) {
      Row before = rows.get(i - 1);
      Row row = rows.get(i);
      if (row.time() - before.time() > most) {
        throw new JobFault(
            ExitCode.DATA,
            "times of series " + row.series() + " within a year of one another",
            axis.format(before.time()) + " and then " + axis.format(row.time()),
            file + ", lines " + before.line() + " and " + row.line(),
            "look for a wrong time, such as a century that is off");
      }
    }
  }

  private TimeSeries sessions(String name, List<Row> rows, TimeAxis axis) {
    requireCloseRows(rows, axis);
    long[] times = rows.stream().mapToLong(Row::time).toArray();
    boolean[] present = new boolean[times.length];
    Arrays.fill(present, true);
    double[][] values = new double[spec.columns().size()][times.length];
    for (int step = 0; step < times.length; step++) {
      put(values, step, rows.get(step));
    }
    return new TimeSeries(name, axis, spec.columns(), times, values, present);
  }

  private TimeSeries regular(String name, List<Row> rows, TimeAxis axis) {
    requireCloseRows(rows, axis);
    long phase = phase(rows, axis.step());
    List<Row> onAxis = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (Math.floorMod(row.time(), axis.step()) == phase) {
        onAxis.add(row);
      } else {
        reject(row, Kind.OFF_AXIS, axis.format(row.time()));
      }
    }
    long first = onAxis.get(0).time();
    long last = onAxis.get(onAxis.size() - 1).time();
    long steps = (last - first) / axis.step() + 1;
    if (steps > Math.max(MOST_STEPS, MOST_STEPS_A_ROW * onAxis.size())) {
      throw new JobFault(
          ExitCode.DATA,
          "a regular series with a step of " + axis.label(),
          onAxis.size() + " rows over " + steps + " such steps in series " + name,
          file + ", from " + axis.format(first) + " to " + axis.format(last),
          "look for times that are wrong, or for a step that is finer than the data");
    }
    int length = Math.toIntExact(steps);
    long[] times = new long[length];
    for (int step = 0; step < length; step++) {
      times[step] = first + step * axis.step();
    }
    boolean[] present = new boolean[length];
    double[][] values = new double[spec.columns().size()][length];
    for (double[] column : values) {
      Arrays.fill(column, Double.NaN);
    }
    for (Row row : onAxis) {
      int step = (int) ((row.time() - first) / axis.step());
      present[step] = true;
      put(values, step, row);
    }
    return new TimeSeries(name, axis, spec.columns(), times, values, present);
  }

  /** Where most rows stand within a step: one odd row must not displace all others. */
  private static long phase(List<Row> rows, long step) {
    Map<Long, Integer> counts = new HashMap<>();
    for (Row row : rows) {
      counts.merge(Math.floorMod(row.time(), step), 1, Integer::sum);
    }
    return mostFrequent(counts);
  }

  private static long mostFrequent(Map<Long, Integer> counts) {
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Long, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse(1L);
  }

  private static void put(double[][] values, int step, Row row) {
    for (int column = 0; column < values.length; column++) {
      values[column][step] = row.values()[column];
    }
  }
}
