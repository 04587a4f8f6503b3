package io.gatecast.forecasting.window;

import io.gatecast.core.samples.Inputs;
import io.gatecast.forecasting.data.History;
import java.util.List;

/**
 * The look-back windows that end at given origins: views that reach no further than the origin, so
 * a network that reads them cannot see what came after. Only columns declared as known beforehand
 * reach a horizon further.
 */
public class InputWindows implements Inputs {
  private final WindowList windows;
  private final int lookback;

  /**
   * Lays windows, which have to be complete.
   *
   * @param windows where they end
   * @param lookback steps of a window
   */
  InputWindows(WindowList windows, int lookback) {
    this.windows = windows;
    this.lookback = lookback;
  }

  @Override
  public int size() {
    return windows.size();
  }

  @Override
  public int lookback() {
    return lookback;
  }

  @Override
  public int inputs() {
    return windows.width();
  }

  @Override
  public void input(int window, float[] destination, int offset) {
    features(window).copyInput(origin(window), lookback, destination, offset);
  }

  /** Where the windows end. */
  public List<History> origins() {
    return windows.histories();
  }

  SeriesFeatures features(int window) {
    return windows.features(window);
  }

  int origin(int window) {
    return windows.origin(window);
  }
}
