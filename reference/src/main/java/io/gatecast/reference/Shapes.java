package io.gatecast.reference;

import java.util.Arrays;

/**
 * The one wording of shape errors: which argument, what was expected, what was found.
 *
 * <p>It only compares; it never reshapes, pads or guesses what the caller meant.
 */
final class Shapes {
  private Shapes() {}

  /** Rejects a tensor whose shape is not the expected one. */
  static void require(String name, Tensor tensor, int... expected) {
    int[] found = tensor.shape();
    if (!Arrays.equals(expected, found)) {
      throw new IllegalArgumentException(
          name
              + ": expected shape "
              + Arrays.toString(expected)
              + ", found "
              + Arrays.toString(found));
    }
  }

  /** Rejects a tensor of another rank; the dimensions' names tell the caller what was meant. */
  static void requireRank(String name, Tensor tensor, String... dimensions) {
    if (tensor.rank() != dimensions.length) {
      throw new IllegalArgumentException(
          name
              + ": expected rank "
              + dimensions.length
              + " "
              + Arrays.toString(dimensions)
              + ", found shape "
              + Arrays.toString(tensor.shape()));
    }
  }

  /** Rejects an array of another length. */
  static void requireLength(String name, double[] vector, int expected) {
    if (vector.length != expected) {
      throw new IllegalArgumentException(
          name + ": expected shape [" + expected + "], found [" + vector.length + "]");
    }
  }

  /** Rejects the state of another kind of cell, or of another size. */
  static State.Hidden requireHidden(String name, State found, int hiddenSize) {
    if (!(found instanceof State.Hidden state)) {
      throw new IllegalArgumentException(
          name
              + ": expected a State.Hidden, as RNN and GRU carry it, found a "
              + found.getClass().getSimpleName());
    }
    require(name + ".h", state.hidden(), hiddenSize);
    return state;
  }

  /** Rejects the state of another kind of cell, or of another size. */
  static State.HiddenAndCell requireHiddenAndCell(String name, State found, int hiddenSize) {
    if (!(found instanceof State.HiddenAndCell state)) {
      throw new IllegalArgumentException(
          name
              + ": expected a State.HiddenAndCell, as the LSTM carries it, found a "
              + found.getClass().getSimpleName());
    }
    // The state itself has seen to it that c is as long as h.
    require(name + ".h", state.hidden(), hiddenSize);
    return state;
  }
}
