package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.TrainingLog;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.NamedWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that trainings on one thread each may run at once: they and the forecasts of their
 * networks are, bit for bit, those of the same trainings one after the other. And that a number of
 * threads is what the caller asked for.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ParallelTrainingTest {
  private static final int TRAININGS = 4;
  private static final Samples TRAIN = ArraySamples.random(1, 70, 12, 5, 6);
  private static final Samples VALIDATION = ArraySamples.random(2, 30, 12, 5, 6);

  /** Layers of several kinds with dropout, large enough for a BLAS to think of threads. */
  private static final NetworkSpec SPEC =
      new NetworkSpec(
          5,
          List.of(
              new LayerSpec(new CellSpec.Lstm(), 64, 0),
              new LayerSpec(new CellSpec.Gru(CellSpec.Reset.BEFORE), 40, 0.3),
              new LayerSpec(new CellSpec.Rnn(CellSpec.Activation.TANH), 33, 0.1)),
          new HeadSpec(6, Readout.LAST_STEP),
          new Loss.Quantiles(List.of(0.1, 0.5, 0.9)));

  /** A training's weights, and what they forecast. */
  private record Outcome(NamedWeights weights, List<List<Float>> forecasts) {}

  @AfterEach
  void clear() {
    System.clearProperty("gatecast.kernel");
    System.clearProperty("gatecast.threads");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "blas"})
  void trainingsAtOnceAreThoseOneAfterTheOther(String kernel) throws Exception {
    System.setProperty("gatecast.kernel", kernel);
    assertTrue(Kernels.trainsInParallel());
    List<Outcome> expected = new ArrayList<>();
    for (int seed = 0; seed < TRAININGS; seed++) {
      expected.add(outcome(new Trainer(1), seed));
    }
    assertNotEquals(expected.get(0), expected.get(1));

    ExecutorService threads = Executors.newFixedThreadPool(TRAININGS);
    try {
      CyclicBarrier start = new CyclicBarrier(TRAININGS);
      List<Callable<Outcome>> tasks = new ArrayList<>();
      for (int task = 0; task < TRAININGS; task++) {
        int seed = task;
        tasks.add(
            () -> {
              start.await();
              return outcome(new Trainer(1), seed);
            });
      }
      List<Future<Outcome>> found = threads.invokeAll(tasks);
      for (int seed = 0; seed < TRAININGS; seed++) {
        assertEquals(expected.get(seed), found.get(seed).get(), "seed " + seed);
      }
    } finally {
      threads.shutdown();
    }
  }

  /** The parts of a batch are summed one by one, so that their number shows in the last bits. */
  @Test
  void numberOfThreadsIsTheCallersElseTheProcesss() {
    System.setProperty("gatecast.kernel", "vector");
    List<NamedWeights> given = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      given.add(outcome(new Trainer(threads), 0).weights());
    }
    assertNotEquals(given.get(0), given.get(1));
    assertNotEquals(given.get(1), given.get(2));

    System.setProperty("gatecast.threads", "3");
    assertEquals(given.get(2), outcome(new Trainer(), 0).weights());
    assertEquals(given.get(0), outcome(new Trainer(1), 0).weights());
    assertEquals(3, Kernels.threads());
  }

  @Test
  void portableKernelIsNotForTrainingsAtOnce() {
    System.setProperty("gatecast.kernel", "portable");
    assertFalse(Kernels.trainsInParallel());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void thereIsAtLeastOneThread(int bad) {
    String message = "threads: expected at least 1, found " + bad;
    assertEquals(message, Messages.of(IllegalArgumentException.class, () -> new Trainer(bad)));
    for (String kernel : Kernels.available()) {
      System.setProperty("gatecast.kernel", kernel);
      assertEquals(
          message,
          Messages.of(IllegalArgumentException.class, () -> Trainer.network(SPEC, bad).close()));
      assertEquals(
          message,
          Messages.of(
              IllegalArgumentException.class,
              () -> RecurrentNetwork.of(SPEC, InitialWeights.of(SPEC, 1), bad).close()));
    }
  }

  private static Outcome outcome(Trainer trainer, long seed) {
    TrainingSpec training = TrainingSpec.adam(3, 16, 0.01, 3, 1, seed);
    Trained trained = trainer.train(SPEC, training, TRAIN, VALIDATION, new TrainingLog());
    try (RecurrentNetwork network = trained.network()) {
      List<List<Float>> forecasts = new ArrayList<>();
      for (float[] window : network.forecast(VALIDATION)) {
        List<Float> row = new ArrayList<>();
        for (float y : window) {
          row.add(y);
        }
        forecasts.add(row);
      }
      return new Outcome(network.weights(), forecasts);
    }
  }
}
