package io.gatecast.forecasting.model;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.window.Fold;
import java.util.List;

/** A baseline that is a rule on the target's history alone: there is nothing to fit. */
abstract class Rule implements Forecaster, Estimator {
  private final String name;
  private final int horizon;

  Rule(String name, int horizon) {
    this.name = name;
    this.horizon = horizon;
  }

  /** The forecast of one step ahead, h from 1. */
  abstract double step(History history, int h);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Kind kind() {
    return Kind.BASELINE;
  }

  @Override
  public final long parameters() {
    return 0;
  }

  @Override
  public final Forecaster fit(Fold fold) {
    return this;
  }

  @Override
  public final Forecasts forecast(List<History> origins) {
    double[][] forecasts = new double[origins.size()][horizon];
    for (int i = 0; i < forecasts.length; i++) {
      for (int h = 1; h <= horizon; h++) {
        forecasts[i][h - 1] = step(origins.get(i), h);
      }
    }
    return Forecasts.of(forecasts);
  }
}
