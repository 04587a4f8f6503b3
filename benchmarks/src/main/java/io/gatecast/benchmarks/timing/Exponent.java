package io.gatecast.benchmarks.timing;

/**
 * How cost grows: the k of {@code cost ≈ a · sizeᵏ}, fitted by least squares through the logarithms
 * of both.
 */
public final class Exponent {
  private Exponent() {}

  /**
   * Fits k.
   *
   * @param sizes what was varied; positive, at least two different
   * @param costs the cost at each, as many; positive
   * @return the slope of log cost over log size
   * @throws IllegalArgumentException if the two do not fit, or no slope is defined
   */
  public static double of(double[] sizes, double[] costs) {
    if (sizes.length != costs.length || sizes.length < 2) {
      throw new IllegalArgumentException(
          "sizes: expected as many as costs, at least two, found "
              + sizes.length
              + " and "
              + costs.length);
    }
    double meanSize = 0;
    double meanCost = 0;
    for (int i = 0; i < sizes.length; i++) {
      meanSize += log("sizes", sizes[i]) / sizes.length;
      meanCost += log("costs", costs[i]) / sizes.length;
    }
    double square = 0;
    double product = 0;
    for (int i = 0; i < sizes.length; i++) {
      double distance = Math.log(sizes[i]) - meanSize;
      square += distance * distance;
      product += distance * (Math.log(costs[i]) - meanCost);
    }
    if (square < 1e-12) {
      throw new IllegalArgumentException("sizes: expected two different, found only " + sizes[0]);
    }
    return product / square;
  }

  private static double log(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + ": expected positive numbers, found " + value);
    }
    return Math.log(value);
  }
}
