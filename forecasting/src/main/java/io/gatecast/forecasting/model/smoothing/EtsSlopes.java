package io.gatecast.forecasting.model.smoothing;

/**
 * How an {@link EtsState} and what it expects change with the initial states: the derivatives,
 * carried forward beside the recursion. With them the initial states follow from least squares.
 */
final class EtsSlopes {
  private final EtsParameters parameters;
  private final boolean factors;
  private final double[] level;
  private final double[] trend;
  private final double[][] seasonal;
  private final double[] expectedLevel;
  private final double[] expected;
  private int phase;

  /**
   * Before the first step.
   *
   * @param form which states there are
   * @param parameters of the recursion
   */
  EtsSlopes(EtsForm form, EtsParameters parameters) {
    int free = form.initial();
    this.parameters = parameters;
    this.factors = form.seasonal() == EtsForm.Seasonal.MULTIPLICATIVE;
    this.level = new double[free];
    this.trend = new double[free];
    this.expectedLevel = new double[free];
    this.expected = new double[free];
    int states = form.seasonal() == EtsForm.Seasonal.NONE ? 0 : form.season();
    this.seasonal = new double[states][free];
    int at = 0;
    level[at++] = 1;
    if (form.trend() != EtsForm.Trend.NONE) {
      trend[at++] = 1;
    }
    for (int s = 0; s < states - 1; s++, at++) {
      seasonal[s][at] = 1;
      seasonal[states - 1][at] = -1;
    }
  }

  /**
   * The derivatives of what is expected at the next step.
   *
   * @param q the level expected
   * @param s its season
   * @return {@code [free initial state]}; overwritten by the next call
   */
  double[] expected(double q, double s) {
    double phi = parameters.phi();
    double[] season = seasonal.length == 0 ? level : seasonal[phase];
    for (int k = 0; k < expected.length; k++) {
      double dq = level[k] + phi * trend[k];
      double ds = seasonal.length == 0 ? 0 : season[k];
      expectedLevel[k] = dq;
      expected[k] = factors ? s * dq + q * ds : dq + ds;
    }
    return expected;
  }

  /**
   * Goes one step on, after {@link #expected}.
   *
   * @param error the value less what was expected, not a number where it is absent
   * @param q the level expected
   * @param s its season
   */
  void step(double error, double q, double s) {
    boolean absent = Double.isNaN(error);
    double[] season = seasonal.length == 0 ? new double[0] : seasonal[phase];
    for (int k = 0; k < expected.length; k++) {
      double dq = expectedLevel[k];
      double slope = parameters.phi() * trend[k];
      level[k] = dq;
      trend[k] = slope;
      if (absent) {
        continue;
      }
      double de = -expected[k];
      if (factors) {
        double ds = season[k];
        double bySeason = (de - error * ds / s) / s;
        level[k] += parameters.alpha() * bySeason;
        trend[k] += parameters.beta() * bySeason;
        season[k] += parameters.gamma() * (de - error * dq / q) / q;
      } else {
        level[k] += parameters.alpha() * de;
        trend[k] += parameters.beta() * de;
        if (season.length > 0) {
          season[k] += parameters.gamma() * de;
        }
      }
    }
    phase = seasonal.length == 0 ? 0 : (phase + 1) % seasonal.length;
  }
}
