package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.PriceJumps.Jump;
import io.gatecast.forecasting.data.check.StockColumns.Role;
import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Findings.Mend;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a split was not applied to, or was applied to twice. From the jumps of {@link
 * PriceJumps}:
 *
 * <ol>
 *   <li>A jump and its opposite at most {@link #RUN} rows later, sizes within {@link #MATCH}, hold
 *       a run between them that is wrong; nested runs too. Prices of a run are divided by
 *       exp(size).
 *   <li>A jump that stays parts the series in two levels. The level of the latest row that traded
 *       is right; earlier rows are multiplied by exp(size).
 * </ol>
 *
 * A jump that stays and that no splits column tells of must look like a split and not like a crash:
 * within {@link #EXACT} of a usual ratio, at least {@link #SDS} local standard deviations, made
 * between close and open, median turnover (price times volume) of the next {@link #AFTER} rows at
 * most {@link #TURNOVER} times the one of the 20 before, as many rows on each side, and no opposite
 * jump within {@link #ALONE}. So there must be an open and a volume: oil's 21.48 after 32.25, on
 * the first day of the Gulf war of 1991, is a ratio of 1.501. Apple's 0.48 of 2000-09-29 fails
 * three of these, Citigroup's 1.58 and 0.61 of 2008 and 2009 are near no ratio. A split of the last
 * four rows that no column tells of goes unseen.
 *
 * <p>Every wrong row is told of by itself. The repair changes open, high, low, close and adjusted
 * close by the factor and the volume by its inverse; where only the adjusted close jumps, that
 * alone.
 */
public final class SplitCheck implements SeriesCheck {
  /** The longest run between a jump and its opposite, in rows: a quarter of sessions. */
  public static final int RUN = 60;

  /** How far the logs of a jump and its opposite may differ. */
  public static final double MATCH = 0.1;

  /** How near an untold jump that stays is to a usual ratio's log. */
  public static final double EXACT = 0.02;

  /** Local standard deviations of an untold jump that stays. */
  public static final double SDS = 10;

  /** Rows that an untold new level must last, and whose turnover counts. */
  public static final int AFTER = 5;

  /** A crash trades more than this many times the usual turnover, a split does not. */
  public static final double TURNOVER = 3;

  /** No opposite jump of the same size may be so near, in rows: a year of sessions. */
  public static final int ALONE = 250;

  private static final int BEFORE = 20;

  private static final Role[] PRICES = {Role.CLOSE, Role.OPEN, Role.HIGH, Role.LOW, Role.ADJUSTED};

  private final StockColumns columns;

  /**
   * For these columns.
   *
   * @param columns who is who
   */
  public SplitCheck(StockColumns columns) {
    this.columns = columns;
  }

  @Override
  public void check(Frame frame, Findings findings) {
    StockRows rows = new StockRows(frame, columns);
    List<Jump> jumps = new PriceJumps(rows).find();
    if (jumps.isEmpty()) {
      return;
    }
    Levels levels = new Levels(rows);
    Deque<Jump> lone = pair(jumps, levels);
    for (Jump jump : lone) {
      if (jump.declared() || (looksLikeSplit(rows, jump) && noneOpposite(jumps, jump))) {
        levels.stays(jump);
      }
    }
    levels.tell(findings);
  }

  /** Takes out what returns; what is left stays. */
  private static Deque<Jump> pair(List<Jump> jumps, Levels levels) {
    Deque<Jump> open = new ArrayDeque<>();
    for (int i = 0; i < jumps.size(); i++) {
      Jump jump = jumps.get(i);
      Jump last = open.peekLast();
      boolean closes = last != null && returns(last, jump);
      if (closes && i + 1 < jumps.size()) {
        Jump next = jumps.get(i + 1);
        closes = !(returns(jump, next) && next.row() - jump.row() < jump.row() - last.row());
      }
      if (closes) {
        levels.run(open.removeLast(), jump);
      } else {
        open.addLast(jump);
      }
    }
    return open;
  }

  private static boolean returns(Jump away, Jump back) {
    return away.size() * back.size() < 0
        && Math.abs(away.size() + back.size()) <= MATCH
        && back.row() - away.row() <= RUN;
  }

  private static boolean looksLikeSplit(StockRows rows, Jump jump) {
    double size = Math.abs(jump.size());
    double overnight =
        Math.log(rows.value(Role.OPEN, jump.row()) / rows.value(Role.CLOSE, jump.before()));
    double usual = turnover(rows, jump.before() - BEFORE + 1, jump.before());
    double now = turnover(rows, jump.row(), jump.row() + AFTER - 1);
    return Math.abs(Math.abs(jump.found()) - size) <= EXACT
        && size >= SDS * jump.sd()
        && Math.abs(overnight - jump.size()) <= PriceJumps.NEAR
        && now <= TURNOVER * usual
        && jump.row() >= AFTER
        && jump.row() <= rows.count() - AFTER;
  }

  /** Where prices go to and fro between levels, nobody knows which of them stays. */
  private static boolean noneOpposite(List<Jump> jumps, Jump jump) {
    for (Jump other : jumps) {
      boolean opposite = Math.abs(other.size() + jump.size()) <= MATCH;
      if (opposite && Math.abs(other.row() - jump.row()) <= ALONE) {
        return false;
      }
    }
    return true;
  }

  /** Median of price times volume, not a number where there is no volume. */
  private static double turnover(StockRows rows, int from, int to) {
    double[] values = new double[to - from + 1];
    int count = 0;
    for (int row = Math.max(0, from); row <= Math.min(to, rows.count() - 1); row++) {
      double value = rows.value(Role.CLOSE, row) * rows.value(Role.VOLUME, row);
      if (!Double.isNaN(value)) {
        values[count++] = value;
      }
    }
    Arrays.sort(values, 0, count);
    return count == 0 ? Double.NaN : values[count / 2];
  }

  /** What each row's prices are to be multiplied by, as logs. */
  private static final class Levels {
    private final StockRows rows;
    private final int latest;
    private final double[] change;
    private final boolean[] adjustedOnly;
    private final @Nullable Jump[] because;

    Levels(StockRows rows) {
      this.rows = rows;
      this.latest = rows.latestTraded();
      this.change = new double[rows.count()];
      this.adjustedOnly = new boolean[rows.count()];
      this.because = new Jump[rows.count()];
    }

    void run(Jump away, Jump back) {
      boolean alone = !inClose(away) && !inClose(back);
      shift(away.row(), back.row(), -away.size(), away, alone);
    }

    void stays(Jump jump) {
      if (jump.row() <= latest) {
        shift(0, jump.row(), jump.size(), jump, !inClose(jump));
      } else {
        shift(jump.row(), rows.count(), -jump.size(), jump, !inClose(jump));
      }
    }

    private void shift(int from, int to, double by, Jump jump, boolean alone) {
      for (int row = from; row < to; row++) {
        change[row] += by;
        if (because[row] == null) {
          because[row] = jump;
          adjustedOnly[row] = alone;
        }
      }
    }

    /** Whether the close jumps as the adjusted close does. */
    private boolean inClose(Jump jump) {
      double close =
          Math.log(rows.value(Role.CLOSE, jump.row()) / rows.value(Role.CLOSE, jump.before()));
      return !rows.has(Role.ADJUSTED)
          || Math.abs(close - jump.size())
              <= Math.max(PriceJumps.NEAR, DeclaredSplits.LEEWAY * Math.abs(jump.size()));
    }

    void tell(Findings findings) {
      for (int row = 0; row < change.length; row++) {
        Jump jump = because[row];
        if (jump != null && Math.abs(change[row]) > MATCH) {
          Role price = adjustedOnly[row] ? Role.ADJUSTED : Role.CLOSE;
          String column = adjustedOnly[row] ? rows.name(Role.ADJUSTED) : "";
          findings.found(Kind.SPLIT, row, column, text(row, price, jump), mends(row));
        }
      }
    }

    private String text(int row, Role price, Jump jump) {
      return rows.name(price)
          + " "
          + Numbers.brief(rows.value(price, row))
          + " is off by a factor of "
          + Numbers.brief(Math.exp(-change[row]))
          + ": from "
          + Numbers.brief(rows.value(price, jump.before()))
          + " in line "
          + rows.line(jump.before())
          + " to "
          + Numbers.brief(rows.value(price, jump.row()))
          + " in line "
          + rows.line(jump.row())
          + (jump.declared() ? ", as the column of splits tells" : ", as by a split");
    }

    private List<Mend> mends(int row) {
      double factor = Math.exp(change[row]);
      List<Mend> mends = new ArrayList<>();
      for (Role role : PRICES) {
        double value = rows.value(role, row);
        if (!Double.isNaN(value) && (role == Role.ADJUSTED || !adjustedOnly[row])) {
          mends.add(new Mend(rows.column(role), row, value * factor));
        }
      }
      double volume = rows.value(Role.VOLUME, row);
      if (volume > 0 && !adjustedOnly[row]) {
        mends.add(new Mend(rows.column(Role.VOLUME), row, volume / factor));
      }
      return mends;
    }
  }
}
