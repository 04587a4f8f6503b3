package io.gatecast.forecasting.window;

import io.gatecast.core.samples.Inputs;
import io.gatecast.forecasting.data.History;
import java.util.List;

/**
 * The look-back windows that end at given origins: views that reach no further than the origin, so
 * a network that reads them cannot see what came after.
 */
public class InputWindows implements Inputs {
  private final List<SeriesFeatures> features;
  private final List<History> origins;
  private final int lookback;

  /**
   * Lays windows.
   *
   * @param features of each origin's series, in the same order as the origins
   * @param origins where windows end
   * @param lookback steps of a window
   * @throws IllegalArgumentException if a window is not complete
   */
  InputWindows(List<SeriesFeatures> features, List<History> origins, int lookback) {
    this.features = List.copyOf(features);
    this.origins = List.copyOf(origins);
    this.lookback = lookback;
    for (int i = 0; i < origins.size(); i++) {
      int origin = origins.get(i).origin();
      if (!features.get(i).usable(origin + 1 - lookback, origin + 1)) {
        throw new IllegalArgumentException(
            "origin " + i + ": expected " + lookback + " complete steps before it");
      }
    }
  }

  @Override
  public int size() {
    return origins.size();
  }

  @Override
  public int lookback() {
    return lookback;
  }

  @Override
  public int inputs() {
    return features.get(0).width();
  }

  @Override
  public void input(int window, float[] destination, int offset) {
    int from = origins.get(window).origin() + 1 - lookback;
    features.get(window).copyRows(from, lookback, destination, offset);
  }

  /** Where the windows end. */
  public List<History> origins() {
    return origins;
  }

  SeriesFeatures features(int window) {
    return features.get(window);
  }
}
