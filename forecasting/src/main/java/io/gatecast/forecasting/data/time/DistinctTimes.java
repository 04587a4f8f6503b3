package io.gatecast.forecasting.data.time;

import java.util.Arrays;

/**
 * The times of several series as one row of times, with no more in memory than that and a series.
 */
public final class DistinctTimes {
  private DistinctTimes() {}

  /**
   * Unites times.
   *
   * @param series the times of each series, in any order; they are read one after the other and not
   *     changed
   * @return every time once, ascending
   */
  public static long[] of(Iterable<long[]> series) {
    long[] all = new long[0];
    for (long[] times : series) {
      long[] sorted = times.clone();
      Arrays.sort(sorted);
      all = union(all, sorted);
    }
    return all;
  }

  /** Of two ascending rows; the second may have a time more than once. */
  private static long[] union(long[] left, long[] right) {
    long[] both = new long[left.length + right.length];
    int count = 0;
    int fromLeft = 0;
    int fromRight = 0;
    while (fromLeft < left.length || fromRight < right.length) {
      boolean takeLeft =
          fromRight == right.length
              || (fromLeft < left.length && left[fromLeft] <= right[fromRight]);
      long next = takeLeft ? left[fromLeft++] : right[fromRight++];
      if (count == 0 || next != both[count - 1]) {
        both[count++] = next;
      }
    }
    return Arrays.copyOf(both, count);
  }
}
