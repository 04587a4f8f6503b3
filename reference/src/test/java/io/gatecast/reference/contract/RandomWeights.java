package io.gatecast.reference.contract;

import io.gatecast.reference.CellKind;
import io.gatecast.reference.RecurrentCell;
import io.gatecast.reference.Segmentation;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Draws weights, inputs and states for property tests, reproducibly from a seed.
 *
 * <p>It is no initialisation scheme: values are uniform in (-1, 1), wide enough that every gate
 * leaves its linear range somewhere, and no bias is left at zero.
 */
public final class RandomWeights {
  private final Random random;

  /**
   * A source of numbers.
   *
   * @param seed the same seed gives the same numbers
   */
  public RandomWeights(long seed) {
    random = new Random(seed);
  }

  /** A vector of shape {@code [length]}. */
  public double[] vector(int length) {
    return random.doubles(length, -1, 1).toArray();
  }

  /** A sequence of shape {@code [time][input]}. */
  public double[][] sequence(int time, int input) {
    double[][] x = new double[time][];
    for (int t = 0; t < time; t++) {
      x[t] = vector(input);
    }
    return x;
  }

  /** A state of the cell's kind and size. */
  public State state(RecurrentCell cell) {
    State zeros = cell.initialState();
    double[] h = vector(cell.hiddenSize());
    return zeros instanceof State.HiddenAndCell ? State.of(h, vector(h.length)) : State.of(h);
  }

  /** A permutation of {@code 0 .. size - 1}. */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int k = 0; k < size; k++) {
      int other = random.nextInt(k + 1);
      order[k] = order[other];
      order[other] = k;
    }
    return order;
  }

  /** All tensors of one cell, by canonical names after the prefix. */
  public Map<String, Tensor> cell(CellKind kind, String prefix, int input, int hidden) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (String name : kind.tensorNames()) {
      weights.put(prefix + name, tensor(name, input, hidden));
    }
    return weights;
  }

  /** All tensors of a network whose layers are equally wide. */
  public Map<String, Tensor> network(
      List<? extends CellKind> layers, int input, int hidden, int output) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (int n = 0; n < layers.size(); n++) {
      weights.putAll(cell(layers.get(n), "layers." + n + ".", n == 0 ? input : hidden, hidden));
    }
    weights.put("head.weights", Tensor.of(vector(output * hidden), output, hidden));
    weights.put("head.bias", Tensor.vector(vector(output)));
    return weights;
  }

  /**
   * All tensors of a network of segments.
   *
   * @param inputs F, numbers of one step of one channel
   * @param embedding E, even for several channels
   * @param linear K, 0 for no linear map
   */
  public Map<String, Tensor> segmented(
      CellKind kind, Segmentation of, int inputs, int embedding, int hidden, int linear) {
    int outputs = of.length() * of.outputsPerStep();
    Map<String, Tensor> weights = network(List.of(kind), embedding, hidden, outputs);
    weights.put("segments.embedding.weights", matrix(embedding, of.length() * inputs));
    weights.put("segments.embedding.bias", Tensor.vector(vector(embedding)));
    int width = of.channels() > 1 ? embedding / 2 : embedding;
    weights.put("segments.positions", matrix(of.segments(of.horizon()), width));
    if (of.channels() > 1) {
      weights.put("segments.channels", matrix(of.channels(), width));
    }
    if (linear > 0) {
      weights.put("segments.linear.weights", matrix(of.horizon(), linear));
      weights.put("segments.linear.bias", Tensor.vector(vector(of.horizon())));
    }
    return weights;
  }

  private Tensor matrix(int rows, int columns) {
    return Tensor.of(vector(rows * columns), rows, columns);
  }

  private Tensor tensor(String name, int input, int hidden) {
    if (name.endsWith(".input_weights")) {
      return Tensor.of(vector(hidden * input), hidden, input);
    }
    if (name.endsWith(".recurrent_weights")) {
      return Tensor.of(vector(hidden * hidden), hidden, hidden);
    }
    return Tensor.vector(vector(hidden));
  }
}
