package io.gatecast.benchmarks.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bisection, on something that needs no JVM. */
class LeastHeapTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 255, 256})
  void theFewestThatAreEnough(int needed) {
    List<Integer> tried = new ArrayList<>();
    int found =
        LeastHeap.find(
            heap -> {
              tried.add(heap);
              return heap >= needed;
            },
            256);
    assertEquals(needed, found);
    assertTrue(tried.size() <= 9, tried::toString);
  }

  @Test
  void whatIsNeverEnoughIsRefused() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> LeastHeap.find(heap -> false, 64));
    assertEquals(
        "most: expected a heap that is enough, found 64 MiB, which is not", error.getMessage());
  }
}
