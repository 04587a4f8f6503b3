package io.gatecast.forecasting.model.linear;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * Ridge regression (Hoerl and Kennard, 1970) on standardised columns {@code z_i = (x_i − x̄_i) /
 * s_i}: per output it minimises {@code (1/n) Σ (y − ȳ − β'z)² + λ β'β}, so that a penalty means the
 * same for any number of rows and any unit. The intercept is not penalised. Solved as {@code (R + λ
 * I) β = r} by Cholesky's decomposition, R the correlations of the columns.
 *
 * <p>A column that does not vary, up to the rounding of its floats, has weight 0.
 */
final class Ridge {
  /** Some roundings of a float, relative. */
  private static final double CONSTANT = 1e-6;

  private final Moments moments;

  /** Standard deviations; 0 for a column that does not vary. */
  private final double[] deviations;

  private final double[][] correlations;
  private final RealMatrix right;
  private int used;

  Ridge(Moments moments) {
    this.moments = moments;
    int columns = moments.columns();
    this.deviations = new double[columns];
    for (int i = 0; i < columns; i++) {
      double deviation = Math.sqrt(moments.product(i, i) / moments.count());
      if (deviation > CONSTANT * Math.abs(moments.mean(i))) {
        deviations[i] = deviation;
        used++;
      }
    }
    this.correlations = new double[columns][columns];
    double[][] covariances = new double[columns][moments.outputs()];
    for (int i = 0; i < columns; i++) {
      correlations[i][i] = 1;
      for (int j = i + 1; j < columns; j++) {
        double correlation = standardised(moments.product(i, j), i) * inverse(j);
        correlations[i][j] = correlation;
        correlations[j][i] = correlation;
      }
      for (int h = 0; h < moments.outputs(); h++) {
        covariances[i][h] = standardised(moments.outputProduct(i, h), i);
      }
    }
    this.right = new Array2DRowRealMatrix(covariances, false);
  }

  private double inverse(int column) {
    return deviations[column] > 0 ? 1 / deviations[column] : 0;
  }

  private double standardised(double product, int column) {
    return product / moments.count() * inverse(column);
  }

  /** Columns that vary. */
  int used() {
    return used;
  }

  /**
   * Solves for one penalty.
   *
   * @param penalty λ, positive
   */
  LinearMap fit(double penalty) {
    int columns = moments.columns();
    double[][] left = new double[columns][];
    for (int i = 0; i < columns; i++) {
      left[i] = correlations[i].clone();
      left[i][i] += penalty;
    }
    RealMatrix beta =
        new CholeskyDecomposition(new Array2DRowRealMatrix(left, false), 0, 0)
            .getSolver()
            .solve(right);
    double[][] weights = new double[moments.outputs()][columns];
    double[] intercepts = new double[moments.outputs()];
    for (int h = 0; h < intercepts.length; h++) {
      intercepts[h] = moments.outputMean(h);
      for (int i = 0; i < columns; i++) {
        weights[h][i] = beta.getEntry(i, h) * inverse(i);
        intercepts[h] -= weights[h][i] * moments.mean(i);
      }
    }
    return new LinearMap(weights, intercepts);
  }
}
