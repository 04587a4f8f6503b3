package io.gatecast.forecasting.transform;

/** What may be known of an input column at a forecast's origin. */
public sealed interface Covariate {

  /** The column's name. */
  String column();

  /**
   * Known up to the origin: a measurement.
   *
   * @param column name
   */
  record PastOnly(String column) implements Covariate {}

  /**
   * Known beyond the origin, over the whole horizon: the calendar, a plan, somebody's forecast.
   *
   * @param column name
   */
  record KnownFuture(String column) implements Covariate {}

  /**
   * The same at every step of a series: its sector, its altitude.
   *
   * @param column name
   */
  record Static(String column) implements Covariate {}
}
