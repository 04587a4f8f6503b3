package io.gatecast.forecasting.job;

import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.training.TrainingDivergedException;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.evaluation.Evaluation;
import io.gatecast.forecasting.evaluation.Gate;
import io.gatecast.forecasting.evaluation.Trial;
import io.gatecast.forecasting.evaluation.interval.IntervalMethod;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.NetworkEstimator;
import io.gatecast.forecasting.model.NetworkForecaster;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.oracle.Oracle;
import io.gatecast.forecasting.oracle.OracleResult;
import io.gatecast.forecasting.registry.JobStore;
import io.gatecast.forecasting.window.Fold;
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

  private final Outcome outcome;

  /**
   * How it went.
   *
   * @param exit done, gate or oracle
   * @param reason in one sentence
   * @param winner the model to forecast with, and what it did
   * @param scores of all models, the network first
   * @param network the candidate; null where training failed
   * @param champion the network that was promoted before, if there is one
   * @param decision the gate's
   * @param oracle engine against oracle; null where there is no network
   */
  record Outcome(
      ExitCode exit,
      String reason,
      Trial winner,
      List<Evaluation.Score> scores,
      @Nullable NetworkForecaster network,
      Champion champion,
      Gate.Decision decision,
      @Nullable OracleResult oracle) {}

  private Tournament(Outcome outcome) {
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }

  @Override
  public void close() {
    if (outcome.network() != null) {
      outcome.network().close();
    }
    outcome.champion().close();
  }

  static Tournament hold(
      JobSpec job,
      Fold data,
      JobStore store,
      Oracle oracle,
      JobListener listener,
      Stopwatch watch) {
    NetworkSpec spec = fitting(job, job.network(), data);
    Baselines.of(job, data.data().axis()); // a fault in the job file should not wait for training
    listener.stage(
        "training "
            + spec.cellNames()
            + ", "
            + spec.parameters()
            + " parameters, on "
            + data.train().size()
            + " windows");
    NetworkEstimator estimator =
        new NetworkEstimator(spec.cellNames(), job.network(), job.training(), listener);
    NetworkForecaster network;
    try {
      network = watch.time("train", () -> estimator.fit(data));
    } catch (TrainingDivergedException e) {
      return withoutNetwork(job, data, store, String.valueOf(e.getMessage()), watch);
    }
    try {
      listener.stage("checking against the oracle on " + data.test().size() + " windows");
      OracleResult checked =
          watch.time("oracle", () -> OracleCheck.of(network, data.test().origins(), oracle));
      listener.stage("testing beside the baselines on " + data.test().size() + " origins");
      return watch.time("backtest", () -> judged(job, data, store, network, checked));
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  /** The network, if it and a batch of its windows fit into memory; a fault where not. */
  static NetworkSpec fitting(JobSpec job, NetworkSettings network, Fold data) {
    NetworkSpec spec = network.spec(data.windowing().width(), job.horizon());
    if (spec.parameters() > MOST_PARAMETERS) {
      throw new JobFault(
          ExitCode.USAGE,
          "a network of at most " + MOST_PARAMETERS + " parameters",
          spec.parameters() + " parameters",
          job.where("network.hidden"),
          spec.segments().isEmpty()
              ? "lower network.hidden or network.layers"
              : "lower network.hidden or network.embedding, or remove network.linear");
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
    return spec;
  }

  private static Tournament judged(
      JobSpec job, Fold data, JobStore store, NetworkForecaster network, OracleResult checked) {
    Champion champion = Champion.of(job, data, store);
    try {
      List<Trial> trials = new ArrayList<>();
      trials.add(trial(job, data, network));
      trials.addAll(others(job, data, champion));
      Evaluation evaluation = evaluation(job, trials);
      Gate.Decision decision =
          Gate.decide(
              evaluation,
              network.name(),
              champion.name(),
              job.evaluation().gate(),
              List.of(oracle(network, checked)));
      return outcome(trials, evaluation, network, champion, decision, checked);
    } catch (RuntimeException | Error e) {
      champion.close();
      throw e;
    }
  }

  private static Tournament withoutNetwork(
      JobSpec job, Fold data, JobStore store, String why, Stopwatch watch) {
    Champion champion = Champion.of(job, data, store);
    try {
      List<Trial> trials = watch.time("backtest", () -> others(job, data, champion));
      Evaluation evaluation = evaluation(job, trials);
      Gate.Decision decision =
          Gate.without(evaluation, champion.name(), job.evaluation().gate(), why);
      return outcome(trials, evaluation, null, champion, decision, null);
    } catch (RuntimeException | Error e) {
      champion.close();
      throw e;
    }
  }

  private static Tournament outcome(
      List<Trial> trials,
      Evaluation evaluation,
      @Nullable NetworkForecaster network,
      Champion champion,
      Gate.Decision decision,
      @Nullable OracleResult checked) {
    ExitCode exit =
        checked != null && !checked.passed()
            ? ExitCode.ORACLE
            : decision.verdict() == Gate.Verdict.REFUSED ? ExitCode.GATE : ExitCode.DONE;
    return new Tournament(
        new Outcome(
            exit,
            decision.reason(),
            winner(trials, decision.winner()),
            evaluation.scores(),
            network,
            champion,
            decision,
            checked));
  }

  private static Gate.Check oracle(NetworkForecaster network, OracleResult checked) {
    return new Gate.Check(
        "oracle",
        network.name(),
        checked.passed(),
        String.format(
            Locale.ROOT,
            "its forecasts are %.2g (relative) off the oracle's on the same weights, at most %.0e"
                + " allowed",
            checked.maxRelativeDifference(),
            checked.tolerance()));
  }

  private static Trial winner(List<Trial> trials, String name) {
    return trials.stream()
        .filter(trial -> trial.model().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Evaluation evaluation(JobSpec job, List<Trial> trials) {
    Evaluation evaluation = new Evaluation(job.horizon(), 1, job.variance(), List.of());
    for (int model = 0; model < trials.size(); model++) {
      evaluation.trial(0, model, trials.get(model));
    }
    return evaluation;
  }

  static Trial trial(JobSpec job, Fold data, Forecaster model) {
    return Trial.of(
        data,
        model,
        job.features().transformOf(job.target()).errorScale(),
        IntervalMethod.of(job.evaluation().intervals()));
  }

  /** What the network meets: the champion and the baselines. */
  private static List<Trial> others(JobSpec job, Fold data, Champion champion) {
    List<Trial> others = new ArrayList<>();
    if (champion.model() != null) {
      others.add(trial(job, data, champion.model()));
    }
    for (Estimator baseline : Baselines.of(job, data.data().axis())) {
      others.add(trial(job, data, baseline.fit(data)));
    }
    return others;
  }
}
