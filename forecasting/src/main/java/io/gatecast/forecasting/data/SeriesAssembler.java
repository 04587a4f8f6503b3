package io.gatecast.forecasting.data;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.RowProblem.Kind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the rows of each series in order and on a common time axis. Absent steps stay absent. */
final class SeriesAssembler {
  /** Steps of the axis for each row, beyond which a series is no regular one. */
  private static final int MOST_STEPS_A_ROW = 20;

  private final ContractSpec spec;
  private final String file;
  private final ProblemLog log;

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
    List<Row> late = new ArrayList<>();
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
        log.reject(row.line(), "", Kind.DUPLICATE, "as in line " + before.line());
        late.remove(row);
      } else {
        throw new JobFault(
            ExitCode.DATA,
            "one row for each time of series " + row.series(),
            "two that differ: " + values(before) + " and " + values(row),
            file + ", lines " + before.line() + " and " + row.line(),
            "remove the wrong one");
      }
    }
    for (Row row : late) {
      log.repair(row.line(), "", Kind.UNSORTED, "put in order");
    }
    return unique;
  }

  private static String values(Row row) {
    return Arrays.toString(row.values());
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
    long step =
        counts.entrySet().stream()
            .max(
                Map.Entry.<Long, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
            .map(Map.Entry::getKey)
            .orElse(1L);
    return new TimeAxis(unit, step, false, zone);
  }

  /** A series with every step of the axis from its first row to its last. */
  TimeSeries series(String name, List<Row> rows, TimeAxis axis) {
    return axis.sessions() ? sessions(name, rows, axis) : regular(name, rows, axis);
  }

  private TimeSeries sessions(String name, List<Row> rows, TimeAxis axis) {
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
    long first = rows.get(0).time();
    long last = rows.get(rows.size() - 1).time();
    long steps = (last - first) / axis.step() + 1;
    if (steps > (long) rows.size() * MOST_STEPS_A_ROW) {
      throw new JobFault(
          ExitCode.DATA,
          "a regular series with a step of " + axis.label(),
          rows.size() + " rows over " + steps + " such steps in series " + name,
          file + ", from " + axis.format(first) + " to " + axis.format(last),
          "look for a wrong time, such as a century that is off");
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
    for (Row row : rows) {
      if ((row.time() - first) % axis.step() != 0) {
        log.reject(row.line(), "", Kind.OFF_AXIS, axis.format(row.time()));
      } else {
        int step = (int) ((row.time() - first) / axis.step());
        present[step] = true;
        put(values, step, row);
      }
    }
    return new TimeSeries(name, axis, spec.columns(), times, values, present);
  }

  private static void put(double[][] values, int step, Row row) {
    for (int column = 0; column < values.length; column++) {
      values[column][step] = row.values()[column];
    }
  }
}
