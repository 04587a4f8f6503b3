package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;
import java.util.List;

/**
 * The arithmetic of the time loop in float: products with packed matrices, and the gates. One
 * implementation for each technique; the loop over time is written once, in {@link RowsLoop}.
 *
 * <p>A matrix lies row by row in an array, given by its offset and the stride between its rows.
 * Hidden sizes are padded to a multiple of {@link #width}. Every weight of the padding is zero, so
 * that whatever is computed there reaches nothing.
 */
interface Arithmetic {
  /** What hidden sizes are padded to a multiple of; a multiple of 4. */
  int width();

  /** Columns of a {@link PackedMatrix} that lie side by side, for a matrix of so many columns. */
  int panel(int columns);

  /** The next multiple of the width. */
  default int padded(int columns) {
    return (columns + width() - 1) / width() * width();
  }

  /** Rows of a {@link PackedMatrix}, with padding, for so many: the next multiple of 4. */
  default int depth(int rows) {
    return (rows + 3) / 4 * 4;
  }

  /**
   * {@code C = A B}, or {@code C += A B}, of a part of B.
   *
   * @param add whether what C holds is added to
   * @param a {@code [rows, B's depth]}; of it, the columns that are the part's rows are read
   * @param c {@code [rows, B's columns]}; of it, the part's columns are written
   */
  void multiply(
      boolean add,
      float[] a,
      int aAt,
      int aStride,
      int rows,
      PackedMatrix b,
      PackedMatrix.Part part,
      float[] c,
      int cAt,
      int cStride);

  /** Numbers of scratch that {@link #addTransposedProduct} needs for so many columns of A. */
  int scratch(int aColumns, int rows);

  /**
   * {@code C += A^T D}, of some parts of C.
   *
   * @param a {@code [rows, C's rows]}
   * @param d {@code [rows, C's columns]}
   * @param parts of C
   * @param scratch room that holds nothing between calls
   * @param c row by row, without gaps
   * @param cColumns its columns
   */
  void addTransposedProduct(
      float[] a,
      int aAt,
      int aStride,
      float[] d,
      int dAt,
      int dStride,
      int rows,
      List<PackedMatrix.Part> parts,
      float[] scratch,
      float[] c,
      int cColumns);

  /** {@code sum[0, n) += values[at, at + n)}; n is a multiple of the width. */
  void add(float[] values, int at, float[] sum, int sumAt, int n);

  /** RNN forward for one row: {@code g} holds a, and gets h = φ(a), which is written to h, too. */
  void rnn(CellSpec.Activation phi, float[] g, int gAt, float[] h, int hAt, int n);

  /** RNN backward for one row: {@code g} holds h and gets ∂L/∂a; carry holds ∂L/∂h, gets zeros. */
  void rnnBackward(CellSpec.Activation phi, float[] g, int gAt, float[] carry, int carryAt, int n);

  /**
   * LSTM forward for one row: {@code g} holds the pre-activations of f, i, o, C~, gets the gates.
   */
  void lstm(float[] g, int gAt, float[] c, int cBefore, int cAt, float[] h, int hAt, int n);

  /**
   * LSTM backward for one row: {@code g} holds the gates and gets ∂L/∂a; carryH holds ∂L/∂h, gets
   * zeros; carryC holds ∂L/∂C from later steps, gets that of the step before; C after the step may
   * be overwritten.
   */
  void lstmBackward(
      float[] g,
      int gAt,
      float[] c,
      int cBefore,
      int cAt,
      float[] carryH,
      float[] carryC,
      int carryAt,
      int n);

  /**
   * GRU, reset before, first part: {@code g} holds h~'s, a_z, a_r, gets z, r; {@code kept = r ∘
   * h'}.
   */
  void gruReset(float[] g, int gAt, float[] h, int hBefore, float[] kept, int keptAt, int n);

  /** Second part: {@code g} holds a_h, z, r, gets h~; h is written. */
  void gruCandidate(float[] g, int gAt, float[] h, int hBefore, int hAt, int n);

  /**
   * GRU backward, reset before, first part: {@code g} holds h~, z, r, gets ∂L/∂a_h, ∂L/∂a_z, r;
   * carry holds ∂L/∂h, gets what reaches h' directly.
   */
  void gruCandidateBackward(
      float[] g, int gAt, float[] h, int hBefore, float[] carry, int carryAt, int n);

  /** Second part: dKept is ∂L/∂(r ∘ h'); {@code g} gets ∂L/∂a_r; carry gets dKept ∘ r added. */
  void gruResetBackward(
      float[] g,
      int gAt,
      float[] h,
      int hBefore,
      float[] dKept,
      int dKeptAt,
      float[] carry,
      int carryAt,
      int n);

  /** GRU, reset after: {@code g} holds W x + b, a_z, a_r, U h' + c_h; gets h~, z, r, as it was. */
  void gruAfter(float[] g, int gAt, float[] h, int hBefore, int hAt, int n);

  /** Its way back: {@code g} gets ∂L/∂ of each; carry gets what reaches h' directly. */
  void gruAfterBackward(
      float[] g, int gAt, float[] h, int hBefore, float[] carry, int carryAt, int n);
}
