package io.gatecast.forecasting.model.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the one pass over blocks against two passes over all rows, column by column. */
class MomentsTest {
  private static final int COLUMNS = 5;
  private static final int OUTPUTS = 3;

  private static double[][] rows(int count, double level, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[count][COLUMNS + OUTPUTS];
    for (int r = 0; r < count; r++) {
      double common = random.nextGaussian();
      for (int j = 0; j < rows[r].length; j++) {
        // A drift, so that blocks have means of their own.
        rows[r][j] = level * (j + 1) + 3.0 * r / count + common + random.nextGaussian();
      }
    }
    return rows;
  }

  private static double mean(double[][] rows, int j) {
    double sum = 0;
    for (double[] row : rows) {
      sum += row[j];
    }
    return sum / rows.length;
  }

  private static double product(double[][] rows, int i, int j) {
    double meanI = mean(rows, i);
    double meanJ = mean(rows, j);
    double sum = 0;
    for (double[] row : rows) {
      sum += (row[i] - meanI) * (row[j] - meanJ);
    }
    return sum;
  }

  static Moments of(double[][] rows, int columns, int outputs) {
    Moments moments = new Moments(columns, outputs);
    for (double[] row : rows) {
      double[] target = new double[outputs];
      System.arraycopy(row, columns, target, 0, outputs);
      moments.add(row, target);
    }
    return moments.join();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 127, 128, 129, 131, 207, 256, 1000})
  void equalTwoPassesAtAnyNumberOfRowsAndFarFromZero(int count) {
    for (double level : new double[] {0, 1e6}) {
      double[][] rows = rows(count, level, count);
      Moments moments = of(rows, COLUMNS, OUTPUTS);
      assertEquals(count, moments.count());
      for (int i = 0; i < COLUMNS; i++) {
        assertEquals(mean(rows, i), moments.mean(i), 1e-9 * (1 + level));
        for (int j = 0; j < COLUMNS; j++) {
          assertEquals(product(rows, i, j), moments.product(i, j), 1e-7 * count);
        }
        for (int h = 0; h < OUTPUTS; h++) {
          assertEquals(product(rows, i, COLUMNS + h), moments.outputProduct(i, h), 1e-7 * count);
        }
      }
      for (int h = 0; h < OUTPUTS; h++) {
        int j = COLUMNS + h;
        assertEquals(mean(rows, j), moments.outputMean(h), 1e-9 * (1 + level));
        assertEquals(product(rows, j, j), moments.outputSquares(h), 1e-7 * count);
      }
    }
  }
}
