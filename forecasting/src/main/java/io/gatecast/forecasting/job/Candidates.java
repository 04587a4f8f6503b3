package io.gatecast.forecasting.job;

import io.gatecast.core.training.TrainingDivergedException;
import io.gatecast.core.training.TrainingListener;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.NetworkEstimator;
import io.gatecast.forecasting.model.NetworkSettings;
import java.util.ArrayList;
import java.util.List;

/** The models of a job: its network, other forms of it, and the baselines. */
final class Candidates {
  private Candidates() {}

  /** The network's name in tables and files: its cell. */
  static String name(JobSpec job) {
    return job.network().cell().name();
  }

  /** The job's network. */
  static NetworkEstimator network(JobSpec job, TrainingListener listener) {
    return new NetworkEstimator(name(job), job.network(), job.training(), listener);
  }

  /**
   * All models of a backtest: the network, its variants, the baselines. Networks train on one
   * thread each, so that a fold gives the same bits beside others.
   */
  static List<Estimator> all(JobSpec job, TimeAxis axis) {
    List<Estimator> all = new ArrayList<>();
    all.add(single(name(job), job.network(), job));
    for (String label : job.evaluation().variants()) {
      NetworkSettings variant = Variant.of(label).of(job.network());
      if (!variant.equals(job.network())) {
        Estimator other = single(name(job) + "-" + label, variant, job);
        boolean recursive = variant.strategy() == NetworkSettings.Strategy.RECURSIVE;
        all.add(recursive ? new KnownInputs(other) : other);
      }
    }
    all.addAll(Baselines.tested(job, axis));
    return all;
  }

  /** What to say where a network's training met no number, and nothing can be told of it. */
  static JobFault diverged(JobSpec job, TrainingDivergedException e) {
    return new JobFault(
            ExitCode.USAGE,
            "a training whose loss stays finite",
            String.valueOf(e.getMessage()),
            job.where("training.learning_rate"),
            "lower training.learning_rate or training.clip_norm")
        .because(e);
  }

  private static NetworkEstimator single(String name, NetworkSettings network, JobSpec job) {
    return new NetworkEstimator(name, network, job.training(), report -> {}, 1);
  }
}
