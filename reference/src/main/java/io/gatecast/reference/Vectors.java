package io.gatecast.reference;

/** The two elementwise operations that the gradients repeat. Lengths are the callers' to check. */
final class Vectors {
  private Vectors() {}

  /** The elementwise product {@code a ∘ b}, in a new array. */
  static double[] times(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int k = 0; k < product.length; k++) {
      product[k] = a[k] * b[k];
    }
    return product;
  }

  /** Adds each element of the second to the first. */
  static void addTo(double[] sum, double[] addend) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += addend[k];
    }
  }
}
