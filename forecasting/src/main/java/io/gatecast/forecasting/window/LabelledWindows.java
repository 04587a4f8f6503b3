package io.gatecast.forecasting.window;

import io.gatecast.core.samples.Samples;

/** Windows with the steps that followed them, as targets. */
public final class LabelledWindows extends InputWindows implements Samples {
  private final int horizon;
  private final long asOf;

  /**
   * Lays windows, which have to be complete and labelled.
   *
   * @param windows where they end
   * @param lookback steps of a window
   * @param horizon steps after it
   * @param asOf when the targets were known, where they were restated
   */
  LabelledWindows(WindowList windows, int lookback, int horizon, long asOf) {
    super(windows, lookback);
    this.horizon = horizon;
    this.asOf = asOf;
  }

  /** When the targets were known, where they were restated: the end of their part. */
  public long knownAt() {
    return asOf;
  }

  @Override
  public int outputs() {
    return horizon;
  }

  @Override
  public void target(int window, float[] destination, int offset) {
    features(window).copyTarget(origin(window), horizon, asOf, destination, offset);
  }
}
