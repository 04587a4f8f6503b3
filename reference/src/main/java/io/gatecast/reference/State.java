package io.gatecast.reference;

import java.util.Arrays;

/**
 * What a cell carries from one step to the next, and nothing else: neither weights nor gates. A
 * gradient of a loss with regard to a state is a state, too.
 *
 * <p>The RNN and the GRU carry {@link Hidden}; the LSTM carries {@link HiddenAndCell}. The two are
 * distinct types, so that no state has a cell vector that is missing or unused.
 */
public sealed interface State {
  /**
   * The hidden vector, which is also the cell's output.
   *
   * @return a copy of h, of shape {@code [hidden]}
   */
  double[] h();

  /**
   * All numbers of the state.
   *
   * @return a copy: h, and for an LSTM C after it
   */
  double[] values();

  /**
   * This state, read as a gradient, with another gradient added to that of h.
   *
   * @param addend of shape {@code [hidden]}
   * @return a new state of the same kind
   * @throws IllegalArgumentException if the addend has another shape
   */
  State plusHidden(double[] addend);

  /**
   * The state of an RNN or a GRU.
   *
   * @param h the hidden vector, of shape {@code [hidden]}, at least one element; copied
   * @return the state
   * @throws IllegalArgumentException if h is empty
   */
  static Hidden of(double[] h) {
    return new Hidden(Tensor.vector(h));
  }

  /**
   * The state of an LSTM.
   *
   * @param h the hidden vector, of shape {@code [hidden]}, at least one element; copied
   * @param c the cell vector, of shape {@code [hidden]}; copied
   * @return the state
   * @throws IllegalArgumentException if h or c is empty or their lengths differ
   */
  static HiddenAndCell of(double[] h, double[] c) {
    return new HiddenAndCell(Tensor.vector(h), Tensor.vector(c));
  }

  /**
   * The state of an RNN or a GRU.
   *
   * @param hidden h, of shape {@code [hidden]}
   */
  record Hidden(Tensor hidden) implements State {
    /**
     * Checks the rank.
     *
     * @param hidden h, of shape {@code [hidden]}
     * @throws IllegalArgumentException if the tensor is not a vector
     */
    public Hidden {
      Shapes.requireRank("h", hidden, "hidden");
    }

    @Override
    public double[] h() {
      return hidden.values();
    }

    @Override
    public double[] values() {
      return h();
    }

    @Override
    public State plusHidden(double[] addend) {
      double[] sum = h();
      Shapes.requireLength("addend", addend, sum.length);
      Vectors.addTo(sum, addend);
      return State.of(sum);
    }
  }

  /**
   * The state of an LSTM.
   *
   * @param hidden h, of shape {@code [hidden]}
   * @param cell C, of shape {@code [hidden]}
   */
  record HiddenAndCell(Tensor hidden, Tensor cell) implements State {
    /**
     * Checks that both are vectors of one length.
     *
     * @param hidden h, of shape {@code [hidden]}
     * @param cell C, of shape {@code [hidden]}
     * @throws IllegalArgumentException if a tensor is not a vector or their lengths differ
     */
    public HiddenAndCell {
      Shapes.requireRank("h", hidden, "hidden");
      Shapes.require("c", cell, hidden.size());
    }

    @Override
    public double[] h() {
      return hidden.values();
    }

    @Override
    public double[] values() {
      double[] values = Arrays.copyOf(h(), 2 * hidden.size());
      System.arraycopy(c(), 0, values, hidden.size(), cell.size());
      return values;
    }

    @Override
    public State plusHidden(double[] addend) {
      double[] sum = h();
      Shapes.requireLength("addend", addend, sum.length);
      Vectors.addTo(sum, addend);
      return State.of(sum, c());
    }

    /**
     * The cell vector.
     *
     * @return a copy of C, of shape {@code [hidden]}
     */
    public double[] c() {
      return cell.values();
    }
  }
}
