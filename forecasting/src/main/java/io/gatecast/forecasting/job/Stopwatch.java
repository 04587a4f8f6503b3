package io.gatecast.forecasting.job;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Adds up where a run's time goes. One thread. */
final class Stopwatch {
  private static final double NANOS = 1e9;

  private final long start = System.nanoTime();
  private final Map<String, Long> nanos = new HashMap<>();

  <T> T time(String stage, Supplier<T> work) {
    long from = System.nanoTime();
    try {
      return work.get();
    } finally {
      nanos.merge(stage, System.nanoTime() - from, Long::sum);
    }
  }

  double seconds(String stage) {
    return rounded(nanos.getOrDefault(stage, 0L));
  }

  double total() {
    return rounded(System.nanoTime() - start);
  }

  private static double rounded(long nanos) {
    return Math.round(nanos / NANOS * 1000) / 1000.0;
  }
}
