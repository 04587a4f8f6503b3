package io.gatecast.forecasting.model.climatology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the pass over blocks by what defines least squares: residuals orthogonal to columns. */
class LeastSquaresTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 13, 1023, 1024, 1025, 2048, 5000})
  void residualsAreOrthogonalToEveryColumn(int count) {
    int columns = 6;
    Random random = new Random(count);
    LeastSquares regression = new LeastSquares(columns);
    double[][] rows = new double[count][columns];
    double[] values = new double[count];
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < columns; i++) {
        rows[r][i] = i == 0 ? 1 : i + random.nextGaussian();
      }
      values[r] = 300 + 2 * rows[r][1] - rows[r][4] + random.nextGaussian();
      regression.add(rows[r], values[r]);
    }
    double[] solution = regression.solve();
    for (int i = 0; i < columns; i++) {
      double along = 0;
      for (int r = 0; r < count; r++) {
        double fitted = 0;
        for (int j = 0; j < columns; j++) {
          fitted += solution[j] * rows[r][j];
        }
        along += (values[r] - fitted) * rows[r][i];
      }
      assertEquals(0, along / count, 1e-8);
    }
  }

  @Test
  void recoversWhatMadeTheValues() {
    Random random = new Random(4);
    LeastSquares regression = new LeastSquares(3);
    for (int r = 0; r < 3000; r++) {
      double x = random.nextDouble();
      regression.add(new double[] {1, x, x * x}, 7 - 3 * x + 0.5 * x * x);
    }
    assertArrayEquals(new double[] {7, -3, 0.5}, regression.solve(), 1e-10);
  }

  @Test
  void ofDependentColumnsItTakesTheShortestSolution() {
    Random random = new Random(5);
    LeastSquares regression = new LeastSquares(4);
    for (int r = 0; r < 2000; r++) {
      double x = random.nextGaussian();
      regression.add(new double[] {1, x, x, 0}, 10 + 4 * x);
    }
    assertArrayEquals(new double[] {10, 2, 2, 0}, regression.solve(), 1e-9);
  }
}
