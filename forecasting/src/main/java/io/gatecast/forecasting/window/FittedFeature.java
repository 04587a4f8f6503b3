package io.gatecast.forecasting.window;

import io.gatecast.forecasting.transform.FittedColumn;

/**
 * One feature of a step with what it learned from the train part. Its kind says how far it may look
 * from the step: only {@link Ahead} looks past it.
 */
public sealed interface FittedFeature {

  /** The name in files and tables. */
  String name();

  /**
   * A column's value at the step.
   *
   * @param name of the column
   * @param transform fitted
   */
  record Past(String name, FittedColumn transform) implements FittedFeature {}

  /**
   * The value of a column that is known beforehand, a horizon after the step: the last steps of a
   * look-back then hold the whole horizon.
   *
   * @param column its name
   * @param steps the horizon
   * @param transform fitted
   */
  record Ahead(String column, int steps, FittedColumn transform) implements FittedFeature {
    @Override
    public String name() {
      return column + "+" + steps;
    }
  }

  /**
   * The same number at every step of the series.
   *
   * @param name of the column
   * @param value transformed
   */
  record Constant(String name, double value) implements FittedFeature {}
}
