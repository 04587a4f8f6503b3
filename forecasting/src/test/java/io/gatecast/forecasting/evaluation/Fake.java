package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.window.Fold;
import java.util.List;

/**
 * A model whose forecasts a test decides, step by step; it may look ahead, as a test does.
 *
 * @param name of the model
 * @param kind network or baseline
 * @param horizon steps ahead
 * @param step forecast of each step, h from 1
 */
record Fake(String name, Kind kind, int horizon, Step step) implements Forecaster, Estimator {

  /** The forecast of one step ahead. */
  interface Step {
    double of(History origin, int h);
  }

  static Fake network(String name, int horizon, Step step) {
    return new Fake(name, Kind.NETWORK, horizon, step);
  }

  static Fake baseline(String name, int horizon, Step step) {
    return new Fake(name, Kind.BASELINE, horizon, step);
  }

  /** What will come true. */
  static double truth(History origin, int h) {
    return origin.series().value(0, origin.origin() + h);
  }

  @Override
  public long parameters() {
    return 7;
  }

  @Override
  public Forecaster fit(Fold fold) {
    return this;
  }

  @Override
  public Forecasts forecast(List<History> origins) {
    double[][] mean = new double[origins.size()][horizon];
    for (int i = 0; i < mean.length; i++) {
      for (int h = 1; h <= horizon; h++) {
        mean[i][h - 1] = step.of(origins.get(i), h);
      }
    }
    return Forecasts.of(mean);
  }
}
