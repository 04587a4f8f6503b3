package io.gatecast.forecasting.model;

import io.gatecast.forecasting.window.Fold;

/**
 * A way to forecast before it has seen data: fitted to a fold's train part it becomes a {@link
 * Forecaster}. A value; fitting one to several folds at once is safe.
 */
public interface Estimator {

  /** The name in tables and files; also that of its forecasters. */
  String name();

  /** Network or baseline. */
  Forecaster.Kind kind();

  /**
   * Learns from the train part. The validation part may decide when to stop or which variant to
   * take, the test part nothing.
   *
   * @param fold cut, transformed and laid into windows
   * @return the fitted model; the caller closes it
   * @throws io.gatecast.forecasting.JobFault if the data does not allow the model
   */
  Forecaster fit(Fold fold);

  /**
   * Learns once more when time has gone on, starting from what an earlier fold taught.
   *
   * @param fold the later fold
   * @param earlier what this estimator became on an earlier fold
   * @return the fitted model; without a use for the earlier one, that of {@link #fit}
   */
  default Forecaster refit(Fold fold, Forecaster earlier) {
    return fit(fold);
  }
}
