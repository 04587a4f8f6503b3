package io.gatecast.core.training;

/**
 * The Euclidean norm of a whole gradient, and the factor that brings it within a bound: one factor
 * for all numbers, so that the direction stays (Pascanu, Mikolov and Bengio, 2013).
 *
 * <p>It bounds gradients that explode; it cannot bring back those that vanished.
 */
final class GlobalNorm {
  private GlobalNorm() {}

  /**
   * The norm.
   *
   * @param gradient any numbers
   * @return without overflow, as a float's square fits into a double many times over; not finite
   *     only if a number of the gradient is not
   */
  static double of(float[] gradient) {
    // Four sums at once, as each addition waits for the one before it in the same sum.
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i <= gradient.length - 4; i += 4) {
      double a = gradient[i];
      double b = gradient[i + 1];
      double c = gradient[i + 2];
      double d = gradient[i + 3];
      sum0 += a * a;
      sum1 += b * b;
      sum2 += c * c;
      sum3 += d * d;
    }
    for (; i < gradient.length; i++) {
      double a = gradient[i];
      sum0 += a * a;
    }
    return Math.sqrt(sum0 + sum1 + (sum2 + sum3));
  }

  /**
   * The factor that brings a norm within the bound.
   *
   * @param norm finite, at least 0
   * @param bound positive; may be infinite
   * @return 1 if it is within, less if it is not
   */
  static double factor(double norm, double bound) {
    return norm > bound ? bound / norm : 1;
  }
}
