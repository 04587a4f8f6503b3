package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.TrainingLog;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.NamedWeights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that training learns, that it can be repeated from its seed, and that what does not fit is
 * refused before anything is trained.
 */
class TrainerTest {
  private static final CellSpec LSTM = new CellSpec.Lstm();
  private static final Samples TRAIN = ArraySamples.random(1, 10, 4, 2, 3);
  private static final Samples VALIDATION = ArraySamples.random(2, 5, 4, 2, 3);

  /** A training's outcome in values that can be compared. */
  record Outcome(NamedWeights weights, int bestEpoch, double loss, List<TrainingLog.Epoch> log) {}

  static Stream<CellSpec> cells() {
    return CellSpec.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void sameSeedGivesTheSameBits(CellSpec cell) {
    Outcome first = outcome(cell, 42, 0);
    Outcome second = outcome(cell, 42, 0);

    assertEquals(first, second);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void sameSeedGivesTheSameBitsWithDropoutToo(CellSpec cell) {
    Outcome first = outcome(cell, 42, 0.4);
    Outcome second = outcome(cell, 42, 0.4);

    assertEquals(first, second);
    assertNotEquals(outcome(cell, 42, 0).weights(), first.weights());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void anotherSeedGivesOtherWeights(CellSpec cell) {
    assertNotEquals(outcome(cell, 42, 0).weights(), outcome(cell, 43, 0).weights());
  }

  /** A logistic RNN needs many more steps than these, as its outputs start around a half. */
  static Stream<CellSpec> quickLearners() {
    CellSpec slow = new CellSpec.Rnn(CellSpec.Activation.SIGMOID);
    return CellSpec.all().stream().filter(cell -> !cell.equals(slow));
  }

  @ParameterizedTest
  @MethodSource("quickLearners")
  void sineIsLearnt(CellSpec cell) {
    ArraySamples train = ArraySamples.sliding(sine(0, 100), 6, 2);
    ArraySamples validation = ArraySamples.sliding(sine(100, 40), 6, 2);
    NetworkSpec spec = NetworkSpec.uniform(cell, 1, 8, 1, 2, 0, new Loss.Squared());
    TrainingSpec training = TrainingSpec.adam(8, 8, 0.03, 8, 1, 1);
    double meanOfSquares = 0.5; // of a sine about its mean, 0

    Trainer.Trained trained =
        new Trainer().train(spec, training, train, validation, new TrainingLog());
    trained.network().close();

    assertTrue(trained.validationLoss() < 0.01 * meanOfSquares, trained::toString);
  }

  @Test
  void listenerHearsEachEpochOnceAndInOrder() {
    TrainingLog log = new TrainingLog();
    TrainingSpec training = TrainingSpec.adam(7, 4, 0.05, 7, 1, 1);

    Trainer.Trained trained =
        new Trainer().train(spec(LSTM, 2, 3, 0), training, TRAIN, VALIDATION, log);
    trained.network().close();

    assertEquals(
        List.of(1, 2, 3, 4, 5, 6, 7), log.epochs().stream().map(TrainingLog.Epoch::epoch).toList());
    assertEquals(7, trained.epochs());
    double best = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    for (TrainingLog.Epoch epoch : log.epochs()) {
      assertEquals(7, epoch.epochs());
      assertEquals(epoch.validationLoss() < best, epoch.best(), epoch::toString);
      if (epoch.best()) {
        best = epoch.validationLoss();
        bestEpoch = epoch.epoch();
      }
    }
    assertEquals(best, trained.validationLoss());
    assertEquals(bestEpoch, trained.bestEpoch());
  }

  @Test
  void emptyWindowsAreRefusedByName() {
    Samples none = ArraySamples.random(1, 0, 4, 2, 3);
    NetworkSpec spec = spec(LSTM, 2, 3, 0);

    assertEquals(
        "train: expected at least one window, found none", refused(spec, none, VALIDATION));
    assertEquals(
        "validation: expected at least one window, found none", refused(spec, TRAIN, none));
  }

  @Test
  void windowsOfOtherSizesAreRefusedByName() {
    Samples wide = ArraySamples.random(1, 5, 4, 6, 3);
    Samples far = ArraySamples.random(1, 5, 4, 2, 8);
    NetworkSpec spec = spec(LSTM, 2, 3, 0);

    assertEquals(
        "train: expected windows of 2 inputs and 3 outputs, found 6 and 3",
        refused(spec, wide, VALIDATION));
    assertEquals(
        "validation: expected windows of 2 inputs and 3 outputs, found 2 and 8",
        refused(spec, TRAIN, far));
  }

  private static String refused(NetworkSpec spec, Samples train, Samples validation) {
    TrainingSpec training = TrainingSpec.adam(1, 4, 0.01, 1, 1, 1);
    TrainingLog log = new TrainingLog();
    String message =
        Messages.of(
            IllegalArgumentException.class,
            () -> new Trainer().train(spec, training, train, validation, log));
    assertEquals(List.of(), log.epochs());
    return message;
  }

  private static Outcome outcome(CellSpec cell, long seed, double dropout) {
    TrainingLog log = new TrainingLog();
    TrainingSpec training = TrainingSpec.adam(3, 4, 0.05, 3, 1, seed);
    Trainer.Trained trained =
        new Trainer().train(spec(cell, 2, 3, dropout), training, TRAIN, VALIDATION, log);
    try (RecurrentNetwork network = trained.network()) {
      return new Outcome(
          network.weights(), trained.bestEpoch(), trained.validationLoss(), log.epochs());
    }
  }

  private static NetworkSpec spec(CellSpec cell, int inputs, int outputs, double dropout) {
    return NetworkSpec.uniform(cell, inputs, 5, 2, outputs, dropout, new Loss.Squared());
  }

  private static float[] sine(int from, int count) {
    float[] series = new float[count];
    for (int i = 0; i < count; i++) {
      series[i] = (float) Math.sin(0.4 * (from + i));
    }
    return series;
  }
}
