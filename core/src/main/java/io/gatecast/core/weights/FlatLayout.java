package io.gatecast.core.weights;

import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.NetworkSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where each weight lies in a network's flat vector of parameters; a gradient lies the same way. It
 * holds no weights.
 *
 * <p>The order is that of {@code MultiLayerNetwork.params()} for a network of {@link
 * io.gatecast.core.layers.Dl4jConfiguration}. Layer by layer from the input upwards, with gates
 * side by side in the cell's canonical order: {@code W [inputs, gates·hidden]}, {@code U [hidden,
 * gates·hidden]}, {@code b [gates·hidden]}, each row by row, and {@code c_h [hidden]} for a GRU
 * that resets after the product. So W and U are the canonical matrices transposed. Then the head:
 * {@code V [outputs, hidden]} row by row, {@code c [outputs]}. Last, for a network that reads
 * segments, the canonical tensors {@code segments.…} in canonical order, each row by row.
 */
public final class FlatLayout {
  private final NetworkSpec spec;
  private final int[] starts; // of each layer, then of the head, then of the segments
  private final Map<String, Integer> segments = new LinkedHashMap<>();
  private int length;

  private FlatLayout(NetworkSpec spec, int[] starts) {
    this.spec = spec;
    this.starts = starts;
  }

  /**
   * The layout of a network.
   *
   * @param spec the network
   * @return where its weights lie
   * @throws IllegalArgumentException if the network has more parameters than an array has elements
   */
  public static FlatLayout of(NetworkSpec spec) {
    if (spec.parameters() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "spec: expected at most "
              + Integer.MAX_VALUE
              + " parameters, as many as an array holds, found "
              + spec.parameters()
              + "; lower the hidden units or the layers");
    }
    int depth = spec.layers().size();
    FlatLayout layout = new FlatLayout(spec, new int[depth + 2]);
    for (int layer = 0; layer < depth; layer++) {
      LayerSpec one = spec.layers().get(layer);
      layout.starts[layer + 1] =
          layout.bias(layer)
              + layout.width(layer)
              + (one.cell().hasRecurrentBias() ? one.hidden() : 0);
    }
    layout.starts[depth + 1] = layout.headBias() + spec.headWidth();
    layout.length = layout.starts[depth + 1];
    NamedWeights.shapes(spec).forEach(layout::placeOfSegments);
    return layout;
  }

  private void placeOfSegments(String name, int[] shape) {
    if (name.startsWith("segments.")) {
      segments.put(name, length);
      length += Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  /** The number of parameters. */
  public int length() {
    return length;
  }

  /**
   * Where a tensor of the segments begins, row by row.
   *
   * @param name canonical name, {@code segments.…}
   * @throws IllegalArgumentException if the network has no such tensor
   */
  public int segments(String name) {
    Integer start = segments.get(name);
    if (start == null) {
      throw new IllegalArgumentException(
          "name: expected one of " + segments.keySet() + ", found " + name);
    }
    return start;
  }

  /**
   * Where W begins, {@code [inputs, gates·hidden]} row by row.
   *
   * @param layer index from 0
   */
  public int inputWeights(int layer) {
    return starts[layer];
  }

  /**
   * Where U begins, {@code [hidden, gates·hidden]} row by row.
   *
   * @param layer index from 0
   */
  public int recurrentWeights(int layer) {
    return inputWeights(layer) + spec.inputsOf(layer) * width(layer);
  }

  /**
   * Where b begins, {@code [gates·hidden]}.
   *
   * @param layer index from 0
   */
  public int bias(int layer) {
    return recurrentWeights(layer) + spec.layers().get(layer).hidden() * width(layer);
  }

  /**
   * Where c_h begins, {@code [hidden]}.
   *
   * @param layer index from 0
   * @throws IllegalArgumentException if the layer's cell has no second bias
   */
  public int recurrentBias(int layer) {
    LayerSpec one = spec.layers().get(layer);
    if (!one.cell().hasRecurrentBias()) {
      throw new IllegalArgumentException(
          "layer: expected one with a second bias, a GRU that resets after, found layer "
              + layer
              + ", "
              + one.cell().label());
    }
    return bias(layer) + width(layer);
  }

  /** Where V begins, {@code [outputs, hidden]} row by row; the outputs of one segment, if any. */
  public int headWeights() {
    return starts[starts.length - 2];
  }

  /** Where c begins, {@code [outputs]}. */
  public int headBias() {
    return headWeights() + spec.headWidth() * spec.top().hidden();
  }

  /**
   * Gives the parameters their names.
   *
   * @param flat the flat vector; copied
   * @return the weights
   * @throws IllegalArgumentException if the vector has another length
   */
  public NamedWeights read(float[] flat) {
    requireLength(flat);
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    Map<String, Place> places = places();
    NamedWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              Place place = Objects.requireNonNull(places.get(name), name);
              float[] values = new float[shape.length == 1 ? shape[0] : shape[0] * shape[1]];
              for (int i = 0; i < values.length; i++) {
                values[i] = flat[place.index(i)];
              }
              tensors.put(name, WeightTensor.of(values, shape));
            });
    return NamedWeights.of(spec, tensors);
  }

  /**
   * Lays named weights out.
   *
   * @param weights what to copy in
   * @param flat the flat vector; all of it is overwritten
   * @throws IllegalArgumentException if the weights are of another network, naming the tensor, or
   *     the vector has another length
   */
  public void write(NamedWeights weights, float[] flat) {
    NamedWeights.of(spec, weights.tensors()); // smaller tensors would fit into larger places
    requireLength(flat);
    places()
        .forEach(
            (name, place) -> {
              WeightTensor tensor = weights.get(name);
              for (int i = 0; i < tensor.size(); i++) {
                flat[place.index(i)] = tensor.at(i);
              }
            });
  }

  /**
   * Where a canonical tensor's elements lie.
   *
   * @param from the first one
   * @param columns its columns; a vector has one
   * @param rowStride from one row to the next
   * @param columnStride from one column to the next
   */
  private record Place(int from, int columns, int rowStride, int columnStride) {
    int index(int element) {
      return from + element / columns * rowStride + element % columns * columnStride;
    }
  }

  private Map<String, Place> places() {
    Map<String, Place> places = new LinkedHashMap<>();
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      LayerSpec one = spec.layers().get(layer);
      List<String> gates = one.cell().gates();
      for (int gate = 0; gate < gates.size(); gate++) {
        String prefix = NamedWeights.prefix(layer, gates.get(gate));
        int first = gate * one.hidden();
        places.put(
            prefix + "input_weights",
            transposed(inputWeights(layer) + first, one, spec.inputsOf(layer)));
        places.put(
            prefix + "recurrent_weights",
            transposed(recurrentWeights(layer) + first, one, one.hidden()));
        places.put(prefix + "bias", vector(bias(layer) + first));
      }
      if (one.cell().hasRecurrentBias()) {
        places.put(
            NamedWeights.prefix(layer, "candidate") + "recurrent_bias",
            vector(recurrentBias(layer)));
      }
    }
    int hidden = spec.top().hidden();
    places.put("head.weights", new Place(headWeights(), hidden, hidden, 1));
    places.put("head.bias", vector(headBias()));
    segments.forEach((name, start) -> places.put(name, vector(start)));
    return places;
  }

  /** A gate's matrix {@code [hidden, columns]}, kept as columns of {@code [columns, width]}. */
  private static Place transposed(int from, LayerSpec layer, int columns) {
    return new Place(from, columns, 1, width(layer));
  }

  private static Place vector(int from) {
    return new Place(from, 1, 1, 1);
  }

  private int width(int layer) {
    return width(spec.layers().get(layer));
  }

  private static int width(LayerSpec layer) {
    return layer.cell().gates().size() * layer.hidden();
  }

  private void requireLength(float[] flat) {
    if (flat.length != length()) {
      throw new IllegalArgumentException(
          "flat: expected " + length() + " parameters, found " + flat.length);
    }
  }
}
