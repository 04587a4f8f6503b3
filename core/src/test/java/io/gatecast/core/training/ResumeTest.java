package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.FaultyNetwork;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.fixtures.TrainingLog;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.OptimiserSpec;
import io.gatecast.core.spec.ScheduleSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.NamedWeights;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that a training that was stopped, wherever and by whatever, ends as one that was not: the
 * same weights, the same best epoch, the same reports, bit for bit.
 */
class ResumeTest {
  private static final int EPOCHS = 5;
  private static final int BATCHES = 4; // of 3, 3, 3 and 1 windows
  private static final Samples TRAIN = ArraySamples.random(1, 10, 4, 2, 3);
  private static final Samples VALIDATION = ArraySamples.random(2, 5, 4, 2, 3);
  private static final NetworkSpec SPEC =
      NetworkSpec.uniform(new CellSpec.Lstm(), 2, 4, 2, 3, 0.3, new Loss.Squared());
  private static final TrainingSpec PLAIN = TrainingSpec.adam(EPOCHS, 3, 0.02, 4, 0.3, 6);

  private final Path folder;

  ResumeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** All that a training comes to, but for the time it took. */
  private record Result(
      NamedWeights weights,
      Ending ending,
      String reason,
      int epochs,
      int bestEpoch,
      double loss,
      List<EpochReport> log) {
    static Result of(Trained trained, TrainingLog log) {
      try (RecurrentNetwork network = trained.network()) {
        return new Result(
            network.weights(),
            trained.ending(),
            trained.reason(),
            trained.epochs(),
            trained.bestEpoch(),
            trained.validationLoss(),
            log.epochs());
      }
    }
  }

  /** Thrown in place of a killed process. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Every optimiser and every schedule. */
  static Stream<TrainingSpec> trainings() {
    return Stream.of(
        PLAIN,
        PLAIN.with(new OptimiserSpec.AdamW(0.02, 0.1)).with(new ScheduleSpec.Step(2, 0.5)),
        PLAIN.with(new OptimiserSpec.Sgd(0.05, 0)).with(new ScheduleSpec.Exponential(0.8)),
        PLAIN.with(new OptimiserSpec.Sgd(0.05, 0.9)).with(new ScheduleSpec.Cosine(1.5, 0.05)));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void killedAfterAnyEpochAndResumedEndsTheSame(TrainingSpec training) {
    Result expected = uninterrupted(training);
    for (int killed = 1; killed <= EPOCHS; killed++) {
      Path own = folder.resolve("after-" + killed);
      TrainingLog log = new TrainingLog();
      int last = killed;
      TrainingListener killing =
          report -> {
            log.epoch(report);
            if (report.epoch() == last) {
              throw new Killed();
            }
          };
      assertThrows(
          Killed.class, () -> new Trainer().train(SPEC, training, TRAIN, VALIDATION, killing, own));

      Result resumed = trained(training, log, own);

      assertEquals(expected, resumed, "killed after epoch " + killed);
      assertEquals(
          List.of("after epoch " + killed + ", step " + killed * BATCHES), log.resumptions());
    }
  }

  @Test
  void killedInTheMiddleOfAnEpochGoesOnFromTheEndOfTheOneBefore() {
    Result expected = uninterrupted(PLAIN);
    for (int step = BATCHES + 1; step <= 3 * BATCHES; step++) {
      Path own = folder.resolve("at-" + step);
      TrainingLog log = new TrainingLog();
      int killed = step;
      Trainer killing =
          new Trainer(
              spec -> new FaultyNetwork(Trainer.network(spec)).killAt(killed), System::nanoTime);
      assertThrows(
          FaultyNetwork.Killed.class,
          () -> killing.train(SPEC, PLAIN, TRAIN, VALIDATION, log, own));

      assertEquals(expected, trained(PLAIN, log, own), "killed at step " + step);
      int ended = (step - 1) / BATCHES;
      assertEquals(
          List.of("after epoch " + ended + ", step " + ended * BATCHES), log.resumptions());
    }
  }

  @Test
  void warmStartGoesOnFromItsCheckpointAndFromNoOther() {
    NamedWeights initial = RandomWeights.of(SPEC, 3);
    TrainingLog whole = new TrainingLog();
    Result expected =
        Result.of(new Trainer().train(SPEC, PLAIN, initial, TRAIN, VALIDATION, whole), whole);
    assertNotEquals(uninterrupted(PLAIN).weights(), expected.weights());
    TrainingLog log = new TrainingLog();
    Trainer killing =
        new Trainer(
            spec -> new FaultyNetwork(Trainer.network(spec)).killAt(2 * BATCHES + 1),
            System::nanoTime);
    assertThrows(
        FaultyNetwork.Killed.class,
        () -> killing.train(SPEC, PLAIN, initial, TRAIN, VALIDATION, log, folder));

    Messages.assertContains(
        Messages.of(CheckpointException.class, () -> trained(PLAIN, log, folder)),
        "expected drawn, found ");
    NamedWeights others = RandomWeights.of(SPEC, 4);
    Messages.assertContains(
        Messages.of(
            CheckpointException.class,
            () -> new Trainer().train(SPEC, PLAIN, others, TRAIN, VALIDATION, log, folder)),
        ", entry initial): give the same network, training, initial weights and data as then");
    Result resumed =
        Result.of(new Trainer().train(SPEC, PLAIN, initial, TRAIN, VALIDATION, log, folder), log);

    assertEquals(expected, resumed);
    assertEquals(List.of("after epoch 2, step " + 2 * BATCHES), log.resumptions());
  }

  @Test
  void warmStartRefusesACheckpointOfDrawnWeightsEvenOfTheSame() {
    TrainingLog log = new TrainingLog();
    trained(PLAIN, log, folder);
    NamedWeights drawn = InitialWeights.of(SPEC, PLAIN.seed());

    Messages.assertContains(
        Messages.of(
            CheckpointException.class,
            () -> new Trainer().train(SPEC, PLAIN, drawn, TRAIN, VALIDATION, log, folder)),
        "found drawn (");
  }

  /** The clock stands at one second more with every look. */
  @ParameterizedTest
  @MethodSource("trainings")
  void stoppedByTimeAgainAndAgainEndsTheSame(TrainingSpec training) {
    Result expected = uninterrupted(training);
    TrainingSpec hasty = training.within(Optional.of(Duration.ofSeconds(4)));
    TrainingLog log = new TrainingLog();
    int calls = 0;
    Result result;
    do {
      calls++;
      LongSupplier clock =
          new LongSupplier() {
            private long seconds;

            @Override
            public long getAsLong() {
              seconds++;
              return seconds * 1_000_000_000L;
            }
          };
      Trained trained =
          new Trainer(Trainer::network, clock).train(SPEC, hasty, TRAIN, VALIDATION, log, folder);
      result = Result.of(trained, log);
    } while (result.ending() == Ending.TIME);

    assertEquals(expected, result);
    assertTrue(calls > EPOCHS, calls + " calls: some stopped in the middle of an epoch");
  }

  @Test
  void endedTrainingGivesItsResultAgain() {
    TrainingLog log = new TrainingLog();
    Result first = trained(PLAIN, log, folder);
    Result again = trained(PLAIN, log, folder);

    assertEquals(first, again);
    assertEquals(EPOCHS, log.epochs().size());
  }

  @Test
  void endingByPatienceIsKeptToo() {
    TrainingSpec training = TrainingSpec.adam(50, 3, 0.3, 2, 1, 6);
    Result expected = uninterrupted(training);
    assertEquals(Ending.PATIENCE, expected.ending());
    assertTrue(expected.epochs() < 50);

    TrainingLog log = new TrainingLog();
    assertEquals(expected, trained(training, log, folder));
    assertEquals(expected, trained(training, log, folder));
  }

  private static Result uninterrupted(TrainingSpec training) {
    TrainingLog log = new TrainingLog();
    return Result.of(new Trainer().train(SPEC, training, TRAIN, VALIDATION, log), log);
  }

  private static Result trained(TrainingSpec training, TrainingLog log, Path folder) {
    return Result.of(new Trainer().train(SPEC, training, TRAIN, VALIDATION, log, folder), log);
  }
}
