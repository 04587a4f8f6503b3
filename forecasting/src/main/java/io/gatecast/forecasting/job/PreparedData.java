package io.gatecast.forecasting.job;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.evaluation.Metrics;
import io.gatecast.forecasting.evaluation.SplitConformal;
import io.gatecast.forecasting.window.LabelledWindows;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.Windowing;
import java.util.HashMap;
import java.util.Map;

/**
 * A job's data, cut by time, transformed with what the train part taught, and laid into windows:
 * everything that comes before a model.
 *
 * @param data the series
 * @param split where time is cut
 * @param windowing features of each series
 * @param train windows to learn from
 * @param validation windows that stop training and calibrate intervals
 * @param test windows that measure
 */
record PreparedData(
    Dataset data,
    Split split,
    Windowing windowing,
    LabelledWindows train,
    LabelledWindows validation,
    LabelledWindows test) {

  /** Prepares; a fault where the data is too short or does not vary. */
  static PreparedData of(JobSpec job, Dataset data) {
    int window = job.network().lookback() + job.horizon();
    for (TimeSeries series : data.series()) {
      if (series.length() < window) {
        throw tooFew(job, series, "train", 0, 1);
      }
    }
    Split split = Split.of(data, job.split());
    Windowing windowing =
        Windowing.fit(
            data, job.features(data.axis()), split, job.network().lookback(), job.horizon());
    PreparedData prepared =
        new PreparedData(
            data,
            split,
            windowing,
            windowing.cut(split, Split.Part.TRAIN),
            windowing.cut(split, Split.Part.VALIDATION),
            windowing.cut(split, Split.Part.TEST));
    requireWindows(job, data, "train", prepared.train, 1);
    requireWindows(job, data, "validation", prepared.validation, SplitConformal.FEWEST_WINDOWS);
    requireWindows(job, data, "test", prepared.test, 1);
    for (TimeSeries series : data.series()) {
      double scale = Metrics.scale(series, split.trainEnd());
      if (!(scale > 0 && Double.isFinite(scale))) {
        throw new JobFault(
            ExitCode.DATA,
            "a target that changes from step to step in the train part, which scales its errors",
            "a mean change of " + scale,
            "series " + series.name() + ", column " + job.target(),
            "check the target; a constant series needs no network");
      }
    }
    return prepared;
  }

  private static void requireWindows(
      JobSpec job, Dataset data, String part, LabelledWindows windows, int least) {
    Map<String, Integer> counts = new HashMap<>();
    windows.origins().forEach(origin -> counts.merge(origin.series().name(), 1, Integer::sum));
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
