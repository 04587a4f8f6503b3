package io.gatecast.forecasting.model.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves ridge regression against dense normal equations with an intercept of their own. */
class RidgeTest {
  private static double[][] rows(int count, int columns, int outputs, long seed) {
    Random random = new Random(seed);
    double[][] map = new double[outputs][columns];
    for (double[] each : map) {
      for (int i = 0; i < columns; i++) {
        each[i] = random.nextGaussian();
      }
    }
    double[][] rows = new double[count][columns + outputs];
    for (double[] row : rows) {
      for (int i = 0; i < columns; i++) {
        row[i] = 7 * i + (1 + i) * random.nextGaussian() + (i > 0 ? 0.5 * row[i - 1] : 0);
      }
      for (int h = 0; h < outputs; h++) {
        row[columns + h] = 4 + random.nextGaussian();
        for (int i = 0; i < columns; i++) {
          row[columns + h] += map[h][i] * row[i];
        }
      }
    }
    return rows;
  }

  /**
   * Minimises Σ (y − b − w'x)² + n λ Σ s_i² w_i² as it stands: the normal equations in the
   * unscaled, uncentred columns and a 1, by Gaussian elimination with pivots.
   *
   * @return the intercept, then the weights
   */
  private static double[] naive(double[][] rows, int columns, int output, double penalty) {
    int size = columns + 1;
    double[][] system = new double[size][size + 1];
    double[] sum = new double[columns];
    double[] squares = new double[columns];
    for (double[] row : rows) {
      double[] x = new double[size];
      x[0] = 1;
      System.arraycopy(row, 0, x, 1, columns);
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          system[i][j] += x[i] * x[j];
        }
        system[i][size] += x[i] * row[columns + output];
      }
      for (int i = 0; i < columns; i++) {
        sum[i] += row[i];
        squares[i] += row[i] * row[i];
      }
    }
    for (int i = 0; i < columns; i++) {
      double mean = sum[i] / rows.length;
      double variance = squares[i] / rows.length - mean * mean;
      system[i + 1][i + 1] += rows.length * penalty * variance;
    }
    return solved(system);
  }

  private static double[] solved(double[][] system) {
    int size = system.length;
    for (int p = 0; p < size; p++) {
      int pivot = p;
      for (int i = p + 1; i < size; i++) {
        pivot = Math.abs(system[i][p]) > Math.abs(system[pivot][p]) ? i : pivot;
      }
      double[] swapped = system[p];
      system[p] = system[pivot];
      system[pivot] = swapped;
      for (int i = 0; i < size; i++) {
        double factor = i == p ? 0 : system[i][p] / system[p][p];
        for (int j = p; j <= size; j++) {
          system[i][j] -= factor * system[p][j];
        }
      }
    }
    double[] solution = new double[size];
    for (int i = 0; i < size; i++) {
      solution[i] = system[i][size] / system[i][i];
    }
    return solution;
  }

  @ParameterizedTest
  @CsvSource({"40, 1, 1", "50, 2, 3", "207, 13, 2", "600, 30, 5"})
  void equalsTheDenseNormalEquations(int count, int columns, int outputs) {
    double[][] rows = rows(count, columns, outputs, count);
    Ridge ridge = new Ridge(MomentsTest.of(rows, columns, outputs));
    assertEquals(columns, ridge.used());
    for (double penalty : new double[] {1e-6, 1e-2, 1, 10}) {
      LinearMap map = ridge.fit(penalty);
      for (int h = 0; h < outputs; h++) {
        double[] expected = naive(rows, columns, h, penalty);
        assertEquals(expected[0], map.intercept(h), 1e-7 * (1 + Math.abs(expected[0])));
        for (int i = 0; i < columns; i++) {
          assertEquals(expected[i + 1], map.weight(h, i), 1e-7);
        }
      }
    }
  }

  @Test
  void theErrorFromMomentsIsThatOfTheRows() {
    double[][] fitted = rows(100, 4, 3, 1);
    double[][] other = rows(57, 4, 3, 2);
    LinearMap map = new Ridge(MomentsTest.of(fitted, 4, 3)).fit(0.1);
    for (double[][] rows : new double[][][] {fitted, other}) {
      double sum = 0;
      for (double[] row : rows) {
        for (int h = 0; h < 3; h++) {
          double error = row[4 + h] - map.apply(row, h);
          sum += error * error;
        }
      }
      double expected = sum / rows.length / 3;
      assertEquals(
          expected, map.meanSquaredError(MomentsTest.of(rows, 4, 3)), 1e-10 * (1 + expected));
    }
  }

  @Test
  void theInterceptIsNotPenalised() {
    double[][] rows = rows(80, 3, 1, 5);
    LinearMap before = new Ridge(MomentsTest.of(rows, 3, 1)).fit(10);
    for (double[] row : rows) {
      row[3] += 1000;
    }
    LinearMap after = new Ridge(MomentsTest.of(rows, 3, 1)).fit(10);
    assertEquals(before.intercept(0) + 1000, after.intercept(0), 1e-7);
    assertEquals(before.weight(0, 1), after.weight(0, 1), 1e-9);
  }

  @Test
  void aHugePenaltyLeavesTheMeanAndUnitsDoNotMatter() {
    double[][] rows = rows(80, 3, 1, 6);
    Moments moments = MomentsTest.of(rows, 3, 1);
    LinearMap mean = new Ridge(moments).fit(1e12);
    assertEquals(moments.outputMean(0), mean.apply(rows[17], 0), 1e-6);
    LinearMap before = new Ridge(moments).fit(0.3);
    double forecast = before.apply(rows[17], 0);
    for (double[] row : rows) {
      row[1] *= 1000;
    }
    LinearMap after = new Ridge(MomentsTest.of(rows, 3, 1)).fit(0.3);
    assertEquals(before.weight(0, 1) / 1000, after.weight(0, 1), 1e-9);
    assertEquals(forecast, after.apply(rows[17], 0), 1e-9);
  }

  @Test
  void aConstantColumnHasNoWeightAndEqualOnesShareIt() {
    Random random = new Random(7);
    double[][] rows = new double[60][4];
    for (double[] row : rows) {
      double x = random.nextGaussian();
      row[0] = x;
      row[1] = 0.1f;
      row[2] = x;
      row[3] = 2 * x + 1;
    }
    Ridge ridge = new Ridge(MomentsTest.of(rows, 3, 1));
    assertEquals(2, ridge.used());
    LinearMap map = ridge.fit(1e-6);
    assertEquals(0, map.weight(0, 1));
    assertEquals(1, map.weight(0, 0), 1e-5);
    assertEquals(map.weight(0, 0), map.weight(0, 2), 1e-9);
  }

  @Test
  void fewerRowsThanColumnsAreEnough() {
    double[][] rows = rows(5, 20, 1, 8);
    LinearMap map = new Ridge(MomentsTest.of(rows, 20, 1)).fit(1e-6);
    for (double[] row : rows) {
      assertEquals(row[20], map.apply(row, 0), 1e-2 * (1 + Math.abs(row[20])));
      assertTrue(Double.isFinite(map.intercept(0)));
    }
  }
}
