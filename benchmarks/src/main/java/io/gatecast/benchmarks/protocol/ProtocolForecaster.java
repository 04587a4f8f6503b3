package io.gatecast.benchmarks.protocol;

import java.util.Map;

/** A fitted model: batches of windows to batches of forecasts. One thread at a time. */
public interface ProtocolForecaster extends AutoCloseable {
  /**
   * Forecasts.
   *
   * @param inputs {@code [window][time][channel]}, row-major; may be longer, and is used again
   * @param windows how many of them there are
   * @return {@code [window][step][channel]}, row-major; may be longer, and may be the same array at
   *     each call
   */
  float[] forecast(float[] inputs, int windows);

  /**
   * What the fit came to, for the row: {@code "epochs"}, {@code "penalty"} and the like, numbers or
   * text. Not part of what decides whether a stored result is still the same.
   */
  default Map<String, Object> facts() {
    return Map.of();
  }

  /** Frees what it holds. */
  @Override
  default void close() {}
}
