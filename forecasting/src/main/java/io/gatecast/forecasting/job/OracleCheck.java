package io.gatecast.forecasting.job;

import io.gatecast.core.samples.Inputs;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.model.NetworkForecaster;
import io.gatecast.forecasting.oracle.Oracle;
import io.gatecast.forecasting.oracle.OracleResult;
import java.util.Comparator;
import java.util.List;

/** Holds all networks of a forecaster against the oracle; the one furthest off counts. */
final class OracleCheck {
  private OracleCheck() {}

  static OracleResult of(NetworkForecaster model, List<History> origins, Oracle oracle) {
    Inputs windows = model.windows(origins);
    return model.networks().stream()
        .map(
            network ->
                oracle.check(network.spec(), network.weights(), windows, network.forecast(windows)))
        .max(Comparator.comparingDouble(OracleResult::maxRelativeDifference))
        .orElseThrow();
  }
}
