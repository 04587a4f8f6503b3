package io.gatecast.forecasting.evaluation.significance;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A slot for each distinct time, numbered as they come. Not for several threads at once. */
final class TimeSlots {
  private final Map<Long, Integer> slots = new HashMap<>();
  private long[] times = new long[16];

  /** The slot of a time, a new one if the time is. */
  int slot(long time) {
    Integer known = slots.get(time);
    if (known != null) {
      return known;
    }
    int slot = slots.size();
    times = slot < times.length ? times : Arrays.copyOf(times, 2 * slot);
    times[slot] = time;
    slots.put(time, slot);
    return slot;
  }

  /** Distinct times. */
  int count() {
    return slots.size();
  }

  /** The time of a slot. */
  long time(int slot) {
    return times[slot];
  }

  /** The slots in order of time. */
  int[] inOrder() {
    long[] sorted = Arrays.copyOf(times, count());
    Arrays.sort(sorted);
    return Arrays.stream(sorted).mapToInt(this::slot).toArray();
  }
}
