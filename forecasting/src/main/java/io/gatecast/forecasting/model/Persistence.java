package io.gatecast.forecasting.model;

import io.gatecast.forecasting.data.History;

/** Repeats the last value, {@code ŷ_{T+h} = y_T}: the random walk's forecast. */
public final class Persistence extends Rule {
  /** The name in tables and files. */
  public static final String NAME = "persistence";

  /**
   * Makes one.
   *
   * @param horizon steps ahead
   */
  public Persistence(int horizon) {
    super(NAME, horizon);
  }

  @Override
  double step(History history, int h) {
    return history.last();
  }
}
