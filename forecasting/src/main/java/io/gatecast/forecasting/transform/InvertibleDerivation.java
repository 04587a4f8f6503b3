package io.gatecast.forecasting.transform;

/** A derivation from whose outputs the inputs come back, step by step. */
public sealed interface InvertibleDerivation extends FittedDerivation permits Wind, FittedOneHot {

  /**
   * Goes back.
   *
   * @param derived {@code [output][step]}
   * @return {@code [input][step]}, not a number where one cannot be had
   */
  double[][] invert(double[][] derived);
}
