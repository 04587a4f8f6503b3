package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RationalTanhTest {
  @Test
  @DisplayName("Within four units in the last place of 1, at most 1, and odd, wherever it is asked")
  void closeToTanh() {
    for (float a = 1e-30f; a < 1e30f; a *= 1.0001f) {
      float value = RationalTanh.tanh(a);
      assertEquals(Math.tanh(a), value, 4.8e-7, () -> "tanh");
      assertTrue(value <= 1, "tanh(" + a + ") is " + value);
      assertEquals(-value, RationalTanh.tanh(-a), 0f);
    }
  }

  @Test
  @DisplayName("Saturates at exactly 1: a forget gate wide open forgets nothing")
  void saturates() {
    assertEquals(1f, RationalTanh.tanh(20), 0f);
    assertEquals(-1f, RationalTanh.tanh(Float.NEGATIVE_INFINITY), 0f);
    assertTrue(Float.isNaN(RationalTanh.tanh(Float.NaN)));
  }
}
