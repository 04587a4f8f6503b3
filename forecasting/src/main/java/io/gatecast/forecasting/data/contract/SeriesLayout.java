package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.data.time.TimeUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Lays ordered rows on the steps of the axis. Absent steps stay absent. */
final class SeriesLayout {
  /** Between two rows lies at most a year, or so many steps of the axis, or a time is wrong. */
  private static final long MOST_DAYS_APART = 370;

  private static final long MOST_STEPS_APART = 20;
  private static final long DAY_SECONDS = 86_400;

  /** What a gap may cost in memory: so many steps, or so many for each row. */
  private static final long MOST_STEPS = 1_000_000;

  private static final long MOST_STEPS_A_ROW = 20;

  private final DataSpec spec;
  private final String source;
  private final Judge judge;
  private final Map<String, List<String>> categories;

  SeriesLayout(DataSpec spec, String source, Judge judge, Map<String, List<String>> categories) {
    this.spec = spec;
    this.source = source;
    this.judge = judge;
    this.categories = categories;
  }

  /** A series with every step of the axis from its first row to its last; it empties the frame. */
  TimeSeries series(Frame frame, TimeAxis axis) {
    requireCloseRows(frame, axis);
    for (int row = 0; row < frame.rows(); row++) {
      if (axis.position(frame.time(row)).isEmpty()) {
        judge.rejected(frame, row, "", Kind.OFF_AXIS, axis.format(frame.time(row)));
      }
    }
    frame.compact();
    if (frame.rows() == 0) {
      throw new JobFault(
          ExitCode.DATA,
          "rows of series " + frame.series() + " on the steps of the axis, " + axis.label(),
          "none",
          source,
          "give the series a job of its own, or choose another axis");
    }
    long first = position(axis, frame, 0);
    long last = position(axis, frame, frame.rows() - 1);
    int length = length(frame, axis, last - first + 1);
    int[] steps = new int[frame.rows()];
    for (int row = 0; row < steps.length; row++) {
      steps[row] = (int) (position(axis, frame, row) - first);
    }
    requireNoGap(frame, axis, steps, length);
    List<String> columns = spec.seriesColumns().stream().map(ColumnSpec::name).toList();
    double[][] versions = new double[columns.size()][];
    double[][] values = new double[columns.size()][];
    int computed = columns.size() - spec.columns().size();
    if (computed > 0) {
      versions[0] = logVariance(frame, spec.logVariance().orElseThrow());
    }
    for (int column = 0; column < values.length; column++) {
      if (column >= computed) {
        versions[column] = frame.take(column - computed);
      }
      values[column] = spread(versions[column], steps, length, frame.vintages());
    }
    TimeSeries series = TimeSeries.owning(frame.series(), axis, columns, categories, first, values);
    return frame.vintages() ? restated(series, frame, steps, versions) : series;
  }

  /** Of each row, and so of each revision as it was known. */
  private double[] logVariance(Frame frame, LogVariance target) {
    int high = frame.column(target.high());
    int low = frame.column(target.low());
    double[] computed = new double[frame.rows()];
    for (int row = 0; row < computed.length; row++) {
      double highest = frame.value(high, row);
      double lowest = frame.value(low, row);
      if (!target.allows(highest, lowest)) {
        throw new JobFault(
            ExitCode.DATA,
            "prices above zero and no high below the low, of which the target is computed",
            target.high() + " " + highest + " and " + target.low() + " " + lowest,
            source + ", series " + frame.series() + ", line " + frame.line(row),
            "mend the row, or leave such rows out with contract: {checks: stock, ohlc: drop,"
                + " non_positive_price: drop}");
      }
      computed[row] = target.of(highest, lowest);
    }
    return computed;
  }

  private static long position(TimeAxis axis, Frame frame, int row) {
    return axis.position(frame.time(row)).orElseThrow();
  }

  /** Where each row is a step and none is absent, the values are the series'. */
  private static double[] spread(double[] rows, int[] steps, int length, boolean revised) {
    if (rows.length == length && !revised) {
      return rows;
    }
    double[] values = new double[length];
    Arrays.fill(values, Double.NaN);
    for (int row = 0; row < rows.length; row++) {
      values[steps[row]] = rows[row]; // of several revisions, the last
    }
    return values;
  }

  /** Keeps what was known when, of steps that were not simply known at their own time. */
  private static TimeSeries restated(
      TimeSeries series, Frame frame, int[] steps, double[][] versions) {
    int[] told = new int[steps.length];
    int count = 0;
    for (int row = 0; row < steps.length; row++) {
      boolean first = row == 0 || steps[row - 1] != steps[row];
      if (first || differ(versions, row - 1, row)) {
        told[count++] = row;
      }
      boolean last = row + 1 == steps.length || steps[row + 1] != steps[row];
      boolean alone = last && (count == 1 || steps[told[count - 2]] != steps[row]);
      if (alone && frame.known(told[count - 1]) == frame.time(row)) {
        count--;
      }
    }
    int[] rows = Arrays.copyOf(told, count);
    double[][] values = new double[versions.length][];
    for (int column = 0; column < values.length; column++) {
      double[] from = versions[column];
      values[column] = Arrays.stream(rows).mapToDouble(row -> from[row]).toArray();
    }
    return series.restated(
        Arrays.stream(rows).map(row -> steps[row]).toArray(),
        Arrays.stream(rows).mapToLong(frame::known).toArray(),
        values);
  }

  /** Whether a revision says something else than the one before it. */
  private static boolean differ(double[][] versions, int row, int other) {
    return Arrays.stream(versions)
        .anyMatch(
            column ->
                Double.doubleToLongBits(column[row]) != Double.doubleToLongBits(column[other]));
  }

  /** One time that is far off would stretch the series over years of nothing. */
  private void requireCloseRows(Frame frame, TimeAxis axis) {
    long year = axis.unit() == TimeUnit.DAY ? MOST_DAYS_APART : MOST_DAYS_APART * DAY_SECONDS;
    long most = Math.max(year, MOST_STEPS_APART * axis.step());
    for (int row = 1; row < frame.rows(); row++) {
      if (frame.time(row) - frame.time(row - 1) > most) {
        throw new JobFault(
            ExitCode.DATA,
            "times of series " + frame.series() + " within a year of one another",
            axis.format(frame.time(row - 1)) + " and then " + axis.format(frame.time(row)),
            source + ", lines " + frame.line(row - 1) + " and " + frame.line(row),
            "look for a wrong time, such as a century that is off");
      }
    }
  }

  private int length(Frame frame, TimeAxis axis, long steps) {
    if (steps > Math.max(MOST_STEPS, MOST_STEPS_A_ROW * frame.rows())) {
      throw new JobFault(
          ExitCode.DATA,
          "a regular series with a step of " + axis.label(),
          frame.rows() + " rows over " + steps + " such steps in series " + frame.series(),
          source
              + ", from "
              + axis.format(frame.time(0))
              + " to "
              + axis.format(frame.time(frame.rows() - 1)),
          "look for times that are wrong, or for a step that is finer than the data");
    }
    return Math.toIntExact(steps);
  }

  private void requireNoGap(Frame frame, TimeAxis axis, int[] steps, int length) {
    if (spec.contract().gaps() != Policy.FAIL || (frame.rows() == length && !frame.vintages())) {
      return;
    }
    for (int row = 1; row < steps.length; row++) {
      if (steps[row] - steps[row - 1] > 1) {
        throw new JobFault(
            ExitCode.DATA,
            "no gap in series " + frame.series() + ", whose step is " + axis.label(),
            axis.format(frame.time(row - 1)) + " and then " + axis.format(frame.time(row)),
            source + ", lines " + frame.line(row - 1) + " and " + frame.line(row),
            "supply the missing rows, or choose contract.gaps: drop or repair");
      }
    }
  }
}
