package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.FaultyNetwork;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.TrainingLog;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.NamedWeights;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that a network of segments learns, that its training follows from the seed, and that one
 * that was stopped ends as one that was not, bit for bit.
 */
class SegmentedTrainerTest {
  private static final int EPOCHS = 4;
  private static final int BATCHES = 4; // of 3, 3, 3 and 1 windows
  private static final int TIME = 8;
  private static final Samples TRAIN = ArraySamples.random(1, 10, TIME, 4, 10);
  private static final Samples VALIDATION = ArraySamples.random(2, 5, TIME, 4, 10);
  private static final TrainingSpec TRAINING = TrainingSpec.adam(EPOCHS, 3, 0.02, EPOCHS, 0.3, 6);
  private static final Segments SEGMENTS = new Segments(3, 4, 2, Normalisation.INSTANCE, 0.3, 4);
  private static final CellSpec GRU = new CellSpec.Gru(CellSpec.Reset.AFTER);

  private final Path folder;

  SegmentedTrainerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static NetworkSpec spec(CellSpec cell, Segments segments) {
    return NetworkSpec.segmented(cell, 4, 5, 5, segments, new Loss.Absolute());
  }

  static Stream<CellSpec> cells() {
    return CellSpec.all().stream();
  }

  /** All that a training comes to, but for the time it took. */
  private record Result(
      NamedWeights weights, Ending ending, int bestEpoch, double loss, List<EpochReport> log) {
    static Result of(Trained trained, TrainingLog log) {
      try (RecurrentNetwork network = trained.network()) {
        return new Result(
            network.weights(),
            trained.ending(),
            trained.bestEpoch(),
            trained.validationLoss(),
            log.epochs());
      }
    }
  }

  private static Result uninterrupted(NetworkSpec spec, TrainingSpec training) {
    TrainingLog log = new TrainingLog();
    return Result.of(new Trainer().train(spec, training, TRAIN, VALIDATION, log), log);
  }

  private static Result resumed(NetworkSpec spec, TrainingLog log, Path folder) {
    return Result.of(new Trainer().train(spec, TRAINING, TRAIN, VALIDATION, log, folder), log);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void sameSeedGivesTheSameBitsAndAnotherOthers(CellSpec cell) {
    NetworkSpec spec = spec(cell, SEGMENTS);
    Result expected = uninterrupted(spec, TRAINING);

    assertEquals(expected, uninterrupted(spec, TRAINING));
    assertNotEquals(
        expected.weights(),
        uninterrupted(spec, TrainingSpec.adam(EPOCHS, 3, 0.02, EPOCHS, 0.3, 7)).weights());
    assertNotEquals(expected.weights(), InitialWeights.of(spec, TRAINING.seed()));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void killedAtAnyStepAndResumedEndsTheSame(CellSpec cell) {
    NetworkSpec spec = spec(cell, SEGMENTS);
    Result expected = uninterrupted(spec, TRAINING);
    for (int step = BATCHES + 1; step <= EPOCHS * BATCHES; step += 3) {
      Path own = folder.resolve("at-" + step);
      TrainingLog log = new TrainingLog();
      int killed = step;
      Trainer killing =
          new Trainer(
              of -> new FaultyNetwork(Trainer.network(of)).killAt(killed), System::nanoTime);
      assertThrows(
          FaultyNetwork.Killed.class,
          () -> killing.train(spec, TRAINING, TRAIN, VALIDATION, log, own));

      assertEquals(expected, resumed(spec, log, own), "killed at step " + killed);
      int ended = (step - 1) / BATCHES;
      assertEquals(
          List.of("after epoch " + ended + ", step " + ended * BATCHES), log.resumptions());
    }
  }

  /** The clock stands at one second more with every look, so that it also ends within epochs. */
  @ParameterizedTest
  @MethodSource("cells")
  void stoppedByTimeAgainAndAgainEndsTheSame(CellSpec cell) {
    NetworkSpec spec = spec(cell, SEGMENTS);
    Result expected = uninterrupted(spec, TRAINING);
    TrainingSpec hasty = TRAINING.within(Optional.of(Duration.ofSeconds(4)));
    TrainingLog log = new TrainingLog();
    int calls = 0;
    Result result;
    do {
      calls++;
      AtomicLong seconds = new AtomicLong();
      Trainer trainer =
          new Trainer(Trainer::network, () -> seconds.incrementAndGet() * 1_000_000_000L);
      result = Result.of(trainer.train(spec, hasty, TRAIN, VALIDATION, log, folder), log);
    } while (result.ending() == Ending.TIME);

    assertEquals(expected, result);
    assertTrue(calls > EPOCHS, calls + " calls: some stopped in the middle of an epoch");
  }

  /** Each differs from the first in one part alone; most have parameters of the same number. */
  private static List<Segments> variants() {
    return List.of(
        SEGMENTS,
        new Segments(4, 4, 2, Normalisation.INSTANCE, 0.3, 4),
        new Segments(3, 6, 2, Normalisation.INSTANCE, 0.3, 4),
        new Segments(3, 4, 1, Normalisation.INSTANCE, 0.3, 4),
        new Segments(3, 4, 2, Normalisation.LAST_VALUE, 0.3, 4),
        new Segments(3, 4, 2, Normalisation.NONE, 0.3, 4),
        new Segments(3, 4, 2, Normalisation.INSTANCE, 0.2, 4),
        new Segments(3, 4, 2, Normalisation.INSTANCE, 0.3, 5),
        new Segments(3, 4, 2, Normalisation.INSTANCE, 0.3, 0));
  }

  private static NetworkSpec variant(Segments segments) {
    int horizon = 10 / segments.channels(); // the same outputs, and so the same windows
    return NetworkSpec.segmented(GRU, 4, 5, horizon, segments, new Loss.Absolute());
  }

  @Test
  void segmentsArePartOfATrainingsIdentity() {
    Set<RunIdentity> identities = new HashSet<>();
    for (Segments segments : variants()) {
      NetworkSpec spec = variant(segments);
      RunIdentity identity = RunIdentity.of(spec, TRAINING, TRAIN, VALIDATION);
      identities.add(identity);

      assertEquals(identity, RunIdentity.of(variant(segments), TRAINING, TRAIN, VALIDATION));
      assertEquals(TRAIN.outputs(), spec.outputs());
    }
    NetworkSpec plain = NetworkSpec.uniform(GRU, 4, 5, 1, 10, 0, new Loss.Absolute());
    identities.add(RunIdentity.of(plain, TRAINING, TRAIN, VALIDATION));

    assertEquals(variants().size() + 1, identities.size());
  }

  @Test
  void checkpointOfOtherSegmentsIsRefused() {
    TrainingLog log = new TrainingLog();
    resumed(variant(SEGMENTS), log, folder);
    for (Segments other : variants().subList(1, variants().size())) {
      Messages.assertContains(
          Messages.of(CheckpointException.class, () -> resumed(variant(other), log, folder)),
          ", entry network): give the same network");
    }
    assertEquals(EPOCHS, log.epochs().size());
  }

  @Test
  void windowsShorterThanTheLinearMapAreRefused() {
    Segments far = new Segments(3, 4, 2, Normalisation.NONE, 0, TIME + 1);

    assertEquals(
        "batch.time: expected at least 9 steps, which the linear map of the segments reads,"
            + " found 8",
        Messages.of(IllegalArgumentException.class, () -> uninterrupted(spec(GRU, far), TRAINING)));
  }

  /**
   * Three channels with periods of their own, each about a level of its own, so that one set of
   * weights must read the phase and forecast each from its last value.
   */
  @Test
  void noisySineIsForecastFarBetterThanByTheLastValue() {
    int channels = 3;
    Segments segments = new Segments(6, 16, channels, Normalisation.LAST_VALUE, 0.1, 0);
    NetworkSpec spec = NetworkSpec.segmented(GRU, channels, 24, 12, segments, new Loss.Squared());
    Samples train = new Sines(0, 600);
    Samples validation = new Sines(700, 100);
    Samples test = new Sines(900, 100);
    TrainingSpec training = TrainingSpec.adam(12, 16, 0.005, 12, 1, 1);

    Trained trained = new Trainer().train(spec, training, train, validation, new TrainingLog());

    try (RecurrentNetwork network = trained.network()) {
      float[][] forecasts = network.forecast(test);
      double squares = 0;
      double ofLast = 0;
      float[] x = new float[test.lookback() * channels];
      float[] y = new float[test.outputs()];
      for (int window = 0; window < test.size(); window++) {
        test.input(window, x);
        test.target(window, y);
        for (int i = 0; i < y.length; i++) {
          squares += Math.pow(forecasts[window][i] - y[i], 2);
          ofLast += Math.pow(x[x.length - channels + i % channels] - y[i], 2);
        }
      }
      double ratio = squares / ofLast;
      assertTrue(ratio < 0.1, () -> "of the last value's squared error: " + ratio);
    }
  }

  /** Windows of 24 steps, each followed by 12, from a step on. */
  private static final class Sines implements Samples {
    private static final int CHANNELS = 3;
    private static final int LOOKBACK = 24;
    private static final int HORIZON = 12;
    private final float[] series;
    private final int size;

    Sines(int from, int size) {
      Random random = new Random(from);
      this.size = size;
      this.series = new float[(size + LOOKBACK + HORIZON) * CHANNELS];
      for (int i = 0; i < series.length; i++) {
        int channel = i % CHANNELS;
        double phase = 2 * Math.PI * (from + i / CHANNELS) / (16 + 4 * channel);
        series[i] = (float) (10 * channel + Math.sin(phase) + 0.1 * random.nextGaussian());
      }
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public int lookback() {
      return LOOKBACK;
    }

    @Override
    public int inputs() {
      return CHANNELS;
    }

    @Override
    public int outputs() {
      return HORIZON * CHANNELS;
    }

    @Override
    public void input(int window, float[] destination, int offset) {
      System.arraycopy(series, window * CHANNELS, destination, offset, LOOKBACK * CHANNELS);
    }

    @Override
    public void target(int window, float[] destination, int offset) {
      int from = (window + LOOKBACK) * CHANNELS;
      System.arraycopy(series, from, destination, offset, HORIZON * CHANNELS);
    }
  }
}
