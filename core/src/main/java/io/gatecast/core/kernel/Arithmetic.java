package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;

/**
 * The arithmetic of the time loop in float: products with packed matrices, and the gates. One
 * implementation for each technique; the loop over time is written once, in {@link RowsLoop}.
 *
 * <p>A matrix lies row by row in an array, given by its offset and the stride between its rows.
 * Hidden sizes are padded to a multiple of {@link #width}. Every weight of the padding is zero, so
 * that whatever is computed there reaches nothing.
 */
interface Arithmetic {
  /** What hidden sizes are padded to a multiple of. */
  int width();

  /** The next multiple of the width. */
  default int padded(int columns) {
    return (columns + width() - 1) / width() * width();
  }

  /**
   * A matrix in the form in which {@link #multiplyAdd} reads it.
   *
   * @param matrix {@code [rows, columns]} without gaps; columns are a multiple of the width
   */
  float[] pack(float[] matrix, int rows, int columns);

  /** {@code C += A B} with A {@code [rows, k]}, packed B {@code [k, columns]}. */
  void multiplyAdd(
      float[] a,
      int aAt,
      int aStride,
      int rows,
      int k,
      float[] packed,
      int columns,
      float[] c,
      int cAt,
      int cStride);

  /**
   * {@code C += A^T D} with A {@code [rows, aColumns]}, D {@code [rows, dColumns]}; dColumns is a
   * multiple of the width.
   */
  void addTransposedProduct(
      float[] a,
      int aAt,
      int aStride,
      int aColumns,
      float[] d,
      int dAt,
      int dStride,
      int dColumns,
      int rows,
      float[] c,
      int cStride);

  /** {@code sum[0, n) += values[at, at + n)}. */
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
   * zeros; carryC holds ∂L/∂C from later steps, gets that of the step before.
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

  /** GRU, reset before, first part: {@code g} holds a_z, a_r, gets z, r; {@code kept = r ∘ h'}. */
  void gruReset(float[] g, int gAt, float[] h, int hBefore, float[] kept, int keptAt, int n);

  /** Second part: {@code g} holds z, r, a_h, gets h~; h is written. */
  void gruCandidate(float[] g, int gAt, float[] h, int hBefore, int hAt, int n);

  /**
   * GRU backward, reset before, first part: {@code g} holds z, r, h~, gets ∂L/∂a_z, r, ∂L/∂a_h;
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
