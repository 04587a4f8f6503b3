package io.gatecast.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ExponentTest {
  private static final double[] SIZES = {8, 16, 32, 64};

  @Test
  void powersAreFound() {
    assertEquals(1, Exponent.of(SIZES, new double[] {3, 6, 12, 24}), 1e-12);
    assertEquals(2, Exponent.of(SIZES, new double[] {1, 4, 16, 64}), 1e-12);
    assertEquals(0, Exponent.of(SIZES, new double[] {5, 5, 5, 5}), 1e-12);
    assertEquals(-1, Exponent.of(new double[] {1, 2}, new double[] {10, 5}), 1e-12);
  }

  @Test
  void noiseOnBothSidesCancels() {
    // Linear, times 2 and a half in turn, at the ends alike.
    assertEquals(1, Exponent.of(SIZES, new double[] {16, 8, 16, 128}), 1e-12);
  }

  @Test
  void withoutTwoSizesThereIsNoSlope() {
    assertThrows(
        IllegalArgumentException.class, () -> Exponent.of(new double[] {1}, new double[] {1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Exponent.of(new double[] {2, 2}, new double[] {1, 2}));
    assertThrows(IllegalArgumentException.class, () -> Exponent.of(SIZES, new double[] {1, 2, 3}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Exponent.of(new double[] {1, 2}, new double[] {1, 0}));
  }
}
