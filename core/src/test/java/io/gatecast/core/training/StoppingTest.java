package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.BreakingSamples;
import io.gatecast.core.fixtures.FaultyNetwork;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.TrainingLog;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.NamedWeights;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves when training ends, by patience or by divergence, and that what it returns is the best
 * epoch and no later one.
 */
class StoppingTest {
  private static final ArraySamples WINDOWS = ArraySamples.random(1, 24, 4, 2, 3);

  /** Learning to say 3 makes every epoch worse at saying -3. */
  private static final Samples TRAIN = WINDOWS.withTarget(3);

  private static final Samples OPPOSITE = WINDOWS.withTarget(-3);

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void trainingStopsWhenPatienceEnds(int patience) {
    TrainingLog log = new TrainingLog();
    Trained trained =
        new Trainer().train(spec(new Loss.Squared()), training(50, patience), TRAIN, OPPOSITE, log);
    trained.network().close();

    assertEquals(1, trained.bestEpoch());
    assertEquals(1 + patience, trained.epochs());
    assertEquals(Ending.PATIENCE, trained.ending());
    assertEquals(
        List.of("PATIENCE: no better validation loss in " + patience + " epochs after epoch 1"),
        log.endings());
    assertEquals(1 + patience, log.epochs().size());
    assertTrue(log.epochs().get(1).validationLoss() > log.epochs().get(0).validationLoss());
  }

  @Test
  void returnedWeightsAreThoseOfTheBestEpoch() {
    NamedWeights afterOne = weights(training(1, 1), TRAIN, OPPOSITE);
    NamedWeights stopped = weights(training(50, 2), TRAIN, OPPOSITE);
    NamedWeights afterThree = weights(training(3, 1), TRAIN, TRAIN);

    assertEquals(afterOne, stopped);
    assertNotEquals(afterThree, stopped);
  }

  static Stream<Loss> losses() {
    return Stream.of(
        new Loss.Squared(),
        new Loss.Absolute(),
        new Loss.Huber(0.3),
        new Loss.Pinball(0.8),
        new Loss.Quantiles(List.of(0.025, 0.5, 0.9)));
  }

  /** The mean over windows and over outputs, not a sum over outputs. */
  @ParameterizedTest
  @MethodSource("losses")
  void reportedLossIsThatOfTheReturnedNetwork(Loss loss) {
    ArraySamples validation = ArraySamples.random(2, 11, 4, 2, 3);
    TrainingLog log = new TrainingLog();
    Trained trained = new Trainer().train(spec(loss), training(6, 2), WINDOWS, validation, log);

    try (RecurrentNetwork network = trained.network()) {
      double recomputed = meanLoss(loss, network.forecast(validation), validation);

      assertEquals(recomputed, trained.validationLoss(), 1e-5 * recomputed);
    }
    assertTrue(trained.bestEpoch() < trained.epochs(), trained::toString);
    double reported = log.epochs().get(trained.bestEpoch() - 1).validationLoss();
    assertEquals(reported, trained.validationLoss());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void divergenceNamesEpochAndBatch(int batch) {
    Samples breaking = new BreakingSamples(TRAIN, 8 * (batch - 1));
    TrainingLog log = new TrainingLog();

    String message =
        Messages.of(
            TrainingDivergedException.class,
            () ->
                new Trainer()
                    .train(spec(new Loss.Squared()), training(2, 2), breaking, TRAIN, log));

    assertEquals(
        "training diverged: expected a finite loss, found NaN in epoch 1, batch "
            + batch
            + ", step "
            + batch
            + "; look for numbers that are not finite, or lower the learning rate",
        message);
    assertEquals(List.of(), log.epochs());
  }

  @Test
  void divergenceAfterAGoodEpochGivesThatEpoch() {
    Samples breaking = new BreakingSamples(TRAIN, 24 + 8);
    TrainingLog log = new TrainingLog();

    Trained trained =
        new Trainer().train(spec(new Loss.Squared()), training(9, 9), breaking, TRAIN, log);

    try (RecurrentNetwork network = trained.network()) {
      assertEquals(weights(training(1, 1), TRAIN, TRAIN), network.weights());
    }
    assertEquals(1, trained.bestEpoch());
    assertEquals(1, log.epochs().size());
    assertEquals(Ending.DIVERGED, trained.ending());
    assertEquals(
        "training diverged: expected a finite loss, found NaN in epoch 2, batch 2, step 5;"
            + " look for numbers that are not finite, or lower the learning rate;"
            + " kept are the weights of epoch 1",
        trained.reason());
  }

  @Test
  void validationThatIsNoNumberIsDivergence() {
    Samples breaking = new BreakingSamples(TRAIN, 0);

    String message =
        Messages.of(
            TrainingDivergedException.class,
            () ->
                new Trainer()
                    .train(
                        spec(new Loss.Squared()),
                        training(2, 2),
                        TRAIN,
                        breaking,
                        new TrainingLog()));

    Messages.assertContains(message, "found NaN in the validation windows after epoch 1");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void gradientThatIsNoNumberIsDivergence(float bad) {
    Trainer trainer =
        new Trainer(
            spec -> {
              FaultyNetwork network = new FaultyNetwork(Trainer.network(spec));
              network.spoilGradient(3, bad);
              return network;
            },
            System::nanoTime);

    String message =
        Messages.of(
            TrainingDivergedException.class,
            () ->
                trainer.train(
                    spec(new Loss.Squared()), training(2, 2), TRAIN, TRAIN, new TrainingLog()));

    Messages.assertContains(
        message, "expected a finite gradient norm, found " + bad + " in epoch 1, batch 3, step 3");
  }

  @Test
  void budgetThatEndsBeforeAnEpochGivesTheCurrentWeights() {
    TrainingLog log = new TrainingLog();
    NamedWeights start = InitialWeights.of(spec(new Loss.Squared()), 4);

    Trained none = timed(Duration.ofNanos(2), log);
    Trained two = timed(Duration.ofNanos(4), log);

    try (RecurrentNetwork untouched = none.network();
        RecurrentNetwork moved = two.network()) {
      assertEquals(start, untouched.weights());
      assertNotEquals(start, moved.weights());
    }
    assertEquals(List.of(), log.epochs());
    assertEquals(Ending.TIME, two.ending());
    assertEquals(0, two.bestEpoch());
    assertEquals(Double.NaN, two.validationLoss());
    assertEquals(
        "the time budget of PT0.000000004S ended in epoch 1 after batch 2 of 3; no epoch had"
            + " ended, so that the weights are the last step's",
        two.reason());
  }

  @Test
  void budgetThatEndsLaterGivesTheBestWeightsSoFar() {
    TrainingLog log = new TrainingLog();

    Trained trained = timed(Duration.ofNanos(9), log);

    try (RecurrentNetwork network = trained.network()) {
      assertEquals(weights(training(1, 1), TRAIN, TRAIN), network.weights());
    }
    assertEquals(1, log.epochs().size());
    assertEquals(1, trained.bestEpoch());
    assertEquals(
        List.of(
            "TIME: the time budget of PT0.000000009S ended in epoch 2 after batch 2 of 3; kept are"
                + " the weights of epoch 1"),
        log.endings());
  }

  /** Three batches an epoch; the clock goes on by a nanosecond with every look. */
  private static Trained timed(Duration budget, TrainingLog log) {
    AtomicLong clock = new AtomicLong();
    return new Trainer(Trainer::network, clock::incrementAndGet)
        .train(
            spec(new Loss.Squared()),
            training(50, 50).within(Optional.of(budget)),
            TRAIN,
            TRAIN,
            log);
  }

  private static double meanLoss(Loss loss, float[][] forecasts, Samples samples) {
    float[] target = new float[samples.outputs()];
    double sum = 0;
    for (int window = 0; window < forecasts.length; window++) {
      samples.target(window, target);
      for (int output = 0; output < target.length; output++) {
        sum += loss.ofOutput(output).value(forecasts[window][output], target[output]);
      }
    }
    return sum / forecasts.length / samples.outputs();
  }

  private static NamedWeights weights(TrainingSpec training, Samples train, Samples validation) {
    Trained trained =
        new Trainer()
            .train(spec(new Loss.Squared()), training, train, validation, new TrainingLog());
    try (RecurrentNetwork network = trained.network()) {
      return network.weights();
    }
  }

  /** Three batches an epoch. */
  private static TrainingSpec training(int epochs, int patience) {
    return TrainingSpec.adam(epochs, 8, 0.05, patience, 1, 4);
  }

  private static NetworkSpec spec(Loss loss) {
    return NetworkSpec.uniform(new CellSpec.Lstm(), 2, 5, 1, 3, 0, loss);
  }
}
