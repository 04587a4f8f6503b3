package io.gatecast.forecasting.model.climatology;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Least squares by orthogonal triangles, in one pass: the triangle R of the rows {@code [x, y]} so
 * far stands above each next block of rows, and both are triangularised again. Memory is one block,
 * however many rows there are. Never are the columns multiplied by each other, so no digits are
 * lost where they are nearly dependent; where they are dependent, the solution is the shortest.
 */
final class LeastSquares {
  private static final int BLOCK = 1_024;

  /** Singular values below so much of the largest count as none. */
  private static final double DEPENDENT = 1e-9;

  private final int columns;

  /** {@code [row][column, y]}: the triangle, then the rows that wait. */
  private final double[][] block;

  private int waiting;

  LeastSquares(int columns) {
    this.columns = columns;
    this.block = new double[columns + 1 + BLOCK][columns + 1];
  }

  /** Adds a row. */
  void add(double[] row, double value) {
    double[] own = block[columns + 1 + waiting];
    System.arraycopy(row, 0, own, 0, columns);
    own[columns] = value;
    waiting++;
    if (waiting == BLOCK) {
      join();
    }
  }

  private void join() {
    RealMatrix triangle = new QRDecomposition(new Array2DRowRealMatrix(block)).getR();
    for (int i = 0; i < block.length; i++) {
      Arrays.fill(block[i], 0);
      for (int j = i; j <= columns; j++) {
        block[i][j] = triangle.getEntry(i, j);
      }
    }
    waiting = 0;
  }

  /**
   * The coefficients b of the least {@code Σ (y − b'x)²}, the shortest of several.
   *
   * @return {@code [column]}
   */
  double[] solve() {
    join();
    RealMatrix all = new Array2DRowRealMatrix(block);
    RealMatrix triangle = all.getSubMatrix(0, columns - 1, 0, columns - 1);
    RealVector right = all.getColumnVector(columns).getSubVector(0, columns);
    SingularValueDecomposition parts = new SingularValueDecomposition(triangle);
    double[] singular = parts.getSingularValues();
    RealVector rotated = parts.getUT().operate(right);
    for (int i = 0; i < columns; i++) {
      boolean dependent = singular[i] <= DEPENDENT * singular[0];
      rotated.setEntry(i, dependent ? 0 : rotated.getEntry(i) / singular[i]);
    }
    return parts.getV().operate(rotated).toArray();
  }
}
