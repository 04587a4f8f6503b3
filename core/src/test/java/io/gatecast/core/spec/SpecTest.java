package io.gatecast.core.spec;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.core.fixtures.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that descriptions outside their bounds cannot exist, and that errors say the bound. */
class SpecTest {
  private static final CellSpec LSTM = new CellSpec.Lstm();
  private static final LayerSpec LAYER = new LayerSpec(LSTM, 1, 0);
  private static final HeadSpec HEAD = new HeadSpec(1, Readout.LAST_STEP);
  private static final Loss LOSS = new Loss.Squared();

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

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void sizesOfMixedStacksStartAtOne(int bad) {
    String found = ": expected at least 1, found " + bad;
    assertRefused("hidden" + found, () -> new LayerSpec(LSTM, bad, 0));
    assertRefused("outputs" + found, () -> new HeadSpec(bad, Readout.EVERY_STEP));
    assertRefused("inputs" + found, () -> new NetworkSpec(bad, List.of(LAYER), HEAD, LOSS));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void dropoutOfALayerIsAShareBelowOne(double bad) {
    assertRefused(
        "dropout: expected a share in [0, 1), found " + bad, () -> new LayerSpec(LSTM, 1, bad));
  }

  @Test
  void networkHasALayer() {
    assertRefused(
        "layers: expected at least 1, found 0", () -> new NetworkSpec(1, List.of(), HEAD, LOSS));
  }

  @Test
  void everyStepHasAllQuantiles() {
    Loss three = new Loss.Quantiles(List.of(0.1, 0.5, 0.9));
    for (int good : new int[] {3, 6, 84}) {
      assertEquals(good, NetworkSpec.uniform(LSTM, 1, 1, 1, good, 0, three).outputs());
    }
    for (int bad : new int[] {1, 2, 4, 28}) {
      assertRefused(
          "outputs: expected a multiple of 3, the outputs per step of quantiles(0.1,0.5,0.9),"
              + " found "
              + bad,
          () -> NetworkSpec.uniform(LSTM, 1, 1, 1, bad, 0, three));
    }
  }

  @Test
  void layersCannotBeChangedAfterwards() {
    List<LayerSpec> layers = new ArrayList<>(List.of(LAYER));
    NetworkSpec spec = new NetworkSpec(1, layers, HEAD, LOSS);
    layers.clear();

    assertEquals(List.of(LAYER), spec.layers());
    assertThrows(UnsupportedOperationException.class, () -> spec.layers().clear());
  }

  @Test
  void smallestAndLargestAllowedValuesPass() {
    assertDoesNotThrow(() -> network(1, 1, 1, 1, 0));
    assertDoesNotThrow(() -> network(1, 1, 1, 1, Math.nextDown(1.0)));
    assertDoesNotThrow(() -> TrainingSpec.adam(1, 1, Double.MIN_VALUE, 1, Double.MIN_VALUE, 0));
    assertDoesNotThrow(() -> TrainingSpec.adam(1, 1, 1, 1, Double.POSITIVE_INFINITY, 0));
    assertDoesNotThrow(() -> new OptimiserSpec.Adam(1, 0, 0, Double.MIN_VALUE));
    assertDoesNotThrow(() -> new OptimiserSpec.AdamW(1, 0, 0, 1, 0));
    assertDoesNotThrow(() -> new OptimiserSpec.Sgd(1, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void trainingCountsStartAtOne(int bad) {
    String found = ": expected at least 1, found " + bad;
    assertRefused("epochs" + found, () -> TrainingSpec.adam(bad, 1, 1, 1, 1, 0));
    assertRefused("batch" + found, () -> TrainingSpec.adam(1, bad, 1, 1, 1, 0));
    assertRefused("patience" + found, () -> TrainingSpec.adam(1, 1, 1, bad, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void trainingRatesArePositiveAndFinite(double bad) {
    String found = ": expected a positive number, found " + bad;
    assertRefused("learningRate" + found, () -> TrainingSpec.adam(1, 1, bad, 1, 1, 0));
    if (bad != Double.POSITIVE_INFINITY) {
      assertRefused("clipNorm" + found, () -> TrainingSpec.adam(1, 1, 1, 1, bad, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void optimisersForgetSomething(double bad) {
    String found = ": expected a share in [0, 1), found " + bad;
    assertRefused("beta1" + found, () -> new OptimiserSpec.Adam(1, bad, 0.9, 1));
    assertRefused("beta2" + found, () -> new OptimiserSpec.Adam(1, 0.9, bad, 1));
    assertRefused("beta1" + found, () -> new OptimiserSpec.AdamW(1, bad, 0.9, 1, 0));
    assertRefused("beta2" + found, () -> new OptimiserSpec.AdamW(1, 0.9, bad, 1, 0));
    assertRefused("momentum" + found, () -> new OptimiserSpec.Sgd(1, bad));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void optimisersRatesArePositiveAndFinite(double bad) {
    String found = ": expected a positive number, found " + bad;
    assertRefused("learningRate" + found, () -> new OptimiserSpec.AdamW(bad, 0.01));
    assertRefused("learningRate" + found, () -> new OptimiserSpec.Sgd(bad, 0));
    assertRefused("epsilon" + found, () -> new OptimiserSpec.Adam(1, 0, 0, bad));
    assertRefused("epsilon" + found, () -> new OptimiserSpec.AdamW(1, 0, 0, bad, 0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void decayAndWarmUpAreAtLeastZero(double bad) {
    String found = ": expected a number of at least 0, found " + bad;
    assertRefused("weightDecay" + found, () -> new OptimiserSpec.AdamW(1, bad));
    assertRefused("warmUp" + found, () -> new ScheduleSpec.Cosine(bad, 0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void schedulesNeverRaiseTheRate(double bad) {
    String aboveZero = "decay: expected a share in (0, 1], found " + bad;
    assertRefused(aboveZero, () -> new ScheduleSpec.Step(1, bad));
    assertRefused(aboveZero, () -> new ScheduleSpec.Exponential(bad));
    assertRefused(
        "last: expected a share in [0, 1], found " + bad, () -> new ScheduleSpec.Cosine(0, bad));
    assertRefused("every: expected at least 1, found 0", () -> new ScheduleSpec.Step(0, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void timeBudgetIsPositive(long seconds) {
    Optional<Duration> bad = Optional.of(Duration.ofSeconds(seconds));
    assertRefused(
        "timeBudget: expected a positive duration, found " + bad.get(),
        () -> TrainingSpec.adam(1, 1, 1, 1, 1, 0).within(bad));
  }

  @Test
  void firstLayerReadsTheInputsAndTheOthersTheLayerBelow() {
    NetworkSpec spec = network(5, 3, 3, 1, 0);

    assertEquals(5, spec.inputsOf(0));
    assertEquals(3, spec.inputsOf(1));
    assertEquals(3, spec.inputsOf(2));
  }

  @Test
  void eachLayerReadsTheHiddenSizeOfTheOneBelow() {
    NetworkSpec spec =
        new NetworkSpec(
            5,
            List.of(
                new LayerSpec(new CellSpec.Gru(CellSpec.Reset.AFTER), 7, 0.5),
                new LayerSpec(LSTM, 2, 0),
                new LayerSpec(new CellSpec.Gru(CellSpec.Reset.BEFORE), 3, 0)),
            new HeadSpec(4, Readout.EVERY_STEP),
            LOSS);

    assertEquals(5, spec.inputsOf(0));
    assertEquals(7, spec.inputsOf(1));
    assertEquals(2, spec.inputsOf(2));
    assertEquals(4, spec.outputs());
    assertEquals(3, spec.top().hidden());
    assertEquals("gru+lstm", spec.cellNames());
    long after = 3 * (7 * 5 + 7 * 7 + 7) + 7;
    long lstm = 4 * (2 * 7 + 2 * 2 + 2);
    long before = 3 * (3 * 2 + 3 * 3 + 3);
    assertEquals(after + lstm + before + 4 * 3 + 4, spec.parameters());
  }

  @Test
  void uniformNetworkDropsBetweenLayersAndReadsTheLastStep() {
    assertEquals(
        new NetworkSpec(
            5,
            List.of(
                new LayerSpec(LSTM, 3, 0),
                new LayerSpec(LSTM, 3, 0.25),
                new LayerSpec(LSTM, 3, 0.25)),
            new HeadSpec(2, Readout.LAST_STEP),
            LOSS),
        network(5, 3, 3, 2, 0.25));
    assertEquals("lstm", network(5, 3, 3, 2, 0.25).cellNames());
  }

  private static NetworkSpec network(
      int inputs, int hidden, int layers, int outputs, double dropout) {
    return NetworkSpec.uniform(LSTM, inputs, hidden, layers, outputs, dropout, new Loss.Squared());
  }

  private static void assertRefused(String message, Executable construction) {
    assertEquals(message, Messages.of(IllegalArgumentException.class, construction));
  }
}
