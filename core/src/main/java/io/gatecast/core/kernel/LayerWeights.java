package io.gatecast.core.kernel;

/**
 * Where one layer's weights, or their gradients, lie in an array: W {@code [inputs, gates·hidden]},
 * U {@code [hidden, gates·hidden]}, b {@code [gates·hidden]} and, for a GRU that resets after the
 * product, c_h {@code [hidden]}, one behind the other, row by row, gates side by side in canonical
 * order. That is DL4J's flat vector, too.
 *
 * @param shape the layer
 * @param values the array itself
 * @param at where W begins
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
record LayerWeights(LayerShape shape, float[] values, int at) {
  /** Checks that the weights lie within the array. */
  LayerWeights {
    if (at < 0 || values.length - at < length(shape)) {
      throw new IllegalArgumentException(
          "weights: expected "
              + length(shape)
              + " numbers from "
              + at
              + " on, found an array of "
              + values.length);
    }
  }

  /** The numbers that a layer's weights take. */
  static int length(LayerShape shape) {
    long width = (long) shape.gates() * shape.hidden();
    long rows = (long) shape.inputs() + shape.hidden() + 1;
    return Math.toIntExact(width * rows + (shape.hasRecurrentBias() ? shape.hidden() : 0));
  }

  /** Numbers in a row of W or U. */
  int width() {
    return shape.gates() * shape.hidden();
  }

  /** Where W begins. */
  int input() {
    return at;
  }

  /** Where U begins. */
  int recurrent() {
    return at + shape.inputs() * width();
  }

  /** Where b begins. */
  int bias() {
    return recurrent() + shape.hidden() * width();
  }

  /** Where c_h begins, if the layer has it. */
  int recurrentBias() {
    return bias() + width();
  }
}
