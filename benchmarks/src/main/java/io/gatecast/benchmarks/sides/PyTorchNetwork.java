package io.gatecast.benchmarks.sides;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RNN;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.interop.PyTorchNames;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A workload's network in PyTorch's layout, one recurrent operator and a linear one.
 *
 * <p>PyTorch has two biases a gate, and would train both; that is another network, whose bias moves
 * twice as fast. So the second is held at zero, but for the candidate of the GRU, where it is
 * {@code c_h}.
 *
 * <p>Arrays are PyTorch's own, copied once, with time outermost, which spares it a transposition.
 * They belong to the manager, and what {@link #forward} makes belongs to the caller's scope.
 */
final class PyTorchNetwork {
  private static final String SECOND_BIAS = "rnn.bias_hh_l0";

  private final Workload workload;
  private final NDManager manager;
  private final NDArray x;
  private final NDList states = new NDList();

  /** The second bias, but for what of it is trained. */
  private final NDArray zeroBias;

  /** The arrays that training moves, by PyTorch's names; of the second bias c_h or nothing. */
  private final Map<String, NDArray> trained = new LinkedHashMap<>();

  PyTorchNetwork(Workload workload, NDManager manager) {
    this.workload = workload;
    this.manager = manager;
    CellSpec cell = workload.cell();
    WorkSize size = workload.size();
    x = array(workload.timeMajor(), size.steps(), size.batch(), size.inputs());
    states.add(manager.zeros(new Shape(1, size.batch(), size.hidden())));
    if (cell instanceof CellSpec.Lstm) {
      states.add(manager.zeros(new Shape(1, size.batch(), size.hidden())));
    }
    PyTorchNames.toStateDict(workload.spec(), workload.weights())
        .forEach((name, tensor) -> trained.put(name, array(tensor)));
    NDArray both = trained(SECOND_BIAS);
    long rows = both.size();
    if (cell instanceof CellSpec.Gru) {
      rows -= size.hidden();
      float[] candidate =
          Arrays.copyOfRange(both.toFloatArray(), Math.toIntExact(rows), (int) both.size());
      trained.put(SECOND_BIAS, array(candidate, candidate.length));
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

  /**
   * Runs forward from zero states.
   *
   * @param training whether gradients will be asked for
   * @return {@code [batch][output]}
   */
  NDArray forward(boolean training) {
    NDList parameters =
        new NDList(
            trained("rnn.weight_ih_l0"),
            trained("rnn.weight_hh_l0"),
            trained("rnn.bias_ih_l0"),
            secondBias());
    NDArrayEx operators = x.getNDArrayInternal();
    NDList all;
    if (workload.cell() instanceof CellSpec.Lstm) {
      all = operators.lstm(x, states, parameters, true, 1, 0, training, false, false);
    } else if (workload.cell() instanceof CellSpec.Gru) {
      all = operators.gru(x, states.get(0), parameters, true, 1, 0, training, false, false);
    } else {
      all =
          operators.rnn(
              x, states.get(0), parameters, true, 1, activation(), 0, training, false, false);
    }
    NDArray last = all.get(1).squeeze(0);
    return operators.linear(last, trained("head.weight"), trained("head.bias")).singletonOrThrow();
  }

  private NDArray secondBias() {
    return trained.containsKey(SECOND_BIAS) ? zeroBias.concat(trained(SECOND_BIAS)) : zeroBias;
  }

  private RNN.Activation activation() {
    return workload.cell().equals(new CellSpec.Rnn(CellSpec.Activation.RELU))
        ? RNN.Activation.RELU
        : RNN.Activation.TANH;
  }

  /** The weights as they now are, in canonical form. */
  NamedWeights weights() {
    Map<String, WeightTensor> stateDict = new LinkedHashMap<>();
    PyTorchNames.shapes(workload.spec())
        .forEach(
            (name, shape) -> {
              NDArray array = name.equals(SECOND_BIAS) ? secondBias() : trained(name);
              stateDict.put(name, WeightTensor.of(array.toFloatArray(), shape));
            });
    return PyTorchNames.fromStateDict(workload.spec(), stateDict);
  }

  private NDArray array(WeightTensor tensor) {
    return array(tensor.values(), Arrays.stream(tensor.shape()).asLongStream().toArray());
  }

  NDArray array(float[] values, long... shape) {
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
