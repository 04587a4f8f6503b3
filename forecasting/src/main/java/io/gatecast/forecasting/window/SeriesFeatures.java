package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.Calendar;
import io.gatecast.forecasting.transform.FittedTransform;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;

/**
 * One series as a network reads it: a row of features for each step, standardised columns first,
 * then (sin, cos) of each calendar cycle. Windows are views of it.
 */
public final class SeriesFeatures {
  private final TimeSeries series;
  private final FittedTransform fitted;
  private final int width;
  private final float[] rows;
  private final boolean[] usable;

  /**
   * Computes every row.
   *
   * @param series the series
   * @param fitted its transforms
   * @param calendar cycles to add
   */
  public SeriesFeatures(TimeSeries series, FittedTransform fitted, List<Calendar> calendar) {
    this.series = series;
    this.fitted = fitted;
    int columns = series.columns().size();
    this.width = columns + 2 * calendar.size();
    this.rows = new float[series.length() * width];
    this.usable = new boolean[series.length()];
    Arrays.fill(usable, true);
    for (int column = 0; column < columns; column++) {
      double[] values = fitted.apply(series, column);
      for (int step = 0; step < values.length; step++) {
        rows[step * width + column] = (float) values[step];
        usable[step] &= !Double.isNaN(values[step]);
      }
    }
    for (int step = 0; step < series.length(); step++) {
      LocalDateTime time = series.axis().local(series.time(step));
      int next = step * width + columns;
      for (Calendar cycle : calendar) {
        rows[next++] = (float) cycle.sin(time);
        rows[next++] = (float) cycle.cos(time);
      }
    }
  }

  /** The series. */
  public TimeSeries series() {
    return series;
  }

  /** Its transforms. */
  public FittedTransform fitted() {
    return fitted;
  }

  /** Features a step. */
  public int width() {
    return width;
  }

  /**
   * Whether all steps of a range have all features.
   *
   * @param from first step
   * @param to step after the last; a range outside the series is not usable
   */
  boolean usable(int from, int to) {
    if (from < 0 || to > usable.length) {
      return false;
    }
    for (int step = from; step < to; step++) {
      if (!usable[step]) {
        return false;
      }
    }
    return true;
  }

  void copyRows(int from, int count, float[] destination, int offset) {
    System.arraycopy(rows, from * width, destination, offset, count * width);
  }

  /** The target after an origin, standardised, as the transform wants it. */
  void copyTarget(int origin, int horizon, float[] destination, int offset) {
    float base = fitted.transform().relativeToLast() ? rows[origin * width] : 0;
    for (int h = 0; h < horizon; h++) {
      destination[offset + h] = rows[(origin + 1 + h) * width] - base;
    }
  }
}
