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

    @Override
    public double derivative(double activation) {
      return 1 - activation * activation;
    }
  },

  /** The logistic function, {@code σ(a) = 1 / (1 + exp(-a))}, in (0, 1). */
  SIGMOID {
    @Override
    public double apply(double a) {
      // For very negative a, exp overflows to infinity and the quotient is exactly 0: no NaN.
      return 1 / (1 + StrictMath.exp(-a));
    }

    @Override
    public double derivative(double activation) {
      return activation * (1 - activation);
    }
  },

  /** The rectifier, {@code max(0, a)}. */
  RELU {
    @Override
    public double apply(double a) {
      return Math.max(0, a);
    }

    @Override
    public double derivative(double activation) {
      return activation > 0 ? 1 : 0;
    }
  };

  /**
   * Applies the function to one pre-activation. NaN gives NaN.
   *
   * @param a the pre-activation
   * @return the activation
   */
  public abstract double apply(double a);

  /**
   * The derivative, by way of the activation itself: {@code 1 − h²} for tanh, {@code h (1 − h)} for
   * the logistic function, and for the rectifier 1 above 0, else 0 (at 0, where it has none, too).
   *
   * @param activation what {@link #apply} gave for the pre-activation
   * @return the derivative at that pre-activation
   */
  public abstract double derivative(double activation);

  /** Applies the function to each element, giving a new array. */
  double[] applyToEach(double[] preActivations) {
    double[] activations = new double[preActivations.length];
    for (int k = 0; k < activations.length; k++) {
      activations[k] = apply(preActivations[k]);
    }
    return activations;
  }

  /** Carries ∂L/∂activation to ∂L/∂pre-activation, element by element, in a new array. */
  double[] backwardThroughEach(double[] activations, double[] gradient) {
    double[] preActivations = new double[activations.length];
    for (int k = 0; k < preActivations.length; k++) {
      preActivations[k] = gradient[k] * derivative(activations[k]);
    }
    return preActivations;
  }
}
