package io.gatecast.forecasting.job;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.evaluation.metric.VarianceTarget;
import io.gatecast.forecasting.model.Drift;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.model.SeasonalNaive;
import io.gatecast.forecasting.model.climatology.Climatology;
import io.gatecast.forecasting.model.linear.LinearAutoregression;
import io.gatecast.forecasting.model.linear.LinearForm;
import io.gatecast.forecasting.model.smoothing.EtsEstimator;
import io.gatecast.forecasting.model.volatility.GarchEstimator;
import io.gatecast.forecasting.model.volatility.HarEstimator;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.List;
import java.util.Locale;

/** The baselines that job files may name. */
final class Baselines {
  /** Their names. */
  static final List<String> NAMES =
      List.of(
          "persistence",
          "seasonal-naive",
          "drift",
          "climatology",
          "ets",
          "linear",
          "nlinear",
          "dlinear",
          "har",
          "garch");

  private static final List<String> PRICES = List.of("close", "adj close", "adj_close", "price");

  private Baselines() {}

  /** Those that a job's network has to beat, on its data's axis. */
  static List<Estimator> of(JobSpec job, TimeAxis axis) {
    return names(job).stream().map(name -> of(name, job, axis)).toList();
  }

  /** Those of a job's backtest. */
  static List<Estimator> tested(JobSpec job, TimeAxis axis) {
    return tested(job).stream().map(name -> of(name, job, axis)).toList();
  }

  /** The names of a backtest's. */
  static List<String> tested(JobSpec job) {
    List<String> tested = job.evaluation().tested();
    return tested.isEmpty() ? names(job) : tested;
  }

  /** Those that the job names, or else its preset's; a log variance's are its own. */
  static List<String> names(JobSpec job) {
    List<String> chosen = job.evaluation().baselines();
    if (!chosen.isEmpty()) {
      return chosen;
    }
    return isLogVariance(job)
        ? List.of("persistence", "seasonal-naive", "ets", "linear", "har")
        : job.preset().baselines();
  }

  private static boolean isLogVariance(JobSpec job) {
    return job.variance() == VarianceTarget.LOG_VARIANCE;
  }

  private static Estimator of(String name, JobSpec job, TimeAxis axis) {
    int horizon = job.horizon();
    return switch (name) {
      case "persistence" -> new Persistence(horizon);
      case "seasonal-naive" -> new SeasonalNaive(job.season(axis), horizon);
      case "drift" -> new Drift(horizon);
      case "climatology" -> new Climatology();
      case "ets" -> new EtsEstimator(job.season(axis), horizon, scale(job));
      case "linear" -> new LinearAutoregression(LinearForm.LINEAR);
      case "nlinear" -> new LinearAutoregression(LinearForm.NLINEAR);
      case "dlinear" -> new LinearAutoregression(LinearForm.DLINEAR);
      case "har" -> har(job);
      case "garch" -> garch(job);
      default ->
          throw new IllegalArgumentException(
              "baseline: expected one of " + NAMES + ", found " + name);
    };
  }

  private static ErrorScale scale(JobSpec job) {
    return job.features().transformOf(job.target()).errorScale();
  }

  private static Estimator har(JobSpec job) {
    if (!isLogVariance(job)) {
      throw fault(
          job,
          "har in a job whose target is a log variance",
          "target " + job.target(),
          "leave har out, or say target: {log-variance: [High, Low]}");
    }
    return new HarEstimator();
  }

  private static Estimator garch(JobSpec job) {
    if (isLogVariance(job)) {
      return GarchEstimator.ofLogVariance(
          job.columns().stream()
              .filter(column -> PRICES.contains(column.toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      fault(
                          job,
                          "a column of prices, of whose returns garch tells the variance: one of "
                              + PRICES,
                          "columns " + job.columns(),
                          "read one, as with inputs: [Close], or leave garch out")));
    }
    if (scale(job) != ErrorScale.MULTIPLICATIVE) {
      throw fault(
          job,
          "garch in a job on prices, which learns log returns",
          "target " + job.target() + " learned otherwise",
          "leave garch out, or say transform: log-return");
    }
    return GarchEstimator.ofPrice();
  }

  private static JobFault fault(JobSpec job, String expected, String found, String action) {
    return new JobFault(ExitCode.USAGE, expected, found, job.where("baselines"), action);
  }
}
