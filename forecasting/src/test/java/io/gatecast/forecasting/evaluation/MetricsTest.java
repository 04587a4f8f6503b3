package io.gatecast.forecasting.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves each error measure by hand and against a naive loop. */
class MetricsTest {
  private static final double[][] ACTUAL = {{1, 2}, {3, 4}};
  private static final double[][] FORECAST = {{2, 2}, {0, 8}};

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @Test
  void handValues() {
    assertEquals(2, Metrics.mae(ACTUAL, FORECAST));
    assertEquals(Math.sqrt(26 / 4.0), Metrics.rmse(ACTUAL, FORECAST), 1e-15);
    assertEquals(List.of(2.0, 2.0), Metrics.maeByHorizon(ACTUAL, FORECAST));
    assertEquals((1 / 2.0 + 7 / 4.0) / 4, Metrics.mase(ACTUAL, FORECAST, new double[] {2, 4}));
  }

  @Test
  void aPerfectForecastHasNoError() {
    assertEquals(0, Metrics.mae(ACTUAL, ACTUAL));
    assertEquals(0, Metrics.rmse(ACTUAL, ACTUAL));
    assertEquals(0, Metrics.mase(ACTUAL, ACTUAL, new double[] {1, 1}));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithNaiveLoops(long seed) {
    Random random = new Random(seed);
    int origins = 1 + random.nextInt(40);
    int horizon = 1 + random.nextInt(13);
    double[][] actual = new double[origins][horizon];
    double[][] forecast = new double[origins][horizon];
    double[] scales = new double[origins];
    double absolute = 0;
    double squared = 0;
    double scaled = 0;
    double[] byStep = new double[horizon];
    double cells = (double) origins * horizon;
    for (int i = 0; i < origins; i++) {
      scales[i] = 0.1 + random.nextDouble();
      for (int h = 0; h < horizon; h++) {
        actual[i][h] = random.nextGaussian();
        forecast[i][h] = random.nextGaussian();
        double error = actual[i][h] - forecast[i][h];
        absolute += Math.abs(error) / cells;
        squared += error * error / cells;
        scaled += Math.abs(error / scales[i]) / cells;
        byStep[h] += Math.abs(error) / origins;
      }
    }
    assertEquals(absolute, Metrics.mae(actual, forecast), 1e-12);
    assertEquals(Math.sqrt(squared), Metrics.rmse(actual, forecast), 1e-12);
    assertEquals(scaled, Metrics.mase(actual, forecast, scales), 1e-12);
    assertArrayEquals(
        byStep,
        Metrics.maeByHorizon(actual, forecast).stream().mapToDouble(Double::doubleValue).toArray(),
        1e-12);
  }

  @Test
  void theScaleIsTheMeanStepOfTheTrainPartOverPairsThatAreThere() {
    TimeSeries series = Fixtures.daily("s", 1, 3, Double.NaN, 7, 6, 6, 100);
    assertEquals((2 + 1 + 0) / 3.0, Metrics.scale(series, 5));
    assertEquals((2 + 1) / 2.0, Metrics.scale(series, 4));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theScaleKnowsNothingAfterTheTrainPart(long seed) {
    double[][] values = {Fixtures.walk(seed, 50)};
    assertEquals(
        Metrics.scale(Fixtures.daily("s", 0, values), 30),
        Metrics.scale(Fixtures.daily("s", 0, Fixtures.changedAfter(values, 30, seed)), 30));
  }
}
