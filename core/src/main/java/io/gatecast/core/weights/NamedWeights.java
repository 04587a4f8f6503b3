package io.gatecast.core.weights;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network's weights under their canonical names: {@code layers.<n>.<gate>.input_weights [hidden,
 * input]}, {@code .recurrent_weights [hidden, hidden]}, {@code .bias [hidden]}, {@code head.weights
 * [output, hidden]}, {@code head.bias [output]}. A network that reads segments has, for E, w·F, m,
 * C, H and K as {@link Segments} calls them, {@code segments.embedding.weights [E, w·F]}, {@code
 * segments.embedding.bias [E]}, {@code segments.positions [m, E or E/2]}, {@code segments.channels
 * [C, E/2]} for several channels, and {@code segments.linear.weights [H, K]}, {@code
 * segments.linear.bias [H]} where it has a linear map; its head's outputs are a segment's.
 *
 * <p>Complete and of the right shapes by construction. Immutable. It knows no engine's layout; that
 * is {@link FlatLayout}.
 */
public final class NamedWeights {
  private final Map<String, WeightTensor> tensors;

  private NamedWeights(Map<String, WeightTensor> tensors) {
    this.tensors = tensors;
  }

  /**
   * Checks the tensors against the network they are for.
   *
   * @param spec the network
   * @param tensors one tensor for each canonical name, no others
   * @return the weights, in canonical order
   * @throws IllegalArgumentException naming the missing, superfluous or misshapen tensor
   */
  public static NamedWeights of(NetworkSpec spec, Map<String, WeightTensor> tensors) {
    Map<String, int[]> expected = shapes(spec);
    Map<String, WeightTensor> ordered = new LinkedHashMap<>();
    expected.forEach(
        (name, shape) -> {
          WeightTensor tensor = tensors.get(name);
          if (tensor == null) {
            throw new IllegalArgumentException(
                name
                    + ": expected a tensor of shape "
                    + Arrays.toString(shape)
                    + ", found none; there are "
                    + tensors.keySet());
          }
          if (!Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException(
                name
                    + ": expected shape "
                    + Arrays.toString(shape)
                    + ", found "
                    + Arrays.toString(tensor.shape()));
          }
          ordered.put(name, tensor);
        });
    for (String name : tensors.keySet()) {
      if (!expected.containsKey(name)) {
        throw new IllegalArgumentException(
            name + ": unknown tensor; expected only " + expected.keySet());
      }
    }
    return new NamedWeights(Collections.unmodifiableMap(ordered));
  }

  /**
   * The canonical names and shapes of a network's weights, in canonical order.
   *
   * @param spec the network
   * @return name to shape
   */
  public static Map<String, int[]> shapes(NetworkSpec spec) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      CellSpec cell = spec.layers().get(layer).cell();
      int hidden = spec.layers().get(layer).hidden();
      for (String gate : cell.gates()) {
        String prefix = prefix(layer, gate);
        shapes.put(prefix + "input_weights", new int[] {hidden, spec.inputsOf(layer)});
        shapes.put(prefix + "recurrent_weights", new int[] {hidden, hidden});
        shapes.put(prefix + "bias", new int[] {hidden});
      }
      if (cell.hasRecurrentBias()) {
        shapes.put(prefix(layer, "candidate") + "recurrent_bias", new int[] {hidden});
      }
    }
    shapes.put("head.weights", new int[] {spec.headWidth(), spec.top().hidden()});
    shapes.put("head.bias", new int[] {spec.headWidth()});
    spec.segments().ifPresent(segments -> putSegments(spec, segments, shapes));
    return shapes;
  }

  private static void putSegments(NetworkSpec spec, Segments segments, Map<String, int[]> shapes) {
    shapes.put("segments.embedding.weights", new int[] {segments.embedding(), spec.segmentWidth()});
    shapes.put("segments.embedding.bias", new int[] {segments.embedding()});
    int width = segments.positionWidth();
    shapes.put("segments.positions", new int[] {segments.count(spec.horizon()), width});
    if (segments.channels() > 1) {
      shapes.put("segments.channels", new int[] {segments.channels(), width});
    }
    if (segments.linear() > 0) {
      shapes.put("segments.linear.weights", new int[] {spec.horizon(), segments.linear()});
      shapes.put("segments.linear.bias", new int[] {spec.horizon()});
    }
  }

  /**
   * What stands before a parameter's name.
   *
   * @param layer index from 0
   * @param gate canonical name
   * @return {@code layers.<layer>.<gate>.}
   */
  public static String prefix(int layer, String gate) {
    return "layers." + layer + "." + gate + ".";
  }

  /** All tensors by canonical name, in canonical order; unmodifiable. */
  public Map<String, WeightTensor> tensors() {
    return tensors;
  }

  /**
   * One tensor.
   *
   * @param name canonical name
   * @return the tensor
   * @throws IllegalArgumentException if there is no such name
   */
  public WeightTensor get(String name) {
    WeightTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(name + ": unknown tensor; there are " + tensors.keySet());
    }
    return tensor;
  }

  /**
   * The same weights with one tensor replaced by another of its shape.
   *
   * @param name canonical name
   * @param tensor the new tensor
   * @return new weights
   * @throws IllegalArgumentException if the name is unknown or the shape differs
   */
  public NamedWeights with(String name, WeightTensor tensor) {
    if (!Arrays.equals(get(name).shape(), tensor.shape())) {
      throw new IllegalArgumentException(name + ": expected " + get(name) + ", found " + tensor);
    }
    Map<String, WeightTensor> copy = new LinkedHashMap<>(tensors);
    copy.put(name, tensor);
    return new NamedWeights(Collections.unmodifiableMap(copy));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedWeights that && tensors.equals(that.tensors);
  }

  @Override
  public int hashCode() {
    return tensors.hashCode();
  }

  @Override
  public String toString() {
    return "NamedWeights" + tensors.keySet();
  }
}
