package io.gatecast.core.spec;

/**
 * What a network is: a stack of recurrent layers of one kind and a dense head on the last step that
 * gives all steps of the horizon at once. Immutable and valid by construction.
 *
 * @param cell kind and variant of the recurrent cell
 * @param inputs features a time step, at least 1
 * @param hidden hidden units of each layer, at least 1
 * @param layers recurrent layers, at least 1
 * @param outputs values the head gives (the horizon), at least 1
 * @param dropout share of a layer's inputs that training drops between layers, in [0, 1)
 * @param loss what training minimises
 */
public record NetworkSpec(
    CellSpec cell, int inputs, int hidden, int layers, int outputs, double dropout, Loss loss) {

  /**
   * Checks every bound.
   *
   * @throws IllegalArgumentException naming the argument, its bound and the value found
   */
  public NetworkSpec {
    atLeastOne("inputs", inputs);
    atLeastOne("hidden", hidden);
    atLeastOne("layers", layers);
    atLeastOne("outputs", outputs);
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout: expected a share in [0, 1), found " + dropout);
    }
  }

  /** Trainable parameters: biases once a gate, and once more for a GRU that resets after. */
  public long parameters() {
    long total = (long) outputs * hidden + outputs;
    for (int layer = 0; layer < layers; layer++) {
      long gate = (long) hidden * inputsOf(layer) + (long) hidden * hidden + hidden;
      total += gate * cell.gates().size();
      if (cell.hasRecurrentBias()) {
        total += hidden;
      }
    }
    return total;
  }

  /**
   * The size of a layer's input.
   *
   * @param layer index from 0
   */
  public int inputsOf(int layer) {
    return layer == 0 ? inputs : hidden;
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": expected at least 1, found " + value);
    }
  }
}
