package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.FittedOneHot;
import io.gatecast.forecasting.transform.Presence;
import java.time.LocalDateTime;
import java.util.List;

/** Computes rows of features for a stretch of a series, column by column. */
final class FeatureRows {
  private final TimeSeries series;
  private final SeriesTransforms transforms;
  private final List<CalendarFeature> calendar;
  private final int width;
  private final boolean[] shifted;

  FeatureRows(TimeSeries series, SeriesTransforms transforms, List<CalendarFeature> calendar) {
    this.series = series;
    this.transforms = transforms;
    this.calendar = List.copyOf(calendar);
    int cycles = this.calendar.stream().mapToInt(CalendarFeature::width).sum();
    this.width = transforms.features().size() + cycles;
    this.shifted = new boolean[width];
    for (int i = 0; i < transforms.features().size(); i++) {
      // Flags, cycles and constants say what they say wherever the series stands.
      shifted[i] =
          transforms.features().get(i) instanceof FittedFeature.Past past && !flag(past.name());
    }
  }

  private boolean flag(String name) {
    return transforms.derivations().stream()
        .filter(one -> one instanceof FittedOneHot || one instanceof Presence)
        .anyMatch(one -> one.outputs().contains(name));
  }

  int width() {
    return width;
  }

  /**
   * Rows from a first step to the last before another, of which those before {@code keep} only warm
   * transforms up and are not written.
   */
  float[] rows(int from, int keep, int to, long asOf) {
    float[] rows = new float[(to - keep) * width];
    for (int feature = 0; feature < transforms.features().size(); feature++) {
      double[] values = transforms.feature(series, feature, from, to, asOf);
      for (int step = keep; step < to; step++) {
        rows[(step - keep) * width + feature] = (float) values[step - from];
      }
    }
    for (int step = keep; step < to; step++) {
      cycles(step, rows, (step - keep) * width);
    }
    return rows;
  }

  /** Writes the calendar's features of a step, also of one beyond the series, into its row. */
  private void cycles(int step, float[] rows, int row) {
    LocalDateTime time = series.axis().local(series.time(step));
    int next = row + transforms.features().size();
    for (CalendarFeature cycle : calendar) {
      for (double value : cycle.apply(time)) {
        rows[next++] = (float) value;
      }
    }
  }

  /** Rows after an origin as they are known at it; the target's own feature is not a number. */
  void ahead(int origin, int steps, float[] rows, int offset) {
    for (int feature = 0; feature < transforms.features().size(); feature++) {
      double[] values = transforms.ahead(series, feature, origin, steps);
      for (int step = 0; step < steps; step++) {
        rows[offset + step * width + feature] = (float) values[step];
      }
    }
    for (int step = 0; step < steps; step++) {
      cycles(origin + 1 + step, rows, offset + step * width);
    }
  }

  /** Subtracts from a window what its transform says. */
  void subtract(float[] window, int offset, int lookback) {
    int last = offset + (lookback - 1) * width;
    for (int feature = 0; feature < width; feature++) {
      double base = shifted[feature] ? transforms.window().inputBase(window[last + feature]) : 0;
      if (base != 0) {
        for (int step = 0; step < lookback; step++) {
          window[offset + step * width + feature] -= (float) base;
        }
      }
    }
  }
}
