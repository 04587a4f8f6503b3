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
   * @param outputs what it gave, {@code [window][output]}, or {@code [window][time·output]} of a
   *     head that reads every step
   * @return how far it is off
   */
  OracleResult check(NetworkSpec spec, NamedWeights weights, Inputs windows, float[][] outputs);
}
