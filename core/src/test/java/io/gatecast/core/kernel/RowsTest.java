package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that rows are shared out without gaps and evenly, that results come in the rows' order,
 * and that nobody works on when a part's error reaches the caller.
 */
class RowsTest {
  /** What a part was given. */
  record Given(int part, int from, int to) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void partsFollowEachOtherAndDifferByOneRowAtMost(int threads) {
    for (int batch = 1; batch < 100; batch++) {
      Rows rows = new Rows(threads);
      List<Given> found = rows.share(batch, Given::new);

      assertEquals(Math.min(threads, batch), rows.parts(batch));
      assertEquals(rows.parts(batch), found.size());
      int next = 0;
      for (int part = 0; part < found.size(); part++) {
        Given given = found.get(part);
        assertEquals(part, given.part());
        assertEquals(next, given.from());
        next = given.to();
        int size = given.to() - given.from();
        int even = batch / found.size();
        assertTrue(size == even || size == even + 1, () -> given.toString());
      }
      assertEquals(batch, next);
    }
  }

  @Test
  void resultsComeInTheRowsOrderWhoeverEndsFirst() {
    List<Integer> found =
        new Rows(4)
            .share(
                4,
                (part, from, to) -> {
                  pause(40 - 10 * part); // milliseconds: the first one ends last
                  return part;
                });

    assertEquals(List.of(0, 1, 2, 3), found);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void errorOfOnePartReachesTheCallerAfterAllHaveEnded(int failing) {
    for (int run = 0; run < 20; run++) {
      AtomicInteger ended = new AtomicInteger();
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  new Rows(3)
                      .share(
                          3,
                          (part, from, to) -> {
                            if (part == failing) {
                              throw new IllegalStateException("part " + part);
                            }
                            pause(20);
                            return ended.incrementAndGet();
                          }));
      // The pool may wrap what another thread threw into one of the same class.
      assertTrue(String.valueOf(thrown.getMessage()).endsWith("part " + failing));
      assertEquals(2, ended.get());
    }
  }

  @Test
  void firstOfSeveralErrorsReachesTheCaller() {
    for (int run = 0; run < 20; run++) {
      ConcurrentLinkedQueue<RuntimeException> thrown = new ConcurrentLinkedQueue<>();
      RuntimeException found =
          assertThrows(
              IllegalStateException.class,
              () ->
                  new Rows(4)
                      .share(
                          4,
                          (part, from, to) -> {
                            RuntimeException error = new IllegalStateException("part " + part);
                            thrown.add(error);
                            throw error;
                          }));

      assertEquals(4, thrown.size());
      RuntimeException first =
          thrown.stream()
              .filter(error -> "part 0".equals(error.getMessage()))
              .findFirst()
              .orElseThrow();
      assertSame(first, found);
    }
  }

  /** A task of the pool may share rows out itself: nobody waits for a thread that never comes. */
  @Test
  void sharingWithinASharedPartEnds() {
    List<Integer> found =
        new Rows(4)
            .share(
                4,
                (part, from, to) ->
                    new Rows(4)
                        .share(8, (inner, first, last) -> last - first).stream()
                            .mapToInt(size -> size)
                            .sum());

    assertEquals(List.of(8, 8, 8, 8), found);
  }

  private static void pause(int milliseconds) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
