package io.gatecast.reference.training;

/**
 * What one output costs against its target. A network's loss is the mean over all its outputs,
 * steps and examples; that mean is {@link Objective}'s.
 *
 * <p>Below, {@code e = y − target}.
 */
public sealed interface Loss {
  /**
   * The cost.
   *
   * @param y the output
   * @param target what it should have been
   * @return the cost, at least 0; NaN if an argument is
   */
  double value(double y, double target);

  /**
   * The derivative of {@link #value} with regard to y. Where there is a kink it gives 0, which lies
   * between the slopes on both sides.
   *
   * @param y the output
   * @param target what it should have been
   * @return ∂value/∂y
   */
  double derivative(double y, double target);

  /** Squared error, {@code e²}. Its best constant forecast is the mean. */
  record Squared() implements Loss {
    @Override
    public double value(double y, double target) {
      return (y - target) * (y - target);
    }

    @Override
    public double derivative(double y, double target) {
      return 2 * (y - target);
    }
  }

  /** Absolute error, {@code |e|}. Its best constant forecast is the median. */
  record Absolute() implements Loss {
    @Override
    public double value(double y, double target) {
      return Math.abs(y - target);
    }

    @Override
    public double derivative(double y, double target) {
      return Math.signum(y - target);
    }
  }

  /**
   * Huber's loss: {@code e² / 2} for {@code |e| ≤ δ}, beyond {@code δ (|e| − δ / 2)}. Squared for
   * small errors, absolute for large ones. P. J. Huber, <i>Robust Estimation of a Location
   * Parameter</i>, Annals of Mathematical Statistics 35, 1964.
   *
   * @param delta δ, above 0 and finite, in the unit of y
   */
  record Huber(double delta) implements Loss {
    /**
     * Checks δ.
     *
     * @param delta δ, above 0 and finite, in the unit of y
     * @throws IllegalArgumentException if δ is not above 0 and finite
     */
    public Huber {
      Require.positive("delta", delta);
    }

    @Override
    public double value(double y, double target) {
      double distance = Math.abs(y - target);
      return distance <= delta ? distance * distance / 2 : delta * (distance - delta / 2);
    }

    @Override
    public double derivative(double y, double target) {
      double error = y - target;
      return Math.abs(error) <= delta ? error : delta * Math.signum(error);
    }
  }

  /**
   * The pinball loss: {@code −q e} if y is too low, {@code (1 − q) e} if too high. Its best
   * constant forecast is the q-quantile. R. Koenker and G. Bassett, <i>Regression Quantiles</i>,
   * Econometrica 46, 1978.
   *
   * @param quantile q, above 0 and below 1
   */
  record Pinball(double quantile) implements Loss {
    /**
     * Checks q.
     *
     * @param quantile q, above 0 and below 1
     * @throws IllegalArgumentException if q is not above 0 and below 1
     */
    public Pinball {
      if (!(quantile > 0 && quantile < 1)) {
        throw new IllegalArgumentException(
            "quantile: expected above 0 and below 1, found " + quantile);
      }
    }

    @Override
    public double value(double y, double target) {
      double error = y - target;
      return Math.max(-quantile * error, (1 - quantile) * error);
    }

    @Override
    public double derivative(double y, double target) {
      double error = y - target;
      return (error > 0 ? 1 - quantile : quantile) * Math.signum(error);
    }
  }
}
