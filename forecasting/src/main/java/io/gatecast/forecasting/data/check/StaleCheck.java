package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.StockColumns.Role;
import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.List;

/**
 * A price that is repeated and not made. A row repeats the one before it where
 *
 * <ul>
 *   <li>close = previous close,
 *   <li>high = low = close, or the volume is 0, or there are no high and low, and
 *   <li>the volume is 0, or the previous one again, or not there.
 * </ul>
 *
 * More than {@code sessions} such rows in sequence are stale, each of them. The last condition is
 * what keeps coarse prices out: Intel stands at 0.01592 for 101 sessions of 1972 while millions of
 * shares trade, another number each day. That is a tick of 1e-5, not a dead feed. Nothing is
 * proposed as a repair: the true price is unknown.
 */
public final class StaleCheck implements SeriesCheck {
  /** Two weeks of sessions: longer than any holiday closes an exchange. */
  public static final int SESSIONS = 10;

  private final StockColumns columns;
  private final int sessions;

  /**
   * For these columns.
   *
   * @param columns who is who
   * @param sessions how many rows may repeat in sequence
   * @throws IllegalArgumentException if sessions is below 1
   */
  public StaleCheck(StockColumns columns, int sessions) {
    if (sessions < 1) {
      throw new IllegalArgumentException(
          "stale sessions: expected at least 1, found " + sessions + "; raise it");
    }
    this.columns = columns;
    this.sessions = sessions;
  }

  @Override
  public void check(Frame frame, Findings findings) {
    StockRows rows = new StockRows(frame, columns);
    int start = 0;
    for (int row = 1; row <= rows.count(); row++) {
      if (row == rows.count() || !repeats(rows, row)) {
        tell(rows, start, row, findings);
        start = row;
      }
    }
  }

  private void tell(StockRows rows, int start, int end, Findings findings) {
    int repeated = end - start - 1;
    if (repeated <= sessions) {
      return;
    }
    String text =
        rows.name(Role.CLOSE)
            + " "
            + Numbers.brief(rows.value(Role.CLOSE, start))
            + " stands still since line "
            + rows.line(start)
            + ", "
            + repeated
            + " rows";
    for (int row = start + 1; row < end; row++) {
      findings.found(Kind.STALE, row, rows.name(Role.CLOSE), text, List.of());
    }
  }

  private static boolean repeats(StockRows rows, int row) {
    double close = rows.value(Role.CLOSE, row);
    double high = rows.value(Role.HIGH, row);
    double low = rows.value(Role.LOW, row);
    double volume = rows.value(Role.VOLUME, row);
    boolean flat =
        volume == 0 || (!(high > close) && !(high < close) && !(low < close) && !(low > close));
    boolean idle =
        volume == 0 || Double.isNaN(volume) || volume == rows.value(Role.VOLUME, row - 1);
    return close == rows.value(Role.CLOSE, row - 1) && flat && idle;
  }
}
