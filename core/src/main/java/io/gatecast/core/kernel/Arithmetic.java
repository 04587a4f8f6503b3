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
 *
 * <p>A logistic gate is kept as {@code τ = tanh(a/2)}; the gate is {@code (1 + τ)/2} and its slope
 * {@code (1 − τ²)/4}. So all gates are squashed alike, in one go; the halves are in the weights.
 */
interface Arithmetic {
  /**
   * One step's gates and states of all rows.
   *
   * @param gates an array of gates
   * @param at where the first row's gates begin
   * @param stride from one row's gates to the next
   * @param states an array of states
   * @param before where the first row's state before the step begins
   * @param after where its state after the step begins
   * @param stateStride from one row's state to the next
   * @param rows how many
   * @param n hidden units with padding
   */
  @SuppressWarnings("ArrayRecordComponent") // a view, never compared
  record Step(
      float[] gates,
      int at,
      int stride,
      float[] states,
      int before,
      int after,
      int stateStride,
      int rows,
      int n) {}

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

  /** A matrix of zeros that products may take. */
  default PackedMatrix matrix(int depth, int columns) {
    return new PackedMatrix(this, depth, columns);
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

  /**
   * RNN forward: the gates hold a, and get h = φ(a), which is written to the states, too. For φ = σ
   * they hold a/2.
   */
  void rnn(CellSpec.Activation phi, Step step);

  /** RNN backward: the gates hold h and get ∂L/∂a; carry holds ∂L/∂h, gets zeros. */
  void rnnBackward(CellSpec.Activation phi, Step step, float[] carry);

  /** LSTM forward: the gates hold a/2 of f, i, o and a of C~, and get τ of f, i, o, and C~. */
  void lstm(Step step, float[] c, int cBefore, int cAfter);

  /**
   * LSTM backward: the gates get ∂L/∂a; carryH holds ∂L/∂h, gets zeros; carryC holds ∂L/∂C from
   * later steps, gets that of the step before; C after the step may be overwritten.
   */
  void lstmBackward(Step step, float[] c, int cBefore, int cAfter, float[] carryH, float[] carryC);

  /**
   * GRU, reset before, first part: the gates hold a of h~ as far as it is known, a/2 of z, r, and
   * get τ of z, r; {@code kept = r ∘ h'}.
   */
  void gruReset(Step step, float[] kept, int keptAt);

  /** Second part: the gates hold a of h~, get h~; the states after are written. */
  void gruCandidate(Step step);

  /**
   * GRU backward, reset before, first part: the gates hold h~, τ of z, r, get ∂L/∂a of h~, z; carry
   * holds ∂L/∂h, gets what reaches h' directly.
   */
  void gruCandidateBackward(Step step, float[] carry);

  /** Second part: dKept is ∂L/∂(r ∘ h'); the gates get ∂L/∂a of r; carry gets dKept ∘ r added. */
  void gruResetBackward(Step step, float[] dKept, float[] carry);

  /**
   * GRU, reset after: the gates hold W x + b, a/2 of z, r, and U h' + c_h; get h~, τ of z, r, and
   * the last as it was.
   */
  void gruAfter(Step step);

  /** Its way back: the gates get ∂L/∂ of each; carry gets what reaches h' directly. */
  void gruAfterBackward(Step step, float[] carry);
}
