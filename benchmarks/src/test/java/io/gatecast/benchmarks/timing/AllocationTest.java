package io.gatecast.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** On calls that allocate what is known. */
class AllocationTest {
  private static final int SIZE = 1_000_000;

  private byte[] kept = {};

  private void allocate() {
    kept = new byte[SIZE];
  }

  /** The array and its header; what the JVM does besides is little beside it. */
  private void isAbout(double expected, double found) {
    assertEquals(expected, found, 0.02 * SIZE, () -> "after an array of " + kept.length);
  }

  @Test
  void whatACallAllocatesIsCounted() {
    isAbout(SIZE, (double) Allocation.perCall(this::allocate));
  }

  @Test
  void whatAnotherThreadAllocatesForItIsCounted() {
    isAbout(
        SIZE,
        (double) Allocation.perCall(() -> ForkJoinPool.commonPool().submit(this::allocate).join()));
  }

  @Test
  void whatAllocatesNothingIsNothing() {
    isAbout(0, (double) Allocation.perCall(() -> kept = new byte[] {}));
  }
}
