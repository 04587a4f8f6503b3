package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.contract.Frame;
import java.util.List;
import java.util.Random;

/** Random walks that look like daily stock data; tests plant errors in them. */
final class Walks {
  static final List<String> COLUMNS =
      List.of("Open", "High", "Low", "Close", "Adj Close", "Volume", "Dividends", "Splits");

  static final int CLOSE = 3;
  static final int ADJUSTED = 4;
  static final int VOLUME = 5;
  static final int DIVIDENDS = 6;
  static final int SPLITS = 7;

  /** Open, high, low, close and adjusted close are the columns before this. */
  static final int PRICES = 5;

  private Walks() {}

  /** Rows of a walk: 2 % a day, cents, and dividends of 1 % each 60 rows, rightly adjusted. */
  static double[][] rows(Random random, int count) {
    double[][] rows = new double[count][COLUMNS.size()];
    double log = Math.log(20 + 80 * random.nextDouble());
    for (double[] row : rows) {
      double open = Math.exp(log + 0.005 * random.nextGaussian());
      log += 0.02 * random.nextGaussian();
      double close = Math.exp(log);
      row[0] = cents(open);
      row[1] = cents(Math.max(open, close) * (1 + 0.005 * random.nextDouble()));
      row[2] = cents(Math.min(open, close) * (1 - 0.005 * random.nextDouble()));
      row[CLOSE] = cents(close);
      row[VOLUME] = Math.rint(1e6 * Math.exp(0.4 * random.nextGaussian()));
    }
    double factor = 1;
    for (int row = count - 1; row >= 0; row--) {
      rows[row][ADJUSTED] = rows[row][CLOSE] * factor;
      if (row % 60 == 59) {
        rows[row][DIVIDENDS] = 0.01 * rows[row - 1][CLOSE];
        factor *= 0.99;
      }
    }
    return rows;
  }

  private static double cents(double price) {
    return Math.rint(100 * price) / 100;
  }

  static Frame frame(double[][] rows) {
    Frame frame = new Frame("walk", COLUMNS);
    for (int row = 0; row < rows.length; row++) {
      frame.add(row, 0, row + 2, rows[row]);
    }
    return frame;
  }

  /** Prices times the factor, volume by it. */
  static void scale(double[] row, double factor) {
    for (int column = 0; column < PRICES; column++) {
      row[column] *= factor;
    }
    row[VOLUME] /= factor;
  }
}
