package io.gatecast.reference.contract;

import io.gatecast.reference.Tensor;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The derivative of a scalar function of a tensor by central differences: what every hand-written
 * gradient is held against.
 *
 * <p>Four points, so that the error of the formula is of fourth order in the step and that of
 * rounding stays small: {@code (f(x−2s) − 8 f(x−s) + 8 f(x+s) − f(x+2s)) / 12s}. It takes four
 * evaluations for each element, and is wrong across a kink.
 */
public final class FiniteDifference {
  private static final double STEP = 2e-4;

  private FiniteDifference() {}

  /**
   * The gradient of a function at a tensor.
   *
   * @param at the tensor
   * @param function gives a number for a tensor of the same shape
   * @return ∂function/∂at, of the same shape
   */
  public static Tensor gradient(Tensor at, ToDoubleFunction<Tensor> function) {
    double[] values = at.values();
    double[] gradient = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      double sum = 0;
      for (int[] point : new int[][] {{-2, 1}, {-1, -8}, {1, 8}, {2, -1}}) {
        values[i] = value + point[0] * STEP;
        sum += point[1] * function.applyAsDouble(Tensor.of(values, at.shape()));
      }
      values[i] = value;
      gradient[i] = sum / (12 * STEP);
    }
    return Tensor.of(gradient, at.shape());
  }

  /**
   * How far a gradient is from the difference quotient: the largest difference of an element,
   * relative to the largest element of either tensor or to a floor, whichever is larger.
   *
   * @param found the gradient under test
   * @param expected the difference quotient, of the same shape
   * @param floor what counts as no smaller than this: the quotient's own rounding is about 1e-12
   *     times the function's value, so that nothing can be said of smaller gradients
   * @return the relative difference; NaN if a number is
   * @throws IllegalArgumentException if the shapes differ
   */
  public static double relativeDifference(Tensor found, Tensor expected, double floor) {
    if (!Arrays.equals(found.shape(), expected.shape())) {
      throw new IllegalArgumentException(
          "found: expected shape "
              + Arrays.toString(expected.shape())
              + ", found "
              + Arrays.toString(found.shape()));
    }
    double[] a = found.values();
    double[] b = expected.values();
    double difference = 0;
    double scale = floor;
    for (int i = 0; i < a.length; i++) {
      difference = Math.max(difference, Math.abs(a[i] - b[i]));
      scale = Math.max(scale, Math.max(Math.abs(a[i]), Math.abs(b[i])));
    }
    return difference / scale;
  }
}
