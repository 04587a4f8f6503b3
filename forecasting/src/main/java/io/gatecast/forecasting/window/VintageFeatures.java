package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.CalendarFeature;
import java.util.List;

/**
 * The features of a series whose values were known late or restated: each window as it was known at
 * its origin, computed when it is asked for. A restated value never reaches an earlier origin.
 */
final class VintageFeatures implements SeriesFeatures {
  private final TimeSeries series;
  private final SeriesTransforms transforms;
  private final FeatureRows compute;
  private final int memory;

  VintageFeatures(TimeSeries series, SeriesTransforms transforms, List<CalendarFeature> calendar) {
    this.series = series;
    this.transforms = transforms;
    this.compute = new FeatureRows(series, transforms, calendar);
    this.memory = transforms.memory();
  }

  @Override
  public TimeSeries series() {
    return series;
  }

  @Override
  public SeriesTransforms transforms() {
    return transforms;
  }

  @Override
  public int width() {
    return compute.width();
  }

  private float[] rows(int origin, int lookback) {
    int keep = origin + 1 - lookback;
    return compute.rows(Math.max(0, keep - memory), keep, origin + 1, series.time(origin));
  }

  @Override
  public boolean complete(int origin, int lookback) {
    if (origin + 1 < lookback || origin >= series.length()) {
      return false;
    }
    for (float value : rows(origin, lookback)) {
      if (Float.isNaN(value)) {
        return false;
      }
    }
    return true;
  }

  private double[] labels(int origin, int horizon, long asOf) {
    int from = Math.max(0, origin + 1 - memory);
    int to = origin + 1 + horizon;
    double[] labels = transforms.labels(series, from, to, asOf);
    double[] after = new double[horizon];
    System.arraycopy(labels, origin + 1 - from, after, 0, horizon);
    return after;
  }

  @Override
  public boolean labelled(int origin, int horizon, long asOf) {
    if (origin + horizon >= series.length()) {
      return false;
    }
    for (double label : labels(origin, horizon, asOf)) {
      if (Double.isNaN(label)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void copyRows(int origin, int lookback, float[] destination, int offset) {
    float[] rows = rows(origin, lookback);
    System.arraycopy(rows, 0, destination, offset, rows.length);
  }

  @Override
  public void subtract(float[] window, int offset, int lookback) {
    compute.subtract(window, offset, lookback);
  }

  @Override
  public void copyAhead(int origin, int steps, float[] destination, int offset) {
    compute.ahead(origin, steps, destination, offset);
  }

  @Override
  public void copyTarget(int origin, int horizon, long asOf, float[] destination, int offset) {
    float base = (float) transforms.window().targetBase(rows(origin, 1)[0]);
    double[] labels = labels(origin, horizon, asOf);
    for (int h = 0; h < horizon; h++) {
      destination[offset + h] = (float) labels[h] - base;
    }
  }
}
