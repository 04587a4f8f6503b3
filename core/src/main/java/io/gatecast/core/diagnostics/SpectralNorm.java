package io.gatecast.core.diagnostics;

import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

import org.bytedeco.openblas.global.openblas;

/**
 * The largest singular value of a matrix: how far it can stretch a vector. By LAPACK's {@code
 * dgesdd}, in double; its error is some {@code ε·√(rows·columns)} of the norm itself, so that as
 * good as all digits are right.
 */
final class SpectralNorm {
  private SpectralNorm() {}

  /**
   * The norm.
   *
   * @param matrix {@code [rows, columns]} row by row; read only
   * @param rows at least 1
   * @return the norm; NaN if a number is not finite
   */
  static double of(double[] matrix, int rows) {
    for (double value : matrix) {
      if (!Double.isFinite(value)) {
        return Double.NaN;
      }
    }
    int columns = matrix.length / rows;
    double[] singular = new double[Math.min(rows, columns)];
    double[] none = new double[1];
    // Row by row is the transposed matrix column by column, whose singular values are the same.
    int info =
        openblas.LAPACKE_dgesdd(
            LAPACK_COL_MAJOR,
            (byte) 'N',
            columns,
            rows,
            matrix.clone(),
            columns,
            singular,
            none,
            1,
            none,
            1);
    if (info != 0) {
      throw new IllegalStateException("dgesdd: expected 0, found " + info);
    }
    return singular[0];
  }
}
