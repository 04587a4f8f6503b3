package io.gatecast.core.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Matrices whose norms are known. */
class SpectralNormTest {
  @Test
  void normsOfKnownMatrices() {
    assertEquals(0, SpectralNorm.of(new double[6], 3));
    assertEquals(5, SpectralNorm.of(new double[] {3, 4}, 1), 1e-14);
    assertEquals(5, SpectralNorm.of(new double[] {3, 4}, 2), 1e-14);
    assertEquals(7, SpectralNorm.of(new double[] {2, 0, 0, 0, -7, 0, 0, 0, 3}, 3), 1e-14);
    // The golden ratio.
    assertEquals((1 + Math.sqrt(5)) / 2, SpectralNorm.of(new double[] {1, 1, 0, 1}, 2), 1e-14);
    // A column and its double: √(1² + 2²) √(1 + 4).
    assertEquals(5, SpectralNorm.of(new double[] {1, 2, 2, 4}, 2), 1e-14);
    assertEquals(Math.sqrt(6), SpectralNorm.of(new double[] {1, 1, 1, 1, 1, 1}, 2), 1e-14);
    assertEquals(5e-200, SpectralNorm.of(new double[] {3e-200, 4e-200}, 1), 1e-213);
    assertEquals(5e200, SpectralNorm.of(new double[] {3e200, 4e200}, 1), 1e187);
  }

  @Test
  void whatIsNotFiniteHasNoNorm() {
    assertTrue(Double.isNaN(SpectralNorm.of(new double[] {1, Double.NaN}, 1)));
    assertTrue(Double.isNaN(SpectralNorm.of(new double[] {1, Double.POSITIVE_INFINITY}, 2)));
  }

  @Test
  void theMatrixStaysAsItWas() {
    double[] matrix = {1, 2, 3, 4};
    SpectralNorm.of(matrix, 2);
    assertEquals(10, matrix[0] + matrix[1] + matrix[2] + matrix[3]);
    assertEquals(4, matrix[3]);
  }
}
