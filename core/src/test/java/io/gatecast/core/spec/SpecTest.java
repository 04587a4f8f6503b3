package io.gatecast.core.spec;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that descriptions outside their bounds cannot exist, and that errors say the bound. */
class SpecTest {
  private static final CellSpec LSTM = new CellSpec.Lstm();

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void networkSizesStartAtOne(int bad) {
    String found = ": expected at least 1, found " + bad;
    assertRefused("inputs" + found, () -> network(bad, 1, 1, 1, 0));
    assertRefused("hidden" + found, () -> network(1, bad, 1, 1, 0));
    assertRefused("layers" + found, () -> network(1, 1, bad, 1, 0));
    assertRefused("outputs" + found, () -> network(1, 1, 1, bad, 0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void dropoutIsAShareBelowOne(double bad) {
    assertRefused(
        "dropout: expected a share in [0, 1), found " + bad, () -> network(1, 1, 1, 1, bad));
  }

  @Test
  void smallestAndLargestAllowedValuesPass() {
    assertDoesNotThrow(() -> network(1, 1, 1, 1, 0));
    assertDoesNotThrow(() -> network(1, 1, 1, 1, Math.nextDown(1.0)));
    assertDoesNotThrow(() -> new TrainingSpec(1, 1, Double.MIN_VALUE, 1, Double.MIN_VALUE, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void trainingCountsStartAtOne(int bad) {
    String found = ": expected at least 1, found " + bad;
    assertRefused("epochs" + found, () -> new TrainingSpec(bad, 1, 1, 1, 1, 0));
    assertRefused("batch" + found, () -> new TrainingSpec(1, bad, 1, 1, 1, 0));
    assertRefused("patience" + found, () -> new TrainingSpec(1, 1, 1, bad, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void trainingRatesArePositiveAndFinite(double bad) {
    String found = ": expected a positive number, found " + bad;
    assertRefused("learningRate" + found, () -> new TrainingSpec(1, 1, bad, 1, 1, 0));
    assertRefused("clipNorm" + found, () -> new TrainingSpec(1, 1, 1, 1, bad, 0));
  }

  @Test
  void firstLayerReadsTheInputsAndTheOthersTheLayerBelow() {
    NetworkSpec spec = network(5, 3, 3, 1, 0);

    assertEquals(5, spec.inputsOf(0));
    assertEquals(3, spec.inputsOf(1));
    assertEquals(3, spec.inputsOf(2));
  }

  private static NetworkSpec network(
      int inputs, int hidden, int layers, int outputs, double dropout) {
    return new NetworkSpec(LSTM, inputs, hidden, layers, outputs, dropout, Loss.SQUARED);
  }

  private static void assertRefused(String message, Executable construction) {
    assertEquals(message, Messages.of(IllegalArgumentException.class, construction));
  }
}
