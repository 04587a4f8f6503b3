package io.gatecast.forecasting.window;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.time.TimeAxis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts features into windows, by part of the split. Windows that a gap touches are left out, never
 * filled.
 */
public final class Windowing {
  private final Map<String, SeriesFeatures> features = new LinkedHashMap<>();
  private final int lookback;
  private final int horizon;

  /**
   * Prepares.
   *
   * @param features of each series
   * @param lookback steps that a forecast reads
   * @param horizon steps that it gives
   */
  public Windowing(List<SeriesFeatures> features, int lookback, int horizon) {
    for (SeriesFeatures one : features) {
      this.features.put(one.series().name(), one);
    }
    this.lookback = lookback;
    this.horizon = horizon;
  }

  /**
   * Learns the transforms of all series from their train parts and computes their features.
   *
   * @param data the series
   * @param spec what a network reads, and in what form
   * @param split where time is cut
   * @param lookback steps that a forecast reads
   * @param horizon steps that it gives
   * @return features of each series, ready to be cut into windows
   * @throws JobFault if a column's values do not allow its transform
   */
  public static Windowing fit(
      Dataset data, FeatureSpec spec, Split split, int lookback, int horizon) {
    List<SeriesTransforms> fitted =
        FittedFeatures.fit(data, spec, horizon, split.trainStart(), split.trainEnd());
    List<SeriesFeatures> features = new ArrayList<>();
    for (int i = 0; i < fitted.size(); i++) {
      features.add(SeriesFeatures.of(data.series().get(i), fitted.get(i), spec.calendar()));
    }
    return new Windowing(features, lookback, horizon);
  }

  /** Steps that a forecast reads. */
  public int lookback() {
    return lookback;
  }

  /** Steps that a forecast gives. */
  public int horizon() {
    return horizon;
  }

  /** The transforms of each series, in order. */
  public List<SeriesTransforms> transforms() {
    return features.values().stream().map(SeriesFeatures::transforms).toList();
  }

  /** Features a step. */
  public int width() {
    return features.values().iterator().next().width();
  }

  /**
   * All complete windows of one part, series by series in order of time.
   *
   * @param split where time is cut
   * @param part which part
   */
  public LabelledWindows cut(Split split, Split.Part part) {
    return cut(split, part, 1);
  }

  /**
   * Every so many of the windows of one part: those whose first target lies a multiple of a stride
   * after the test part's start, on the axis that all series share.
   *
   * @param split where time is cut
   * @param part which part
   * @param stride steps from one origin to the next, at least 1
   */
  public LabelledWindows cut(Split split, Split.Part part, int stride) {
    List<SeriesFeatures> all = List.copyOf(features.values());
    WindowList windows = new WindowList(all);
    long asOf = split.knownIn(part);
    for (int index = 0; index < all.size(); index++) {
      SeriesFeatures one = all.get(index);
      TimeSeries series = one.series();
      for (int origin = lookback - 1; origin + horizon < series.length(); origin++) {
        long first = series.time(origin + 1);
        long last = series.time(origin + horizon);
        if (split.part(first, last) == part
            && (stride == 1 || steps(series.axis(), split.testStart(), first) % stride == 0)
            && one.complete(origin, lookback)
            && one.labelled(origin, horizon, asOf)) {
          windows.add(index, origin);
        }
      }
    }
    return new LabelledWindows(windows.trimmed(), lookback, horizon, asOf);
  }

  private static long steps(TimeAxis axis, long from, long to) {
    return axis.position(to).orElseThrow() - axis.position(from).orElseThrow();
  }

  /**
   * The windows that end at given origins.
   *
   * @param origins where to forecast from
   * @throws IllegalArgumentException if a window is not complete
   */
  public InputWindows at(List<History> origins) {
    List<SeriesFeatures> all = List.copyOf(features.values());
    Map<String, Integer> index = new HashMap<>();
    all.forEach(one -> index.put(one.series().name(), index.size()));
    WindowList windows = new WindowList(all);
    for (History origin : origins) {
      if (!of(origin.series()).complete(origin.origin(), lookback)) {
        throw new IllegalArgumentException(
            "origin " + windows.size() + ": expected " + lookback + " complete steps before it");
      }
      windows.add(index.getOrDefault(origin.series().name(), 0), origin.origin());
    }
    return new InputWindows(windows, lookback);
  }

  /**
   * The transforms and features of a series.
   *
   * @param series one of those that this was made from
   */
  public SeriesFeatures of(TimeSeries series) {
    SeriesFeatures found = features.get(series.name());
    if (found == null) {
      throw new IllegalArgumentException(
          "series: expected one of " + features.keySet() + ", found " + series.name());
    }
    return found;
  }

  /**
   * The last step of each series, from which the forecast is issued.
   *
   * @throws JobFault if the window before one has a gap
   */
  public List<History> lastOrigins() {
    List<History> origins = new ArrayList<>();
    for (SeriesFeatures one : features.values()) {
      TimeSeries series = one.series();
      int origin = lastOrigin(one);
      if (!one.complete(origin, lookback)) {
        int gap = origin;
        while (gap > Math.max(0, origin + 1 - lookback) && one.complete(gap, 1)) {
          gap--;
        }
        throw new JobFault(
            ExitCode.DATA,
            "the last " + lookback + " steps complete, to forecast from",
            "no usable row at " + series.axis().format(series.time(gap)),
            "series " + series.name(),
            "supply the missing rows, shorten network.lookback, or choose contract.gaps: repair");
      }
      origins.add(new History(series, origin));
    }
    return origins;
  }

  /** The last step; where some columns reach ahead of the target, the target's last one. */
  private static int lastOrigin(SeriesFeatures one) {
    int origin = one.series().length() - 1;
    while (origin > 0 && !one.transforms().known().isEmpty() && !one.series().present(origin)) {
      origin--;
    }
    return origin;
  }
}
