package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.StockColumns.Role;
import java.util.Arrays;

/**
 * The splits that the data's own column tells of. A jump belongs to a split of value s where it
 * lies within {@link #REACH} rows of it and {@code | |r| - |ln s| | <= LEEWAY |ln s|}, r being the
 * jump's log return. Either direction counts: vendors forget rows on both sides of a split.
 */
final class DeclaredSplits {
  /** Rows between a split and the end of a block that missed it: Saipem's is 5, Dexus' 6. */
  static final int REACH = 30;

  /**
   * Room for what the price did on the same day, and for rounding: Saipem halved on the day where
   * its block of 10 ends (0.285); ALPHA.PA is rounded to 1 and 2.
   */
  static final double LEEWAY = 0.3;

  /** Smaller splits than about 5:4 are too near to what prices do in a week. */
  static final double SMALLEST = 0.2;

  private final int[] rows;
  private final double[] sizes;

  DeclaredSplits(StockRows stock) {
    int[] found = new int[stock.count()];
    double[] logs = new double[stock.count()];
    int count = 0;
    for (int row = 0; stock.has(Role.SPLITS) && row < stock.count(); row++) {
      double size = Math.abs(Math.log(stock.value(Role.SPLITS, row)));
      if (Double.isFinite(size) && size >= SMALLEST) {
        found[count] = row;
        logs[count++] = size;
      }
    }
    rows = Arrays.copyOf(found, count);
    sizes = Arrays.copyOf(logs, count);
  }

  /**
   * The nearest split that explains a jump.
   *
   * @param row where the price is another
   * @param jump log return into it
   * @return the split's |ln s|, or not a number
   */
  double explains(int row, double jump) {
    int at = Arrays.binarySearch(rows, row - REACH);
    double best = Double.NaN;
    int nearest = Integer.MAX_VALUE;
    for (int i = at < 0 ? -at - 1 : at; i < rows.length && rows[i] <= row + REACH; i++) {
      int distance = Math.abs(rows[i] - row);
      double residual = Math.abs(Math.abs(jump) - sizes[i]);
      if (residual <= LEEWAY * sizes[i] && distance < nearest) {
        nearest = distance;
        best = sizes[i];
      }
    }
    return best;
  }
}
