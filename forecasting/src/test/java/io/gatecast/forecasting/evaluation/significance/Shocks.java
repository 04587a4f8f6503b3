package io.gatecast.forecasting.evaluation.significance;

import java.util.Random;

/** Series of which the tests know what holds: shocks, their moving sums, autoregressions. */
final class Shocks {
  private Shocks() {}

  /** Independent standard normal values. */
  static double[] independent(Random random, int n) {
    return random.doubles(n).map(any -> random.nextGaussian()).toArray();
  }

  /** Sums of {@code width} neighbouring shocks: autocorrelated up to lag {@code width − 1}. */
  static double[] movingSums(Random random, int n, int width) {
    double[] shocks = independent(random, n + width - 1);
    double[] sums = new double[n];
    for (int t = 0; t < n; t++) {
      for (int k = 0; k < width; k++) {
        sums[t] += shocks[t + k];
      }
    }
    return sums;
  }

  /** {@code x_t = coefficient · x_{t−1} + drift + shock}, from 0. */
  static double[] autoregression(Random random, int n, double coefficient, double drift) {
    double[] x = new double[n];
    for (int t = 1; t < n; t++) {
      x[t] = coefficient * x[t - 1] + drift + random.nextGaussian();
    }
    return x;
  }
}
