package io.gatecast.forecasting.model.linear;

import java.util.Arrays;

/**
 * Means and centred cross-products of the columns x and outputs y of a regression, {@code Σ (x −
 * x̄)(x − x̄)'} and {@code Σ (x − x̄)(y − ȳ)'}, from one pass over its rows in double. Memory is
 * {@code columns · (columns + outputs)}, however many rows there are.
 *
 * <p>Rows gather in blocks. Each block is centred on its own mean and joined to those before by the
 * update of Chan, Golub and LeVeque ("Updating formulae and a pairwise algorithm for computing
 * sample variances", 1979), so that a column far from zero loses no digits.
 */
final class Moments {
  private static final int BLOCK = 128;

  /** Rows of a block that are multiplied at once; divides its size. */
  private static final int STRIDE = 4;

  private final int columns;
  private final int outputs;

  /** {@code [column][column or output]}, from the diagonal on. */
  private final double[][] products;

  private final double[] outputSquares;
  private final double[] mean;
  private long count;

  /** Rows {@code [x, y]} that wait; those after the block are for what joins it to the others. */
  private final double[][] block;

  private int waiting;

  Moments(int columns, int outputs) {
    this.columns = columns;
    this.outputs = outputs;
    int width = columns + outputs;
    this.products = new double[columns][width];
    this.outputSquares = new double[outputs];
    this.mean = new double[width];
    this.block = new double[BLOCK + STRIDE][width];
  }

  int columns() {
    return columns;
  }

  int outputs() {
    return outputs;
  }

  /** Adds a row. */
  void add(double[] row, double[] target) {
    System.arraycopy(row, 0, block[waiting], 0, columns);
    System.arraycopy(target, 0, block[waiting], columns, outputs);
    waiting++;
    if (waiting == BLOCK) {
      join();
    }
  }

  /** Takes the rows that wait into the sums. */
  Moments join() {
    if (waiting > 0) {
      centre();
      multiply();
      waiting = 0;
    }
    return this;
  }

  /**
   * Takes its mean off the block. What the block's mean adds to the sums is one further row, and
   * rows of zeros fill it up.
   */
  private void centre() {
    int width = mean.length;
    double[] blockMean = new double[width];
    for (int r = 0; r < waiting; r++) {
      for (int j = 0; j < width; j++) {
        blockMean[j] += block[r][j];
      }
    }
    double[] between = block[waiting];
    double all = (double) count + waiting;
    double weight = Math.sqrt(count * (waiting / all));
    for (int j = 0; j < width; j++) {
      blockMean[j] /= waiting;
      double shift = blockMean[j] - mean[j];
      between[j] = weight * shift;
      mean[j] += shift * (waiting / all);
    }
    for (int r = 0; r < waiting; r++) {
      for (int j = 0; j < width; j++) {
        block[r][j] -= blockMean[j];
      }
    }
    count += waiting;
    for (int r = waiting + 1; r < block.length; r++) {
      Arrays.fill(block[r], 0);
    }
  }

  private void multiply() {
    int width = mean.length;
    for (int i = 0; i < columns; i++) {
      double[] sums = products[i];
      for (int r = 0; r < waiting + 1; r += STRIDE) {
        double[] r0 = block[r];
        double[] r1 = block[r + 1];
        double[] r2 = block[r + 2];
        double[] r3 = block[r + 3];
        double x0 = r0[i];
        double x1 = r1[i];
        double x2 = r2[i];
        double x3 = r3[i];
        for (int j = i; j < width; j++) {
          sums[j] += x0 * r0[j] + x1 * r1[j] + x2 * r2[j] + x3 * r3[j];
        }
      }
    }
    for (int r = 0; r < waiting + 1; r++) {
      for (int h = 0; h < outputs; h++) {
        outputSquares[h] += block[r][columns + h] * block[r][columns + h];
      }
    }
  }

  /** Rows that were joined. */
  long count() {
    return count;
  }

  /** The mean of a column. */
  double mean(int column) {
    return mean[column];
  }

  /** The mean of an output. */
  double outputMean(int output) {
    return mean[columns + output];
  }

  /** {@code Σ (x_i − x̄_i)(x_j − x̄_j)}. */
  double product(int i, int j) {
    return i <= j ? products[i][j] : products[j][i];
  }

  /** {@code Σ (x_i − x̄_i)(y_h − ȳ_h)}. */
  double outputProduct(int column, int output) {
    return products[column][columns + output];
  }

  /** {@code Σ (y_h − ȳ_h)²}. */
  double outputSquares(int output) {
    return outputSquares[output];
  }
}
