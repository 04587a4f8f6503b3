package io.gatecast.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gatecast.core.fixtures.ArraySamples;
import org.junit.jupiter.api.Test;

/** Proves that every number of every window lands where a network looks for it. */
class BatchBufferTest {
  private static final ArraySamples SAMPLES = ArraySamples.random(1, 5, 3, 2, 4);

  @Test
  void windowsStandInTheOrderAskedFor() {
    BatchBuffer buffer = new BatchBuffer(SAMPLES, 2);
    int[] order = {4, 0, 2, 1, 3};

    check(buffer.fill(order, 1), 2, 0, 2);
    check(buffer.fill(order, 3), 2, 1, 3);
  }

  @Test
  void lastBatchMayBeSmallerAndArraysAreReused() {
    BatchBuffer buffer = new BatchBuffer(SAMPLES, 3);
    int[] order = {4, 0, 2, 1, 3};

    Batch first = buffer.fill(order, 0);
    Batch last = buffer.fill(order, 3);

    check(last, 2, 1, 3);
    assertSame(first.x(), last.x());
    assertSame(first.y(), last.y());
  }

  @Test
  void noMoreRoomIsTakenThanThereAreWindows() {
    BatchBuffer buffer = new BatchBuffer(SAMPLES, Integer.MAX_VALUE);

    Batch batch = buffer.fill(new int[] {0, 1, 2, 3, 4}, 0);

    check(batch, 5, 0, 1, 2, 3, 4);
    assertEquals(5 * 3 * 2, batch.x().length);
    assertEquals(5 * 4, batch.y().length);
  }

  private static void check(Batch batch, int size, int... windows) {
    assertEquals(size, batch.size());
    assertEquals(3, batch.time());
    float[] window = new float[6];
    float[] target = new float[4];
    for (int row = 0; row < size; row++) {
      SAMPLES.input(windows[row], window);
      SAMPLES.target(windows[row], target);
      for (int i = 0; i < 6; i++) {
        assertEquals(window[i], batch.x()[row * 6 + i]);
      }
      for (int i = 0; i < 4; i++) {
        assertEquals(target[i], batch.y()[row * 4 + i]);
      }
    }
  }
}
