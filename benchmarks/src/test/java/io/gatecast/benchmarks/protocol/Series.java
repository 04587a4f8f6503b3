package io.gatecast.benchmarks.protocol;

import io.gatecast.benchmarks.protocol.ProtocolSet.Split;
import java.util.Objects;
import java.util.Random;

/** Small series for tests: random walks with a season. */
final class Series {
  /** Parts of 160, 60 and 90 rows. */
  static final Split SPLIT = new Split(160, 220, 310);

  private Series() {}

  /** {@code [row][channel]}, some rows more than the split has. */
  static double[][] raw(int channels) {
    Random random = new Random(7);
    double[][] raw = new double[SPLIT.testEnd() + 5][channels];
    for (int row = 1; row < raw.length; row++) {
      for (int channel = 0; channel < channels; channel++) {
        double season = Math.sin(row * 2 * Math.PI / 12 + channel);
        raw[row][channel] =
            0.9 * raw[row - 1][channel] + 0.3 * random.nextGaussian() + season + channel;
      }
    }
    return raw;
  }

  /** The score of windows by one rule. */
  static Score score(ProtocolForecaster forecaster, ProtocolWindows windows, Counting counting) {
    return Objects.requireNonNull(Score.of(forecaster, windows).get(counting));
  }

  static ProtocolData data(int channels) {
    return ProtocolData.of(ProtocolSet.EXCHANGE, raw(channels), SPLIT);
  }
}
