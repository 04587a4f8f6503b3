package io.gatecast.core.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Shares the rows of a batch evenly out to threads: those of the common pool, and the caller's.
 *
 * @param threads the most that work at once, at least 1
 */
record Rows(int threads) {
  /** What is done for the rows from {@code from} up to but without {@code to}. */
  interface Task<T> {
    T run(int part, int from, int to);
  }

  /** How many parts a batch is cut into: the same for the same batch. */
  int parts(int batch) {
    return Math.max(1, Math.min(threads, batch));
  }

  /** Results in the rows' order, so that whatever is summed over them gives the same bits. */
  <T> List<T> share(int batch, Task<T> task) {
    int parts = parts(batch);
    List<ForkJoinTask<T>> others = new ArrayList<>(parts - 1);
    for (int p = 1; p < parts; p++) {
      int part = p;
      others.add(ForkJoinPool.commonPool().submit(() -> run(part, parts, batch, task)));
    }
    List<T> results = new ArrayList<>(parts);
    try {
      results.add(run(0, parts, batch, task));
    } finally {
      others.forEach(ForkJoinTask::quietlyJoin); // nobody works on when the caller has gone
    }
    others.forEach(other -> results.add(other.join()));
    return results;
  }

  private static <T> T run(int part, int parts, int batch, Task<T> task) {
    return task.run(part, start(part, parts, batch), start(part + 1, parts, batch));
  }

  private static int start(int part, int parts, int batch) {
    return (int) ((long) batch * part / parts);
  }
}
