package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.CalendarFeature;
import java.util.BitSet;
import java.util.List;

/** The features of a series whose values were all known at their own time: one matrix. */
final class MatrixFeatures implements SeriesFeatures {
  private final TimeSeries series;
  private final SeriesTransforms transforms;
  private final FeatureRows compute;
  private final int width;
  private final float[] rows;
  private final float[] labels;
  private final BitSet incomplete = new BitSet();
  private final BitSet unlabelled = new BitSet();

  MatrixFeatures(TimeSeries series, SeriesTransforms transforms, List<CalendarFeature> calendar) {
    this.series = series;
    this.transforms = transforms;
    this.compute = new FeatureRows(series, transforms, calendar);
    this.width = compute.width();
    int length = series.length();
    this.rows = compute.rows(0, 0, length, Long.MAX_VALUE);
    for (int i = 0; i < rows.length; i++) {
      if (Float.isNaN(rows[i])) {
        incomplete.set(i / width);
      }
    }
    boolean filled = transforms.fillsTarget();
    this.labels = new float[filled ? length : 0];
    double[] truth = filled ? transforms.labels(series, 0, length, Long.MAX_VALUE) : new double[0];
    for (int step = 0; step < length; step++) {
      if (filled) {
        labels[step] = (float) truth[step];
      }
      unlabelled.set(step, Float.isNaN(label(step)));
    }
  }

  private float label(int step) {
    return labels.length > 0 ? labels[step] : rows[step * width];
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
    return width;
  }

  @Override
  public boolean complete(int origin, int lookback) {
    return within(incomplete, origin + 1 - lookback, origin + 1);
  }

  @Override
  public boolean labelled(int origin, int horizon, long asOf) {
    return within(unlabelled, origin + 1, origin + 1 + horizon);
  }

  private boolean within(BitSet flaws, int from, int to) {
    if (from < 0 || to > series.length()) {
      return false;
    }
    int next = flaws.nextSetBit(from);
    return next < 0 || next >= to;
  }

  @Override
  public void copyRows(int origin, int lookback, float[] destination, int offset) {
    int from = origin + 1 - lookback;
    System.arraycopy(rows, from * width, destination, offset, lookback * width);
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
    float base = (float) transforms.window().targetBase(rows[origin * width]);
    for (int h = 0; h < horizon; h++) {
      destination[offset + h] = label(origin + 1 + h) - base;
    }
  }
}
