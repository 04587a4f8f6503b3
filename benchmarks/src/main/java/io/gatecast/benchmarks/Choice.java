package io.gatecast.benchmarks;

import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.timing.Turns.Effort;
import java.util.List;

/**
 * What the command line chose for the benchmarks of recurrent networks; an empty list leaves the
 * choice to the benchmark.
 *
 * @param sizes of the work
 * @param cells to measure
 * @param threads each side may use, one row of results for each
 * @param peers to measure against, by name
 * @param over what scaling varies
 * @param engine the kernel of our side
 * @param trouble how much to take
 */
record Choice(
    List<WorkSize.Named> sizes,
    List<Cells> cells,
    List<Integer> threads,
    List<String> peers,
    List<Scaling.Over> over,
    String engine,
    Trouble trouble) {
  /** How much trouble is taken. */
  enum Trouble {
    /** One short round: whether it runs, not how fast. */
    QUICK,
    /** Enough for a table of a hundred rows. */
    BRIEF,
    /** Enough for a single ratio. */
    FULL
  }

  Choice {
    sizes = List.copyOf(sizes);
    cells = List.copyOf(cells);
    threads = List.copyOf(threads);
    peers = List.copyOf(peers);
    over = List.copyOf(over);
    for (int count : threads) {
      if (count < 1) {
        throw new IllegalArgumentException("--threads: expected at least 1, found " + count);
      }
    }
  }

  /** The trouble to take. */
  Effort effort() {
    return switch (trouble) {
      case QUICK -> Effort.QUICK;
      case BRIEF -> Effort.BRIEF;
      case FULL -> Effort.FULL;
    };
  }

  /** Whether a short round is enough. */
  boolean quick() {
    return trouble == Trouble.QUICK;
  }

  /** What scaling varies, all of it unless chosen. */
  List<Scaling.Over> overOrAll() {
    return over.isEmpty() ? List.of(Scaling.Over.values()) : over;
  }

  /** The cells, all of them unless chosen. */
  List<Cells> cellsOrAll() {
    return cells.isEmpty() ? List.of(Cells.values()) : cells;
  }

  /** The sizes, or those of the benchmark. */
  List<WorkSize.Named> sizesOr(WorkSize.Named... others) {
    return sizes.isEmpty() ? List.of(others) : sizes;
  }

  /** The threads, or those of the benchmark. */
  List<Integer> threadsOr(Integer... others) {
    return threads.isEmpty() ? List.of(others) : threads;
  }

  /** The peers, or those of the benchmark. */
  List<String> peersOr(String... others) {
    return peers.isEmpty() ? List.of(others) : peers;
  }
}
