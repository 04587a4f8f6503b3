package io.gatecast.forecasting.transform;

import java.util.List;

/**
 * A derivation with what it learned from the train part. Immutable, shared by threads; causal as a
 * {@link FittedColumn} is. One that has a way back is an {@link InvertibleDerivation}.
 */
public sealed interface FittedDerivation permits InvertibleDerivation, Presence, RollingVolatility {

  /** Names of the columns that it reads. */
  List<String> inputs();

  /** Names of the columns that it gives. */
  List<String> outputs();

  /**
   * Derives.
   *
   * @param columns {@code [input][step]}, not a number where absent
   * @return {@code [output][step]}, not a number where absent or where one cannot be had
   * @throws TransformFault if a value does not allow it
   */
  double[][] apply(double[][] columns);

  /** How many values before its own step a derived value may depend on. */
  int memory();
}
