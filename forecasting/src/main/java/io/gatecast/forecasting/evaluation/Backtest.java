package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.window.LabelledWindows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rolling-origin test: every model forecasts from every origin of the test part, in steps of one,
 * and is scored on the same true values. Intervals are calibrated on the validation part, and only
 * measured here.
 */
public final class Backtest {
  private final ErrorScale errorScale;
  private final Map<String, Double> scales;
  private final List<History> validation;
  private final List<History> test;
  private final double[][] validationActual;
  private final double[][] testActual;

  /**
   * Prepares.
   *
   * @param errorScale on which intervals are made
   * @param validation windows that calibrate intervals
   * @param test windows that measure
   * @param trainEnd last time of the train part, which scales MASE
   */
  public Backtest(
      ErrorScale errorScale, LabelledWindows validation, LabelledWindows test, long trainEnd) {
    this.errorScale = errorScale;
    this.validation = validation.origins();
    this.test = test.origins();
    this.validationActual = actual(validation);
    this.testActual = actual(test);
    this.scales = new LinkedHashMap<>();
    for (History origin : this.test) {
      scales.computeIfAbsent(
          origin.series().name(), any -> Metrics.scale(origin.series(), trainEnd));
    }
  }

  /** Only the evaluation looks past an origin, and no further than its part's end knew. */
  private static double[][] actual(LabelledWindows windows) {
    List<History> origins = windows.origins();
    int horizon = windows.outputs();
    double[][] actual = new double[origins.size()][horizon];
    for (int i = 0; i < actual.length; i++) {
      History origin = origins.get(i);
      for (int h = 0; h < horizon; h++) {
        actual[i][h] = origin.series().value(0, origin.origin() + 1 + h, windows.knownAt());
      }
    }
    return actual;
  }

  /**
   * What a model did.
   *
   * @param model the model
   * @param score its errors on the test part
   * @param intervals calibrated on the validation part
   */
  public record Result(Forecaster model, Score score, SplitConformal intervals) {}

  /** Origins that are scored. */
  public int origins() {
    return test.size();
  }

  /**
   * Runs one model.
   *
   * @param model forecasts from every origin
   */
  public Result run(Forecaster model) {
    SplitConformal intervals =
        SplitConformal.fit(errorScale, validation, validationActual, model.forecast(validation));
    double[][] forecast = model.forecast(test);
    double[] originScales =
        test.stream()
            .mapToDouble(o -> scales.getOrDefault(o.series().name(), Double.NaN))
            .toArray();
    Score score =
        new Score(
            model.name(),
            model.kind(),
            model.parameters(),
            Metrics.mae(testActual, forecast),
            Metrics.rmse(testActual, forecast),
            Metrics.mase(testActual, forecast, originScales),
            Metrics.maeByHorizon(testActual, forecast),
            coverage(intervals, forecast, 0.80),
            coverage(intervals, forecast, 0.95));
    return new Result(model, score, intervals);
  }

  private double coverage(SplitConformal intervals, double[][] forecast, double level) {
    int inside = 0;
    int count = 0;
    for (int i = 0; i < forecast.length; i++) {
      String series = test.get(i).series().name();
      for (int h = 0; h < forecast[i].length; h++) {
        count++;
        if (intervals.interval(series, h, forecast[i][h], level).contains(testActual[i][h])) {
          inside++;
        }
      }
    }
    return (double) inside / count;
  }
}
