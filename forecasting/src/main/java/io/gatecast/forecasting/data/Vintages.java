package io.gatecast.forecasting.data;

import java.util.Arrays;

/**
 * When values became known, for those steps whose value was known later than the step itself or
 * beforehand, or was restated since. Immutable.
 */
final class Vintages {
  /** No step has any: every value was known at its own time. */
  static final Vintages NONE = new Vintages(new int[0], new long[0], new double[0][]);

  private final int[] steps;
  private final long[] known;
  private final double[][] values;

  /**
   * Keeps arrays that nobody else changes.
   *
   * @param steps of each version, ascending
   * @param known when each version became known, ascending within a step
   * @param values {@code [column][version]}
   */
  Vintages(int[] steps, long[] known, double[][] values) {
    this.steps = steps;
    this.known = known;
    this.values = values;
  }

  boolean isEmpty() {
    return steps.length == 0;
  }

  /**
   * A value as it was known at some time.
   *
   * @param column index
   * @param step index
   * @param asOf the time
   * @param otherwise the value of a step without versions
   */
  double value(int column, int step, long asOf, double otherwise) {
    int at = first(step);
    if (at == steps.length || steps[at] != step) {
      return otherwise;
    }
    double value = Double.NaN;
    for (; at < steps.length && steps[at] == step && known[at] <= asOf; at++) {
      value = values[column][at];
    }
    return value;
  }

  private int first(int step) {
    int found = Arrays.binarySearch(steps, step);
    while (found > 0 && steps[found - 1] == step) {
      found--;
    }
    return found < 0 ? -found - 1 : found;
  }
}
