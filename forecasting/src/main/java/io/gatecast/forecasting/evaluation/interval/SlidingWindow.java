package io.gatecast.forecasting.evaluation.interval;

import java.util.Arrays;

/**
 * The latest so many scores, kept in order. Adding one costs a binary search and a move of memory;
 * reading a quantile costs nothing.
 */
final class SlidingWindow {
  private final double[] sorted;
  private final double[] latest;
  private int size;
  private int oldest;

  /**
   * An empty window.
   *
   * @param capacity scores that it keeps, at least 1
   */
  SlidingWindow(int capacity) {
    sorted = new double[capacity];
    latest = new double[capacity];
  }

  /** Scores in it. */
  int size() {
    return size;
  }

  /**
   * Adds a score, and drops the oldest of a full window.
   *
   * @param score finite
   */
  void add(double score) {
    if (size == sorted.length) {
      int at = Arrays.binarySearch(sorted, 0, size, latest[oldest]);
      System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
      size--;
    }
    int found = Arrays.binarySearch(sorted, 0, size, score);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = score;
    size++;
    latest[oldest] = score;
    oldest = (oldest + 1) % latest.length;
  }

  /**
   * The score that the next one exceeds with probability {@code 1 − coverage} if all are
   * exchangeable: the {@code (n+1)·coverage}-th smallest, interpolated.
   *
   * <p>A coverage may lie outside of [0, 1], where online adaptation leads it. Beyond the largest
   * score it goes on in a straight line, by the largest (or by the range, where some are negative)
   * for each unit of coverage; below 0 it is mirrored at the smallest. So it ascends without end,
   * and any bounded score is covered at last.
   *
   * @param coverage any number
   */
  double at(double coverage) {
    if (coverage < 0) {
      return 2 * sorted[0] - at(-coverage);
    }
    double position = (size + 1) * coverage;
    double largest = sorted[size - 1];
    if (position >= size) {
      double range = largest - Math.min(0, sorted[0]);
      return largest + (coverage - size / (size + 1.0)) * range;
    }
    int below = (int) position;
    if (below == 0) {
      return sorted[0];
    }
    return sorted[below - 1] + (position - below) * (sorted[below] - sorted[below - 1]);
  }
}
