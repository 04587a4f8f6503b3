package io.gatecast.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The activations at known points, at their limits and for NaN. */
class ActivationTest {
  @Test
  void knownValues() {
    assertEquals(0.5, Activation.SIGMOID.apply(0));
    assertEquals(0.75, Activation.SIGMOID.apply(Math.log(3)), 1e-15);
    assertEquals(0.6, Activation.TANH.apply(Math.log(2)), 1e-15);
    assertEquals(2.5, Activation.RELU.apply(2.5));
    assertEquals(0, Activation.RELU.apply(-2.5));
  }

  @Test
  void saturateWithoutNaN() {
    assertEquals(0, Activation.SIGMOID.apply(-1e3));
    assertEquals(1, Activation.SIGMOID.apply(1e3));
    assertEquals(-1, Activation.TANH.apply(-1e3));
    assertEquals(1, Activation.TANH.apply(1e3));
    for (Activation activation : Activation.values()) {
      assertEquals(Double.NaN, activation.apply(Double.NaN), activation::name);
    }
  }
}
