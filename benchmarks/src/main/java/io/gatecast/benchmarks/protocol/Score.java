package io.gatecast.benchmarks.protocol;

import io.gatecast.core.samples.Samples;
import java.util.EnumMap;
import java.util.Map;

/**
 * Errors of standardised forecasts, means over windows, steps and channels: {@code mse = mean (ŷ −
 * y)²}, {@code mae = mean |ŷ − y|}.
 *
 * @param mse mean squared error
 * @param mae mean absolute error
 * @param windows that count
 */
public record Score(double mse, double mae, int windows) {
  /** Windows that a forecaster gets at once; it decides memory and never a score. */
  private static final int BATCH = 128;

  /**
   * Scores all rules in one pass. Sums are in double, and no more than a batch of forecasts is
   * held.
   *
   * @param forecaster what is scored
   * @param samples in the order of time
   * @return a score for each rule that counts a window
   * @throws IllegalStateException if a forecast is no number
   */
  public static Map<Counting, Score> of(ProtocolForecaster forecaster, Samples samples) {
    int windows = samples.size();
    int outputs = samples.outputs();
    int width = samples.lookback() * samples.inputs();
    int most = Math.min(BATCH, windows);
    float[] inputs = new float[most * width];
    float[] target = new float[outputs];
    Map<Counting, Sums> sums = new EnumMap<>(Counting.class);
    for (Counting counting : Counting.values()) {
      sums.put(counting, new Sums(counting.of(windows)));
    }
    for (int first = 0; first < windows; first += most) {
      int batch = Math.min(most, windows - first);
      for (int i = 0; i < batch; i++) {
        samples.input(first + i, inputs, i * width);
      }
      float[] forecasts = forecaster.forecast(inputs, batch);
      for (int i = 0; i < batch; i++) {
        samples.target(first + i, target);
        double squares = 0;
        double absolutes = 0;
        for (int j = 0; j < outputs; j++) {
          double error = (double) forecasts[i * outputs + j] - target[j];
          squares += error * error;
          absolutes += Math.abs(error);
        }
        if (Double.isNaN(squares) || Double.isInfinite(squares)) {
          throw new IllegalStateException(
              "forecast of window " + (first + i) + ": expected numbers, found some that are none");
        }
        for (Sums sum : sums.values()) {
          sum.add(first + i, squares, absolutes);
        }
      }
    }
    Map<Counting, Score> scores = new EnumMap<>(Counting.class);
    sums.forEach(
        (counting, sum) -> {
          if (sum.windows > 0) {
            scores.put(counting, sum.score(outputs));
          }
        });
    return scores;
  }

  /** What has been added up of the windows that count. */
  private static final class Sums {
    private final int windows;
    private double squares;
    private double absolutes;

    Sums(int windows) {
      this.windows = windows;
    }

    void add(int window, double squaresOfWindow, double absolutesOfWindow) {
      if (window < windows) {
        squares += squaresOfWindow;
        absolutes += absolutesOfWindow;
      }
    }

    Score score(int outputs) {
      double count = (double) windows * outputs;
      return new Score(squares / count, absolutes / count, windows);
    }
  }
}
