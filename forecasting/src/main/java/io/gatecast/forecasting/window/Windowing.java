package io.gatecast.forecasting.window;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import java.util.ArrayList;
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

  /** Steps that a forecast gives. */
  public int horizon() {
    return horizon;
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
    List<SeriesFeatures> of = new ArrayList<>();
    List<History> origins = new ArrayList<>();
    for (SeriesFeatures one : features.values()) {
      TimeSeries series = one.series();
      for (int origin = lookback - 1; origin + horizon < series.length(); origin++) {
        long first = series.time(origin + 1);
        long last = series.time(origin + horizon);
        if (split.part(first, last) == part
            && one.usable(origin + 1 - lookback, origin + 1 + horizon)) {
          of.add(one);
          origins.add(new History(series, origin));
        }
      }
    }
    return new LabelledWindows(of, origins, lookback, horizon);
  }

  /**
   * The windows that end at given origins.
   *
   * @param origins where to forecast from
   * @throws IllegalArgumentException if a window is not complete
   */
  public InputWindows at(List<History> origins) {
    return new InputWindows(
        origins.stream().map(origin -> of(origin.series())).toList(), origins, lookback);
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
      int origin = series.length() - 1;
      if (!one.usable(origin + 1 - lookback, origin + 1)) {
        int gap = origin;
        while (gap > Math.max(0, origin + 1 - lookback) && one.usable(gap, gap + 1)) {
          gap--;
        }
        throw new JobFault(
            ExitCode.DATA,
            "the last " + lookback + " steps complete, to forecast from",
            "no usable row at " + series.axis().format(series.time(gap)),
            "series " + series.name(),
            "supply the missing rows, or shorten network.lookback");
      }
      origins.add(new History(series, origin));
    }
    return origins;
  }
}
