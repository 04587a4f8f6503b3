package io.gatecast.forecasting.model.volatility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the regressions against naive normal equations and a process of known coefficients. */
class HarTest {
  private static final double[] TRUTH = {-0.9, 0.35, 0.35, 0.2};

  private static double[] simulated(int steps, int seed) {
    Random random = new Random(seed);
    double[] values = new double[steps + 200];
    Arrays.fill(values, 0, 22, -9);
    for (int t = 22; t < values.length; t++) {
      double[] row = row(values, t - 1);
      values[t] = 0.7 * random.nextGaussian();
      for (int i = 0; i < row.length; i++) {
        values[t] += TRUTH[i] * row[i];
      }
    }
    return Arrays.copyOfRange(values, 200, values.length);
  }

  private static double[] row(double[] values, int t) {
    return new double[] {1, values[t], mean(values, t, 5), mean(values, t, 22)};
  }

  private static double mean(double[] values, int t, int steps) {
    return Arrays.stream(values, t + 1 - steps, t + 1)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElseThrow();
  }

  /** Coefficients by the normal equations and Gauss's elimination. */
  private static double[] naive(double[] values, int h) {
    List<double[]> rows = new ArrayList<>();
    List<Double> targets = new ArrayList<>();
    for (int t = 21; t + h < values.length; t++) {
      if (!Double.isNaN(values[t]) && !Double.isNaN(values[t + h])) {
        rows.add(row(values, t));
        targets.add(values[t + h]);
      }
    }
    double[][] a = new double[4][5];
    for (int n = 0; n < rows.size(); n++) {
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          a[i][j] += rows.get(n)[i] * rows.get(n)[j];
        }
        a[i][4] += rows.get(n)[i] * targets.get(n);
      }
    }
    for (int i = 0; i < 4; i++) {
      for (int k = 0; k < 4; k++) {
        double factor = a[k][i] / a[i][i];
        for (int j = i; j < 5 && k != i; j++) {
          a[k][j] -= factor * a[i][j];
        }
      }
    }
    double[] solved = new double[4];
    for (int i = 0; i < 4; i++) {
      solved[i] = a[i][4] / a[i][i];
    }
    return solved;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 22})
  void eachStepIsARegressionOfItsOwn(int h) {
    double[] values = simulated(700, 1);
    for (int t = 50; t < values.length; t += 13) {
      values[t] = Double.NaN;
    }
    double[] found = Har.fit(values, 22).coefficients(h);
    assertArrayEquals(naive(values, h), found, 1e-8);
  }

  @Test
  void theTruthIsFoundAgain() {
    double[] found = Har.fit(simulated(60_000, 2), 1).coefficients(1);
    double slopes = found[1] + found[2] + found[3];
    for (int i = 1; i < 4; i++) {
      assertEquals(TRUTH[i], found[i], 0.05);
    }
    assertEquals(-0.9 / (1 - 0.9), found[0] / (1 - slopes), 0.1); // the mean of all
  }

  @Test
  void aForecastReadsTheLastMonth() {
    double[] values = simulated(400, 3);
    Har har = Har.fit(values, 3);
    double[] forecast = har.forecast(values);
    assertEquals(3, forecast.length);
    for (int h = 1; h <= 3; h++) {
      double expected = 0;
      for (int i = 0; i < 4; i++) {
        expected += har.coefficients(h)[i] * row(values, values.length - 1)[i];
      }
      assertEquals(expected, forecast[h - 1], 1e-12);
    }
    double[] month = Arrays.copyOfRange(values, values.length - 22, values.length);
    assertArrayEquals(forecast, har.forecast(month), 0);
  }

  @Test
  void whereTheLastValueIsAbsentTheOneBeforeStandsForIt() {
    double[] values = simulated(400, 4);
    Har har = Har.fit(values, 1);
    double[] last = values.clone();
    last[399] = Double.NaN;
    double[] b = har.coefficients(1);
    double expected =
        b[0] + b[1] * values[398] + b[2] * mean(last, 399, 5) + b[3] * mean(last, 399, 22);
    assertEquals(expected, har.forecast(last)[0], 1e-12);
    double[] longAgo = new double[100];
    Arrays.fill(longAgo, Double.NaN);
    assertTrue(Double.isNaN(har.forecast(longAgo)[0]));
    longAgo[10] = -8;
    assertEquals(b[0] - 8 * (b[1] + b[2] + b[3]), har.forecast(longAgo)[0], 1e-12);
  }

  @Test
  void whatCannotBeRegressedIsRefused() {
    double[] constant = new double[300];
    Arrays.fill(constant, -8.123456789);
    assertThrows(IllegalArgumentException.class, () -> Har.fit(constant, 1));
    double[] few = simulated(Har.FEWEST_ROWS + 21, 5);
    assertThrows(IllegalArgumentException.class, () -> Har.fit(few, 1));
    double[] enough = simulated(Har.FEWEST_ROWS + 22, 5);
    assertEquals(1, Har.fit(enough, 1).horizon());
    assertThrows(IllegalArgumentException.class, () -> Har.fit(enough, 2));
  }
}
