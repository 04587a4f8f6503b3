package io.gatecast.forecasting.evaluation.interval;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Builds tracks of made-up forecasts for the proofs of this package. */
final class Tracks {
  private Tracks() {}

  /**
   * One step ahead from each step but the last, errors as given.
   *
   * @param level of each forecast
   * @param target what comes true of the forecast from origin i, at i + 1
   * @param calibration forecasts that only calibrate
   */
  static Track oneStep(double level, double[] target, int calibration) {
    double[] values = new double[target.length + 1];
    values[0] = level;
    System.arraycopy(target, 0, values, 1, target.length);
    double[][] mean = new double[target.length][1];
    for (double[] one : mean) {
      one[0] = level;
    }
    return of(Fixtures.daily("s", values), Forecasts.of(mean), calibration);
  }

  /** Forecasts from each of the first steps of a series. */
  static Track of(TimeSeries series, Forecasts forecasts, int calibration) {
    List<History> origins = new ArrayList<>();
    for (int i = 0; i < forecasts.size(); i++) {
      origins.add(new History(series, i));
    }
    return new Track(origins, forecasts, calibration);
  }

  /** Poor forecasts of some steps, from each step of a series: the value there, and some noise. */
  static Forecasts forecasts(double[] target, int horizon, long seed) {
    Random random = new Random(seed);
    double[][] mean = new double[target.length][horizon];
    double[][][] quantiles = new double[target.length][horizon][Quantiles.COUNT];
    for (int i = 0; i < target.length; i++) {
      for (int h = 0; h < horizon; h++) {
        mean[i][h] = target[i] * (1 + 0.005 * random.nextGaussian());
        for (int level = 0; level < Quantiles.COUNT; level++) {
          quantiles[i][h][level] =
              mean[i][h] * (1 + 0.01 * (level - Quantiles.MEDIAN) + 0.001 * random.nextDouble());
        }
        Arrays.sort(quantiles[i][h]);
      }
    }
    return new Forecasts(mean, quantiles);
  }

  /** The same numbers times a factor and plus a shift. */
  static Forecasts moved(Forecasts forecasts, double factor, double shift) {
    double[][][] quantiles = new double[forecasts.quantiles().length][][];
    Arrays.setAll(quantiles, i -> moved(forecasts.quantiles()[i], factor, shift));
    return new Forecasts(moved(forecasts.mean(), factor, shift), quantiles);
  }

  /** The same numbers times a factor and plus a shift. */
  static double[] moved(double[] values, double factor, double shift) {
    return Arrays.stream(values).map(value -> factor * value + shift).toArray();
  }

  private static double[][] moved(double[][] values, double factor, double shift) {
    return Arrays.stream(values).map(row -> moved(row, factor, shift)).toArray(double[][]::new);
  }
}
