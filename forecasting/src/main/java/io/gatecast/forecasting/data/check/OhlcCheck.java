package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.StockColumns.Role;
import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Findings.Mend;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Open and close lie between low and high. With hi = max and lo = min of the open, high, low and
 * close that are there, a row breaks it where {@code hi > high (1 + TOLERANCE)} or {@code lo < low
 * (1 - TOLERANCE)}. The 445,184 rows of the two large stock sets have no such row; Yahoo's twins
 * have opens 0.1 to 0.6 % above the high.
 *
 * <p>The repair stretches high and low to hi and lo where that moves them by at most {@link
 * #STRETCH}; further off some cell is wrong and nobody knows which, so nothing is proposed.
 */
public final class OhlcCheck implements SeriesCheck {
  /** Relative room for rounding: prices that went through float32 are off by 1e-7. */
  public static final double TOLERANCE = 1e-5;

  /** How far the repair moves high or low at most, relative to it. */
  public static final double STRETCH = 0.05;

  private static final Role[] CELLS = {Role.OPEN, Role.CLOSE, Role.HIGH, Role.LOW};

  private final StockColumns columns;

  /**
   * For these columns.
   *
   * @param columns who is who
   */
  public OhlcCheck(StockColumns columns) {
    this.columns = columns;
  }

  @Override
  public void check(Frame frame, Findings findings) {
    StockRows rows = new StockRows(frame, columns);
    for (int row = 0; row < rows.count(); row++) {
      look(rows, row, findings);
    }
  }

  private static void look(StockRows rows, int row, Findings findings) {
    double high = rows.value(Role.HIGH, row);
    double low = rows.value(Role.LOW, row);
    Role top = Role.HIGH;
    Role bottom = Role.LOW;
    for (Role role : CELLS) {
      double value = rows.value(role, row);
      if (value > rows.value(top, row) + TOLERANCE * Math.abs(high)) {
        top = role;
      }
      if (value < rows.value(bottom, row) - TOLERANCE * Math.abs(low)) {
        bottom = role;
      }
    }
    if (top == Role.HIGH && bottom == Role.LOW) {
      return;
    }
    List<Mend> mends = new ArrayList<>();
    double above = rows.value(top, row) - high;
    double below = low - rows.value(bottom, row);
    boolean small = !(above > STRETCH * Math.abs(high)) && !(below > STRETCH * Math.abs(low));
    if (top != Role.HIGH && small) {
      mends.add(new Mend(rows.column(Role.HIGH), row, rows.value(top, row)));
    }
    if (bottom != Role.LOW && small) {
      mends.add(new Mend(rows.column(Role.LOW), row, rows.value(bottom, row)));
    }
    findings.found(Kind.OHLC, row, "", text(rows, row, top, bottom), mends);
  }

  private static String text(StockRows rows, int row, Role top, Role bottom) {
    return top != Role.HIGH
        ? cell(rows, row, top) + " above " + cell(rows, row, Role.HIGH)
        : cell(rows, row, bottom) + " below " + cell(rows, row, Role.LOW);
  }

  private static String cell(StockRows rows, int row, Role role) {
    return rows.name(role) + " " + Numbers.brief(rows.value(role, row));
  }
}
