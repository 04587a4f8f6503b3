package io.gatecast.reference.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.Tensor;
import io.gatecast.reference.contract.FiniteDifference;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses: values by hand, slopes by finite differences, and what they are known for. */
class LossTest {
  static Stream<Loss.Pointwise> losses() {
    return Stream.of(
        new Loss.Squared(),
        new Loss.Absolute(),
        new Loss.Huber(1.5),
        new Loss.Pinball(0.9),
        new Loss.Quantiles(List.of(0.2, 0.7)).ofOutput(3));
  }

  @Test
  void valuesByHand() {
    assertEquals(9, new Loss.Squared().value(2, 5));
    assertEquals(-6, new Loss.Squared().derivative(2, 5));
    assertEquals(3, new Loss.Absolute().value(2, 5));
    assertEquals(-1, new Loss.Absolute().derivative(2, 5));
    assertEquals(1, new Loss.Absolute().derivative(5, 2));

    assertEquals(0.5, new Loss.Huber(1).value(3, 2));
    assertEquals(1, new Loss.Huber(1).derivative(3, 2));
    assertEquals(2 * (3 - 1.0), new Loss.Huber(2).value(2, 5));
    assertEquals(-2, new Loss.Huber(2).derivative(2, 5));

    // Too low by 3 at the 0.9 quantile costs nine times as much as too high by 3.
    assertEquals(2.7, new Loss.Pinball(0.9).value(2, 5), 1e-15);
    assertEquals(0.3, new Loss.Pinball(0.9).value(5, 2), 1e-15);
    assertEquals(-0.9, new Loss.Pinball(0.9).derivative(2, 5), 1e-15);
    assertEquals(0.1, new Loss.Pinball(0.9).derivative(5, 2), 1e-15);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void nothingIsLostWhereTheOutputIsRight(Loss.Pointwise loss) {
    assertEquals(0, loss.value(1.25, 1.25));
    assertEquals(0, loss.derivative(1.25, 1.25));
    assertTrue(Double.isNaN(loss.value(Double.NaN, 1)));
    assertTrue(Double.isNaN(loss.derivative(Double.NaN, 1)));
    assertTrue(Double.isNaN(loss.value(1, Double.NaN)));
    assertTrue(Double.isNaN(loss.derivative(1, Double.NaN)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void derivativeIsTheSlope(Loss.Pointwise loss) {
    for (double target : new double[] {-2, 0, 0.75}) {
      for (double error : new double[] {-4, -1.6, -1.4, -0.1, 0.1, 1.4, 1.6, 4}) {
        Tensor y = Tensor.vector(target + error);
        Tensor slope = FiniteDifference.gradient(y, at -> loss.value(at.get(0), target));
        assertEquals(slope.get(0), loss.derivative(y.get(0), target), 1e-9);
      }
    }
  }

  @Test
  void outputsOfAStepHaveItsLevelsInTurn() {
    Loss quantiles = new Loss.Quantiles(List.of(0.1, 0.5, 0.9));
    assertEquals(3, quantiles.outputsPerStep());
    double[] levels = {0.1, 0.5, 0.9};
    for (int output = 0; output < 6; output++) {
      assertEquals(new Loss.Pinball(levels[output % 3]), quantiles.ofOutput(output));
    }
    Loss squared = new Loss.Squared();
    assertEquals(1, squared.outputsPerStep());
    assertSame(squared, squared.ofOutput(5));
  }

  /** Of all constants the one that costs least is the mean, the median, the quantile. */
  @Test
  void eachLossHasItsBestConstant() {
    double[] sample = new Random(3).doubles(1001, 0, 1).map(u -> u * u).sorted().toArray();
    double mean = 0;
    for (double value : sample) {
      mean += value / sample.length;
    }
    assertEquals(0, slope(new Loss.Squared(), mean, sample), 1e-9);
    assertEquals(0, slope(new Loss.Absolute(), sample[500], sample), 1e-9);
    // Around the 0.9 quantile the slope changes sign, and only there.
    Loss.Pointwise pinball = new Loss.Pinball(0.9);
    assertTrue(slope(pinball, sample[899], sample) < 0);
    assertTrue(slope(pinball, sample[902], sample) > 0);
  }

  private static double slope(Loss.Pointwise loss, double constant, double[] sample) {
    double sum = 0;
    for (double value : sample) {
      sum += loss.derivative(constant, value);
    }
    return sum;
  }

  @Test
  void settingsOutOfRangeAreErrors() {
    for (double delta : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertError(
          "delta: expected above 0 and finite, found " + delta, () -> new Loss.Huber(delta));
    }
    for (double quantile : List.of(0.0, 1.0, -0.1, 1.1, Double.NaN)) {
      assertError(
          "quantile: expected above 0 and below 1, found " + quantile,
          () -> new Loss.Pinball(quantile));
      assertError(
          "levels[0]: expected above 0.0 and below 1, found " + quantile,
          () -> new Loss.Quantiles(List.of(quantile)));
      assertError(
          "levels[1]: expected above 0.5 and below 1, found " + quantile,
          () -> new Loss.Quantiles(List.of(0.5, quantile)));
    }
    assertError(
        "levels[1]: expected above 0.5 and below 1, found 0.5",
        () -> new Loss.Quantiles(List.of(0.5, 0.5)));
    assertError("levels: expected at least 1, found 0", () -> new Loss.Quantiles(List.of()));
  }

  static void assertError(String message, org.junit.jupiter.api.function.Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
