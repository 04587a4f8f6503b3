package io.gatecast.forecasting.model.volatility;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The conditional variance of the step after an origin, from the prices known there. As the filter
 * is causal, one pass over a series serves all of its origins; where values were restated, each
 * origin gets a pass of its own over what was known then.
 *
 * @param models of the series, by name
 * @param column index of the prices
 */
record FilteredVariances(Map<String, Garch> models, int column) {

  /** The variances for many origins, in their order. */
  double[] next(List<History> origins) {
    Map<String, Integer> last = new HashMap<>();
    for (History origin : origins) {
      last.merge(origin.series().name(), origin.origin(), Math::max);
    }
    Map<String, double[]> passes = new HashMap<>();
    double[] next = new double[origins.size()];
    for (int i = 0; i < next.length; i++) {
      History origin = origins.get(i);
      TimeSeries series = origin.series();
      String name = series.name();
      double[] variances =
          series.hasVintages()
              ? pass(series, origin.origin())
              : passes.computeIfAbsent(
                  name, any -> pass(series, last.getOrDefault(name, origin.origin())));
      next[i] = variances[origin.origin() + 1];
    }
    return next;
  }

  /** Variances of the steps up to the one after the origin. */
  private double[] pass(TimeSeries series, int origin) {
    double[] prices = series.column(column, 0, origin + 1, series.time(origin));
    return PerSeries.of(models, new History(series, origin))
        .filter(GarchEstimator.logReturns(prices));
  }

  /** Expected variances of the steps ahead of an origin. */
  double[] ahead(History origin, double next, int horizon) {
    return PerSeries.of(models, origin).forecast(next, horizon);
  }
}
