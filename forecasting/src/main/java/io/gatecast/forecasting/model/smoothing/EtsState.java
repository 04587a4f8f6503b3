package io.gatecast.forecasting.model.smoothing;

import java.util.Collections;

/**
 * An {@link EtsForm} on its way through a series: it takes one value after the other and forecasts
 * from where it stands. It sees no value but those that it was given.
 *
 * <p>At an absent step the state goes on as the model expects it, without an update: what follows
 * is then the forecast of several steps ahead.
 *
 * <p>Where a multiplicative season meets values that would take the level or a factor to zero or
 * below, the state goes on as at an absent step, and a slope that would do so ends.
 */
public final class EtsState {
  private final EtsParameters parameters;
  private final double[] seasonal;
  private final boolean factors;
  private double level;
  private double trend;
  private int phase;

  /**
   * Stands before the first step.
   *
   * @param form its components
   * @param parameters how fast they follow
   * @param start the state there; a level that is not a number becomes the first value
   * @throws IllegalArgumentException if the number of seasonal states is not the form's
   */
  public EtsState(EtsForm form, EtsParameters parameters, EtsStart start) {
    int expected = form.seasonal() == EtsForm.Seasonal.NONE ? 0 : form.season();
    if (start.seasonal().size() != expected) {
      throw new IllegalArgumentException(
          "seasonal: expected " + expected + " states, found " + start.seasonal().size());
    }
    this.parameters = parameters;
    this.factors = form.seasonal() == EtsForm.Seasonal.MULTIPLICATIVE;
    this.level = start.level();
    this.trend = start.trend();
    this.seasonal = start.seasonal().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * A state that knows nothing yet: it takes the first value for the level.
   *
   * @param form its components
   * @param parameters how fast they follow
   */
  static EtsState unknown(EtsForm form, EtsParameters parameters) {
    int states = form.seasonal() == EtsForm.Seasonal.NONE ? 0 : form.season();
    double neutral = form.seasonal() == EtsForm.Seasonal.MULTIPLICATIVE ? 1 : 0;
    return new EtsState(
        form, parameters, new EtsStart(Double.NaN, 0, Collections.nCopies(states, neutral)));
  }

  /** The level expected at the next step, without its season: q. */
  double expectedLevel() {
    double expected = level + parameters.phi() * trend;
    return factors && !(expected > 0) ? level : expected;
  }

  /** The season of the next step: 0, or 1 as a factor, without one. */
  double expectedSeason() {
    return seasonal.length == 0 ? 0 : seasonal[phase];
  }

  /** The value expected at the next step; not a number before the first value. */
  public double expected() {
    return factors ? expectedLevel() * expectedSeason() : expectedLevel() + expectedSeason();
  }

  /**
   * Goes one step on.
   *
   * @param value there, not a number where absent
   * @return what was expected before it
   */
  public double step(double value) {
    double q = expectedLevel();
    double s = expectedSeason();
    double slope = factors && q == level ? 0 : parameters.phi() * trend;
    double expected = factors ? q * s : q + s;
    if (Double.isNaN(level) && !Double.isNaN(value)) {
      level = factors ? value / s : value - s;
    } else if (Double.isNaN(value)) {
      level = q;
      trend = slope;
    } else {
      update(value - expected, q, s, slope);
    }
    phase = seasonal.length == 0 ? 0 : (phase + 1) % seasonal.length;
    return expected;
  }

  private void update(double error, double q, double s, double slope) {
    double nextLevel = q + parameters.alpha() * (factors ? error / s : error);
    double nextSeason = s + parameters.gamma() * (factors ? error / q : error);
    if (factors && !(nextLevel > 0 && nextSeason > 0)) {
      level = q;
      trend = slope;
      return;
    }
    level = nextLevel;
    trend = slope + parameters.beta() * (factors ? error / s : error);
    if (seasonal.length > 0) {
      seasonal[phase] = nextSeason;
    }
  }

  /**
   * Forecasts from here, {@code ŷ_{t+h} = l_t + (φ + φ² + … + φ^h) b_t}, with the season of each
   * step added or multiplied. It does not move the state.
   *
   * @param horizon steps ahead
   * @return {@code [step]}; not a number before the first value
   */
  public double[] forecast(int horizon) {
    double[] means = new double[horizon];
    double power = 1;
    double sum = 0;
    for (int h = 0; h < horizon; h++) {
      power *= parameters.phi();
      sum += power;
      double q = level + sum * trend;
      double s = seasonal.length == 0 ? 0 : seasonal[(phase + h) % seasonal.length];
      means[h] = factors ? q * s : q + s;
    }
    return means;
  }
}
