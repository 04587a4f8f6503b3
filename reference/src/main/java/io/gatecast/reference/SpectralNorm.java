package io.gatecast.reference;

/**
 * The largest singular value of a matrix: how far it can stretch a vector.
 *
 * <p>By one-sided Jacobi rotations (M. R. Hestenes, 1958), which need no other algebra and find
 * small values to full relative precision. For the small matrices of a state, not for large ones.
 */
final class SpectralNorm {
  /** Two rows count as orthogonal when the cosine of their angle is below this. */
  private static final double ORTHOGONAL = 1e-15;

  /** Some ten sweeps do in practice; the bound is there so that rounding cannot keep it going. */
  private static final int MAX_SWEEPS = 60;

  private SpectralNorm() {}

  /** The norm of the matrix of shape {@code [rows][columns]}; NaN if a number is not finite. */
  static double of(double[][] matrix) {
    double scale = 0;
    for (double[] row : matrix) {
      for (double value : row) {
        scale = Math.max(scale, Math.abs(value));
      }
    }
    if (scale == 0 || !Double.isFinite(scale)) {
      return scale == 0 ? 0 : Double.NaN;
    }
    // Scaled, so that products of rows neither overflow nor vanish.
    double[][] rows = new double[matrix.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = matrix[i].clone();
      for (int k = 0; k < rows[i].length; k++) {
        rows[i][k] /= scale;
      }
    }
    boolean turned = true;
    for (int sweep = 0; turned && sweep < MAX_SWEEPS; sweep++) {
      turned = false;
      for (int i = 0; i < rows.length; i++) {
        for (int j = i + 1; j < rows.length; j++) {
          turned |= makeOrthogonal(rows[i], rows[j]);
        }
      }
    }
    double largest = 0;
    for (double[] row : rows) {
      largest = Math.max(largest, dot(row, row));
    }
    return scale * Math.sqrt(largest);
  }

  /** Turns two rows in their plane until they are orthogonal; whether they were not yet. */
  private static boolean makeOrthogonal(double[] a, double[] b) {
    double aa = dot(a, a);
    double bb = dot(b, b);
    double ab = dot(a, b);
    if (Math.abs(ab) <= ORTHOGONAL * Math.sqrt(aa * bb)) {
      return false;
    }
    double zeta = (bb - aa) / (2 * ab);
    double tangent = Math.copySign(1 / (Math.abs(zeta) + Math.hypot(1, zeta)), zeta);
    double cosine = 1 / Math.hypot(1, tangent);
    double sine = cosine * tangent;
    for (int k = 0; k < a.length; k++) {
      double before = a[k];
      a[k] = cosine * before - sine * b[k];
      b[k] = sine * before + cosine * b[k];
    }
    return true;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
