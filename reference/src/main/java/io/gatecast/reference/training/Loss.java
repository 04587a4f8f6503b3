package io.gatecast.reference.training;

import java.util.List;

/**
 * What a network's outputs cost against their targets: each what {@link #ofOutput} says. A
 * network's loss is the mean over all its outputs, steps and examples; that mean is {@link
 * Objective}'s.
 *
 * <p>Below, {@code e = y − target}.
 */
public sealed interface Loss {
  /**
   * The loss of one of the network's outputs.
   *
   * @param output the output's index, from 0
   * @return what it costs
   */
  Pointwise ofOutput(int output);

  /** How many outputs forecast the same step; a network's outputs are a multiple of it. */
  int outputsPerStep();

  /** A loss that looks at an output and its target alone, whichever output it is. */
  sealed interface Pointwise extends Loss {
    /**
     * The cost.
     *
     * @param y the output
     * @param target what it should have been
     * @return the cost, at least 0; NaN if an argument is
     */
    double value(double y, double target);

    /**
     * The derivative of {@link #value} with regard to y. Where there is a kink it gives 0, which
     * lies between the slopes on both sides.
     *
     * @param y the output
     * @param target what it should have been
     * @return ∂value/∂y
     */
    double derivative(double y, double target);

    @Override
    default Pointwise ofOutput(int output) {
      return this;
    }

    @Override
    default int outputsPerStep() {
      return 1;
    }
  }

  /** Squared error, {@code e²}. Its best constant forecast is the mean. */
  record Squared() implements Pointwise {
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
  record Absolute() implements Pointwise {
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
  record Huber(double delta) implements Pointwise {
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
  record Pinball(double quantile) implements Pointwise {
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

  /**
   * Several quantiles of each step: output k is the quantile of level {@code levels[k mod Q]}, Q
   * being the number of levels, of step {@code k div Q}, and is charged the {@link Pinball} loss of
   * that level. A target gives each step's value Q times. R. Wen, K. Torkkola, B. Narayanaswamy and
   * D. Madeka, <i>A Multi-Horizon Quantile Recurrent Forecaster</i>, 2017.
   *
   * @param levels at least one, strictly increasing, each above 0 and below 1
   */
  record Quantiles(List<Double> levels) implements Loss {
    /**
     * Checks the levels and copies the list.
     *
     * @param levels at least one, strictly increasing, each above 0 and below 1
     * @throws IllegalArgumentException if there is none, one is not above 0 and below 1, or one is
     *     not above the one before it
     */
    public Quantiles {
      Require.atLeastOne("levels", levels.size());
      levels = List.copyOf(levels);
      double before = 0;
      for (int i = 0; i < levels.size(); i++) {
        double level = levels.get(i);
        if (!(level > before && level < 1)) {
          throw new IllegalArgumentException(
              "levels[" + i + "]: expected above " + before + " and below 1, found " + level);
        }
        before = level;
      }
    }

    @Override
    public Pointwise ofOutput(int output) {
      return new Pinball(levels.get(output % levels.size()));
    }

    @Override
    public int outputsPerStep() {
      return levels.size();
    }
  }
}
