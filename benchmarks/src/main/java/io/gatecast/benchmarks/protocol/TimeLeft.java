package io.gatecast.benchmarks.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Guesses how long runs will take: seconds of the same model's runs so far, by the numbers that a
 * run reads and forecasts in one pass over its train windows.
 */
final class TimeLeft {
  private final Map<String, double[]> secondsAndWork = new HashMap<>();

  /** Adds what is known of a model. */
  void learn(String model, double work, double seconds) {
    double[] sums = secondsAndWork.computeIfAbsent(model, any -> new double[2]);
    sums[0] += seconds;
    sums[1] += work;
  }

  /** A run to come. */
  record Task(String model, double work) {}

  /** Seconds of runs; empty while nothing is known of some model. */
  OptionalDouble of(List<Task> tasks) {
    double seconds = 0;
    for (Task task : tasks) {
      double[] sums = secondsAndWork.get(task.model());
      if (sums == null) {
        return OptionalDouble.empty();
      }
      seconds += sums[0] / sums[1] * task.work();
    }
    return OptionalDouble.of(seconds);
  }

  /** Numbers that a pass over a set's train windows reads and forecasts. */
  static double work(ProtocolCell cell, int channels, int trainRows) {
    int steps = cell.lookback() + cell.horizon();
    return (double) Math.max(1, trainRows - steps + 1) * channels * steps;
  }

  /** Hours, minutes and seconds, as {@code 1:02:03} or {@code 2:03}. */
  static String clock(double seconds) {
    long all = Math.round(seconds);
    long hours = all / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, all / 60 % 60, all % 60)
        : String.format(Locale.ROOT, "%d:%02d", all / 60, all % 60);
  }
}
