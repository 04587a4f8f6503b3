package io.gatecast.forecasting.window;

import io.gatecast.core.samples.Samples;
import io.gatecast.forecasting.data.History;
import java.util.List;

/** Windows with the steps that followed them, as standardised targets. */
public final class LabelledWindows extends InputWindows implements Samples {
  private final int horizon;

  LabelledWindows(List<SeriesFeatures> features, List<History> origins, int lookback, int horizon) {
    super(features, origins, lookback);
    this.horizon = horizon;
  }

  @Override
  public int outputs() {
    return horizon;
  }

  @Override
  public void target(int window, float[] destination, int offset) {
    features(window).copyTarget(origins().get(window).origin(), horizon, destination, offset);
  }
}
