package io.gatecast.cli.trace;

import io.gatecast.core.kernel.LayerState;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One sequence and its states between tensors and the engine's arrays, a batch of one. */
final class EngineArrays {
  private EngineArrays() {}

  static INDArray zeros(DataType type, long... sizes) {
    return Nd4j.zeros(type, sizes);
  }

  /** A vector for each step as {@code [1, size, time]}. */
  static INDArray sequence(DataType type, List<Tensor> vectors) {
    int size = vectors.get(0).size();
    INDArray array = zeros(type, 1, size, vectors.size());
    for (int t = 0; t < vectors.size(); t++) {
      for (int k = 0; k < size; k++) {
        array.putScalar(0, k, t, vectors.get(t).get(k));
      }
    }
    return array;
  }

  /** The way back from {@link #sequence}. */
  static List<Tensor> vectors(INDArray sequence) {
    List<Tensor> vectors = new ArrayList<>();
    for (int t = 0; t < sequence.size(2); t++) {
      double[] vector = new double[(int) sequence.size(1)];
      for (int k = 0; k < vector.length; k++) {
        vector[k] = sequence.getDouble(0, k, t);
      }
      vectors.add(Tensor.vector(vector));
    }
    return vectors;
  }

  static LayerState state(DataType type, State state) {
    return new LayerState(
        row(type, state.h()),
        state instanceof State.HiddenAndCell both ? row(type, both.c()) : null);
  }

  /** The way back from {@link #state(DataType, State)}. */
  static State state(LayerState state) {
    INDArray c = state.c();
    return c == null ? State.of(numbers(state.h())) : State.of(numbers(state.h()), numbers(c));
  }

  private static INDArray row(DataType type, double[] values) {
    INDArray row = zeros(type, 1, values.length);
    for (int k = 0; k < values.length; k++) {
      row.putScalar(0, k, values[k]);
    }
    return row;
  }

  private static double[] numbers(INDArray row) {
    double[] values = new double[(int) row.size(1)];
    for (int k = 0; k < values.length; k++) {
      values[k] = row.getDouble(0, k);
    }
    return values;
  }
}
