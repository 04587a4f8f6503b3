package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.WeatherColumns.Role;
import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Findings.Mend;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A sensor that gives the same value for longer than its column does otherwise. Runs of equal
 * values are counted for each column; a run is suspected where
 *
 * <pre>{@code length > max(SHORTEST, TIMES q99)}</pre>
 *
 * q99 being the 0.99 quantile of the column's run lengths. Left out of both are runs of values
 * where the column rests by nature:
 *
 * <ul>
 *   <li>0 in a column that has nothing below 0, or nothing above: no rain, no sun,
 *   <li>sentinels, {@link SentinelCheck}'s,
 *   <li>relative humidity of 100 %,
 *   <li>a value that rests at least {@link #RESTS} times, each {@link #REST} rows or longer: a
 *       visibility of 10 miles, a gas at its limit of detection.
 * </ul>
 *
 * The repair leaves the repeated cells out; the first one stands. Each of them is told of.
 */
public final class StuckCheck implements SeriesCheck {
  /** Up to so many equal values are never suspected: calm weather has 15 to 20. */
  public static final int SHORTEST = 20;

  /** How often the column's own long run. */
  public static final double TIMES = 3;

  /** Rows that make a rest. */
  public static final int REST = 5;

  /** Rests that make a value a resting one. */
  public static final int RESTS = 10;

  private static final double QUANTILE = 0.99;

  private static final double SATURATION = 100;

  private final WeatherColumns columns;

  /**
   * For these columns.
   *
   * @param columns who is who
   */
  public StuckCheck(WeatherColumns columns) {
    this.columns = columns;
  }

  /** A run of equal values: rows from start on, missing ones not among them. */
  private record Run(int start, int end, int length, double value) {}

  @Override
  public void check(Frame frame, Findings findings) {
    int humidity = columns.name(Role.HUMIDITY).map(frame::column).orElse(-1);
    for (int column = 0; column < frame.columns().size(); column++) {
      double[] values = SentinelCheck.without(frame, column);
      check(frame, column, values, column == humidity, findings);
    }
  }

  private static void check(
      Frame frame, int column, double[] values, boolean humidity, Findings findings) {
    boolean below = Arrays.stream(values).anyMatch(value -> value < 0);
    boolean above = Arrays.stream(values).anyMatch(value -> value > 0);
    double full = humidity ? SATURATION : Double.NaN;
    Map<Double, Integer> rests = new HashMap<>();
    int[] lengths = new int[values.length];
    int[] count = {0};
    each(
        values,
        run -> {
          if (run.length() >= REST) {
            rests.merge(run.value(), 1, Integer::sum);
          }
        });
    Keep keep =
        run ->
            run.value() != full
                && (run.value() != 0 || (below && above))
                && rests.getOrDefault(run.value(), 0) < RESTS;
    each(
        values,
        run -> {
          if (keep.keeps(run)) {
            lengths[count[0]++] = run.length();
          }
        });
    if (count[0] == 0) {
      return;
    }
    Arrays.sort(lengths, 0, count[0]);
    double longest = Math.max(SHORTEST, TIMES * lengths[(int) (QUANTILE * (count[0] - 1))]);
    each(
        values,
        run -> {
          if (run.length() > longest && keep.keeps(run)) {
            tell(frame, column, values, run, findings);
          }
        });
  }

  /** Whether a run counts. */
  private interface Keep {
    boolean keeps(Run run);
  }

  /** Hears of runs. */
  private interface Runs {
    void run(Run run);
  }

  private static void each(double[] values, Runs runs) {
    int start = -1;
    int end = -1;
    int length = 0;
    for (int row = 0; row < values.length; row++) {
      if (Double.isNaN(values[row])) {
        continue;
      }
      if (start >= 0 && values[row] == values[start]) {
        length++;
      } else {
        if (start >= 0) {
          runs.run(new Run(start, end, length, values[start] + 0.0));
        }
        start = row;
        length = 1;
      }
      end = row;
    }
    if (start >= 0) {
      runs.run(new Run(start, end, length, values[start] + 0.0));
    }
  }

  private static void tell(Frame frame, int column, double[] values, Run run, Findings findings) {
    String name = frame.columns().get(column);
    String text =
        name
            + " stands at "
            + Numbers.brief(run.value())
            + " since line "
            + frame.line(run.start())
            + ", "
            + run.length()
            + " rows";
    for (int row = run.start() + 1; row <= run.end(); row++) {
      if (!Double.isNaN(values[row])) {
        findings.found(Kind.STUCK, row, name, text, List.of(new Mend(column, row, Double.NaN)));
      }
    }
  }
}
