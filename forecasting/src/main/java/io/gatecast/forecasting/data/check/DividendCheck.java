package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.StockColumns.Role;
import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Findings.Mend;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.List;

/**
 * Dividends against the adjusted close. With f = adjusted / close, a dividend D of row t and the
 * close C of the row before, the vendor's rule (CRSP's, and Yahoo's) says
 *
 * <pre>{@code f[t-1] / f[t] = 1 - D / C}</pre>
 *
 * A dividend is suspected where {@code | (1 - f[t-1] / f[t]) - D / C | > TOLERANCE D / C}, and
 * likewise with f[t+1] for f[t], because weekly rows are adjusted from the next one on, and with
 * the split of row t on either side, where close is as it was traded. Differences that rounding to
 * {@link #ROUNDING} explains are none.
 *
 * <p>Every earlier row is wrong then, and is told of; the repair multiplies its adjusted close by
 * (1 - D / C) over what is there. Only where D / C is above {@link #LARGEST} and the adjusted close
 * shows a hundredth of it, the dividend is what is wrong, and the repair divides it by 100.
 */
public final class DividendCheck implements SeriesCheck {
  /**
   * Relative room for the yield: within a week the price before the ex-date is not the one of the
   * last row.
   */
  public static final double TOLERANCE = 0.5;

  /** A dividend of more than this part of the price is a mistaken unit. */
  public static final double LARGEST = 0.6;

  /** Prices are taken to be rounded so, relative to themselves. */
  public static final double ROUNDING = 2e-5;

  private static final double UNIT = 100;

  private final StockColumns columns;

  /**
   * For these columns.
   *
   * @param columns who is who
   */
  public DividendCheck(StockColumns columns) {
    this.columns = columns;
  }

  @Override
  public void check(Frame frame, Findings findings) {
    StockRows rows = new StockRows(frame, columns);
    if (!rows.has(Role.CLOSE, Role.ADJUSTED, Role.DIVIDENDS)) {
      return;
    }
    double[] correction = new double[rows.count()];
    String[] because = new String[rows.count()];
    double all = 1;
    String text = "";
    int next = -1;
    for (int row = rows.count() - 1; row >= 0; row--) {
      correction[row] = all;
      because[row] = text;
      if (Double.isNaN(factor(rows, row))) {
        continue;
      }
      int before = previous(rows, row);
      double dividend = rows.value(Role.DIVIDENDS, row);
      if (dividend > 0 && before >= 0) {
        double yield = dividend / rows.value(Role.CLOSE, before);
        double shown = shown(rows, before, row, next, yield);
        if (suspicious(yield, shown)) {
          if (yield > LARGEST) {
            tooLarge(rows, row, yield, shown, findings);
          } else {
            all *= (1 - yield) / (1 - shown);
            text = text(rows, row, yield, shown);
          }
        }
      }
      next = row;
    }
    tell(rows, correction, because, findings);
  }

  private static double factor(StockRows rows, int row) {
    double close = rows.value(Role.CLOSE, row);
    double adjusted = rows.value(Role.ADJUSTED, row);
    return close > 0 && adjusted > 0 ? adjusted / close : Double.NaN;
  }

  private static int previous(StockRows rows, int row) {
    int before = row - 1;
    while (before >= 0 && Double.isNaN(factor(rows, before))) {
      before--;
    }
    return before;
  }

  /** The yield that the adjusted close shows: of what may be meant, the nearest. */
  private static double shown(StockRows rows, int before, int row, int next, double yield) {
    double nearest = Double.NaN;
    int last = next >= 0 && !(rows.value(Role.DIVIDENDS, next) > 0) ? next : row;
    for (int after : new int[] {row, last}) {
      double kept = factor(rows, before) / factor(rows, after);
      double split = rows.value(Role.SPLITS, row);
      for (double ratio : split > 0 ? new double[] {1, split, 1 / split} : new double[] {1}) {
        double shown = 1 - kept * ratio;
        if (Double.isNaN(nearest) || Math.abs(shown - yield) < Math.abs(nearest - yield)) {
          nearest = shown;
        }
      }
    }
    return nearest;
  }

  private static boolean suspicious(double yield, double shown) {
    return Math.abs(shown - yield) > Math.max(TOLERANCE * yield, 2 * ROUNDING);
  }

  private static void tooLarge(
      StockRows rows, int row, double yield, double shown, Findings findings) {
    double dividend = rows.value(Role.DIVIDENDS, row);
    boolean unit = !suspicious(yield / UNIT, shown);
    findings.found(
        Kind.DIVIDEND,
        row,
        rows.name(Role.DIVIDENDS),
        rows.name(Role.DIVIDENDS)
            + " "
            + Numbers.brief(dividend)
            + " is "
            + Numbers.brief(yield)
            + " of the price, the adjusted close shows "
            + Numbers.brief(shown),
        unit ? List.of(new Mend(rows.column(Role.DIVIDENDS), row, dividend / UNIT)) : List.of());
  }

  private static String text(StockRows rows, int row, double yield, double shown) {
    return "dividend "
        + Numbers.brief(rows.value(Role.DIVIDENDS, row))
        + " of line "
        + rows.line(row)
        + " is "
        + Numbers.brief(yield)
        + " of the price and shows as "
        + Numbers.brief(shown);
  }

  private static void tell(
      StockRows rows, double[] correction, String[] because, Findings findings) {
    for (int row = 0; row < rows.count(); row++) {
      double adjusted = rows.value(Role.ADJUSTED, row);
      if (because[row].isEmpty() || Double.isNaN(adjusted)) {
        continue;
      }
      findings.found(
          Kind.DIVIDEND,
          row,
          rows.name(Role.ADJUSTED),
          rows.name(Role.ADJUSTED) + " " + Numbers.brief(adjusted) + ": " + because[row],
          List.of(new Mend(rows.column(Role.ADJUSTED), row, adjusted * correction[row])));
    }
  }
}
