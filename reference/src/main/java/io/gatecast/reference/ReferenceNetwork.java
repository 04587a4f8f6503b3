package io.gatecast.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A stack of recurrent layers with a linear head: the whole network that an engine is held against,
 * forward and backward.
 *
 * <p>Each layer reads the hidden vectors of the layer below, step by step; the head reads the top
 * layer's, of the last step or of every step. It takes one sequence at a time, keeps no state
 * between calls, and knows no batch, dropout or scaling; training is a {@code
 * io.gatecast.reference.training} matter.
 */
public final class ReferenceNetwork implements Network {
  private final List<CellKind> kinds;
  private final Readout readout;
  private final Map<String, Tensor> weights;
  private final List<Unrolled> layers;
  private final Dense head;

  private ReferenceNetwork(
      List<CellKind> kinds,
      Readout readout,
      Map<String, Tensor> weights,
      List<Unrolled> layers,
      Dense head) {
    this.kinds = kinds;
    this.readout = readout;
    this.weights = weights;
    this.layers = layers;
    this.head = head;
  }

  /**
   * A network whose head reads the last step, from tensors by their canonical names.
   *
   * @param layers the kinds of the layers from the input upwards, at least one
   * @param weights exactly the network's tensors, as {@link #fromWeights(List, Readout, Map)} says
   * @return the network
   * @throws IllegalArgumentException as {@link #fromWeights(List, Readout, Map)} says
   */
  public static ReferenceNetwork fromWeights(List<CellKind> layers, Map<String, Tensor> weights) {
    return fromWeights(layers, Readout.LAST_STEP, weights);
  }

  /**
   * A network from tensors by their canonical names. The sizes follow from the tensors.
   *
   * @param layers the kinds of the layers from the input upwards, at least one
   * @param readout which steps the head reads
   * @param weights exactly the network's tensors, by name: {@code layers.<n>.<gate>.input_weights
   *     [hidden, input]}, {@code .recurrent_weights [hidden, hidden]}, {@code .bias [hidden]},
   *     {@code layers.<n>.candidate.recurrent_bias [hidden]} for a GRU that resets after the
   *     product, {@code head.weights [output, hidden]}, {@code head.bias [output]}
   * @return the network
   * @throws IllegalArgumentException if there is no layer, or a tensor is missing, has another
   *     shape than the layers give it, or belongs to no layer; the message names it
   */
  public static ReferenceNetwork fromWeights(
      List<CellKind> layers, Readout readout, Map<String, Tensor> weights) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers: expected at least 1 layer, found 0");
    }
    NamedTensors tensors = new NamedTensors(weights, "");
    Set<String> expected = new HashSet<>(Set.of("head.weights", "head.bias"));
    List<Unrolled> cells = new ArrayList<>();
    int below = 0;
    for (CellKind kind : layers) {
      String prefix = prefix(cells.size());
      if (!cells.isEmpty()) {
        String first = prefix + kind.gates().get(0) + ".input_weights";
        int hidden = tensors.matrix(first, "hidden", "input").shape()[0];
        tensors.get(first, hidden, below);
      }
      RecurrentCell cell = kind.cellFromWeights(weights, prefix);
      cells.add(new Unrolled(cell));
      below = cell.hiddenSize();
      kind.tensorNames().forEach(name -> expected.add(prefix + name));
    }
    int outputs = tensors.matrix("head.weights", "output", "hidden").shape()[0];
    tensors.get("head.weights", outputs, below);
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
    return new ReferenceNetwork(
        List.copyOf(layers),
        readout,
        Collections.unmodifiableMap(new LinkedHashMap<>(weights)),
        List.copyOf(cells),
        head);
  }

  private static String prefix(int layer) {
    return "layers." + layer + ".";
  }

  /**
   * The same layers with other weights.
   *
   * @param others exactly the network's tensors, by canonical name
   * @return a new network; this one does not change
   * @throws IllegalArgumentException as {@link #fromWeights(List, Readout, Map)} says
   */
  public ReferenceNetwork withWeights(Map<String, Tensor> others) {
    return fromWeights(kinds, readout, others);
  }

  /**
   * All weights.
   *
   * @return the tensors by canonical name; unmodifiable
   */
  public Map<String, Tensor> weights() {
    return weights;
  }

  /**
   * The layers, each a cell unrolled over time.
   *
   * @return the layers from the input upwards; unmodifiable
   */
  public List<Unrolled> layers() {
    return layers;
  }

  /**
   * The size of the input vector at each step.
   *
   * @return {@code input}
   */
  public int inputSize() {
    return layers.get(0).cell().inputSize();
  }

  /**
   * The number of outputs of the head.
   *
   * @return {@code output}
   */
  @Override
  public int outputSize() {
    return head.outputSize();
  }

  /**
   * The number of trainable parameters, the head's included.
   *
   * @return the number of elements of all tensors
   */
  public int parameters() {
    return weights.values().stream().mapToInt(Tensor::size).reduce(0, Math::addExact);
  }

  /**
   * The states before the first step of a sequence that continues no other: zeros.
   *
   * @return one state for each layer, from the input upwards
   */
  public List<State> initialStates() {
    return layers.stream().map(layer -> layer.cell().initialState()).toList();
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
    List<Tensor> outputs = forward(x, initialStates()).outputs();
    return outputs.get(outputs.size() - 1).values();
  }

  /**
   * Runs the network over one sequence, and keeps what backpropagation needs.
   *
   * @param x the inputs, of shape {@code [time][input]}, with at least one step
   * @param initial the state of each layer before the first step, from the input upwards
   * @return the pass
   * @throws IllegalArgumentException if there is no step, there are not as many states as layers,
   *     or an input or a state has another shape or kind; the message names it, the expected and
   *     the found
   */
  public NetworkPass forward(double[][] x, List<? extends State> initial) {
    if (x.length == 0) {
      throw new IllegalArgumentException("x: expected at least 1 step, found 0");
    }
    requireOneForEachLayer("initial", initial);
    List<SequencePass> passes = new ArrayList<>();
    double[][] sequence = x;
    for (int n = 0; n < layers.size(); n++) {
      SequencePass pass = layers.get(n).forward(sequence, initial.get(n));
      passes.add(pass);
      sequence = pass.hidden();
    }
    List<Tensor> outputs = new ArrayList<>();
    for (int t = firstRead(x.length); t < x.length; t++) {
      outputs.add(Tensor.vector(head.forward(sequence[t])));
    }
    return new NetworkPass(passes, outputs);
  }

  @Override
  public Answer answer(double[][] x) {
    NetworkPass pass = forward(x, initialStates());
    return new Answer() {
      @Override
      public List<Tensor> outputs() {
        return pass.outputs();
      }

      @Override
      public Map<String, Tensor> backward(double[][] outputs) {
        return ReferenceNetwork.this.backward(pass, outputs).weights();
      }
    };
  }

  private void requireOneForEachLayer(String name, List<? extends State> states) {
    if (states.size() != layers.size()) {
      throw new IllegalArgumentException(
          name
              + ": expected "
              + layers.size()
              + " states, one for each layer, found "
              + states.size());
    }
  }

  /** The first step that the head reads; it reads all after it, too. */
  private int firstRead(int time) {
    return switch (readout) {
      case LAST_STEP -> time - 1;
      case EVERY_STEP -> 0;
    };
  }

  /**
   * Full backpropagation through time.
   *
   * @param pass what {@link #forward(double[][], List)} gave for this network
   * @param outputs ∂L/∂y, of shape {@code [outputs read][output]}: as many vectors as the pass has
   * @return the gradients of the inputs, the states and the weights
   * @throws IllegalArgumentException if the gradients are not of the outputs' shape, or the pass is
   *     another network's; the message names the argument, the expected and the found
   */
  public NetworkGradient backward(NetworkPass pass, double[][] outputs) {
    return backward(pass, outputs, initialStates());
  }

  /**
   * Full backpropagation through time over a sequence that is continued by another.
   *
   * @param pass what {@link #forward(double[][], List)} gave for this network
   * @param outputs ∂L/∂y, of shape {@code [outputs read][output]}: as many vectors as the pass has
   * @param last ∂L/∂(each layer's state after the last step) by way of the continued sequence, from
   *     the input upwards; {@link #initialStates} for nothing
   * @return the gradients of the inputs, the states and the weights
   * @throws IllegalArgumentException if the gradients are not of the outputs' or the states' shape,
   *     or the pass is another network's; the message names the argument, the expected and the
   *     found
   */
  public NetworkGradient backward(
      NetworkPass pass, double[][] outputs, List<? extends State> last) {
    return backward(pass, outputs, last, Integer.MAX_VALUE);
  }

  /**
   * Backpropagation through time that is cut after every k steps, in all layers at once.
   *
   * @param pass what {@link #forward(double[][], List)} gave for this network
   * @param outputs ∂L/∂y, of shape {@code [outputs read][output]}: as many vectors as the pass has
   * @param k the number of steps between two cuts, counted from the first step; at least 1
   * @return the gradients, as {@link Unrolled#backwardTruncated} says
   * @throws IllegalArgumentException if k is below 1, the gradients are not of the outputs' shape,
   *     or the pass is another network's; the message names the argument, the expected and the
   *     found
   */
  public NetworkGradient backwardTruncated(NetworkPass pass, double[][] outputs, int k) {
    return backward(pass, outputs, initialStates(), k);
  }

  private NetworkGradient backward(
      NetworkPass pass, double[][] outputs, List<? extends State> last, int k) {
    if (pass.layers().size() != layers.size()) {
      throw new IllegalArgumentException(
          "pass: expected " + layers.size() + " layers, found " + pass.layers().size());
    }
    requireOneForEachLayer("last", last);
    if (outputs.length != pass.outputs().size()) {
      throw new IllegalArgumentException(
          "outputs: expected " + pass.outputs().size() + " vectors, found " + outputs.length);
    }
    double[][] top = pass.layers().get(layers.size() - 1).hidden();
    GradientSum headSum = new GradientSum();
    double[][] fromAbove = new double[top.length][top[0].length];
    int firstRead = firstRead(top.length);
    for (int t = firstRead; t < top.length; t++) {
      fromAbove[t] = head.backward(top[t], outputs[t - firstRead], headSum);
    }

    List<SequenceGradient> gradients = new ArrayList<>();
    for (int n = layers.size() - 1; n >= 0; n--) {
      Unrolled layer = layers.get(n);
      SequenceGradient gradient =
          layer.backwardTruncated(pass.layers().get(n), fromAbove, last.get(n), k);
      gradients.add(gradient);
      fromAbove = gradient.x().stream().map(Tensor::values).toArray(double[][]::new);
    }
    Collections.reverse(gradients);

    Map<String, Tensor> all = new LinkedHashMap<>();
    for (int n = 0; n < gradients.size(); n++) {
      String prefix = prefix(n);
      gradients.get(n).weights().forEach((name, tensor) -> all.put(prefix + name, tensor));
    }
    all.putAll(headSum.tensors());
    return new NetworkGradient(List.copyOf(gradients), Collections.unmodifiableMap(all));
  }
}
