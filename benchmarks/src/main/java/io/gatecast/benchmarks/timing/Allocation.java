package io.gatecast.benchmarks.timing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * How much a call allocates on the heap, in all of the JVM's threads: a side may have shared its
 * work among several. What a thread allocated that ended meanwhile is not seen.
 */
public final class Allocation {
  private static final long NANOS = 200_000_000;
  private static final int FEWEST = 20;
  private static final int MOST = 10_000;

  private Allocation() {}

  /**
   * Calls again and again and takes the mean. Whoever wants to know of compiled code warms it up
   * first: what is compiled allocates less.
   *
   * @param call what to measure
   * @return bytes a call, rounded
   */
  public static long perCall(Runnable call) {
    Map<Long, Long> empty = byThread();
    Map<Long, Long> before = byThread();
    long start = System.nanoTime();
    int calls = 0;
    while (calls < FEWEST || (calls < MOST && System.nanoTime() - start < NANOS)) {
      call.run();
      calls++;
    }
    Map<Long, Long> after = byThread();
    // Asking allocates too, as much each time.
    return Math.max(0, Math.round((since(before, after) - since(empty, before)) / (double) calls));
  }

  private static long since(Map<Long, Long> before, Map<Long, Long> after) {
    long sum = 0;
    for (Map.Entry<Long, Long> thread : after.entrySet()) {
      sum += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
    }
    return sum;
  }

  private static Map<Long, Long> byThread() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    Map<Long, Long> result = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] >= 0) { // -1 of one that has ended
        result.put(ids[i], bytes[i]);
      }
    }
    return result;
  }
}
