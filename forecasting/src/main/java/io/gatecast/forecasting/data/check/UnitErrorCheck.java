package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.StockColumns.Role;
import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Findings.Mend;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prices in another unit: pence among pounds, cents among rand. Every price column is followed by
 * itself: with ref the log of its previous price, brought to the first row's unit, a cell's unit is
 *
 * <pre>
 * {@code k = round((ln v - ref) / ln 100), where k != 0 only if |ln v - ref - k ln 100| <= ROOM}
 * </pre>
 *
 * so that a single cell, an isolated row and a block of any length look alike. A jump that the
 * splits column explains is left to {@link SplitCheck}.
 *
 * <p>Which unit is right: the one of the latest row that traded (volume above 0; without such a
 * row, of the last row), not the more frequent one, because vendors change units from some day on
 * and the present one is wanted: Sibanye has 22 of 29 rows in cents, and AET 14 of 23 rows without
 * trade in pounds. Only where these last rows are fewer than {@link #SETTLED} and the minority, the
 * majority is right. The repair multiplies the others by 100 or 1/100 and, in rows where single
 * cells were wrong, stretches high and low to hold open and close. Volumes stay.
 */
public final class UnitErrorCheck implements SeriesCheck {
  /** A unit's factor: pence to a pound. */
  public static final double FACTOR = 100;

  /** Room for the price's own movement, as a log: from 50 to 200 counts as 100. */
  public static final double ROOM = Math.log(2);

  /** So many rows in a unit at the end are not a slip. */
  public static final int SETTLED = 3;

  private static final double STEP = Math.log(FACTOR);

  /** Two steps are 10,000, as when both units slip at once. */
  private static final int STEPS = 2;

  private static final byte MISSING = Byte.MAX_VALUE;

  private static final Role[] PRICES = {Role.CLOSE, Role.OPEN, Role.HIGH, Role.LOW, Role.ADJUSTED};

  private final StockColumns columns;

  /**
   * For these columns.
   *
   * @param columns who is who
   */
  public UnitErrorCheck(StockColumns columns) {
    this.columns = columns;
  }

  @Override
  public void check(Frame frame, Findings findings) {
    StockRows rows = new StockRows(frame, columns);
    DeclaredSplits splits = new DeclaredSplits(rows);
    byte[][] off = new byte[PRICES.length][];
    boolean any = false;
    for (int i = 0; i < PRICES.length; i++) {
      off[i] = rows.has(PRICES[i]) ? units(rows, PRICES[i], splits) : new byte[rows.count()];
      any |= relative(off[i], rows.latestTraded());
    }
    if (any) {
      tell(rows, off, findings);
    }
  }

  /** Each cell's unit against the first row's. */
  private static byte[] units(StockRows rows, Role role, DeclaredSplits splits) {
    byte[] units = new byte[rows.count()];
    double ref = Double.NaN;
    for (int row = 0; row < units.length; row++) {
      double log = Math.log(rows.value(role, row));
      if (!Double.isFinite(log)) {
        units[row] = MISSING;
        continue;
      }
      if (Double.isNaN(ref)) {
        ref = role == Role.ADJUSTED ? log : Math.log(middle(rows, row));
      }
      units[row] = unit(log - ref, row, splits);
      ref = log - units[row] * STEP;
    }
    return units;
  }

  /** The second smallest of a row's open, high, low and close: a single cell cannot move it far. */
  private static double middle(StockRows rows, int row) {
    double[] cells = new double[PRICES.length - 1];
    int count = 0;
    for (Role role : PRICES) {
      double value = rows.value(role, row);
      if (role != Role.ADJUSTED && value > 0) {
        cells[count++] = value;
      }
    }
    Arrays.sort(cells, 0, count);
    return cells[(count - 1) / 2];
  }

  private static byte unit(double distance, int row, DeclaredSplits splits) {
    long steps = Math.round(distance / STEP);
    boolean near = Math.abs(distance - steps * STEP) <= ROOM;
    if (steps == 0 || Math.abs(steps) > STEPS || !near) {
      return 0;
    }
    return Double.isNaN(splits.explains(row, distance)) ? (byte) steps : 0;
  }

  /**
   * Turns units against the first row into units against the right one.
   *
   * @return whether any cell is off
   */
  private static boolean relative(byte[] units, int latest) {
    byte right = right(units, latest);
    boolean any = false;
    for (int row = 0; row < units.length; row++) {
      units[row] = units[row] == MISSING ? 0 : (byte) (units[row] - right);
      any |= units[row] != 0;
    }
    return any;
  }

  private static byte right(byte[] units, int latest) {
    int last = latest;
    while (last >= 0 && units[last] == MISSING) {
      last--;
    }
    if (last < 0) {
      return 0;
    }
    int[] counts = new int[4 * STEPS + 1];
    int run = 0;
    for (byte unit : units) {
      if (unit != MISSING) {
        counts[unit + 2 * STEPS]++;
      }
    }
    for (int row = last; row >= 0 && run < SETTLED && units[row] == units[last]; row--) {
      run++;
    }
    for (int row = last + 1;
        row < units.length && run < SETTLED && units[row] == units[last];
        row++) {
      run++;
    }
    int most = 0;
    for (int i = 0; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    boolean slip = run < SETTLED && counts[units[last] + 2 * STEPS] < counts[most];
    return slip ? (byte) (most - 2 * STEPS) : units[last];
  }

  private static void tell(StockRows rows, byte[][] off, Findings findings) {
    double level = Double.NaN;
    for (int row = 0; row < rows.count(); row++) {
      int first = -1;
      int wrong = 0;
      int there = 0;
      for (int i = 0; i < PRICES.length; i++) {
        there += rows.value(PRICES[i], row) > 0 ? 1 : 0;
        if (off[i][row] != 0) {
          first = first < 0 ? i : first;
          wrong++;
        }
      }
      if (first >= 0) {
        String name = rows.name(PRICES[first]);
        double around = Double.isNaN(level) ? mended(rows, off, first, row) : level;
        findings.found(
            Kind.OUTLIER,
            row,
            wrong == 1 ? name : "",
            name
                + " "
                + Numbers.brief(rows.value(PRICES[first], row))
                + " against "
                + Numbers.brief(around)
                + " around it, factor "
                + Numbers.brief(Math.pow(FACTOR, off[first][row])),
            mends(rows, off, row, wrong < there));
      }
      double close = mended(rows, off, 0, row);
      level = Double.isNaN(close) ? level : close;
    }
  }

  private static double mended(StockRows rows, byte[][] off, int price, int row) {
    return rows.value(PRICES[price], row) * Math.pow(FACTOR, -off[price][row]);
  }

  private static List<Mend> mends(StockRows rows, byte[][] off, int row, boolean single) {
    double top = Double.NEGATIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    for (int i = 0; i < PRICES.length; i++) {
      double value = mended(rows, off, i, row);
      if (PRICES[i] != Role.ADJUSTED && !Double.isNaN(value)) {
        top = Math.max(top, value);
        bottom = Math.min(bottom, value);
      }
    }
    List<Mend> mends = new ArrayList<>();
    for (int i = 0; i < PRICES.length; i++) {
      if (off[i][row] == 0) {
        continue;
      }
      double value = mended(rows, off, i, row);
      if (single && PRICES[i] == Role.HIGH) {
        value = top;
      } else if (single && PRICES[i] == Role.LOW) {
        value = bottom;
      }
      mends.add(new Mend(rows.column(PRICES[i]), row, value));
    }
    return mends;
  }
}
