package io.gatecast.forecasting.oracle;

import io.gatecast.core.samples.Inputs;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;

/** Judges a live network: do its outputs follow from its weights? */
@FunctionalInterface
public interface Oracle {
  /**
   * Compares.
   *
   * @param spec the network
   * @param weights its live weights
   * @param windows what it read
   * @param outputs what it gave, {@code [window][output]}
   * @return how far it is off
   */
  OracleResult check(NetworkSpec spec, NamedWeights weights, Inputs windows, float[][] outputs);
}
