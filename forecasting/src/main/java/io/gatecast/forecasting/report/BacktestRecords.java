package io.gatecast.forecasting.report;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.evaluation.Evaluation;
import io.gatecast.forecasting.evaluation.Gate;
import io.gatecast.forecasting.evaluation.metric.Accuracy;
import io.gatecast.forecasting.window.Split;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes backtest records. */
public final class BacktestRecords {
  private BacktestRecords() {}

  /**
   * What a backtest says of itself.
   *
   * @param job name of the job
   * @param run identity of the backtest
   * @param target column
   * @param axis of the data
   * @param folds where time was cut
   * @param intervals name of the method that made them
   * @param evaluation of all models
   * @param gates what the gate decides of each network
   * @param seconds that each model took
   * @param file with all forecasts
   * @param took in all
   */
  public static BacktestRecord of(
      String job,
      String run,
      String target,
      TimeAxis axis,
      List<Split> folds,
      String intervals,
      Evaluation evaluation,
      Map<String, Gate.Decision> gates,
      Map<String, Double> seconds,
      Path file,
      Duration took) {
    Evaluation.Score best = Gate.best(evaluation);
    Map<String, RunRecord.Gate> decided = new LinkedHashMap<>();
    gates.forEach((name, decision) -> decided.put(name, asked(decision)));
    return new BacktestRecord(
        job,
        run,
        ExitCode.DONE.code(),
        reason(gates, best),
        target,
        best.bySteps().size(),
        evaluation.origins(),
        best.accuracy().count(),
        folds.stream().map(fold -> fold(axis, fold)).toList(),
        intervals,
        evaluation.scores().stream()
            .map(score -> model(evaluation, score, best, seconds.getOrDefault(score.name(), 0.0)))
            .toList(),
        best.name(),
        decided,
        file.toString(),
        took.toNanos() / 1e9);
  }

  /**
   * What a run's gate asks of a network but for the oracle and the champion; nothing is promoted.
   */
  private static RunRecord.Gate asked(Gate.Decision decision) {
    RunRecord.Gate gate = RunRecords.gate(decision);
    boolean passed = decision.checks().stream().allMatch(Gate.Check::passed);
    return new RunRecord.Gate(passed ? "passes" : "fails", gate.bestBaseline(), gate.checks());
  }

  private static String reason(Map<String, Gate.Decision> gates, Evaluation.Score best) {
    List<String> passing =
        gates.entrySet().stream()
            .filter(entry -> entry.getValue().checks().stream().allMatch(Gate.Check::passed))
            .map(Map.Entry::getKey)
            .toList();
    return "the best baseline is "
        + best.name()
        + "; "
        + (passing.isEmpty()
            ? "no network passes the gate"
            : String.join(", ", passing)
                + (passing.size() == 1 ? " passes" : " pass")
                + " the gate");
  }

  private static BacktestRecord.FoldRecord fold(TimeAxis axis, Split fold) {
    return new BacktestRecord.FoldRecord(
        fold.trainStart() == Long.MIN_VALUE ? "the start" : axis.format(fold.trainStart()),
        axis.format(fold.trainEnd()),
        axis.format(fold.validationEnd()),
        fold.testStart() == fold.validationEnd() + 1
            ? axis.format(axis.plus(fold.validationEnd(), 1))
            : axis.format(fold.testStart()),
        fold.testEnd() == Long.MAX_VALUE ? "the end" : axis.format(fold.testEnd()));
  }

  private static BacktestRecord.Model model(
      Evaluation evaluation, Evaluation.Score score, Evaluation.Score best, double seconds) {
    Accuracy accuracy = score.accuracy();
    Map<String, Double> bySeries = new LinkedHashMap<>();
    score.bySeries().forEach((series, one) -> bySeries.put(series, one.mase()));
    Map<String, Map<String, Double>> byMethod = new LinkedHashMap<>();
    score.byMethod().forEach((method, one) -> byMethod.put(method, Measures.of(one)));
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put("mae", accuracy.mae());
    measures.put("rmse", accuracy.rmse());
    measures.put("mase", accuracy.mase());
    measures.putAll(Measures.of(accuracy));
    return new BacktestRecord.Model(
        score.name(),
        score.kind().name().toLowerCase(Locale.ROOT),
        score.parameters(),
        measures,
        accuracy.skill(Accuracy::mase, best.accuracy()),
        score.name().equals(best.name())
            ? null
            : evaluation.compare(score.name(), best.name()).pValue(),
        score.bySteps().stream().map(Accuracy::mae).toList(),
        score.bySteps().stream().map(step -> step.interval(0.80).coverage()).toList(),
        bySeries,
        byMethod,
        seconds);
  }
}
