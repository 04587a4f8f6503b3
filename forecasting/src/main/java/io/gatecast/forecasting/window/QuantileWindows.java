package io.gatecast.forecasting.window;

import io.gatecast.core.samples.Samples;
import io.gatecast.forecasting.data.History;

/**
 * Windows for a network that tells quantiles: each step's target is its change since the origin, on
 * its own, and stands there once for each level. {@link SeriesTransforms#quantiles} goes back.
 */
public final class QuantileWindows implements Samples {
  private final LabelledWindows windows;
  private final int horizon;
  private final int levels;

  /**
   * The same windows with other targets.
   *
   * @param windows complete and labelled
   * @param levels how many quantiles a step has, at least 1
   */
  public QuantileWindows(LabelledWindows windows, int levels) {
    this.windows = windows;
    this.horizon = windows.outputs();
    this.levels = levels;
  }

  @Override
  public int size() {
    return windows.size();
  }

  @Override
  public int lookback() {
    return windows.lookback();
  }

  @Override
  public int inputs() {
    return windows.inputs();
  }

  @Override
  public void input(int window, float[] destination, int offset) {
    windows.input(window, destination, offset);
  }

  @Override
  public int outputs() {
    return horizon * levels;
  }

  @Override
  public void target(int window, float[] destination, int offset) {
    SeriesFeatures of = windows.features(window);
    History origin = new History(of.series(), windows.origin(window));
    double[] labels = of.transforms().labelsSinceOrigin(origin, horizon, windows.knownAt());
    for (int output = 0; output < outputs(); output++) {
      destination[offset + output] = (float) labels[output / levels];
    }
  }
}
