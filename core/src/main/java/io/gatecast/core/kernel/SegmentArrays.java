package io.gatecast.core.kernel;

import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.weights.FlatLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The weights of a network of segments, or their gradients, as ND4J arrays: views of one array in
 * the order of {@link FlatLayout}. They belong to no workspace and are freed together.
 */
final class SegmentArrays implements AutoCloseable {
  final LayerShape shape;

  /** W, U, b and, where there is one, c_h. */
  final LayerArrays layer;

  /** All of the layer's, in one row. */
  final INDArray wholeLayer;

  /** V, {@code [segment's outputs, hidden]}, and c. */
  final INDArray head;

  final INDArray headBias;

  /** {@code [embedding, segment's numbers]}, and its bias. */
  final INDArray embedding;

  final INDArray embeddingBias;

  /** p, {@code [segments of the horizon, width]}. */
  final INDArray positions;

  /** a, {@code [channels, width]}; null for one channel. */
  final @Nullable INDArray channels;

  /** A, {@code [horizon, steps]}, and d; null without a linear map. */
  final @Nullable INDArray linear;

  final @Nullable INDArray linearBias;

  private final INDArray flat;

  /**
   * Zeros.
   *
   * @param spec a network that reads segments
   * @param type FLOAT or DOUBLE
   */
  SegmentArrays(NetworkSpec spec, DataType type) {
    Segments segments = spec.segments().orElseThrow();
    FlatLayout layout = FlatLayout.of(spec);
    LayerSpec only = spec.top();
    flat = Slab.zeros(type, layout.length());
    shape = new LayerShape(only.cell(), spec.inputsOf(0), only.hidden());
    wholeLayer = view(layout.inputWeights(0), layout.headWeights());
    long gates = (long) shape.gates() * shape.hidden();
    layer =
        new LayerArrays(
            view(layout.inputWeights(0), shape.inputs(), gates),
            view(layout.recurrentWeights(0), shape.hidden(), gates),
            view(layout.bias(0), gates),
            shape.hasRecurrentBias() ? view(layout.recurrentBias(0), shape.hidden()) : null);
    head = view(layout.headWeights(), spec.headWidth(), shape.hidden());
    headBias = view(layout.headBias(), spec.headWidth());
    int width = segments.positionWidth();
    embedding =
        view(
            layout.segments("segments.embedding.weights"),
            segments.embedding(),
            spec.segmentWidth());
    embeddingBias = view(layout.segments("segments.embedding.bias"), segments.embedding());
    positions = view(layout.segments("segments.positions"), segments.count(spec.horizon()), width);
    channels =
        segments.channels() > 1
            ? view(layout.segments("segments.channels"), segments.channels(), width)
            : null;
    boolean mapped = segments.linear() > 0;
    linear =
        mapped
            ? view(layout.segments("segments.linear.weights"), spec.horizon(), segments.linear())
            : null;
    linearBias = mapped ? view(layout.segments("segments.linear.bias"), spec.horizon()) : null;
  }

  private INDArray view(int from, long... sizes) {
    long length = Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    return flat.get(NDArrayIndex.interval(from, from + length)).reshape('c', sizes);
  }

  /** Overwrites all numbers. */
  void load(float[] values) {
    try (INDArray given = Nd4j.createFromArray(values)) {
      flat.assign(given);
    }
  }

  /** All numbers, rounded to float. */
  float[] floats() {
    try (INDArray copy = Slab.copy(flat)) {
      return copy.data().asFloat();
    }
  }

  /** All numbers become zero. */
  void clear() {
    flat.assign(0);
  }

  @Override
  public void close() {
    flat.close();
  }
}
