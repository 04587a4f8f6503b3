package io.gatecast.benchmarks.protocol;

import io.gatecast.forecasting.evaluation.significance.DieboldMariano;

/**
 * A network that must earn its place, as in a job: it stands in for the last value only where it is
 * more accurate on the validation part, by squared error, and that is no chance at 5 % by {@link
 * DieboldMariano}. Otherwise the forecast is the last value. Where the validation part holds fewer
 * than two horizons that do not overlap, there is no verdict, and the last value stands. The same
 * part has chosen the network's epoch, which favours the network.
 */
final class LastValueGate {
  /** The fact that tells what is forecast, and the word for the last value. */
  static final String FACT = "gate";

  static final String LAST_VALUE = "last value";
  private static final double LEVEL = .05;
  private static final int BATCH = 64;

  private LastValueGate() {}

  /**
   * The test's p-value, small where the network is better.
   *
   * @return NaN for no verdict
   */
  static double pValue(ProtocolForecaster network, ProtocolWindows windows) {
    int channels = windows.inputs();
    int last = (windows.lookback() - 1) * channels;
    int window = windows.lookback() * channels;
    float[] x = new float[BATCH * window];
    float[] y = new float[windows.outputs()];
    double[] differentials = new double[windows.size()];
    for (int first = 0; first < windows.size(); first += BATCH) {
      int count = Math.min(BATCH, windows.size() - first);
      for (int i = 0; i < count; i++) {
        windows.input(first + i, x, i * window);
      }
      float[] forecasts = network.forecast(x, count);
      for (int i = 0; i < count; i++) {
        windows.target(first + i, y);
        for (int k = 0; k < y.length; k++) {
          double ofNetwork = forecasts[i * y.length + k] - y[k];
          double ofLast = x[i * window + last + k % channels] - y[k];
          differentials[first + i] += (ofNetwork * ofNetwork - ofLast * ofLast) / y.length;
        }
      }
    }
    return DieboldMariano.test(differentials, windows.horizon()).pValue();
  }

  /** Whether a network passes. */
  static boolean passes(double pValue) {
    return pValue < LEVEL; // not for NaN
  }
}
