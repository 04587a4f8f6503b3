package io.gatecast.reference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A stack of recurrent layers with a linear head on the last step: the whole network that an engine
 * is held against.
 *
 * <p>Each layer starts from zeros and reads the hidden vectors of the layer below, step by step;
 * the head reads the top layer's last one. It takes one sequence at a time, keeps no state between
 * calls, and knows no batch, dropout, scaling or training.
 */
public final class ReferenceNetwork {
  private final List<RecurrentCell> layers;
  private final Dense head;
  private final int parameters;

  private ReferenceNetwork(List<RecurrentCell> layers, Dense head, int parameters) {
    this.layers = layers;
    this.head = head;
    this.parameters = parameters;
  }

  /**
   * A network from tensors by their canonical names. The sizes follow from the tensors.
   *
   * @param layers the kinds of the layers from the input upwards, at least one
   * @param weights exactly the network's tensors, by name: {@code layers.<n>.<gate>.input_weights
   *     [hidden, input]}, {@code .recurrent_weights [hidden, hidden]}, {@code .bias [hidden]},
   *     {@code layers.<n>.candidate.recurrent_bias [hidden]} for a GRU that resets after the
   *     product, {@code head.weights [output, hidden]}, {@code head.bias [output]}
   * @return the network
   * @throws IllegalArgumentException if there is no layer, or a tensor is missing, has another
   *     shape than the layers give it, or belongs to no layer; the message names it
   */
  public static ReferenceNetwork fromWeights(List<CellKind> layers, Map<String, Tensor> weights) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers: expected at least 1 layer, found 0");
    }
    NamedTensors tensors = new NamedTensors(weights, "");
    Set<String> expected = new HashSet<>(Set.of("head.weights", "head.bias"));
    List<RecurrentCell> cells = new ArrayList<>();
    for (CellKind kind : layers) {
      String prefix = "layers." + cells.size() + ".";
      if (!cells.isEmpty()) {
        String first = prefix + kind.gates().get(0) + ".input_weights";
        int hidden = tensors.matrix(first, "hidden", "input").shape()[0];
        tensors.get(first, hidden, cells.get(cells.size() - 1).hiddenSize());
      }
      cells.add(kind.cellFromWeights(weights, prefix));
      kind.tensorNames().forEach(name -> expected.add(prefix + name));
    }
    int outputs = tensors.matrix("head.weights", "output", "hidden").shape()[0];
    tensors.get("head.weights", outputs, cells.get(cells.size() - 1).hiddenSize());
    Dense head = Dense.fromWeights(weights, "head.");

    Set<String> unknown = new TreeSet<>(weights.keySet());
    unknown.removeAll(expected);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "weights: expected only the tensors of the "
              + layers.size()
              + " layers "
              + layers
              + " and of the head, found also "
              + unknown
              + "; remove them, or name every layer");
    }
    // Every tensor is now known to be used, so that their sizes add up to the parameters.
    int parameters = weights.values().stream().mapToInt(Tensor::size).reduce(0, Math::addExact);
    return new ReferenceNetwork(List.copyOf(cells), head, parameters);
  }

  /**
   * The size of the input vector at each step.
   *
   * @return {@code input}
   */
  public int inputSize() {
    return layers.get(0).inputSize();
  }

  /**
   * The number of outputs of the head.
   *
   * @return {@code output}
   */
  public int outputSize() {
    return head.outputSize();
  }

  /**
   * The number of trainable parameters, the head's included.
   *
   * @return the number of elements of all tensors
   */
  public int parameters() {
    return parameters;
  }

  /**
   * Runs the network over one sequence from zero states.
   *
   * @param x the inputs, of shape {@code [time][input]}, with at least one step
   * @return y, of shape {@code [output]}, from the top layer's last step
   * @throws IllegalArgumentException if there is no step, or an input has another shape; the
   *     message names the step, the expected and the found shape
   */
  public double[] forward(double[][] x) {
    if (x.length == 0) {
      throw new IllegalArgumentException("x: expected at least 1 step, found 0");
    }
    double[][] sequence = x;
    for (RecurrentCell cell : layers) {
      List<Step> steps = new Unrolled(cell).forward(sequence, cell.initialState());
      sequence = steps.stream().map(step -> step.state().h()).toArray(double[][]::new);
    }
    return head.forward(sequence[sequence.length - 1]);
  }
}
