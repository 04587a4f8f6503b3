package io.gatecast.reference;

/**
 * The elementwise functions of the cells' equations.
 *
 * <p>They are computed with {@link StrictMath}, so that the oracle gives the same bits on every
 * machine; the fast approximations belong to the engines that it judges, never here.
 */
public enum Activation {
  /** The hyperbolic tangent, {@code tanh(a)}, in (-1, 1). */
  TANH {
    @Override
    public double apply(double a) {
      return StrictMath.tanh(a);
    }
  },

  /** The logistic function, {@code σ(a) = 1 / (1 + exp(-a))}, in (0, 1). */
  SIGMOID {
    @Override
    public double apply(double a) {
      // For very negative a, exp overflows to infinity and the quotient is exactly 0: no NaN.
      return 1 / (1 + StrictMath.exp(-a));
    }
  },

  /** The rectifier, {@code max(0, a)}. */
  RELU {
    @Override
    public double apply(double a) {
      return Math.max(0, a);
    }
  };

  /**
   * Applies the function to one pre-activation. NaN gives NaN.
   *
   * @param a the pre-activation
   * @return the activation
   */
  public abstract double apply(double a);

  /** Applies the function to each element, giving a new array. */
  double[] applyToEach(double[] preActivations) {
    double[] activations = new double[preActivations.length];
    for (int k = 0; k < activations.length; k++) {
      activations[k] = apply(preActivations[k]);
    }
    return activations;
  }
}
