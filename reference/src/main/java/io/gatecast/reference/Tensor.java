package io.gatecast.reference;

import java.util.Arrays;

/**
 * An immutable vector or matrix of {@code double} in row-major order: the form in which weights
 * enter the oracle.
 *
 * <p>It will not do arithmetic beyond the two matrix-vector products that a cell and its gradient
 * need, has no rank above 2, no views and no broadcasting. Values need not be finite: NaN and
 * infinities are carried, so that a fault shows instead of being hidden.
 */
public final class Tensor {
  private final double[] values;
  private final int[] shape;

  private Tensor(double[] values, int[] shape) {
    this.values = values;
    this.shape = shape;
  }

  /**
   * A tensor of the given shape.
   *
   * @param values the elements in row-major order; copied
   * @param shape one or two sizes, each at least 1, whose product is {@code values.length}; copied
   * @return the tensor
   * @throws IllegalArgumentException if the rank is not 1 or 2, a size is below 1, or the number of
   *     values is not the product of the sizes
   */
  public static Tensor of(double[] values, int... shape) {
    if (shape.length < 1 || shape.length > 2) {
      throw new IllegalArgumentException(
          "shape: expected rank 1 or 2, found rank " + shape.length + " " + Arrays.toString(shape));
    }
    long size = 1;
    for (int length : shape) {
      if (length < 1) {
        throw new IllegalArgumentException(
            "shape: expected every size to be at least 1, found " + Arrays.toString(shape));
      }
      size *= length;
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          "values: expected "
              + size
              + " values for shape "
              + Arrays.toString(shape)
              + ", found "
              + values.length);
    }
    return new Tensor(values.clone(), shape.clone());
  }

  /**
   * A tensor of rank 1.
   *
   * @param values the elements, at least one; copied
   * @return the tensor of shape {@code [values.length]}
   * @throws IllegalArgumentException if there are no values
   */
  public static Tensor vector(double... values) {
    return of(values, values.length);
  }

  /**
   * A tensor of rank 2.
   *
   * @param rows the rows, at least one, all of one length of at least 1; copied
   * @return the tensor of shape {@code [rows.length, rows[0].length]}
   * @throws IllegalArgumentException if there is no row, a row is empty, or the rows differ in
   *     length
   */
  public static Tensor matrix(double[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("rows: expected at least 1 row, found 0");
    }
    int columns = rows[0].length;
    double[] values = new double[Math.multiplyExact(rows.length, columns)];
    for (int row = 0; row < rows.length; row++) {
      Shapes.requireLength("rows[" + row + "]", rows[row], columns);
      System.arraycopy(rows[row], 0, values, row * columns, columns);
    }
    return of(values, rows.length, columns);
  }

  /**
   * The shape.
   *
   * @return a copy of the sizes: {@code [length]} or {@code [rows, columns]}
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * All elements, row by row.
   *
   * @return a copy of shape {@code [rows][columns]}
   * @throws IllegalStateException if the tensor is not a matrix
   */
  public double[][] rows() {
    if (shape.length != 2) {
      throw new IllegalStateException(
          "rows: expected a matrix, found shape " + Arrays.toString(shape));
    }
    double[][] rows = new double[shape[0]][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(values, row * shape[1], (row + 1) * shape[1]);
    }
    return rows;
  }

  /**
   * The rank.
   *
   * @return 1 for a vector, 2 for a matrix
   */
  public int rank() {
    return shape.length;
  }

  /**
   * The number of elements.
   *
   * @return the product of the sizes
   */
  public int size() {
    return values.length;
  }

  /**
   * One element.
   *
   * @param indices as many as the rank, each from 0 and below the size of its dimension
   * @return the element
   * @throws IllegalArgumentException if the number of indices is not the rank
   * @throws IndexOutOfBoundsException if an index is outside its dimension
   */
  public double get(int... indices) {
    if (indices.length != shape.length) {
      throw new IllegalArgumentException(
          "indices: expected "
              + shape.length
              + " for shape "
              + Arrays.toString(shape)
              + ", found "
              + Arrays.toString(indices));
    }
    int offset = 0;
    for (int dimension = 0; dimension < shape.length; dimension++) {
      int index = indices[dimension];
      if (index < 0 || index >= shape[dimension]) {
        throw new IndexOutOfBoundsException(
            "indices: expected each within shape "
                + Arrays.toString(shape)
                + ", found "
                + Arrays.toString(indices));
      }
      offset = offset * shape[dimension] + index;
    }
    return values[offset];
  }

  /**
   * All elements.
   *
   * @return a copy in row-major order
   */
  public double[] values() {
    return values.clone();
  }

  /** The product {@code A v} of this matrix {@code [rows, columns]} with {@code [columns]}. */
  double[] times(double[] vector) {
    int rows = shape[0];
    int columns = shape[1];
    double[] product = new double[rows];
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int column = 0; column < columns; column++) {
        sum += values[row * columns + column] * vector[column];
      }
      product[row] = sum;
    }
    return product;
  }

  /**
   * The product {@code Aᵀ v} of this matrix {@code [rows, columns]}, turned, with {@code [rows]}.
   */
  double[] transposedTimes(double[] vector) {
    int rows = shape[0];
    int columns = shape[1];
    double[] product = new double[columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        product[column] += values[row * columns + column] * vector[row];
      }
    }
    return product;
  }

  /**
   * Equality of shape and of every element, bit for bit as {@link Double#equals}: NaN equals NaN,
   * and 0.0 differs from -0.0.
   *
   * @param other the object to compare with
   * @return whether the other is a tensor of the same shape and values
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor tensor
        && Arrays.equals(shape, tensor.shape)
        && Arrays.equals(values, tensor.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape) + Arrays.toString(values);
  }
}
