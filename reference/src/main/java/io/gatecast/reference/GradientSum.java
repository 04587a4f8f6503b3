package io.gatecast.reference;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adds up ∂L/∂weights over the steps of a sequence, by canonical name.
 *
 * <p>The same weights act at every step, so that their gradient is the sum over the steps. This is
 * the one mutable thing on the way back; it belongs to one caller and one thread.
 */
public final class GradientSum {
  private final Map<String, double[]> values = new LinkedHashMap<>();
  private final Map<String, int[]> shapes = new LinkedHashMap<>();

  /** A sum of nothing. */
  public GradientSum() {}

  /**
   * Adds a vector to the gradient of this name.
   *
   * @param name the tensor's canonical name
   * @param vector the addend, of shape {@code [length]}; copied
   * @throws IllegalArgumentException if something of another shape was added under this name before
   */
  public void add(String name, double[] vector) {
    Vectors.addTo(sumOf(name, vector.length), vector);
  }

  /**
   * Adds the outer product {@code u vᵀ} to the gradient of this name.
   *
   * @param name the tensor's canonical name
   * @param u of shape {@code [rows]}
   * @param v of shape {@code [columns]}
   * @throws IllegalArgumentException if something of another shape was added under this name before
   */
  public void addOuterProduct(String name, double[] u, double[] v) {
    double[] sum = sumOf(name, u.length, v.length);
    for (int row = 0; row < u.length; row++) {
      for (int column = 0; column < v.length; column++) {
        sum[row * v.length + column] += u[row] * v[column];
      }
    }
  }

  /**
   * Adds gradients to those of the same names.
   *
   * @param gradients the addends by canonical name
   * @throws IllegalArgumentException if something of another shape was added under a name before
   */
  public void addAll(Map<String, Tensor> gradients) {
    gradients.forEach(
        (name, tensor) -> Vectors.addTo(sumOf(name, tensor.shape()), tensor.values()));
  }

  private double[] sumOf(String name, int... shape) {
    int[] known = shapes.computeIfAbsent(name, added -> shape);
    if (!Arrays.equals(known, shape)) {
      throw new IllegalArgumentException(
          name
              + ": expected shape "
              + Arrays.toString(known)
              + ", found "
              + Arrays.toString(shape));
    }
    return values.computeIfAbsent(
        name, added -> new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)]);
  }

  /**
   * The gradients so far.
   *
   * @return the sums by name, in the order in which the names first came; unmodifiable, and not
   *     changed by what is added later
   */
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> tensors.put(name, Tensor.of(sumOf(name, shape), shape)));
    return Collections.unmodifiableMap(tensors);
  }
}
