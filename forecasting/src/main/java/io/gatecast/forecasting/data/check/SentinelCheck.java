package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Findings.Mend;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers that mean "missing" and that nobody declared: {@link #sentinels()}, in any column. Such a
 * value is one where it stands further outside all others [low, high] of its column than these are
 * apart, {@code max(low - v, v - high) > high - low}, and the column has at least {@link #OTHERS}
 * others. So -9999 is one among wind speeds, and 999 is none among particle counts up to 995. The
 * repair leaves the cell out.
 */
public final class SentinelCheck implements SeriesCheck {
  /** Fewer values than this have no range to speak of. */
  public static final int OTHERS = 20;

  private static final double[] SENTINELS = {
    -99_999, -9_999.9, -9_999, -999.99, -999.9, -999, -99.99, -99.9, -99, 99.99, 99.9, 99, 999,
    999.9, 999.99, 9_999, 9_999.9, 99_999, 999_999
  };

  /** The numbers that are looked for, ascending. */
  public static List<Double> sentinels() {
    return Arrays.stream(SENTINELS).sorted().boxed().toList();
  }

  @Override
  public void check(Frame frame, Findings findings) {
    for (int column = 0; column < frame.columns().size(); column++) {
      check(frame, column, StockRows.copy(frame, column), findings);
    }
  }

  private static void check(Frame frame, int column, double[] values, Findings findings) {
    double[] range = range(values);
    String name = frame.columns().get(column);
    for (int row = 0; row < values.length; row++) {
      if (standsOut(values[row], range)) {
        String number = Numbers.brief(values[row]);
        findings.found(
            Kind.OUT_OF_RANGE,
            row,
            name,
            name
                + " "
                + number
                + " where all others are "
                + Numbers.brief(range[0])
                + " to "
                + Numbers.brief(range[1])
                + "; if it means missing, declare missing: ["
                + number
                + "]",
            List.of(new Mend(column, row, Double.NaN)));
      }
    }
  }

  /**
   * A column's values with sentinels left out, for the checks that come after.
   *
   * @param frame whose
   * @param column index
   */
  static double[] without(Frame frame, int column) {
    double[] values = StockRows.copy(frame, column);
    double[] range = range(values);
    for (int row = 0; row < values.length; row++) {
      if (standsOut(values[row], range)) {
        values[row] = Double.NaN;
      }
    }
    return values;
  }

  private static boolean standsOut(double value, double[] range) {
    double width = range[1] - range[0];
    double size = Math.max(Math.abs(range[0]), Math.abs(range[1]));
    // A column that hardly varies is not far from 99 because it stands at 100.
    return isSentinel(value)
        && Math.max(range[0] - value, value - range[1]) > Math.max(width, size / 2);
  }

  /** Lowest and highest of what is no sentinel; everything where these are too few. */
  private static double[] range(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    int others = 0;
    for (double value : values) {
      if (Double.isFinite(value) && !isSentinel(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
        others++;
      }
    }
    return others < OTHERS
        ? new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}
        : new double[] {low, high};
  }

  private static boolean isSentinel(double value) {
    for (double sentinel : SENTINELS) {
      if (value == sentinel) {
        return true;
      }
    }
    return false;
  }
}
