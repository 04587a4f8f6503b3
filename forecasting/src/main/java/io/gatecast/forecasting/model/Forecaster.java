package io.gatecast.forecasting.model;

import io.gatecast.forecasting.data.History;
import java.util.List;

/** Forecasts the target of a series from what was known at an origin. */
public interface Forecaster {
  /** Networks are gated; baselines are what they have to beat. */
  enum Kind {
    /** A trained recurrent network. */
    NETWORK,
    /** A rule without training. */
    BASELINE
  }

  /** The name in tables and files. */
  String name();

  /** Network or baseline. */
  Kind kind();

  /** Trained parameters; 0 for a rule. */
  long parameters();

  /**
   * Forecasts.
   *
   * @param origins where to forecast from
   * @return {@code [origin][step of the horizon]}, in the target's unit
   */
  double[][] forecast(List<History> origins);
}
