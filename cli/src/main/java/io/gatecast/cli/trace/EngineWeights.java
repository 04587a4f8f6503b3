package io.gatecast.cli.trace;

import io.gatecast.core.kernel.LayerArrays;
import io.gatecast.core.kernel.LayerShape;
import io.gatecast.reference.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer's weights, or their gradients, between canonical names and the engine's arrays: there
 * the gates lie side by side, and W and U are the canonical matrices transposed.
 */
record EngineWeights(LayerShape shape, LayerArrays arrays) {
  private static final String RECURRENT_BIAS = "candidate.recurrent_bias";

  static EngineWeights zeros(LayerShape shape, DataType type) {
    long width = (long) shape.gates() * shape.hidden();
    return new EngineWeights(
        shape,
        new LayerArrays(
            EngineArrays.zeros(type, shape.inputs(), width),
            EngineArrays.zeros(type, shape.hidden(), width),
            EngineArrays.zeros(type, width),
            shape.hasRecurrentBias() ? EngineArrays.zeros(type, shape.hidden()) : null));
  }

  /** Fills the arrays with the tensors of these names, rounded to the arrays' type. */
  void write(Map<String, Tensor> tensors) {
    places()
        .forEach(
            (name, place) -> {
              Tensor tensor = Objects.requireNonNull(tensors.get(name), name);
              double[] values = tensor.values();
              for (int i = 0; i < values.length; i++) {
                place.array().putScalar(place.index(i), values[i]);
              }
            });
  }

  /** What the arrays hold, by canonical name. */
  Map<String, Tensor> read() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    places()
        .forEach(
            (name, place) -> {
              double[] values = new double[Arrays.stream(place.shape()).reduce(1, (a, b) -> a * b)];
              for (int i = 0; i < values.length; i++) {
                values[i] = place.array().getDouble(place.index(i));
              }
              tensors.put(name, Tensor.of(values, place.shape()));
            });
    return tensors;
  }

  /**
   * Where a canonical tensor lies.
   *
   * @param array which array
   * @param gate the first column of its gate
   * @param shape the tensor's
   */
  @SuppressWarnings("ArrayRecordComponent") // read at once
  private record Place(INDArray array, int gate, int[] shape) {
    /** The place of an element, counted row by row. */
    long[] index(int element) {
      return shape.length == 1
          ? new long[] {gate + element}
          : new long[] {element % shape[1], gate + element / shape[1]};
    }
  }

  private Map<String, Place> places() {
    Map<String, Place> places = new LinkedHashMap<>();
    List<String> gates = shape.cell().gates();
    int hidden = shape.hidden();
    for (int gate = 0; gate < gates.size(); gate++) {
      String prefix = gates.get(gate) + ".";
      int first = gate * hidden;
      places.put(
          prefix + "input_weights",
          new Place(arrays.input(), first, new int[] {hidden, shape.inputs()}));
      places.put(
          prefix + "recurrent_weights",
          new Place(arrays.recurrent(), first, new int[] {hidden, hidden}));
      places.put(prefix + "bias", new Place(arrays.bias(), first, new int[] {hidden}));
    }
    @Nullable INDArray second = arrays.recurrentBias();
    if (second != null) {
      places.put(RECURRENT_BIAS, new Place(second, 0, new int[] {hidden}));
    }
    return places;
  }
}
