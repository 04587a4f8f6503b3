package io.gatecast.forecasting.job;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;

/**
 * The network a job asks for; its number of inputs follows from the data.
 *
 * @param cell kind and variant
 * @param hidden units of a layer
 * @param layers recurrent layers
 * @param lookback steps that a forecast reads
 * @param dropout between layers
 * @param loss what training minimises
 */
public record NetworkSettings(
    CellSpec cell, int hidden, int layers, int lookback, double dropout, Loss loss) {

  /** The network for so many features and steps ahead. */
  NetworkSpec spec(int inputs, int horizon) {
    return NetworkSpec.uniform(cell, inputs, hidden, layers, horizon, dropout, loss);
  }
}
