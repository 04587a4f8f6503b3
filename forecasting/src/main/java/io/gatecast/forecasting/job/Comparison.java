package io.gatecast.forecasting.job;

import io.gatecast.core.diagnostics.GradientFlow;
import io.gatecast.core.diagnostics.NetworkProbe;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.training.TrainingDivergedException;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.evaluation.Evaluation;
import io.gatecast.forecasting.evaluation.Gate;
import io.gatecast.forecasting.evaluation.metric.Accuracy;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.NetworkEstimator;
import io.gatecast.forecasting.model.NetworkForecaster;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.oracle.Oracle;
import io.gatecast.forecasting.oracle.OracleResult;
import io.gatecast.forecasting.oracle.ReferenceOracle;
import io.gatecast.forecasting.report.ComparisonRecord;
import io.gatecast.forecasting.report.ComparisonRecord.Spread;
import io.gatecast.forecasting.window.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * RNN, GRU and LSTM side by side on a job's data: each takes the place of the job's cell, all else
 * equal, and is trained once for each seed. Nothing is kept or issued.
 */
public final class Comparison {
  /** Test windows whose gradient flow is looked at, evenly spread. */
  private static final int PROBED = 16;

  private static final long TIMED_NANOS = 200_000_000;

  private final JobSpec job;
  private final Fold fold;
  private final Oracle oracle = new ReferenceOracle();

  private Comparison(JobSpec job, Fold fold) {
    this.job = job;
    this.fold = fold;
  }

  /** What one training came to. */
  private record Run(
      long parameters,
      int epochs,
      double trainSeconds,
      double forecastMicros,
      Evaluation.Score score,
      List<Double> flow,
      double memory,
      OracleResult oracle) {}

  /**
   * The three cells, the job's own variant of each where it has one.
   *
   * @param job whose cell counts
   * @param names any of {@code rnn}, {@code gru}, {@code lstm}
   * @throws IllegalArgumentException for another name
   */
  public static List<CellSpec> cells(JobSpec job, List<String> names) {
    CellSpec own = job.network().cell();
    return names.stream()
        .map(
            name ->
                switch (name) {
                  case "rnn" ->
                      own instanceof CellSpec.Rnn
                          ? own
                          : new CellSpec.Rnn(CellSpec.Activation.TANH);
                  case "gru" ->
                      own instanceof CellSpec.Gru ? own : new CellSpec.Gru(CellSpec.Reset.BEFORE);
                  case "lstm" -> new CellSpec.Lstm();
                  default ->
                      throw new IllegalArgumentException(
                          "cells: expected any of rnn, gru, lstm, found " + name);
                })
        .toList();
  }

  /**
   * Compares.
   *
   * @param job data, budget and everything but the cell
   * @param cells to compare
   * @param seeds trainings of each, from the job's seed on
   * @param listener hears of progress
   * @return what each came to
   * @throws io.gatecast.forecasting.JobFault if the data does not allow it
   */
  public static ComparisonRecord run(
      JobSpec job, List<CellSpec> cells, int seeds, JobListener listener) {
    Kernels.chosen();
    long start = System.nanoTime();
    listener.stage("reading " + job.data().source().description());
    Dataset data = JobRunner.read(job);
    Fold fold = PreparedData.of(job, data);
    Comparison comparison = new Comparison(job, fold);
    cells.forEach(cell -> Tournament.fitting(job, comparison.settings(cell), fold));
    Baselines.of(job, data.axis()); // a fault in the job file should not wait for training
    List<Long> all = LongStream.range(0, seeds).mapToObj(i -> job.training().seed() + i).toList();
    List<ComparisonRecord.Cell> records = new ArrayList<>();
    try {
      for (CellSpec cell : cells) {
        comparison.warmUp(cell);
        List<Run> runs = new ArrayList<>();
        for (long seed : all) {
          listener.stage("training " + cell.name() + ", seed " + seed);
          runs.add(comparison.once(cell, seed, listener));
        }
        records.add(record(cell, runs));
      }
    } catch (TrainingDivergedException e) {
      throw Candidates.diverged(job, e);
    }
    listener.stage("testing the baselines");
    Evaluation baselines =
        comparison.evaluation(
            Baselines.of(job, data.axis()).stream().map(one -> one.fit(fold)).toList());
    Evaluation.Score best = Gate.best(baselines);
    boolean passed = records.stream().allMatch(ComparisonRecord.Cell::oraclePassed);
    return new ComparisonRecord(
        job.name(),
        (passed ? ExitCode.DONE : ExitCode.ORACLE).code(),
        all,
        List.of(fold.train().size(), fold.validation().size(), fold.test().size()),
        fold.lookback(),
        records,
        best.name(),
        best.accuracy().mase(),
        best.bySteps().stream().map(Accuracy::mae).toList(),
        (System.nanoTime() - start) / 1e9);
  }

  /** An epoch that is not timed: what comes first is slower, whichever cell it is. */
  private void warmUp(CellSpec cell) {
    TrainingSpec training = job.training();
    TrainingSpec brief =
        new TrainingSpec(
            1,
            training.batch(),
            training.optimiser(),
            training.schedule(),
            training.clipNorm(),
            1,
            training.timeBudget(),
            training.seed());
    new NetworkEstimator(cell.name(), settings(cell), brief, report -> {}).fit(fold).close();
  }

  private NetworkSettings settings(CellSpec cell) {
    return job.network().with(cell).with(1);
  }

  private Run once(CellSpec cell, long seed, JobListener listener) {
    NetworkEstimator estimator =
        new NetworkEstimator(cell.name(), settings(cell), job.training().withSeed(seed), listener);
    long start = System.nanoTime();
    try (NetworkForecaster model = estimator.fit(fold)) {
      double trained = (System.nanoTime() - start) / 1e9;
      List<GradientFlow> flows = flows(model);
      return new Run(
          model.parameters(),
          model.epochs(),
          trained,
          micros(model),
          evaluation(List.of(model)).score(model.name()),
          flow(flows),
          flows.stream()
              .map(GradientFlow::effectiveMemory)
              .filter(OptionalInt::isPresent)
              .mapToInt(OptionalInt::getAsInt)
              .average()
              .orElse(Double.NaN),
          OracleCheck.of(model, fold.test().origins(), oracle));
    }
  }

  private Evaluation evaluation(List<? extends Forecaster> models) {
    return Tournament.evaluation(
        job, models.stream().map(model -> Tournament.trial(job, fold, model)).toList());
  }

  private double micros(NetworkForecaster model) {
    List<History> origins = fold.test().origins();
    model.forecast(origins); // what comes first warms up
    long start = System.nanoTime();
    int rounds = 0;
    do {
      model.forecast(origins);
      rounds++;
    } while (System.nanoTime() - start < TIMED_NANOS);
    return (System.nanoTime() - start) / 1e3 / rounds / origins.size();
  }

  /** Of the last layer, at evenly spread test windows; none where its steps are segments. */
  private List<GradientFlow> flows(NetworkForecaster model) {
    if (job.network().segments().isPresent()) {
      return List.of();
    }
    NetworkProbe probe = NetworkProbe.of(model.networks().get(0));
    Samples windows = fold.test();
    int outputs = model.networks().get(0).spec().outputs();
    List<GradientFlow> flows = new ArrayList<>();
    int probed = Math.min(PROBED, windows.size());
    for (int i = 0; i < probed; i++) {
      int window = (int) ((long) i * windows.size() / probed);
      float[] input = new float[windows.lookback() * windows.inputs()];
      windows.input(window, input, 0);
      double[][] steps = new double[windows.lookback()][windows.inputs()];
      for (int t = 0; t < input.length; t++) {
        steps[t / windows.inputs()][t % windows.inputs()] = input[t];
      }
      double[][] gradient = new double[1][outputs];
      Arrays.fill(gradient[0], 1.0 / outputs);
      List<GradientFlow> layers = probe.gradientFlowOf(steps, gradient);
      flows.add(layers.get(layers.size() - 1));
    }
    return flows;
  }

  /** Mean norm of ∂h_T/∂s_t by lag. */
  private static List<Double> flow(List<GradientFlow> flows) {
    int steps = flows.isEmpty() ? 0 : flows.get(0).state().size();
    return IntStream.range(0, steps)
        .mapToObj(
            lag ->
                flows.stream()
                    .mapToDouble(flow -> flow.state().get(steps - 1 - lag))
                    .average()
                    .orElseThrow())
        .toList();
  }

  private static ComparisonRecord.Cell record(CellSpec cell, List<Run> runs) {
    int steps = runs.get(0).score().bySteps().size();
    int lags = runs.get(0).flow().size();
    boolean falls = runs.stream().noneMatch(run -> Double.isNaN(run.memory()));
    return new ComparisonRecord.Cell(
        cell.label(),
        runs.get(0).parameters(),
        spread(runs, Run::epochs),
        spread(runs, Run::trainSeconds),
        spread(runs, Run::forecastMicros),
        spread(runs, run -> run.score().accuracy().mae()),
        spread(runs, run -> run.score().accuracy().mase()),
        spread(runs, run -> run.score().accuracy().interval(0.80).coverage()),
        IntStream.range(0, steps)
            .mapToObj(h -> spread(runs, run -> run.score().bySteps().get(h).mae()))
            .toList(),
        falls ? spread(runs, Run::memory) : null,
        IntStream.range(0, lags).mapToObj(lag -> spread(runs, run -> run.flow().get(lag))).toList(),
        spread(runs, run -> run.oracle().maxRelativeDifference()),
        runs.stream().allMatch(run -> run.oracle().passed()));
  }

  private static Spread spread(List<Run> runs, ToDoubleFunction<Run> figure) {
    return Spread.of(runs.stream().mapToDouble(figure).toArray());
  }
}
