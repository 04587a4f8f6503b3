package io.gatecast.forecasting.model.linear;

import io.gatecast.forecasting.window.InputWindows;
import io.gatecast.forecasting.window.LabelledWindows;

/**
 * Turns windows into the rows of a regression. A value; it keeps no window.
 *
 * @param form what is made of a look-back
 * @param lookback its steps
 * @param width features of a step in the windows
 * @param features how many of them are read: all, or the target alone
 * @param changes whether the windows' targets are changes from the last value already
 */
record Design(LinearForm form, int lookback, int width, int features, boolean changes) {

  int columns() {
    return form.columns(lookback * features);
  }

  /** Where one window after the other is laid; one for each thread. */
  final class Row {
    private final float[] window = new float[lookback * width];
    private final double[] read = new double[lookback * features];
    private final double[] values = new double[columns()];
    private double base;

    /** Lays a window. */
    Row of(InputWindows windows, int index) {
      windows.input(index, window, 0);
      for (int t = 0; t < lookback; t++) {
        for (int f = 0; f < features; f++) {
          read[t * features + f] = window[t * width + f];
        }
      }
      form.write(read, values);
      base = form == LinearForm.NLINEAR && !changes ? read[read.length - 1] : 0;
      return this;
    }

    /** {@code [column]}; overwritten by the next window. */
    double[] values() {
      return values;
    }

    /** What the form takes off the targets and adds to a forecast. */
    double base() {
      return base;
    }
  }

  Row row() {
    return new Row();
  }

  /** The moments of all windows and their targets, in one pass. */
  Moments moments(LabelledWindows windows) {
    Moments moments = new Moments(columns(), windows.outputs());
    Row row = row();
    float[] target = new float[windows.outputs()];
    double[] outputs = new double[windows.outputs()];
    for (int i = 0; i < windows.size(); i++) {
      row.of(windows, i);
      windows.target(i, target, 0);
      for (int h = 0; h < outputs.length; h++) {
        outputs[h] = target[h] - row.base();
      }
      moments.add(row.values(), outputs);
    }
    return moments.join();
  }
}
