package io.gatecast.forecasting.data.time;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells the two passes through the hour that clocks repeat apart by the order of a series' rows. A
 * local time that comes twice is the earlier instant first and the later one then; one that comes
 * once is the later one where only that fits after the row before it. It guesses nothing else: a
 * time that both passes would fit stays the earlier one.
 */
public final class RepeatedHour {
  private RepeatedHour() {}

  /**
   * Moves the times that are of the second pass.
   *
   * @param seconds one series' times as {@link TimeParser} read them, in the file's order, oldest
   *     or newest first; changed in place
   * @param laterBy of each time, {@link Moment#laterBy}
   * @return how many times were moved
   */
  public static int resolve(long[] seconds, int[] laterBy) {
    if (seconds.length != laterBy.length) {
      throw new IllegalArgumentException(
          "expected an offset for each time, found "
              + seconds.length
              + " times and "
              + laterBy.length
              + " offsets");
    }
    Map<Long, Integer> open = new HashMap<>();
    for (int i = 0; i < seconds.length; i++) {
      if (laterBy[i] != 0) {
        open.merge(seconds[i], 1, Integer::sum);
      }
    }
    return open.isEmpty() ? 0 : resolve(seconds, laterBy, open, newestFirst(seconds));
  }

  private static int resolve(
      long[] seconds, int[] laterBy, Map<Long, Integer> count, boolean newestFirst) {
    Set<Long> met = new HashSet<>();
    int moved = 0;
    long before = Long.MIN_VALUE;
    for (int k = 0; k < seconds.length; k++) {
      int i = newestFirst ? seconds.length - 1 - k : k;
      if (laterBy[i] != 0) {
        long early = seconds[i];
        boolean twice = count.getOrDefault(early, 0) > 1;
        boolean onlyLaterFits = before >= early && before < early + laterBy[i];
        if (twice ? !met.add(early) : onlyLaterFits) {
          seconds[i] += laterBy[i];
          moved++;
        }
      }
      before = seconds[i];
    }
    return moved;
  }

  private static boolean newestFirst(long[] seconds) {
    long balance = 0;
    for (int i = 1; i < seconds.length; i++) {
      balance += Long.compare(seconds[i], seconds[i - 1]);
    }
    return balance < 0;
  }
}
