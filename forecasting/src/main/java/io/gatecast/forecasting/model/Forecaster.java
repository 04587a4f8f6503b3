package io.gatecast.forecasting.model;

import io.gatecast.forecasting.data.History;
import java.util.List;

/**
 * Forecasts the target of a series from what was known at an origin: fitted, and not changed by
 * forecasting. Several threads may share one.
 */
public interface Forecaster extends AutoCloseable {
  /** Networks are gated; baselines are what they have to beat. */
  enum Kind {
    /** A trained recurrent network. */
    NETWORK,
    /** A rule, or a statistical model. */
    BASELINE
  }

  /** The name in tables and files. */
  String name();

  /** Network or baseline. */
  Kind kind();

  /** Fitted parameters; 0 for a rule. */
  long parameters();

  /**
   * Forecasts.
   *
   * @param origins where to forecast from, in any order
   * @return one forecast for each
   */
  Forecasts forecast(List<History> origins);

  /** Frees what lies off the heap; most have nothing there. */
  @Override
  default void close() {}
}
