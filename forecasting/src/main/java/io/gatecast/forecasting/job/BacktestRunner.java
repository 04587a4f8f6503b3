package io.gatecast.forecasting.job;

import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.training.TrainingDivergedException;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.evaluation.Backtest;
import io.gatecast.forecasting.evaluation.BacktestListener;
import io.gatecast.forecasting.evaluation.BacktestSpec;
import io.gatecast.forecasting.evaluation.Evaluation;
import io.gatecast.forecasting.evaluation.Folds;
import io.gatecast.forecasting.evaluation.Gate;
import io.gatecast.forecasting.evaluation.ScoredForecast;
import io.gatecast.forecasting.evaluation.interval.IntervalMethod;
import io.gatecast.forecasting.ledger.BacktestCsv;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.registry.JobStore;
import io.gatecast.forecasting.registry.StagedRun;
import io.gatecast.forecasting.report.BacktestRecord;
import io.gatecast.forecasting.report.BacktestRecords;
import io.gatecast.forecasting.report.RunJson;
import io.gatecast.forecasting.window.Split;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tests a job's models on rolling origins: its network, other forms of it, and its baselines. All
 * forecasts beside what came true are kept as CSV; nothing is promoted.
 */
public final class BacktestRunner {
  private final Home home;

  /**
   * A runner.
   *
   * @param home where backtests are kept
   */
  public BacktestRunner(Home home) {
    this.home = home;
  }

  /**
   * Runs.
   *
   * @param job what to test
   * @param threads folds that may run at once, each on one thread; the result does not depend on it
   * @param listener hears of progress
   * @return what the backtest says of itself
   * @throws io.gatecast.forecasting.JobFault if it cannot be done; nothing is written then
   */
  public BacktestRecord run(JobSpec job, int threads, Listener listener) {
    Kernels.chosen();
    long start = System.nanoTime();
    try (JobStore store = home.openBacktests(job.name())) {
      listener.stage("reading " + job.data().source().description());
      Dataset data = JobRunner.read(job);
      PreparedData.requireForBacktest(job, data);
      try (StagedRun staged = store.stage(Instant.now())) {
        BacktestRecord record = backtest(job, data, threads, listener, staged, start);
        staged.write(JobStore.BACKTEST, RunJson.text(record).getBytes(StandardCharsets.UTF_8));
        staged.commit();
        return record;
      } catch (TrainingDivergedException e) {
        throw Candidates.diverged(job, e);
      }
    }
  }

  /** Hears of a backtest's progress. */
  public interface Listener extends BacktestListener {
    /**
     * A stage begins.
     *
     * @param stage in words
     */
    void stage(String stage);
  }

  private static BacktestRecord backtest(
      JobSpec job, Dataset data, int threads, Listener listener, StagedRun staged, long start) {
    TimeAxis axis = data.axis();
    BacktestSpec spec = job.evaluation().backtest();
    IntervalMethod intervals = IntervalMethod.of(job.evaluation().intervals());
    Backtest backtest =
        new Backtest(
            data,
            job.features(axis),
            job.network().lookback(),
            job.horizon(),
            spec.stride(),
            intervals);
    List<Split> folds = Folds.of(data, job.split(), spec, job.horizon());
    List<Estimator> models = Candidates.all(job, axis);
    Evaluation evaluation =
        new Evaluation(
            job.horizon(), spec.stride(), job.variance(), IntervalMethod.others(intervals));
    Map<String, Double> seconds = new HashMap<>();
    BacktestListener timed =
        (done, of, model, took, elapsed, left) -> {
          seconds.merge(model, took.toNanos() / 1e9, Double::sum);
          listener.fitted(done, of, model, took, elapsed, left);
        };
    listener.stage(
        "testing "
            + models.size()
            + " models on "
            + folds.size()
            + (folds.size() == 1 ? " fold" : " folds"));
    try (BacktestCsv csv = new BacktestCsv(staged.stream(JobStore.FORECASTS), axis)) {
      Backtest.Sink sink =
          (fold, model, trial) -> {
            evaluation.trial(fold, model, trial);
            trial.tell(fold, (ScoredForecast row) -> csv.write(row));
          };
      if (spec.refit() == BacktestSpec.Refit.WARM) {
        backtest.runWarm(folds, models, sink, timed);
      } else {
        // The portable kernel draws from one generator of the process.
        int atOnce = Kernels.trainsInParallel() ? threads : 1;
        backtest.run(folds, models, atOnce, sink, timed);
      }
    }
    Map<String, Gate.Decision> gates = new LinkedHashMap<>();
    for (Estimator model : models) {
      if (model.kind() == Forecaster.Kind.NETWORK) {
        gates.put(
            model.name(),
            Gate.decide(
                evaluation, model.name(), Optional.empty(), job.evaluation().gate(), List.of()));
      }
    }
    return BacktestRecords.of(
        job.name(),
        staged.run(),
        job.target(),
        axis,
        folds,
        intervals.label(),
        evaluation,
        gates,
        seconds,
        staged.path(JobStore.FORECASTS),
        Duration.ofNanos(System.nanoTime() - start));
  }
}
