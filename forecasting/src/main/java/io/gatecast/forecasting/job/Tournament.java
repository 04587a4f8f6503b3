package io.gatecast.forecasting.job;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.training.Trained;
import io.gatecast.core.training.Trainer;
import io.gatecast.core.training.TrainingDivergedException;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.evaluation.Backtest;
import io.gatecast.forecasting.evaluation.Gate;
import io.gatecast.forecasting.evaluation.Score;
import io.gatecast.forecasting.model.Drift;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.model.RecurrentForecaster;
import io.gatecast.forecasting.model.SeasonalNaive;
import io.gatecast.forecasting.oracle.Oracle;
import io.gatecast.forecasting.oracle.OracleResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Trains the candidate, holds it against the oracle, tests it beside the baselines and lets the
 * gate decide. Closing it frees the network.
 */
final class Tournament implements AutoCloseable {
  /** More would not fit beside its optimiser in the memory that the launcher grants. */
  private static final long MOST_PARAMETERS = 20_000_000;

  private static final long MOST_NUMBERS_A_BATCH = 50_000_000;

  private final @Nullable RecurrentNetwork network;
  private final Outcome outcome;

  /**
   * How it went.
   *
   * @param exit done, gate or oracle
   * @param reason in one sentence
   * @param winner the model to forecast with
   * @param scores of all models, the network first
   * @param epochs trained
   * @param bestEpoch whose weights were kept
   * @param oracle engine against oracle; null where there is no network
   */
  record Outcome(
      ExitCode exit,
      String reason,
      Backtest.Result winner,
      List<Score> scores,
      int epochs,
      int bestEpoch,
      @Nullable OracleResult oracle) {}

  private Tournament(@Nullable RecurrentNetwork network, Outcome outcome) {
    this.network = network;
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
  }

  static Tournament hold(
      JobSpec job, PreparedData data, Oracle oracle, JobListener listener, Stopwatch watch) {
    NetworkSpec spec = job.network().spec(data.windowing().width(), job.horizon());
    if (spec.parameters() > MOST_PARAMETERS) {
      throw new JobFault(
          ExitCode.USAGE,
          "a network of at most " + MOST_PARAMETERS + " parameters",
          spec.parameters() + " parameters",
          job.where("network.hidden"),
          "lower network.hidden or network.layers");
    }
    long batch = Math.min(job.training().batch(), data.train().size());
    if (batch * data.train().lookback() * data.train().inputs() > MOST_NUMBERS_A_BATCH) {
      throw new JobFault(
          ExitCode.USAGE,
          "a batch of at most " + MOST_NUMBERS_A_BATCH + " numbers",
          batch + " windows of " + data.train().lookback() + " steps of " + data.train().inputs(),
          job.where("training.batch"),
          "lower training.batch or network.lookback");
    }
    listener.stage(
        "training "
            + spec.cellNames()
            + ", "
            + spec.parameters()
            + " parameters, on "
            + data.train().size()
            + " windows");
    Trained trained;
    try {
      trained =
          watch.time(
              "train",
              () ->
                  new Trainer()
                      .train(spec, job.training(), data.train(), data.validation(), listener));
    } catch (TrainingDivergedException e) {
      return withoutNetwork(job, data, String.valueOf(e.getMessage()), watch);
    }
    RecurrentNetwork network = trained.network();
    try {
      listener.stage("checking against the oracle on " + data.test().size() + " windows");
      OracleResult checked =
          watch.time(
              "oracle",
              () ->
                  oracle.check(
                      spec, network.weights(), data.test(), network.forecast(data.test())));
      listener.stage("testing beside the baselines on " + data.test().size() + " origins");
      return watch.time("backtest", () -> judged(job, data, trained, checked));
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  private static Tournament judged(
      JobSpec job, PreparedData data, Trained trained, OracleResult checked) {
    Backtest backtest = backtest(job, data);
    Backtest.Result candidate =
        backtest.run(new RecurrentForecaster(trained.network(), data.windowing()));
    List<Backtest.Result> baselines = baselines(job, data, backtest);
    Gate.Decision decision = Gate.decide(candidate, baselines);
    ExitCode exit = decision.passed() ? ExitCode.DONE : ExitCode.GATE;
    String reason = decision.reason();
    Backtest.Result winner = decision.winner();
    if (!checked.passed()) {
      exit = ExitCode.ORACLE;
      winner = Gate.best(baselines);
      reason =
          candidate.score().name()
              + " refused: its forecasts are "
              + String.format(Locale.ROOT, "%.2g", checked.maxRelativeDifference())
              + " (relative) off the oracle's on the same weights, more than "
              + checked.tolerance()
              + "; "
              + winner.score().name()
              + " used";
    }
    List<Score> scores = new ArrayList<>();
    scores.add(candidate.score());
    baselines.forEach(result -> scores.add(result.score()));
    return new Tournament(
        trained.network(),
        new Outcome(exit, reason, winner, scores, trained.epochs(), trained.bestEpoch(), checked));
  }

  private static Tournament withoutNetwork(
      JobSpec job, PreparedData data, String why, Stopwatch watch) {
    List<Backtest.Result> baselines =
        watch.time("backtest", () -> baselines(job, data, backtest(job, data)));
    Backtest.Result winner = Gate.best(baselines);
    return new Tournament(
        null,
        new Outcome(
            ExitCode.GATE,
            why + "; " + winner.score().name() + " used",
            winner,
            baselines.stream().map(Backtest.Result::score).toList(),
            0,
            0,
            null));
  }

  private static Backtest backtest(JobSpec job, PreparedData data) {
    return new Backtest(
        job.features().transformOf(job.target()).errorScale(),
        data.validation(),
        data.test(),
        data.split().trainEnd());
  }

  private static List<Backtest.Result> baselines(
      JobSpec job, PreparedData data, Backtest backtest) {
    int horizon = job.horizon();
    List<Forecaster> rules =
        List.of(
            new Persistence(horizon),
            new SeasonalNaive(job.season(data.data().axis()), horizon),
            new Drift(horizon));
    return rules.stream().map(backtest::run).toList();
  }
}
