package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.RandomWeights;
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
import org.junit.jupiter.api.Test;

/**
 * Proves that training starts from the weights it is given and forgets all else of the training
 * that they come from.
 */
class WarmStartTest {
  private static final NetworkSpec SPEC =
      NetworkSpec.uniform(new CellSpec.Gru(CellSpec.Reset.AFTER), 2, 5, 2, 3, 0.2, squared());
  private static final TrainingSpec TRAINING = TrainingSpec.adam(4, 4, 0.02, 4, 1, 7);
  private static final Samples TRAIN = ArraySamples.random(1, 18, 4, 2, 3);
  private static final Samples VALIDATION = ArraySamples.random(2, 5, 4, 2, 3);

  private static Loss squared() {
    return new Loss.Squared();
  }

  @Test
  void givenWeightsAreWhereItStarts() {
    NamedWeights given = RandomWeights.of(SPEC, 3);
    AtomicLong clock = new AtomicLong();
    Trainer hasty = new Trainer(Trainer::network, clock::incrementAndGet);

    Trained trained =
        hasty.train(
            SPEC,
            TRAINING.within(Optional.of(Duration.ofNanos(2))), // over before the first step
            given,
            TRAIN,
            VALIDATION,
            new TrainingLog());

    assertEquals(0, trained.bestEpoch());
    assertEquals(given, weights(trained));
  }

  /** Optimiser, order and dropout begin as they do with drawn weights. */
  @Test
  void fromTheDrawnWeightsItIsTheTrainingThatDrawsThem() {
    TrainingLog cold = new TrainingLog();
    TrainingLog warm = new TrainingLog();
    NamedWeights drawn = InitialWeights.of(SPEC, TRAINING.seed());

    NamedWeights expected = weights(new Trainer().train(SPEC, TRAINING, TRAIN, VALIDATION, cold));
    NamedWeights found =
        weights(new Trainer().train(SPEC, TRAINING, drawn, TRAIN, VALIDATION, warm));

    assertEquals(expected, found);
    assertEquals(cold.epochs(), warm.epochs());
    assertNotEquals(
        expected,
        weights(
            new Trainer().train(SPEC, TRAINING, expected, TRAIN, VALIDATION, new TrainingLog())));
  }

  @Test
  void itGoesOnFromWhatWasLearnt() {
    Samples samples = ArraySamples.random(5, 60, 4, 2, 3).withTarget(0.5f);
    TrainingSpec training = TrainingSpec.adam(15, 10, 0.02, 15, 1, 7);
    TrainingLog first = new TrainingLog();
    TrainingLog second = new TrainingLog();

    NamedWeights learnt = weights(new Trainer().train(SPEC, training, samples, samples, first));
    weights(new Trainer().train(SPEC, training, learnt, samples, samples, second));

    double before = first.epochs().get(0).trainLoss();
    double after = second.epochs().get(0).trainLoss();
    assertTrue(after < 0.2 * before, () -> before + " and " + after);
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedByName() {
    NetworkSpec wide = NetworkSpec.uniform(SPEC.top().cell(), 2, 6, 2, 3, 0.2, new Loss.Squared());
    TrainingLog log = new TrainingLog();

    Messages.assertContains(
        Messages.of(
            IllegalArgumentException.class,
            () ->
                new Trainer()
                    .train(SPEC, TRAINING, RandomWeights.of(wide, 1), TRAIN, VALIDATION, log)),
        "layers.0.update.input_weights: expected shape [5, 2], found [6, 2]");
    assertEquals(List.of(), log.epochs());
  }

  private static NamedWeights weights(Trained trained) {
    try (RecurrentNetwork network = trained.network()) {
      return network.weights();
    }
  }
}
