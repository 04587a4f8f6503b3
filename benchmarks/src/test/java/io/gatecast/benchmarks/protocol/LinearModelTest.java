package io.gatecast.benchmarks.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Closed form against naive loops over windows that are all laid. */
class LinearModelTest {
  private static final ProtocolCell CELL = new ProtocolCell(ProtocolSet.EXCHANGE, 30, 7);
  private static final int CHANNELS = 3;

  private static List<double[]> rows(ProtocolWindows windows) {
    int steps = windows.lookback() + windows.horizon();
    List<double[]> rows = new ArrayList<>();
    for (int window = 0; window < windows.size(); window++) {
      for (int channel = 0; channel < windows.inputs(); channel++) {
        double[] row = new double[steps];
        for (int t = 0; t < steps; t++) {
          row[t] = windows.valueAfterBegin(window + t, channel);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({"TRAIN, 30, 7", "VALIDATION, 5, 1", "TEST, 13, 40", "VALIDATION, 160, 60"})
  void momentsAreThoseOfAllWindows(ProtocolPart part, int lookback, int horizon) {
    ProtocolWindows windows = Series.data(CHANNELS).windows(part, lookback, horizon);
    WindowMoments moments = WindowMoments.of(windows);
    WindowMoments less = moments.less(lookback - 1);
    List<double[]> rows = rows(windows);
    for (int i = 0; i < lookback + horizon; i++) {
      double mean = 0;
      for (double[] row : rows) {
        mean += row[i] / rows.size();
      }
      assertEquals(mean, moments.mean(i), 1e-12);
      for (int j = 0; j < lookback + horizon; j++) {
        double product = 0;
        double shifted = 0;
        for (double[] row : rows) {
          double last = row[lookback - 1];
          product += row[i] * row[j] / rows.size();
          shifted += (row[i] - last) * (row[j] - last) / rows.size();
        }
        assertEquals(product, moments.product(i, j), 1e-11);
        assertEquals(shifted, less.product(i, j), 1e-11);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theErrorOnValidationIsThatOfTheForecasts(LinearModel.Form form) {
    ProtocolData data = Series.data(CHANNELS);
    LinearModel model = new LinearModel(form);
    LinearModel.Regression best = model.regress(CELL, data.withoutTest(), (done, what) -> {});
    ProtocolForecaster forecaster = model.fit(CELL, data.withoutTest(), 0, (done, what) -> {});
    Score score =
        Series.score(forecaster, data.windows(ProtocolPart.VALIDATION, 30, 7), Counting.ALL);
    assertEquals(best.error(), score.mse(), 1e-5 * score.mse());
    assertEquals(best.penalty(), forecaster.facts().get("penalty"));
  }

  /** At the minimum the slope of the error and that of the penalty cancel. */
  @ParameterizedTest
  @EnumSource
  void theWeightsAreTheMinimum(LinearModel.Form form) {
    ProtocolData data = Series.data(CHANNELS);
    LinearModel.Regression fit =
        new LinearModel(form).regress(CELL, data.withoutTest(), (done, what) -> {});
    List<double[]> rows = rows(data.windows(ProtocolPart.TRAIN, 30, 7));
    boolean less = form == LinearModel.Form.NLINEAR;
    double[] means = new double[30];
    double trace = 0;
    for (int i = 0; i < 30; i++) {
      for (double[] row : rows) {
        means[i] += (row[i] - (less ? row[29] : 0)) / rows.size();
      }
      for (double[] row : rows) {
        double off = row[i] - (less ? row[29] : 0) - means[i];
        trace += off * off / rows.size();
      }
    }
    double[][] costs = form.penalty(30);
    for (int h = 0; h < 7; h++) {
      double[] w = fit.weights()[h];
      double[] slope = new double[30];
      double bias = 0;
      for (double[] row : rows) {
        double last = less ? row[29] : 0;
        double error = fit.intercepts()[h] - (row[30 + h] - last);
        for (int i = 0; i < 30; i++) {
          error += w[i] * (row[i] - last);
        }
        bias += error / rows.size();
        for (int i = 0; i < 30; i++) {
          slope[i] += error * (row[i] - last) / rows.size();
        }
      }
      assertEquals(0, bias, 1e-9);
      double[] pull = new double[30];
      for (int i = 0; i < 30; i++) {
        for (int j = 0; j < 30; j++) {
          pull[i] -= fit.penalty() * trace / 30 * costs[i][j] * w[j];
        }
      }
      assertArrayEquals(pull, slope, 1e-9);
    }
  }

  /** Q of dlinear is the least that weights of average and rest can have for given ones of x. */
  @Test
  void whatDLinearPaysIsTheLeastOfBothParts() {
    int length = 30;
    double[][] costs = LinearModel.Form.DLINEAR.penalty(length);
    double[][] average = new double[length][length];
    for (int t = 0; t < length; t++) {
      for (int k = t - 12; k <= t + 12; k++) {
        average[t][Math.max(0, Math.min(length - 1, k))] += 1 / 25.0;
      }
    }
    // Weights a = M q, r = (I − M) q with q = Q w give M'a + (I − M)'r = w at the cost w'Q w.
    double[] w = new double[length];
    for (int i = 0; i < length; i++) {
      w[i] = Math.cos(i * i);
    }
    double[] q = product(costs, w);
    double[] a = product(average, q);
    double paid = 0;
    double[] made = new double[length];
    for (int t = 0; t < length; t++) {
      double rest = q[t] - a[t];
      paid += a[t] * a[t] + rest * rest;
      made[t] += rest;
      for (int i = 0; i < length; i++) {
        made[i] += average[t][i] * (a[t] - rest);
      }
    }
    assertArrayEquals(w, made, 1e-10);
    double cost = 0;
    for (int i = 0; i < length; i++) {
      cost += w[i] * q[i];
    }
    assertEquals(cost, paid, 1e-10);
  }

  private static double[] product(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  @Test
  void aMapIsASumByChannel() {
    double[][] weights = {{0.5, -1, 2, 0.25, 3}, {1, 0, 0, 0, -1}};
    LinearMap map = new LinearMap(weights, new double[] {10, 20}, 2);
    float[] inputs = new float[3 * 5 * 2];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) Math.sin(i);
    }
    float[] forecasts = map.forecast(inputs, 3);
    for (int window = 0; window < 3; window++) {
      for (int h = 0; h < 2; h++) {
        for (int channel = 0; channel < 2; channel++) {
          double expected = 10 * (h + 1);
          for (int t = 0; t < 5; t++) {
            expected += weights[h][t] * inputs[(window * 5 + t) * 2 + channel];
          }
          assertEquals(expected, forecasts[(window * 2 + h) * 2 + channel], 1e-5);
        }
      }
    }
  }

  @Test
  void nlinearFollowsAShift() {
    ProtocolData data = Series.data(CHANNELS);
    ProtocolForecaster forecaster =
        new LinearModel(LinearModel.Form.NLINEAR).fit(CELL, data, 0, (done, what) -> {});
    float[] inputs = new float[30 * CHANNELS];
    data.windows(ProtocolPart.TRAIN, 30, 7).input(3, inputs);
    float[] before = forecaster.forecast(inputs, 1).clone();
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] += 5;
    }
    float[] after = forecaster.forecast(inputs, 1);
    for (int i = 0; i < before.length; i++) {
      assertEquals(before[i] + 5, after[i], 1e-4);
    }
  }
}
