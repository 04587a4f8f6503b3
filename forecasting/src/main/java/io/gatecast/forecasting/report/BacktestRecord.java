package io.gatecast.forecasting.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backtest says of itself: printed with {@code --json}, kept beside its forecasts. Field
 * names are a stable surface (in snake case as JSON); a measure that does not apply is null.
 *
 * @param job name of the job
 * @param run identity of the backtest
 * @param exit exit code
 * @param reason what came of it, in one sentence
 * @param target column
 * @param horizon steps ahead
 * @param origins distinct times from which was forecast
 * @param forecasts of one step that were scored, of each model
 * @param folds where time was cut
 * @param intervals name of the method that made them
 * @param models what each did, in the order of the job: networks, then baselines
 * @param best name of the best baseline
 * @param gates what the gate asks of each network, by its name: {@code passes} or {@code fails};
 *     the oracle and the champion are a run's to ask
 * @param file the CSV file with all forecasts
 * @param seconds in all
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BacktestRecord(
    String job,
    String run,
    int exit,
    String reason,
    String target,
    int horizon,
    int origins,
    long forecasts,
    List<FoldRecord> folds,
    String intervals,
    List<Model> models,
    String best,
    Map<String, RunRecord.Gate> gates,
    String file,
    double seconds) {

  /**
   * One cut.
   *
   * @param trainFrom first time of the train part
   * @param trainTo last time of the train part
   * @param validationTo last time of the validation part
   * @param testFrom first time of the test part
   * @param testTo last time of the test part
   */
  public record FoldRecord(
      String trainFrom, String trainTo, String validationTo, String testFrom, String testTo) {}

  /**
   * What one model did.
   *
   * @param name of the model
   * @param kind {@code network} or {@code baseline}
   * @param parameters fitted
   * @param measures over everything, by name
   * @param skill MASE's skill over the best baseline, 1 − own / other
   * @param better p-value that it is better than the best baseline, by Diebold and Mariano; null
   *     for that one itself
   * @param maeBySteps mean absolute error of each step ahead
   * @param coverage80BySteps share of true values in the 80 % interval at each step ahead
   * @param maseBySeries mean absolute scaled error on each series
   * @param intervals measures of intervals made otherwise, by method
   * @param seconds that fitting and forecasting took, over all folds
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Model(
      String name,
      String kind,
      long parameters,
      Map<String, Double> measures,
      double skill,
      @Nullable Double better,
      List<Double> maeBySteps,
      List<Double> coverage80BySteps,
      Map<String, Double> maseBySeries,
      Map<String, Map<String, Double>> intervals,
      double seconds) {}
}
