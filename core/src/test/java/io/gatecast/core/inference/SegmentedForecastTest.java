package io.gatecast.core.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.weights.NamedWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Proves that a forecast of a network of segments depends on its window alone, not on the windows
 * beside it, nor on their lengths, nor on who else asks.
 */
class SegmentedForecastTest {
  private static final int CHANNELS = 5;
  private static final NetworkSpec SPEC =
      NetworkSpec.segmented(
          new CellSpec.Gru(CellSpec.Reset.BEFORE),
          CHANNELS,
          13,
          7,
          new Segments(4, 6, CHANNELS, Normalisation.INSTANCE, 0.5, 3),
          new Loss.Squared());
  private static final NamedWeights WEIGHTS = RandomWeights.of(SPEC, 1);

  @Test
  void neitherThreadsNorCompanyChangeABit() {
    ArraySamples windows = ArraySamples.random(1, 257, 9, CHANNELS, 7 * CHANNELS);
    float[][] alone = new float[windows.size()][];
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, WEIGHTS, 1)) {
      for (int window = 0; window < alone.length; window++) {
        alone[window] = network.forecast(windows.only(window))[0];
      }
    }
    for (int threads = 1; threads <= 3; threads++) {
      try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, WEIGHTS, threads)) {
        assertArrayEquals(alone, network.forecast(windows), threads + " threads");
      }
    }
  }

  @Test
  void windowsShorterThanTheLinearMapAreRefusedAndTheNetworkGoesOn() {
    for (int threads : new int[] {1, 3}) {
      try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, WEIGHTS, threads)) {
        ArraySamples good = ArraySamples.random(1, 40, 3, CHANNELS, 7 * CHANNELS);
        ArraySamples brief = ArraySamples.random(1, 40, 2, CHANNELS, 7 * CHANNELS);
        float[][] expected = network.forecast(good);

        assertEquals(
            "time: expected at least 3 steps, as many as the linear map reads, found 2",
            Messages.of(IllegalArgumentException.class, () -> network.forecast(brief)));
        assertArrayEquals(expected, network.forecast(good));
      }
    }
  }

  @Test
  void threadsThatShareANetworkSeeTheSameBits() throws Exception {
    int asked = 60;
    List<float[]> windows = new ArrayList<>();
    List<float[]> alone = new ArrayList<>();
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, WEIGHTS)) {
      for (int i = 0; i < asked; i++) {
        ArraySamples one = ArraySamples.random(i, 1, 3 + i % 11, CHANNELS, 7 * CHANNELS);
        float[] window = new float[one.lookback() * CHANNELS];
        one.input(0, window);
        windows.add(window);
        alone.add(network.forecast(one)[0]);
      }
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int task = 0; task < 4; task++) {
          int first = task * 17;
          tasks.add(
              () -> {
                float[] y = new float[7 * CHANNELS];
                for (int i = 0; i < 4 * asked; i++) {
                  int window = (first + i) % asked;
                  float[] x = windows.get(window);
                  network.forecast(x, 1, x.length / CHANNELS, y);
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
}
