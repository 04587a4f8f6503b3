package io.gatecast.benchmarks.protocol;

import io.gatecast.core.samples.Samples;

/**
 * Windows of all channels side by side, one a row apart: inputs {@code [time][channel]}, targets
 * {@code [step][channel]}. Views of one matrix; nothing is copied but into a batch. Immutable.
 */
public final class ProtocolWindows implements Samples {
  /** {@code [row][channel]}. */
  private final float[] values;

  private final int channels;
  private final int begin;
  private final int size;
  private final int lookback;
  private final int horizon;

  ProtocolWindows(float[] values, int channels, int begin, int size, int lookback, int horizon) {
    this.values = values;
    this.channels = channels;
    this.begin = begin;
    this.size = size;
    this.lookback = lookback;
    this.horizon = horizon;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int lookback() {
    return lookback;
  }

  /** Channels of a time step. */
  @Override
  public int inputs() {
    return channels;
  }

  /** Steps of a target. */
  public int horizon() {
    return horizon;
  }

  /** Steps times channels of a target. */
  @Override
  public int outputs() {
    return horizon * channels;
  }

  /**
   * A value of the part: windows follow each other row by row, so that step s of window w is row w
   * + s.
   *
   * @param row from the first window's first step, below windows + look-back + horizon − 1
   * @param channel from 0
   */
  float valueAfterBegin(int row, int channel) {
    return values[(begin + row) * channels + channel];
  }

  @Override
  public void input(int window, float[] destination, int offset) {
    copy(window, 0, lookback, destination, offset);
  }

  @Override
  public void target(int window, float[] destination, int offset) {
    copy(window, lookback, horizon, destination, offset);
  }

  private void copy(int window, int step, int steps, float[] destination, int offset) {
    if (window < 0 || window >= size) {
      throw new IndexOutOfBoundsException("window: expected below " + size + ", found " + window);
    }
    int from = (begin + window + step) * channels;
    System.arraycopy(values, from, destination, offset, steps * channels);
  }
}
