package io.gatecast.benchmarks.sides;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RNN;
import io.gatecast.core.interop.PyTorchNames;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One recurrent operator of PyTorch's and a linear one, with their weights in PyTorch's layout. It
 * knows no batch and no loss.
 *
 * <p>PyTorch has two biases a gate, and would train both; that is another network, whose bias moves
 * twice as fast. So the second is held at zero, but for the candidate of the GRU, where it is
 * {@code c_h}.
 *
 * <p>Arrays belong to the manager, and what operators make belongs to the caller's scope.
 */
final class PyTorchModule {
  private static final String SECOND_BIAS = "rnn.bias_hh_l0";

  private final NetworkSpec spec;
  private final NDManager manager;
  private final CellSpec cell;

  /** The second bias, but for what of it is trained. */
  private final NDArray zeroBias;

  /** The arrays that training moves, by PyTorch's names; of the second bias c_h or nothing. */
  private final Map<String, NDArray> trained = new LinkedHashMap<>();

  /**
   * Copies weights.
   *
   * @param spec one layer that reads step by step, and a head
   * @param weights its weights
   * @param manager owns the copies
   */
  PyTorchModule(NetworkSpec spec, NamedWeights weights, NDManager manager) {
    this.spec = spec;
    this.manager = manager;
    this.cell = spec.top().cell();
    PyTorchNames.toStateDict(spec, weights)
        .forEach((name, tensor) -> trained.put(name, array(manager, tensor)));
    NDArray both = trained(SECOND_BIAS);
    long rows = both.size();
    if (cell instanceof CellSpec.Gru) {
      rows -= spec.top().hidden();
      float[] candidate =
          Arrays.copyOfRange(both.toFloatArray(), Math.toIntExact(rows), (int) both.size());
      trained.put(SECOND_BIAS, array(manager, candidate, candidate.length));
    } else {
      trained.remove(SECOND_BIAS);
    }
    both.close();
    zeroBias = manager.zeros(new Shape(rows));
  }

  /** The arrays that training moves. */
  Iterable<NDArray> trained() {
    return trained.values();
  }

  /** States of zeros, {@code [1][batch][hidden]}, of an LSTM two. */
  NDList zeroStates(long batch) {
    Shape shape = new Shape(1, batch, spec.top().hidden());
    NDList states = new NDList(manager.zeros(shape));
    if (cell instanceof CellSpec.Lstm) {
      states.add(manager.zeros(shape));
    }
    return states;
  }

  /**
   * The recurrent operator.
   *
   * @param x {@code [time][batch][input]}: with time outermost it transposes nothing
   * @param states to start from, as {@link #zeroStates} has them
   * @param training whether gradients will be asked for
   * @return the states after the last step
   */
  NDList recurrent(NDArray x, NDList states, boolean training) {
    NDList parameters =
        new NDList(
            trained("rnn.weight_ih_l0"),
            trained("rnn.weight_hh_l0"),
            trained("rnn.bias_ih_l0"),
            secondBias());
    NDArrayEx operators = x.getNDArrayInternal();
    NDList all;
    if (cell instanceof CellSpec.Lstm) {
      all = operators.lstm(x, states, parameters, true, 1, 0, training, false, false);
    } else if (cell instanceof CellSpec.Gru) {
      all = operators.gru(x, states.get(0), parameters, true, 1, 0, training, false, false);
    } else {
      all =
          operators.rnn(
              x, states.get(0), parameters, true, 1, activation(), 0, training, false, false);
    }
    return all.subNDList(1);
  }

  /**
   * The linear operator.
   *
   * @param h {@code […][hidden]}
   * @return {@code […][output]}
   */
  NDArray head(NDArray h) {
    return h.getNDArrayInternal()
        .linear(h, trained("head.weight"), trained("head.bias"))
        .singletonOrThrow();
  }

  private NDArray secondBias() {
    return trained.containsKey(SECOND_BIAS) ? zeroBias.concat(trained(SECOND_BIAS)) : zeroBias;
  }

  private RNN.Activation activation() {
    return cell.equals(new CellSpec.Rnn(CellSpec.Activation.RELU))
        ? RNN.Activation.RELU
        : RNN.Activation.TANH;
  }

  /** The weights as they now are, in canonical form. */
  NamedWeights weights() {
    return canonical(Function.identity());
  }

  /** The gradients of the last way back, in canonical form: what is negated there is here too. */
  NamedWeights gradients() {
    return canonical(NDArray::getGradient);
  }

  private NamedWeights canonical(Function<NDArray, NDArray> of) {
    Map<String, WeightTensor> stateDict = new LinkedHashMap<>();
    PyTorchNames.shapes(spec)
        .forEach(
            (name, shape) -> {
              float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
              if (trained.containsKey(name)) {
                float[] moved = of.apply(trained(name)).toFloatArray();
                int held = values.length - moved.length; // of the second bias, in front
                System.arraycopy(moved, 0, values, held, moved.length);
              }
              stateDict.put(name, WeightTensor.of(values, shape));
            });
    return PyTorchNames.fromStateDict(spec, stateDict);
  }

  static NDArray array(NDManager manager, WeightTensor tensor) {
    return array(manager, tensor.values(), Arrays.stream(tensor.shape()).asLongStream().toArray());
  }

  static NDArray array(NDManager manager, float[] values, long... shape) {
    try (NDArray onHeap = manager.create(values, new Shape(shape))) {
      return onHeap.duplicate(); // into memory that PyTorch has aligned itself
    }
  }

  private NDArray trained(String name) {
    NDArray array = trained.get(name);
    if (array == null) {
      throw new IllegalStateException(name + ": expected one of " + trained.keySet());
    }
    return array;
  }
}
