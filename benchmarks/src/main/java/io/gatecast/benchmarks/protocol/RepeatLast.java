package io.gatecast.benchmarks.protocol;

/** Every step is the last value: {@code ŷ_{T+h} = v_T}, by channel. */
final class RepeatLast implements ProtocolModel {
  @Override
  public String name() {
    return "repeat-last";
  }

  @Override
  public String settings(ProtocolCell cell) {
    return "the last value";
  }

  @Override
  public boolean seeded() {
    return false;
  }

  @Override
  public ProtocolForecaster fit(
      ProtocolCell cell, ProtocolData data, long seed, ProgressListener progress) {
    int channels = data.channels();
    int lookback = cell.lookback();
    int horizon = cell.horizon();
    return (inputs, windows) -> {
      float[] forecasts = new float[windows * horizon * channels];
      for (int window = 0; window < windows; window++) {
        int last = (window * lookback + lookback - 1) * channels;
        for (int step = 0; step < horizon; step++) {
          int to = (window * horizon + step) * channels;
          System.arraycopy(inputs, last, forecasts, to, channels);
        }
      }
      return forecasts;
    };
  }
}
