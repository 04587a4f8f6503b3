package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.data.TimeSeries;
import java.util.Arrays;
import java.util.List;

/** Error measures over forecasts {@code [origin][step]}. Stateless; inputs are complete. */
public final class Metrics {
  private Metrics() {}

  /**
   * Mean absolute error, {@code mean |y − ŷ|}, in the target's unit.
   *
   * @param actual true values
   * @param forecast of the same shape
   */
  public static double mae(double[][] actual, double[][] forecast) {
    return mean(actual, forecast, (origin, error) -> Math.abs(error));
  }

  /**
   * Root mean squared error, {@code √ mean (y − ŷ)²}, in the target's unit.
   *
   * @param actual true values
   * @param forecast of the same shape
   */
  public static double rmse(double[][] actual, double[][] forecast) {
    return Math.sqrt(mean(actual, forecast, (origin, error) -> error * error));
  }

  /**
   * Mean absolute error of each step of the horizon, in the target's unit.
   *
   * @param actual true values
   * @param forecast of the same shape
   */
  public static List<Double> maeByHorizon(double[][] actual, double[][] forecast) {
    double[] sums = new double[actual[0].length];
    for (int i = 0; i < actual.length; i++) {
      for (int h = 0; h < sums.length; h++) {
        sums[h] += Math.abs(actual[i][h] - forecast[i][h]);
      }
    }
    for (int h = 0; h < sums.length; h++) {
      sums[h] /= actual.length;
    }
    return Arrays.stream(sums).boxed().toList();
  }

  /**
   * What MASE divides by: the mean absolute one-step change of the target in the train part, {@code
   * mean |y_t − y_{t−1}|} (Hyndman and Koehler, 2006), over pairs of steps that are there, as they
   * were known at its end.
   *
   * @param series the series
   * @param trainEnd last time of the train part
   */
  public static double scale(TimeSeries series, long trainEnd) {
    double sum = 0;
    int count = 0;
    for (int step = 1; step < series.length() && series.time(step) <= trainEnd; step++) {
      double change = series.value(0, step, trainEnd) - series.value(0, step - 1, trainEnd);
      if (!Double.isNaN(change)) {
        sum += Math.abs(change);
        count++;
      }
    }
    return sum / count;
  }

  /**
   * Mean absolute scaled error, {@code mean |y − ŷ| / scale of the series}; below 1 is better than
   * one-step persistence did in the train part.
   *
   * @param actual true values
   * @param forecast of the same shape
   * @param scales of each origin's series
   */
  public static double mase(double[][] actual, double[][] forecast, double[] scales) {
    return mean(actual, forecast, (origin, error) -> Math.abs(error) / scales[origin]);
  }

  /** What one error adds to a mean. */
  private interface Term {
    double of(int origin, double error);
  }

  private static double mean(double[][] actual, double[][] forecast, Term term) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < actual.length; i++) {
      for (int h = 0; h < actual[i].length; h++) {
        sum += term.of(i, actual[i][h] - forecast[i][h]);
        count++;
      }
    }
    return sum / count;
  }
}
