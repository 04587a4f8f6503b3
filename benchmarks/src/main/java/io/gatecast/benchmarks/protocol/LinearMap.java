package io.gatecast.benchmarks.protocol;

import java.util.Arrays;

/** {@code ŷ_h = Σ_t W_ht x_t + b_h}, the same for every channel, in float. One thread at a time. */
final class LinearMap {
  private final int lookback;
  private final int channels;

  /** {@code [step][time]}. */
  private final float[][] weights;

  private final float[] intercepts;

  LinearMap(double[][] weights, double[] intercepts, int channels) {
    this.lookback = weights[0].length;
    this.channels = channels;
    this.weights = new float[weights.length][lookback];
    this.intercepts = new float[weights.length];
    for (int h = 0; h < weights.length; h++) {
      this.intercepts[h] = (float) intercepts[h];
      for (int t = 0; t < lookback; t++) {
        this.weights[h][t] = (float) weights[h][t];
      }
    }
  }

  /** As {@link ProtocolForecaster#forecast} has it. */
  float[] forecast(float[] inputs, int windows) {
    int rows = windows * channels;
    float[][] byTime = new float[lookback][rows];
    for (int window = 0; window < windows; window++) {
      for (int t = 0; t < lookback; t++) {
        int from = (window * lookback + t) * channels;
        System.arraycopy(inputs, from, byTime[t], window * channels, channels);
      }
    }
    int horizon = weights.length;
    float[] forecasts = new float[windows * horizon * channels];
    float[] step = new float[rows];
    for (int h = 0; h < horizon; h++) {
      sum(h, byTime, step);
      for (int window = 0; window < windows; window++) {
        int to = (window * horizon + h) * channels;
        System.arraycopy(step, window * channels, forecasts, to, channels);
      }
    }
    return forecasts;
  }

  /** One step of all windows and channels, four times at once. */
  private void sum(int h, float[][] byTime, float[] step) {
    Arrays.fill(step, intercepts[h]);
    float[] own = weights[h];
    int t = 0;
    for (; t + 4 <= lookback; t += 4) {
      float w0 = own[t];
      float w1 = own[t + 1];
      float w2 = own[t + 2];
      float w3 = own[t + 3];
      float[] x0 = byTime[t];
      float[] x1 = byTime[t + 1];
      float[] x2 = byTime[t + 2];
      float[] x3 = byTime[t + 3];
      for (int i = 0; i < step.length; i++) {
        step[i] += w0 * x0[i] + w1 * x1[i] + (w2 * x2[i] + w3 * x3[i]);
      }
    }
    for (; t < lookback; t++) {
      for (int i = 0; i < step.length; i++) {
        step[i] += own[t] * byTime[t][i];
      }
    }
  }
}
