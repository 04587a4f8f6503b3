package io.gatecast.core.network;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.Networks;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Proves that what does not fit a network is refused, and the message says what would. */
class NetworkChecksTest {
  private static final NetworkSpec LAST =
      Networks.of(Networks.mixed(), Readout.LAST_STEP, new Loss.Squared()); // 2 inputs, 4 outputs
  private static final NetworkSpec EVERY =
      Networks.of(Networks.mixed(), Readout.EVERY_STEP, new Loss.Squared());

  @Test
  void batchesOfNothingAreRefused() {
    assertEquals(
        "batch.size: expected at least 1 window, found 0", refused(() -> batch(0, 5, 0, 0)));
    assertEquals(
        "batch.time: expected at least 1 step, found -1", refused(() -> batch(3, -1, 9, 9)));
  }

  @Test
  void windowsThatAreTooShortAreRefusedByEveryCall() {
    Batch batch = batch(3, 5, 29, 12);
    String expected = "batch.x: expected at least 3 windows × 5 steps × 2 inputs, found 29 numbers";

    assertEquals(expected, refused(() -> NetworkChecks.outputs(LAST, batch, new float[12])));
    assertEquals(expected, refused(() -> NetworkChecks.loss(LAST, batch)));
    assertEquals(expected, refused(() -> NetworkChecks.gradient(LAST, batch, gradient(LAST))));
  }

  @Test
  void targetsThatAreTooShortAreRefusedWhereTheyAreRead() {
    Batch batch = batch(3, 5, 30, 12);
    String expected =
        "batch.y: expected at least 3 windows × 5 steps × 4 outputs, found 12 numbers";

    assertEquals(expected, refused(() -> NetworkChecks.loss(EVERY, batch)));
    assertEquals(expected, refused(() -> NetworkChecks.gradient(EVERY, batch, gradient(EVERY))));
    assertDoesNotThrow(() -> NetworkChecks.outputs(EVERY, batch, new float[60]));
    assertDoesNotThrow(() -> NetworkChecks.loss(LAST, batch));
    assertEquals(
        "batch.y: expected at least 3 windows × 1 steps × 4 outputs, found 11 numbers",
        refused(() -> NetworkChecks.loss(LAST, batch(3, 5, 30, 11))));
  }

  @Test
  void roomForOutputsMayBeLongerButNotShorter() {
    Batch batch = batch(3, 5, 30, 0);

    assertDoesNotThrow(() -> NetworkChecks.outputs(LAST, batch, new float[99]));
    assertEquals(
        "outputs: expected at least 3 windows × 5 steps × 4 outputs, found 59 numbers",
        refused(() -> NetworkChecks.outputs(EVERY, batch, new float[59])));
  }

  @Test
  void gradientMustBeAsLongAsTheParameters() {
    Batch batch = batch(3, 5, 99, 99);
    int length = gradient(LAST).length;

    assertDoesNotThrow(() -> NetworkChecks.gradient(LAST, batch, gradient(LAST)));
    for (int wrong : new int[] {0, length - 1, length + 1}) {
      assertEquals(
          "gradient: expected " + length + " numbers, one for each parameter, found " + wrong,
          refused(() -> NetworkChecks.gradient(LAST, batch, new float[wrong])));
    }
  }

  /** Whose product is 0 as an int or as a long is too large all the same. */
  @Test
  void sizesThatOverflowAreRefused() {
    Batch batch = batch(1 << 30, 1 << 30, 30, 30);

    assertEquals(
        "batch.x: expected at least 1073741824 windows × 1073741824 steps × 2 inputs,"
            + " found 30 numbers",
        refused(() -> NetworkChecks.loss(LAST, batch)));
  }

  private static float[] gradient(NetworkSpec spec) {
    return new float[(int) spec.parameters()];
  }

  private static Batch batch(int size, int time, int x, int y) {
    return new Batch(size, time, new float[x], new float[y]);
  }

  private static String refused(Executable call) {
    return Messages.of(IllegalArgumentException.class, call);
  }
}
