package io.gatecast.forecasting.model.volatility;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Forecasts;
import java.util.List;
import java.util.Map;

/**
 * The log of a GARCH's variances, each plus its step's constant.
 *
 * @param filtered variances at the origins
 * @param constants of each series, for each step of the horizon
 * @param horizon steps ahead
 */
record GarchOfLogVariance(FilteredVariances filtered, Map<String, double[]> constants, int horizon)
    implements Forecaster {
  @Override
  public String name() {
    return GarchEstimator.NAME;
  }

  @Override
  public Kind kind() {
    return Kind.BASELINE;
  }

  @Override
  public long parameters() {
    return (long) (Garch.PARAMETERS + horizon) * constants.size();
  }

  @Override
  public Forecasts forecast(List<History> origins) {
    double[] next = filtered.next(origins);
    double[][] means = new double[next.length][];
    for (int i = 0; i < means.length; i++) {
      double[] constant = PerSeries.of(constants, origins.get(i));
      means[i] = filtered.ahead(origins.get(i), next[i], horizon);
      for (int k = 0; k < horizon; k++) {
        means[i][k] = Math.log(means[i][k]) + constant[k];
      }
    }
    return Forecasts.of(means);
  }
}
