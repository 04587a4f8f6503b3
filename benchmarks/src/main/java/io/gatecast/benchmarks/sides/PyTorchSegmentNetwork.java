package io.gatecast.benchmarks.sides;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The forward pass of a network of segments in PyTorch's operators, as the authors of SegRNN wrote
 * it: the recurrent operator runs once over the window's segments and once, for one step, over all
 * segments of the horizon. Equations: {@link Segments}.
 *
 * <p>One thing is transposed earlier: time is outermost, so that the recurrent operator transposes
 * nothing. Arrays belong to the manager, and what {@link #forward} makes to the caller's scope.
 */
final class PyTorchSegmentNetwork {
  private static final String OF_SEGMENTS = "segments.";

  private final NetworkSpec spec;
  private final Segments segments;
  private final PyTorchModule module;
  private final Map<String, NDArray> around = new LinkedHashMap<>();
  private final int channels;
  private final int horizon;

  PyTorchSegmentNetwork(NetworkSpec spec, NamedWeights weights, NDManager manager) {
    this.spec = spec;
    this.segments = spec.segments().orElseThrow();
    this.channels = segments.channels();
    this.horizon = spec.horizon();
    Map<String, WeightTensor> inner = new LinkedHashMap<>();
    NamedWeights.of(spec, weights.tensors())
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(OF_SEGMENTS)) {
                around.put(name, PyTorchModule.array(manager, tensor));
              } else {
                inner.put(name, tensor);
              }
            });
    NetworkSpec inside = inside(spec);
    this.module = new PyTorchModule(inside, NamedWeights.of(inside, inner), manager);
  }

  /** The layer between the segments, that reads what they are embedded as, and the head. */
  private static NetworkSpec inside(NetworkSpec spec) {
    return new NetworkSpec(
        spec.inputsOf(0),
        spec.layers(),
        new HeadSpec(spec.headWidth(), Readout.LAST_STEP),
        spec.loss());
  }

  /** The arrays that training moves. */
  List<NDArray> trained() {
    List<NDArray> all = new ArrayList<>(around.values());
    module.trained().forEach(all::add);
    return all;
  }

  /**
   * Runs forward.
   *
   * @param x {@code [batch][time][input]}
   * @param training whether gradients will be asked for, and numbers dropped
   * @return {@code [batch][output]}
   */
  NDArray forward(NDArray x, boolean training) {
    long batch = x.getShape().get(0);
    long time = x.getShape().get(1);
    NDArray each = x.reshape(batch, time, channels, -1);
    boolean alone = each.getShape().get(3) == 1;
    NDArray values = alone ? x : slice(each, 3, 0, 1).squeeze(3);
    Normal normal = Normal.of(segments.normalisation(), values);
    NDArray level = normal.taken(values); // [batch][time][channel]

    NDArray read = level.expandDims(3);
    if (!alone) {
      read = read.concat(slice(each, 3, 1, each.getShape().get(3)), 3);
    }
    NDList window = module.recurrent(embedded(read), module.zeroStates(batch * channels), training);
    NDList repeated = new NDList();
    for (NDArray state : window) {
      repeated.add(forEachAnswer(state));
    }
    NDArray answers = module.recurrent(questions(batch), repeated, training).get(0);
    if (training && segments.dropout() > 0) {
      answers = JniUtils.dropout((PtNDArray) answers, segments.dropout(), true);
    }
    NDArray y =
        slice(module.head(answers).reshape(batch, channels, -1), 2, 0, horizon)
            .transpose(0, 2, 1); // [batch][step][channel]
    if (segments.linear() > 0) {
      y = y.add(linear(level, time));
    }
    return normal.givenBack(y).reshape(batch, (long) horizon * channels);
  }

  /** From {@code [batch][time][channel][number]} to {@code [segment][batch·channel][E]}. */
  private NDArray embedded(NDArray read) {
    long batch = read.getShape().get(0);
    long time = read.getShape().get(1);
    int count = segments.count(Math.toIntExact(time));
    long before = (long) count * segments.length() - time;
    NDArray filled =
        before == 0 ? read : JniUtils.pad((PtNDArray) read, new long[] {0, 0, 0, 0, before, 0}, 0);
    NDArray rows =
        filled
            .reshape(batch, count, segments.length(), channels, -1)
            .transpose(1, 0, 3, 2, 4)
            .reshape(count, batch * channels, spec.segmentWidth());
    NDArray product =
        rows.getNDArrayInternal()
            .linear(rows, around("segments.embedding.weights"), around("segments.embedding.bias"))
            .singletonOrThrow();
    return product.getNDArrayInternal().relu();
  }

  /** The position's embedding and the channel's: {@code [1][batch·channel·position][E]}. */
  private NDArray questions(long batch) {
    NDArray positions = around("segments.positions");
    long count = positions.getShape().get(0);
    long width = positions.getShape().get(1);
    NDArray all = positions;
    if (channels > 1) {
      Shape shape = new Shape(channels, count, width);
      all =
          positions
              .reshape(1, count, width)
              .broadcast(shape)
              .concat(around("segments.channels").reshape(channels, 1, width).broadcast(shape), 2);
    }
    return all.reshape(1, channels * count, segments.embedding())
        .broadcast(new Shape(batch, channels * count, segments.embedding()))
        .reshape(1, batch * channels * count, segments.embedding());
  }

  /** A state for each position: {@code [1][batch·channel·position][hidden]}. */
  private NDArray forEachAnswer(NDArray state) {
    long rows = state.getShape().get(1);
    long hidden = state.getShape().get(2);
    long count = segments.count(horizon);
    return state
        .reshape(rows, 1, hidden)
        .broadcast(new Shape(rows, count, hidden))
        .reshape(1, rows * count, hidden);
  }

  /** The linear map's part, {@code [batch][step][channel]}. */
  private NDArray linear(NDArray level, long time) {
    NDArray last = slice(level, 1, time - segments.linear(), time).transpose(0, 2, 1);
    return last.getNDArrayInternal()
        .linear(last, around("segments.linear.weights"), around("segments.linear.bias"))
        .singletonOrThrow()
        .transpose(0, 2, 1);
  }

  private static NDArray slice(NDArray array, int axis, long from, long to) {
    return JniUtils.slice((PtNDArray) array, axis, from, to, 1);
  }

  private NDArray around(String name) {
    NDArray array = around.get(name);
    if (array == null) {
      throw new IllegalStateException(name + ": expected one of " + around.keySet());
    }
    return array;
  }

  /** The weights as they now are, in canonical form. */
  NamedWeights weights() {
    return with(module.weights(), Function.identity());
  }

  /** The gradients of the last way back, in canonical form. */
  NamedWeights gradients() {
    return with(module.gradients(), NDArray::getGradient);
  }

  private NamedWeights with(NamedWeights inner, Function<NDArray, NDArray> of) {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>(inner.tensors());
    around.forEach(
        (name, array) -> {
          int[] shape =
              Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
          tensors.put(name, WeightTensor.of(of.apply(array).toFloatArray(), shape));
        });
    return NamedWeights.of(spec, tensors);
  }

  /**
   * What is taken from each window and channel, each {@code [batch][1][channel]}; empty for
   * nothing.
   */
  private record Normal(NDList mean, NDList deviation) {
    static Normal of(Normalisation normalisation, NDArray values) {
      return switch (normalisation) {
        case NONE -> new Normal(new NDList(), new NDList());
        case LAST_VALUE -> {
          long time = values.getShape().get(1);
          yield new Normal(new NDList(slice(values, 1, time - 1, time)), new NDList());
        }
        case INSTANCE -> {
          NDArray mean = values.mean(new int[] {1}, true);
          NDArray variance = values.sub(mean).square().mean(new int[] {1}, true);
          yield new Normal(
              new NDList(mean), new NDList(variance.add(Normalisation.EPSILON).sqrt()));
        }
      };
    }

    NDArray taken(NDArray values) {
      NDArray centred = mean.isEmpty() ? values : values.sub(mean.get(0));
      return deviation.isEmpty() ? centred : centred.div(deviation.get(0));
    }

    NDArray givenBack(NDArray y) {
      NDArray scaled = deviation.isEmpty() ? y : y.mul(deviation.get(0));
      return mean.isEmpty() ? scaled : scaled.add(mean.get(0));
    }
  }
}
