package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.model.Forecaster;
import java.util.List;

/**
 * How one model did on the test part.
 *
 * @param name of the model
 * @param kind network or baseline
 * @param parameters trained parameters
 * @param mae mean absolute error, in the target's unit
 * @param rmse root mean squared error, in the target's unit
 * @param mase mean absolute scaled error
 * @param maeByHorizon mean absolute error of each step ahead
 * @param coverage80 share of true values inside the 80 % interval
 * @param coverage95 share of true values inside the 95 % interval
 */
public record Score(
    String name,
    Forecaster.Kind kind,
    long parameters,
    double mae,
    double rmse,
    double mase,
    List<Double> maeByHorizon,
    double coverage80,
    double coverage95) {
  /** Copies the list. */
  public Score {
    maeByHorizon = List.copyOf(maeByHorizon);
  }
}
