package io.gatecast.core.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a network is: a stack of recurrent layers, each of its own cell and size, a linear head, and
 * the loss that training makes small. Configurations, engines, weights and parameter counts all
 * follow from it. Immutable and valid by construction.
 *
 * @param inputs features a time step, at least 1
 * @param layers recurrent layers from the input upwards, at least 1; each reads the hidden vectors
 *     of the one below, step by step
 * @param head what reads the top layer
 * @param loss what training minimises
 */
public record NetworkSpec(int inputs, List<LayerSpec> layers, HeadSpec head, Loss loss) {

  /**
   * Checks every bound and copies the list.
   *
   * @throws IllegalArgumentException naming the argument, its bound and the value found; also if
   *     the head's outputs are no multiple of {@link Loss#outputsPerStep}
   */
  public NetworkSpec {
    Bounds.atLeastOne("inputs", inputs);
    Bounds.atLeastOne("layers", layers.size());
    layers = List.copyOf(layers);
    if (head.outputs() % loss.outputsPerStep() != 0) {
      throw new IllegalArgumentException(
          "outputs: expected a multiple of "
              + loss.outputsPerStep()
              + ", the outputs per step of "
              + loss.label()
              + ", found "
              + head.outputs());
    }
  }

  /**
   * The common case: layers of one kind and size, a head on the last step that gives all steps of
   * the horizon at once, and dropout between layers only, so that one layer has none.
   *
   * @param cell kind and variant of every layer
   * @param inputs features a time step, at least 1
   * @param hidden hidden units of each layer, at least 1
   * @param layers recurrent layers, at least 1
   * @param outputs values the head gives, at least 1: the horizon's steps times {@link
   *     Loss#outputsPerStep}
   * @param dropout share of the inputs of every layer but the first that training drops, in [0, 1)
   * @param loss what training minimises
   * @return the network
   * @throws IllegalArgumentException naming the argument, its bound and the value found
   */
  public static NetworkSpec uniform(
      CellSpec cell, int inputs, int hidden, int layers, int outputs, double dropout, Loss loss) {
    Bounds.atLeastOne("layers", layers);
    Bounds.shareBelowOne("dropout", dropout);
    List<LayerSpec> stack = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      stack.add(new LayerSpec(cell, hidden, layer == 0 ? 0 : dropout));
    }
    return new NetworkSpec(inputs, stack, new HeadSpec(outputs, Readout.LAST_STEP), loss);
  }

  /** Trainable parameters: biases once a gate, and once more for a GRU that resets after. */
  public long parameters() {
    long total = (long) outputs() * top().hidden() + outputs();
    for (int layer = 0; layer < layers.size(); layer++) {
      total += layers.get(layer).parameters(inputsOf(layer));
    }
    return total;
  }

  /**
   * The size of a layer's input.
   *
   * @param layer index from 0
   */
  public int inputsOf(int layer) {
    return layer == 0 ? inputs : layers.get(layer - 1).hidden();
  }

  /** The layer that the head reads. */
  public LayerSpec top() {
    return layers.get(layers.size() - 1);
  }

  /** Values that the head gives each time it reads. */
  public int outputs() {
    return head.outputs();
  }

  /** The kinds of cells, each once, from the input upwards: {@code lstm}, {@code gru+lstm}. */
  public String cellNames() {
    return layers.stream()
        .map(layer -> layer.cell().name())
        .distinct()
        .collect(Collectors.joining("+"));
  }
}
