package io.gatecast.benchmarks.protocol;

/**
 * Means and second moments of all windows of all channels, look-back and target together: with
 * {@code z = [v_1..v_{L+H}]} of a window and channel, {@code E z_i} and {@code E z_i z_j}, in
 * double. No window is laid: from one diagonal to the next a sum over sliding windows loses its
 * first product and gains another, so that {@code n} windows of {@code T = L + H} steps take {@code
 * n T + T²} products a channel instead of {@code n T²}. Immutable.
 */
final class WindowMoments {
  private final double[] means;

  /** {@code [i][j]}, symmetric. */
  private final double[][] products;

  private WindowMoments(double[] means, double[][] products) {
    this.means = means;
    this.products = products;
  }

  /** Those of all windows and channels of a part, each of the same weight. */
  static WindowMoments of(ProtocolWindows windows) {
    int steps = windows.lookback() + windows.horizon();
    double[] means = new double[steps];
    double[][] products = new double[steps][steps];
    double[] values = new double[windows.size() + steps - 1];
    for (int channel = 0; channel < windows.inputs(); channel++) {
      for (int row = 0; row < values.length; row++) {
        values[row] = windows.valueAfterBegin(row, channel);
      }
      add(values, windows.size(), means, products);
    }
    double count = (double) windows.size() * windows.inputs();
    for (int i = 0; i < steps; i++) {
      means[i] /= count;
      for (int j = i; j < steps; j++) {
        products[i][j] /= count;
        products[j][i] = products[i][j];
      }
    }
    return new WindowMoments(means, products);
  }

  /** Adds one channel to the sums of the upper triangle. */
  private static void add(double[] values, int windows, double[] means, double[][] products) {
    int steps = means.length;
    double sum = 0;
    for (int w = 0; w < windows; w++) {
      sum += values[w];
    }
    double[] own = new double[steps];
    for (int w = 0; w < windows; w++) {
      double value = values[w];
      for (int j = 0; j < steps; j++) {
        own[j] += value * values[w + j];
      }
    }
    for (int i = 0; i < steps; i++) {
      means[i] += sum;
      for (int j = i; j < steps; j++) {
        products[i][j] += own[j - i];
      }
      if (i + 1 == steps) {
        break;
      }
      double leaves = values[i];
      double enters = values[i + windows];
      sum += enters - leaves;
      // own[d] is the product of steps i and i + d; the next one is of steps i + 1 and i + 1 + d.
      for (int d = 0; d < steps - i - 1; d++) {
        own[d] += enters * values[i + windows + d] - leaves * values[i + d];
      }
    }
  }

  /** Those of {@code z − z_last}, in look-back and target. */
  WindowMoments less(int last) {
    int steps = means.length;
    double[] shifted = new double[steps];
    double[][] moments = new double[steps][steps];
    double own = products[last][last];
    for (int i = 0; i < steps; i++) {
      shifted[i] = means[i] - means[last];
      for (int j = i; j < steps; j++) {
        moments[i][j] = products[i][j] - products[i][last] - products[last][j] + own;
        moments[j][i] = moments[i][j]; // to the last bit, as a solver may ask
      }
    }
    return new WindowMoments(shifted, moments);
  }

  /** The mean of a step's values. */
  double mean(int i) {
    return means[i];
  }

  /** The mean product of two steps' values. */
  double product(int i, int j) {
    return products[i][j];
  }

  /** The covariance of two steps' values. */
  double covariance(int i, int j) {
    return products[i][j] - means[i] * means[j];
  }
}
