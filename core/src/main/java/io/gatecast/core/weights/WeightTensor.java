package io.gatecast.core.weights;

import java.util.Arrays;

/**
 * One named weight's numbers: float, row-major, rank 1 or 2. Immutable; arrays are copied in and
 * out. It does no arithmetic.
 */
public final class WeightTensor {
  private final int[] shape;
  private final float[] values;

  private WeightTensor(int[] shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  /**
   * Makes a tensor.
   *
   * @param values row-major numbers; copied
   * @param shape one or two sizes, each at least 1
   * @return the tensor
   * @throws IllegalArgumentException if rank, sizes and number of values do not fit
   */
  public static WeightTensor of(float[] values, int... shape) {
    if (shape.length < 1 || shape.length > 2 || Arrays.stream(shape).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "shape: expected one or two positive sizes, found " + Arrays.toString(shape));
    }
    int expected = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "values: expected "
              + expected
              + " for shape "
              + Arrays.toString(shape)
              + ", found "
              + values.length);
    }
    return new WeightTensor(shape.clone(), values.clone());
  }

  /** The sizes, outermost first. */
  public int[] shape() {
    return shape.clone();
  }

  /** The numbers, row-major. */
  public float[] values() {
    return values.clone();
  }

  /** One number by its row-major position, without a copy of them all. */
  float at(int index) {
    return values[index];
  }

  /** How many numbers there are. */
  int size() {
    return values.length;
  }

  /**
   * The same tensor with one number replaced.
   *
   * @param index row-major position
   * @param value the new number
   * @return a new tensor
   */
  public WeightTensor with(int index, float value) {
    float[] copy = values.clone();
    copy[index] = value;
    return new WeightTensor(shape, copy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeightTensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "WeightTensor" + Arrays.toString(shape);
  }
}
