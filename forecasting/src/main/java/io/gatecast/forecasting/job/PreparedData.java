package io.gatecast.forecasting.job;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.evaluation.Folds;
import io.gatecast.forecasting.evaluation.interval.IntervalMethod;
import io.gatecast.forecasting.evaluation.metric.TrainScale;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.LabelledWindows;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.Windowing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A job's data as a fold: everything that comes before a model, and whether it is enough for one.
 */
final class PreparedData {
  private PreparedData() {}

  /**
   * A fault where the data is too short or does not vary, the network does not fit, or the embargo
   * leaves no origin.
   */
  static void requireForBacktest(JobSpec job, Dataset data) {
    Tournament.fitting(job, job.network(), of(job, data));
    long cut = Split.of(data, job.split()).validationEnd();
    long tested = Arrays.stream(Split.times(data)).filter(time -> time > cut).count();
    long most = tested - job.horizon();
    int embargo = job.evaluation().backtest().embargo();
    if (embargo > most) {
      throw new JobFault(
          ExitCode.USAGE,
          "an embargo of at most " + most + " steps, which leaves one to test from",
          String.valueOf(embargo),
          job.where("backtest.embargo"),
          "lower backtest.embargo, or raise split.test");
    }
    for (Split split : Folds.of(data, job.split(), job.evaluation().backtest(), job.horizon())) {
      requireCalibration(job, data, split);
    }
  }

  /** Enough windows to calibrate, of each series that a fold tests. */
  private static void requireCalibration(JobSpec job, Dataset data, Split split) {
    Windowing windowing =
        Windowing.fit(
            data, job.features(data.axis()), split, job.network().lookback(), job.horizon());
    Map<String, Integer> validation = counts(windowing.cut(split, Split.Part.VALIDATION));
    Map<String, Integer> test = counts(windowing.cut(split, Split.Part.TEST));
    for (TimeSeries series : data.series()) {
      int count = validation.getOrDefault(series.name(), 0);
      if (test.containsKey(series.name()) && count < IntervalMethod.FEWEST) {
        throw new JobFault(
            ExitCode.DATA,
            "at least "
                + IntervalMethod.FEWEST
                + " complete windows to calibrate in each fold's validation part",
            String.valueOf(count),
            "series "
                + series.name()
                + ", fold that is validated to "
                + data.axis().format(split.validationEnd()),
            "close the gaps, choose contract.gaps: repair, or raise split.validation");
      }
    }
    if (windowing.cut(split, Split.Part.TRAIN).size() == 0) {
      throw new JobFault(
          ExitCode.DATA,
          "a complete window to learn from in each fold",
          "none",
          "fold that is trained to " + data.axis().format(split.trainEnd()),
          "close the gaps, or choose backtest.window: expanding");
    }
  }

  private static Map<String, Integer> counts(LabelledWindows windows) {
    Map<String, Integer> counts = new HashMap<>();
    windows.origins().forEach(origin -> counts.merge(origin.series().name(), 1, Integer::sum));
    return counts;
  }

  /** Cuts at the job's shares; a fault where the data is too short or does not vary. */
  static Fold of(JobSpec job, Dataset data) {
    int window = job.network().lookback() + job.horizon();
    for (TimeSeries series : data.series()) {
      if (series.length() < window) {
        throw tooFew(job, series, "train", 0, 1);
      }
    }
    Split split = Split.of(data, job.split());
    Fold fold =
        Fold.of(data, job.features(data.axis()), split, job.network().lookback(), job.horizon());
    requireWindows(job, data, "train", fold.train(), 1);
    requireWindows(job, data, "validation", fold.validation(), IntervalMethod.FEWEST);
    requireWindows(job, data, "test", fold.test(), 1);
    for (TimeSeries series : data.series()) {
      double scale = TrainScale.of(series, split.trainStart(), split.trainEnd()).absolute();
      if (!(scale > 0 && Double.isFinite(scale))) {
        throw new JobFault(
            ExitCode.DATA,
            "a target that changes from step to step in the train part, which scales its errors",
            "a mean change of " + scale,
            "series " + series.name() + ", column " + job.target(),
            "check the target; a constant series needs no network");
      }
    }
    return fold;
  }

  private static void requireWindows(
      JobSpec job, Dataset data, String part, LabelledWindows windows, int least) {
    Map<String, Integer> counts = counts(windows);
    for (TimeSeries series : data.series()) {
      int count = counts.getOrDefault(series.name(), 0);
      if (count < least) {
        throw tooFew(job, series, part, count, least);
      }
    }
  }

  private static JobFault tooFew(
      JobSpec job, TimeSeries series, String part, long count, int least) {
    return new JobFault(
        ExitCode.DATA,
        "at least "
            + least
            + (least == 1 ? " complete window" : " complete windows")
            + " (look-back "
            + job.network().lookback()
            + ", horizon "
            + job.horizon()
            + ") in the "
            + part
            + " part of each series",
        count + " in " + series.length() + " steps, of which " + series.missing() + " missing",
        "series "
            + series.name()
            + ", "
            + series.axis().format(series.time(0))
            + " to "
            + series.axis().format(series.time(series.length() - 1)),
        series.missing() > 0
            ? "close the gaps, choose contract.gaps: repair, lower network.lookback or horizon, or use"
                + " preset: stock if the rows are exchange sessions"
            : "too short: supply more data, or lower network.lookback or horizon");
  }
}
