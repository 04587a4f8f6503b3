package io.gatecast.forecasting.model.linear;

/** A fitted regression, {@code ŷ = W x + b}, of all outputs at once. */
final class LinearMap {
  /** {@code [output][column]}. */
  private final double[][] weights;

  private final double[] intercepts;

  LinearMap(double[][] weights, double[] intercepts) {
    this.weights = weights;
    this.intercepts = intercepts;
  }

  double weight(int output, int column) {
    return weights[output][column];
  }

  double intercept(int output) {
    return intercepts[output];
  }

  double apply(double[] row, int output) {
    double[] own = weights[output];
    double sum = 0;
    for (int i = 0; i < own.length; i++) {
      sum += own[i] * row[i];
    }
    return intercepts[output] + sum;
  }

  /**
   * The mean squared error over rows and outputs, from the rows' moments alone: per output {@code
   * (S_yy − 2 w'S_xy + w'S_xx w) / n + (ȳ − b − w'x̄)²}.
   */
  double meanSquaredError(Moments rows) {
    double total = 0;
    for (int h = 0; h < weights.length; h++) {
      double[] w = weights[h];
      double spread = rows.outputSquares(h);
      double bias = rows.outputMean(h) - intercepts[h];
      for (int i = 0; i < w.length; i++) {
        double above = 0;
        for (int j = i + 1; j < w.length; j++) {
          above += rows.product(i, j) * w[j];
        }
        spread += w[i] * (rows.product(i, i) * w[i] + 2 * above - 2 * rows.outputProduct(i, h));
        bias -= w[i] * rows.mean(i);
      }
      total += Math.max(0, spread) / rows.count() + bias * bias;
    }
    return total / weights.length;
  }
}
