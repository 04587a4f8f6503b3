package io.gatecast.forecasting.job;

import io.gatecast.core.kernel.KernelUnavailableException;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.Version;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.evaluation.Gate;
import io.gatecast.forecasting.evaluation.Trial;
import io.gatecast.forecasting.ledger.ForecastsCsv;
import io.gatecast.forecasting.ledger.IssuedForecast;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.NetworkForecaster;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.oracle.Oracle;
import io.gatecast.forecasting.oracle.ReferenceOracle;
import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.registry.JobStore;
import io.gatecast.forecasting.registry.ModelBundle;
import io.gatecast.forecasting.registry.Sha256;
import io.gatecast.forecasting.registry.StagedRun;
import io.gatecast.forecasting.report.RunJson;
import io.gatecast.forecasting.report.RunRecord;
import io.gatecast.forecasting.report.RunRecords;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.SeriesTransformsJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs a job from data to issued forecasts, once. The same job on the same data is done only once:
 * a second run says so and points at the first. A runner keeps no state; runs of different jobs may
 * go on at once.
 */
public final class JobRunner {
  private final Home home;
  private final Oracle oracle;

  /**
   * A runner that holds networks against the reference.
   *
   * @param home where runs are kept
   */
  public JobRunner(Home home) {
    this(home, new ReferenceOracle());
  }

  /**
   * A runner with another oracle.
   *
   * @param home where runs are kept
   * @param oracle judges each trained network
   */
  public JobRunner(Home home, Oracle oracle) {
    this.home = home;
    this.oracle = oracle;
  }

  /**
   * Runs.
   *
   * @param job what to do
   * @param again whether to run even where nothing is new
   * @param listener hears of progress
   * @return what the run says of itself; its exit code is done, gate, oracle or nothing new
   * @throws JobFault if the job cannot be done; nothing is written then
   * @throws KernelUnavailableException if the system property {@code gatecast.kernel} names none
   *     that can run here; nothing is read or written then
   */
  public RunRecord run(JobSpec job, boolean again, JobListener listener) {
    Kernels.chosen(); // what would stop the network should stop the job before its data is read
    Stopwatch watch = new Stopwatch();
    try (JobStore store = home.open(job.name())) {
      listener.stage("reading " + job.data().source().description());
      String jobHash = Sha256.of(Version.text() + "\n" + job.canonical());
      Dataset data = watch.time("read", () -> read(job));
      String dataHash = data.hash();
      if (!again) {
        Optional<RunRecord> done = alreadyDone(store, jobHash, dataHash, watch);
        if (done.isPresent()) {
          return done.get();
        }
      }
      Fold prepared = watch.time("read", () -> PreparedData.of(job, data));
      List<History> origins = prepared.windowing().lastOrigins();
      try (StagedRun staged = store.stage(Instant.now());
          Tournament tournament = Tournament.hold(job, prepared, store, oracle, listener, watch)) {
        Tournament.Outcome outcome = tournament.outcome();
        listener.stage("forecasting with " + outcome.winner().model().name());
        byte[] forecasts =
            watch.time(
                "forecast",
                () ->
                    ForecastsCsv.text(forecasts(outcome.winner(), origins, job.horizon()))
                        .getBytes(StandardCharsets.UTF_8));
        RunRecord record =
            RunRecords.of(
                job.name(),
                staged.run(),
                outcome.exit(),
                outcome.reason(),
                data(job, prepared),
                data,
                RunRecords.models(outcome.scores(), outcome.network()),
                notes(origins, outcome.champion()),
                outcome.winner().model().name(),
                RunRecords.gate(outcome.decision()),
                outcome.oracle(),
                staged.path(JobStore.FORECASTS),
                seconds(watch),
                runtime(job),
                new RunRecord.Fingerprint(jobHash, dataHash, Sha256.of(forecasts)));
        staged.write(JobStore.FORECASTS, forecasts);
        staged.write(
            JobStore.TRANSFORMS, transforms(prepared, outcome).getBytes(StandardCharsets.UTF_8));
        bundle(job, prepared, outcome, record, staged);
        staged.write(JobStore.RECORD, RunJson.text(record).getBytes(StandardCharsets.UTF_8));
        staged.commit();
        return record;
      }
    }
  }

  /** What the network's transforms learned; without a network, what they would have. */
  private static String transforms(Fold fold, Tournament.Outcome outcome) {
    NetworkForecaster network = outcome.network();
    return SeriesTransformsJson.text(
        (network == null ? fold.windowing() : network.windowing()).transforms());
  }

  /** Keeps a network that was promoted: the next run's champion. */
  private static void bundle(
      JobSpec job, Fold fold, Tournament.Outcome outcome, RunRecord record, StagedRun staged) {
    NetworkForecaster network = outcome.network();
    Gate.Decision decision = outcome.decision();
    if (network == null || decision.verdict() != Gate.Verdict.PROMOTED) {
      return;
    }
    NetworkSettings settings = job.network();
    ModelBundle.write(
        staged,
        new ModelBundle.Manifest(
            ModelBundle.format(),
            network.name(),
            staged.run(),
            settings.cell().label(),
            settings.hidden(),
            settings.layers(),
            settings.lookback(),
            settings.dropout(),
            settings.loss().label(),
            settings.strategy().label(),
            settings.segments().map(ModelBundle.SegmentRecord::of).orElse(null),
            network.windowing().width(),
            job.horizon(),
            job.target(),
            fold.data().axis().label(),
            Champion.calendar(job, fold.data().axis()),
            fold.split().trainEnd(),
            fold.split().validationEnd(),
            job.training().seed(),
            ModelBundle.writeWeights(staged, network),
            Sha256.of(transforms(fold, outcome)),
            Objects.requireNonNull(record.fingerprint()),
            Objects.requireNonNull(record.gate()),
            Objects.requireNonNull(record.oracle()),
            Objects.requireNonNull(record.models()),
            Objects.requireNonNull(record.runtime())));
  }

  /**
   * Reads a job's data through its contract, and nothing more.
   *
   * @param job what to read
   * @throws JobFault if the file cannot be read or breaks the contract
   */
  public static Dataset read(JobSpec job) {
    return Contract.read(job.data(), job::where);
  }

  /** The newest run, if it was of the same job and data, ended well, and its files are intact. */
  private static Optional<RunRecord> alreadyDone(
      JobStore store, String job, String data, Stopwatch watch) {
    Optional<Path> newest = store.newest();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    Path forecasts = newest.get().resolve(JobStore.FORECASTS);
    try {
      RunRecord last = RunJson.parse(Files.readString(newest.get().resolve(JobStore.RECORD)));
      boolean issued = last.exit() == ExitCode.DONE.code() || last.exit() == ExitCode.GATE.code();
      boolean same =
          new RunRecord.Fingerprint(job, data, Sha256.of(forecasts)).equals(last.fingerprint());
      return issued && same
          ? Optional.of(
              last.with(
                  ExitCode.NOTHING_NEW.code(),
                  "nothing new: run "
                      + last.run()
                      + " did this job on this data (--force runs it again)",
                  forecasts,
                  seconds(watch)))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      // A damaged record is no reason to stop: this run replaces what it should have held.
      return Optional.empty();
    }
  }

  private static List<IssuedForecast> forecasts(Trial winner, List<History> origins, int horizon) {
    Forecasts issue = winner.issue(origins);
    int lo80 = Quantiles.lower(0.80);
    int lo95 = Quantiles.lower(0.95);
    List<IssuedForecast> forecasts = new ArrayList<>();
    for (int i = 0; i < issue.size(); i++) {
      TimeSeries series = origins.get(i).series();
      TimeAxis axis = series.axis();
      long issued = series.time(origins.get(i).origin());
      for (int h = 0; h < horizon; h++) {
        double[] quantiles = issue.quantiles()[i][h];
        forecasts.add(
            new IssuedForecast(
                series.name(),
                axis.format(issued),
                axis.format(axis.plus(issued, h + 1)),
                h + 1,
                issue.mean()[i][h],
                quantiles[lo80],
                quantiles[Quantiles.COUNT - 1 - lo80],
                quantiles[lo95],
                quantiles[Quantiles.COUNT - 1 - lo95],
                winner.model().name()));
      }
    }
    return forecasts;
  }

  private static List<String> notes(List<History> origins, Champion champion) {
    List<String> notes = new ArrayList<>(ends(origins));
    if (champion.note() != null) {
      notes.add(champion.note());
    }
    return notes;
  }

  /** Which series end before the others: their forecasts start, and grow old, earlier. */
  private static List<String> ends(List<History> origins) {
    long latest = origins.stream().mapToLong(o -> o.series().time(o.origin())).max().orElseThrow();
    return origins.stream()
        .filter(origin -> origin.series().time(origin.origin()) < latest)
        .map(
            origin ->
                "series "
                    + origin.series().name()
                    + " ends at "
                    + origin.series().axis().format(origin.series().time(origin.origin()))
                    + ", before the last value of the others at "
                    + origin.series().axis().format(latest)
                    + ": its forecast starts there")
        .toList();
  }

  private static RunRecord.Data data(JobSpec job, Fold prepared) {
    return RunRecords.data(
        job.data().source().description(),
        job.target(),
        prepared.data(),
        prepared.train().size(),
        prepared.validation().size(),
        prepared.test().size());
  }

  private static RunRecord.Seconds seconds(Stopwatch watch) {
    return new RunRecord.Seconds(
        watch.seconds("read"),
        watch.seconds("train"),
        watch.seconds("backtest"),
        watch.seconds("oracle"),
        watch.seconds("forecast"),
        watch.total());
  }

  private static RunRecord.Machine runtime(JobSpec job) {
    NativeRuntime.Description natives = NativeRuntime.describe();
    return new RunRecord.Machine(
        Version.text(),
        System.getProperty("java.version"),
        natives.natives(),
        natives.blasThreads(),
        Kernels.chosen(),
        Kernels.chosenThreads(),
        job.training().seed());
  }
}
