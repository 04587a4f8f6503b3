package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.StockColumns.Role;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The jumps of a price that a split could explain. The price is the adjusted close where there is
 * one (a dividend is no jump then), else the close; r is its log return over neighbouring rows. A
 * jump is listed where
 *
 * <ul>
 *   <li>a declared split explains it ({@link DeclaredSplits}) and {@code |ln s| >= 4 sd}, or
 *   <li>|r| is within {@link #NEAR} of the log of a usual ratio, and {@code |r| >= 5 sd};
 * </ul>
 *
 * and in both cases at least half of it survives the prices' rounding: 2 after 1 may have been 1.5
 * after 1.5. The local sd is 1.4826 times the median |r| over {@link #AROUND} rows to each side.
 * Jumps of about 100 that no split explains are another unit, {@link UnitErrorCheck}'s.
 */
final class PriceJumps {
  /** Rows to each side for the local standard deviation. */
  static final int AROUND = 30;

  /** How near a log return is to a usual ratio's log. */
  static final double NEAR = 0.06;

  private static final double SDS_DECLARED = 4;
  private static final double SDS_GUESSED = 5;

  /** 1.4826 times the median deviation is a normal distribution's standard deviation. */
  private static final double MAD = 1.4826;

  /**
   * Of 3:2 and n:1, what companies do; 4:3 and 5:4 are too near to a bad day. 1000 is a unit of
   * some currencies.
   */
  private static final double[] RATIOS = {
    1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 1000
  };

  private static final int DECIMALS = 6;

  private static final double ROUND = 1e-6;

  /**
   * A jump.
   *
   * @param before the last row with a price before it
   * @param row the first row after it
   * @param size the split's log ratio with the jump's sign: prices after are exp(size) those before
   * @param found the price's own log return
   * @param sd the local standard deviation of log returns
   * @param declared whether the splits column tells of it
   */
  record Jump(int before, int row, double size, double found, double sd, boolean declared) {}

  private final StockRows stock;
  private final DeclaredSplits splits;
  private final double[] price;
  private final int[] valid;
  private final double[] returns;

  PriceJumps(StockRows stock) {
    this.stock = stock;
    this.splits = new DeclaredSplits(stock);
    this.price = prices(stock);
    this.valid = valid(price);
    this.returns = new double[valid.length];
    for (int i = 1; i < valid.length; i++) {
      returns[i] = Math.log(price[valid[i]] / price[valid[i - 1]]);
    }
  }

  /** Adjusted close, unless that column is absent or empty: then close. */
  private static double[] prices(StockRows stock) {
    double[] adjusted = new double[stock.count()];
    double[] close = new double[stock.count()];
    boolean any = false;
    for (int row = 0; row < close.length; row++) {
      adjusted[row] = stock.value(Role.ADJUSTED, row);
      close[row] = stock.value(Role.CLOSE, row);
      any |= adjusted[row] > 0;
    }
    return any ? adjusted : close;
  }

  private static int[] valid(double[] price) {
    int[] rows = new int[price.length];
    int count = 0;
    for (int row = 0; row < price.length; row++) {
      if (!Double.isNaN(price[row])) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  /** In order of time. */
  List<Jump> find() {
    List<Jump> jumps = new ArrayList<>();
    for (int i = 1; i < valid.length; i++) {
      double size = Math.abs(returns[i]);
      if (size >= DeclaredSplits.SMALLEST / 2 && Double.isFinite(size)) {
        look(i, jumps);
      }
    }
    return jumps;
  }

  private void look(int i, List<Jump> jumps) {
    int before = valid[i - 1];
    int row = valid[i];
    double found = returns[i];
    double declared = splits.explains(row, found);
    double size = Double.isNaN(declared) ? usual(Math.abs(found)) : declared;
    if (Double.isNaN(size) || !survivesRounding(before, row)) {
      return;
    }
    double sd = sd(i);
    double needed = Double.isNaN(declared) ? SDS_GUESSED : SDS_DECLARED;
    if (size >= needed * sd) {
      boolean told = !Double.isNaN(declared);
      jumps.add(new Jump(before, row, Math.copySign(size, found), found, sd, told));
    }
  }

  private static double usual(double size) {
    for (double ratio : RATIOS) {
      if (Math.abs(size - Math.log(ratio)) <= NEAR) {
        return Math.log(ratio);
      }
    }
    return Double.NaN;
  }

  private double sd(int i) {
    int from = Math.max(1, i - AROUND);
    int to = Math.min(valid.length, i + AROUND + 1);
    double[] sizes = new double[to - from];
    for (int j = from; j < to; j++) {
      sizes[j - from] = Double.isFinite(returns[j]) ? Math.abs(returns[j]) : 0;
    }
    Arrays.sort(sizes);
    return MAD * sizes[sizes.length / 2];
  }

  private boolean survivesRounding(int before, int row) {
    double high = Math.max(price[before], price[row]);
    double low = Math.min(price[before], price[row]);
    int higher = price[before] > price[row] ? before : row;
    int lower = higher == before ? row : before;
    double least = (high - tick(higher) / 2) / (low + tick(lower) / 2);
    return Math.log(least) >= Math.log(high / low) / 2;
  }

  /** A row's finest decimal among its cells; rows in whole units have 1. */
  private double tick(int row) {
    double tick = 1;
    for (Role role : new Role[] {Role.OPEN, Role.HIGH, Role.LOW, Role.CLOSE}) {
      double value = stock.value(role, row);
      if (Double.isFinite(value)) {
        tick = Math.min(tick, tick(value));
      }
    }
    return tick;
  }

  /** The last decimal that a price has; float32's noise does not count. */
  private static double tick(double value) {
    double scaled = Math.abs(value);
    int decimals = 0;
    while (decimals < DECIMALS && Math.abs(scaled - Math.rint(scaled)) > ROUND * scaled) {
      scaled *= 10;
      decimals++;
    }
    return BigDecimal.ONE.movePointLeft(decimals).doubleValue();
  }
}
