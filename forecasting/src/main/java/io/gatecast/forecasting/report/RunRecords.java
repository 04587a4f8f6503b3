package io.gatecast.forecasting.report;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.ContractReport;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Problem;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.evaluation.Evaluation;
import io.gatecast.forecasting.evaluation.Gate;
import io.gatecast.forecasting.evaluation.metric.Accuracy;
import io.gatecast.forecasting.model.NetworkForecaster;
import io.gatecast.forecasting.oracle.OracleResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes run records from what the stages of a run gave. */
public final class RunRecords {
  private static final int PROBLEMS_SHOWN = 20;

  private RunRecords() {}

  /**
   * A run that issued forecasts.
   *
   * @param job name of the job
   * @param run identity of the run
   * @param exit how it ended
   * @param reason in one sentence
   * @param data its extent
   * @param dataset its series and what became of the rows
   * @param models how each model did
   * @param notes what a reader should know besides
   * @param winner the model that forecast
   * @param gate what the gate decided; null where no network came so far
   * @param oracle engine against oracle, or null without a network
   * @param forecasts the file
   * @param seconds where time went
   * @param runtime what it ran on
   * @param fingerprint what the result depends on
   */
  public static RunRecord of(
      String job,
      String run,
      ExitCode exit,
      String reason,
      RunRecord.Data data,
      Dataset dataset,
      List<RunRecord.Model> models,
      List<String> notes,
      String winner,
      RunRecord.@Nullable Gate gate,
      @Nullable OracleResult oracle,
      Path forecasts,
      RunRecord.Seconds seconds,
      RunRecord.Machine runtime,
      RunRecord.Fingerprint fingerprint) {
    return new RunRecord(
        job,
        run,
        exit.code(),
        reason,
        data,
        rows(dataset.report()),
        dataset.series().stream().map(TimeSeries::name).toList(),
        models,
        notes,
        winner,
        gate,
        oracle == null
            ? null
            : new RunRecord.Oracle(
                oracle.maxRelativeDifference(),
                oracle.tolerance(),
                oracle.passed(),
                oracle.windows()),
        forecasts.toString(),
        null,
        seconds,
        runtime,
        fingerprint,
        null);
  }

  /**
   * What became of the rows.
   *
   * @param report the contract's
   */
  public static RunRecord.Rows rows(ContractReport report) {
    return new RunRecord.Rows(
        report.read(),
        report.accepted(),
        report.repaired(),
        report.rejected(),
        reasons(report),
        report.problems().stream().limit(PROBLEMS_SHOWN).map(RunRecords::problem).toList());
  }

  /**
   * One problem.
   *
   * @param problem as the contract met it
   */
  public static RunRecord.Problem problem(Problem problem) {
    return new RunRecord.Problem(
        problem.file(),
        problem.line(),
        problem.column(),
        problem.kind().text(),
        problem.found(),
        problem.outcome().label());
  }

  private static Map<String, Integer> reasons(ContractReport report) {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    report.kinds().forEach((kind, count) -> reasons.put(kind.text(), count));
    return reasons;
  }

  /**
   * The data's extent.
   *
   * @param source read
   * @param target column
   * @param data the series
   * @param train windows learned from
   * @param validation windows that calibrate
   * @param test windows that measure
   */
  public static RunRecord.Data data(
      String source, String target, Dataset data, int train, int validation, int test) {
    TimeAxis axis = data.axis();
    long first = data.series().stream().mapToLong(one -> one.time(0)).min().orElseThrow();
    long last =
        data.series().stream().mapToLong(one -> one.time(one.length() - 1)).max().orElseThrow();
    return new RunRecord.Data(
        source,
        axis.format(first),
        axis.format(last),
        axis.label(),
        data.report().missing(),
        target,
        train,
        validation,
        test);
  }

  /**
   * How each model did.
   *
   * @param scores of all models
   * @param network the network that was trained; null where there is none
   */
  public static List<RunRecord.Model> models(
      List<Evaluation.Score> scores, @Nullable NetworkForecaster network) {
    return scores.stream().map(score -> model(score, network)).toList();
  }

  private static RunRecord.Model model(
      Evaluation.Score score, @Nullable NetworkForecaster network) {
    Accuracy accuracy = score.accuracy();
    NetworkForecaster trained =
        network != null && network.name().equals(score.name()) ? network : null;
    return new RunRecord.Model(
        score.name(),
        score.kind().name().toLowerCase(Locale.ROOT),
        score.parameters(),
        trained == null ? 0 : trained.epochs(),
        trained == null ? 0 : trained.bestEpoch(),
        accuracy.mae(),
        accuracy.rmse(),
        accuracy.mase(),
        score.bySteps().stream().map(Accuracy::mae).toList(),
        accuracy.interval(0.80).coverage(),
        accuracy.interval(0.95).coverage(),
        Measures.of(accuracy));
  }

  /**
   * What the gate decided.
   *
   * @param decision a value
   */
  public static RunRecord.Gate gate(Gate.Decision decision) {
    return new RunRecord.Gate(
        decision.verdict().name().toLowerCase(Locale.ROOT),
        decision.best(),
        decision.checks().stream()
            .map(one -> new RunRecord.Check(one.name(), one.model(), one.passed(), one.finding()))
            .toList());
  }
}
