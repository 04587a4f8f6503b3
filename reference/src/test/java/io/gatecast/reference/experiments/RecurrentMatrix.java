package io.gatecast.reference.experiments;

import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.training.Initialisation;
import java.util.List;
import java.util.Random;

/**
 * Recurrent matrices U of a chosen spectral radius, the largest absolute value of an eigenvalue.
 *
 * <p>Two kinds. An orthogonal matrix times ρ stretches every vector by exactly ρ, so that radius
 * and norm are the same. A Gaussian matrix scaled to radius ρ is not normal: some vectors grow at
 * first even if ρ is below 1.
 */
final class RecurrentMatrix {
  /** A radius from ‖Uᵏ‖^(1/k), k = 2 to this: the error is of the order of 1e-8. */
  private static final int SQUARINGS = 30;

  private RecurrentMatrix() {}

  /** A random orthogonal matrix times ρ. */
  static Tensor orthogonal(int size, double radius, long seed) {
    Tensor matrix =
        Initialisation.weights(List.of(new CellKind.Rnn(Activation.TANH)), 1, size, 1, seed)
            .get("layers.0.hidden.recurrent_weights");
    if (matrix == null) {
      throw new IllegalStateException("weights: expected a recurrent matrix, found none");
    }
    return scaled(matrix, radius);
  }

  /** A matrix of independent normal numbers, scaled to the radius. */
  static Tensor gaussian(int size, double radius, long seed) {
    Random random = new Random(seed);
    double[] values = new double[size * size];
    for (int k = 0; k < values.length; k++) {
      values[k] = random.nextGaussian();
    }
    Tensor matrix = Tensor.of(values, size, size);
    return scaled(matrix, radius / radius(matrix));
  }

  /** The identity times ρ. */
  static Tensor identity(int size, double radius) {
    double[][] rows = new double[size][size];
    for (int k = 0; k < size; k++) {
      rows[k][k] = radius;
    }
    return Tensor.matrix(rows);
  }

  /**
   * The spectral radius of a square matrix, as the limit of ‖Uᵏ‖^(1/k) (I. Gelfand, 1941): squared
   * again and again, scaled each time lest it overflow.
   */
  static double radius(Tensor matrix) {
    double[][] power = matrix.rows();
    double logScale = 0;
    double k = 1;
    for (int squaring = 0; squaring <= SQUARINGS; squaring++) {
      double norm = frobenius(power);
      if (norm == 0) {
        return 0;
      }
      for (double[] row : power) {
        for (int column = 0; column < row.length; column++) {
          row[column] /= norm;
        }
      }
      logScale += StrictMath.log(norm) / k;
      if (squaring < SQUARINGS) {
        power = square(power);
        k *= 2;
      }
    }
    return StrictMath.exp(logScale);
  }

  private static double frobenius(double[][] matrix) {
    double squares = 0;
    for (double[] row : matrix) {
      for (double value : row) {
        squares += value * value;
      }
    }
    return Math.sqrt(squares);
  }

  private static double[][] square(double[][] matrix) {
    double[][] product = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int k = 0; k < matrix.length; k++) {
        for (int j = 0; j < matrix.length; j++) {
          product[i][j] += matrix[i][k] * matrix[k][j];
        }
      }
    }
    return product;
  }

  private static Tensor scaled(Tensor matrix, double factor) {
    double[] values = matrix.values();
    for (int k = 0; k < values.length; k++) {
      values[k] *= factor;
    }
    return Tensor.of(values, matrix.shape());
  }
}
