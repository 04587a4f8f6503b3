package io.gatecast.core.kernel;

/**
 * One layer's weights, or their gradients, as plain arrays in the layout that {@link LayerShape}
 * tells. The arrays are the caller's; kernels read weights and write gradients, and keep neither.
 */
public final class LayerWeights {
  final float[] input;
  final float[] recurrent;
  final float[] bias;
  final float[] recurrentBias;

  /**
   * Wraps the arrays.
   *
   * @param shape the layer
   * @param input W, {@code [inputs, gates·hidden]} row by row
   * @param recurrent U, {@code [hidden, gates·hidden]} row by row
   * @param bias b, {@code [gates·hidden]}
   * @param recurrentBias c_h, {@code [hidden]}; empty for cells without it
   * @throws IllegalArgumentException if an array has another length
   */
  public LayerWeights(
      LayerShape shape, float[] input, float[] recurrent, float[] bias, float[] recurrentBias) {
    int width = shape.gates() * shape.hidden();
    requireLength("input", input, shape.inputs() * width);
    requireLength("recurrent", recurrent, shape.hidden() * width);
    requireLength("bias", bias, width);
    requireLength("recurrentBias", recurrentBias, shape.hasRecurrentBias() ? shape.hidden() : 0);
    this.input = input;
    this.recurrent = recurrent;
    this.bias = bias;
    this.recurrentBias = recurrentBias;
  }

  /**
   * Zeros of a layer's sizes.
   *
   * @param shape the layer
   * @return fresh arrays
   */
  public static LayerWeights zeros(LayerShape shape) {
    int width = shape.gates() * shape.hidden();
    return new LayerWeights(
        shape,
        new float[shape.inputs() * width],
        new float[shape.hidden() * width],
        new float[width],
        new float[shape.hasRecurrentBias() ? shape.hidden() : 0]);
  }

  /** W, the array itself. */
  public float[] input() {
    return input;
  }

  /** U, the array itself. */
  public float[] recurrent() {
    return recurrent;
  }

  /** b, the array itself. */
  public float[] bias() {
    return bias;
  }

  /** c_h, the array itself; empty for cells without it. */
  public float[] recurrentBias() {
    return recurrentBias;
  }

  private static void requireLength(String name, float[] array, int expected) {
    if (array.length != expected) {
      throw new IllegalArgumentException(
          name + ": expected " + expected + " numbers, found " + array.length);
    }
  }
}
