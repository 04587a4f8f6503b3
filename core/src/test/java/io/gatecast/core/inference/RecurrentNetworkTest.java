package io.gatecast.core.inference;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that a forecast depends on its window alone, not on the windows beside it or before it,
 * nor on who else asks.
 */
class RecurrentNetworkTest {
  private static final NetworkSpec SPEC =
      NetworkSpec.uniform(new CellSpec.Lstm(), 3, 8, 2, 2, 0, new Loss.Squared());

  @ParameterizedTest
  @ValueSource(ints = {1, 257})
  void forecastsInBatchesAreThoseOfSingleWindows(int size) {
    ArraySamples windows = ArraySamples.random(1, size, 5, 3, 2);
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, RandomWeights.of(SPEC, 1))) {
      float[][] together = network.forecast(windows);

      assertEquals(size, together.length);
      for (int window : size == 1 ? new int[] {0} : new int[] {0, 1, 100, 255, 256}) {
        float[] alone = network.forecast(windows.only(window))[0];
        assertArrayEquals(alone, together[window], 1e-6f, "window " + window);
      }
    }
  }

  @Test
  void threadsChangeNoBit() {
    ArraySamples windows = ArraySamples.random(1, 57, 5, 3, 2);
    NamedWeights weights = RandomWeights.of(SPEC, 1);
    float[][] expected;
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, weights)) {
      expected = network.forecast(windows);
    }
    for (int threads = 1; threads <= 5; threads++) {
      try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, weights, threads)) {
        assertArrayEquals(expected, network.forecast(windows), threads + " threads");
      }
    }
  }

  @Test
  void forecastLeavesNoStateBehind() {
    ArraySamples windows = ArraySamples.random(1, 3, 5, 3, 2);
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, RandomWeights.of(SPEC, 1))) {
      float[][] first = network.forecast(windows);

      assertArrayEquals(first, network.forecast(windows));
    }
  }

  @Test
  void noWindowsGiveNoForecasts() {
    ArraySamples three = ArraySamples.random(1, 3, 5, 3, 2);
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, RandomWeights.of(SPEC, 1))) {
      assertEquals(0, network.forecast(three.none()).length);
    }
  }

  @Test
  void networkKeepsItsDescriptionAndWeights() {
    NamedWeights weights = RandomWeights.of(SPEC, 1);
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, weights)) {
      network.forecast(ArraySamples.random(1, 3, 5, 3, 2));

      assertEquals(SPEC, network.spec());
      assertEquals(weights, network.weights());
    }
  }

  @Test
  void windowsOfOtherInputsAreRefused() {
    ArraySamples narrow = ArraySamples.random(1, 3, 5, 2, 2);
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, RandomWeights.of(SPEC, 1))) {
      assertEquals(
          "windows: expected 3 inputs, found 2",
          Messages.of(IllegalArgumentException.class, () -> network.forecast(narrow)));
    }
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedByName() {
    NetworkSpec narrow = NetworkSpec.uniform(SPEC.top().cell(), 2, 8, 2, 2, 0, new Loss.Squared());
    NetworkSpec deep = NetworkSpec.uniform(SPEC.top().cell(), 3, 8, 3, 2, 0, new Loss.Squared());

    assertContains(
        refused(RandomWeights.of(narrow, 1)),
        "layers.0.forget.input_weights: expected shape [8, 3], found [8, 2]");
    assertContains(refused(RandomWeights.of(deep, 1)), "layers.2.forget.input_weights: unknown");
  }

  private static String refused(NamedWeights weights) {
    return Messages.of(
        IllegalArgumentException.class, () -> RecurrentNetwork.of(SPEC, weights).close());
  }

  @Test
  void closedNetworkRefusesToForecastAndMayBeClosedAgain() {
    ArraySamples windows = ArraySamples.random(1, 3, 5, 3, 2);
    RecurrentNetwork network = RecurrentNetwork.of(SPEC, RandomWeights.of(SPEC, 1));
    network.close();
    network.close();

    assertContains(Messages.of(RuntimeException.class, () -> network.forecast(windows)), "closed");
  }

  @Test
  void arraysThatAreTooShortAreRefused() {
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, RandomWeights.of(SPEC, 1))) {
      float[] x = new float[2 * 5 * 3];
      float[] y = new float[2 * 2];
      assertEquals(
          "x.length: expected at least 45, found 30",
          Messages.of(IllegalArgumentException.class, () -> network.forecast(x, 3, 5, y)));
      assertEquals(
          "into.length: expected at least 6, found 4",
          Messages.of(
              IllegalArgumentException.class, () -> network.forecast(new float[45], 3, 5, y)));
      assertEquals(
          "windows: expected at least 1, found 0",
          Messages.of(IllegalArgumentException.class, () -> network.forecast(x, 0, 5, y)));
      assertEquals(
          "time: expected at least 1, found 0",
          Messages.of(IllegalArgumentException.class, () -> network.forecast(x, 1, 0, y)));
    }
  }

  @Test
  void threadsThatShareANetworkSeeTheSameBits() throws Exception {
    NetworkSpec spec =
        NetworkSpec.uniform(
            new CellSpec.Gru(CellSpec.Reset.BEFORE), 3, 21, 2, 4, 0, new Loss.Squared());
    int asked = 200;
    List<float[]> windows = new ArrayList<>();
    List<float[]> alone = new ArrayList<>();
    try (RecurrentNetwork network = RecurrentNetwork.of(spec, RandomWeights.of(spec, 1))) {
      for (int i = 0; i < asked; i++) {
        ArraySamples one = ArraySamples.random(i, 1, 2 + i % 7, 3, 4);
        float[] window = new float[one.lookback() * 3];
        one.input(0, window);
        windows.add(window);
        alone.add(network.forecast(one)[0]);
      }
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int task = 0; task < 8; task++) {
          int first = task * 31;
          tasks.add(
              () -> {
                float[] y = new float[4];
                for (int i = 0; i < 2 * asked; i++) {
                  int window = (first + i) % asked;
                  float[] x = windows.get(window);
                  network.forecast(x, 1, x.length / 3, y);
                  assertArrayEquals(alone.get(window), y, "window " + window);
                }
                return null;
              });
        }
        for (Future<Void> done : threads.invokeAll(tasks)) {
          done.get();
        }
      } finally {
        threads.shutdown();
      }
    }
  }

  @Test
  void forecastsAreThoseOfTheDl4jNetwork() {
    ArraySamples windows = ArraySamples.random(1, 7, 5, 3, 2);
    NamedWeights weights = RandomWeights.of(SPEC, 1);
    float[] x = new float[7 * 5 * 3];
    for (int i = 0; i < 7; i++) {
      float[] window = new float[15];
      windows.input(i, window);
      System.arraycopy(window, 0, x, i * 15, 15);
    }
    float[] y = new float[7 * 2];
    float[] theirs = new float[7 * 2];
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, weights);
        Dl4jOutputs dl4j = Dl4jOutputs.of(SPEC, weights)) {
      network.forecast(x, 7, 5, y);
      dl4j.outputs(x, 7, 5, theirs);
    }
    assertArrayEquals(theirs, y, 1e-6f);
  }
}
