package io.gatecast.forecasting.model.volatility;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.Quantiles;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The last price with the log-normal spread of a GARCH's variances.
 *
 * @param filtered variances at the origins
 * @param horizon steps ahead
 */
record GarchOfPrice(FilteredVariances filtered, int horizon) implements Forecaster {

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
    return (long) Garch.PARAMETERS * filtered.models().size();
  }

  @Override
  public Forecasts forecast(List<History> origins) {
    NormalDistribution standard = new NormalDistribution();
    double[] scores =
        Arrays.stream(Quantiles.levels()).map(standard::inverseCumulativeProbability).toArray();
    double[] next = filtered.next(origins);
    double[][] means = new double[next.length][horizon];
    double[][][] quantiles = new double[next.length][horizon][scores.length];
    for (int i = 0; i < next.length; i++) {
      double last = origins.get(i).last();
      double[] ahead = filtered.ahead(origins.get(i), next[i], horizon);
      Arrays.fill(means[i], last);
      double variance = 0;
      for (int k = 0; k < horizon; k++) {
        variance += ahead[k];
        for (int level = 0; level < scores.length; level++) {
          quantiles[i][k][level] = last * Math.exp(scores[level] * Math.sqrt(variance));
        }
        Quantiles.rearrange(quantiles[i][k]); // a price below zero turns them round
      }
    }
    return new Forecasts(means, quantiles);
  }
}
