package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.DrawnBatch;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.network.Batch;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.weights.FlatLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that a network of segments never hides what is no number, and that it reaches no window
 * and no channel but its own.
 */
class SegmentRowsNotFiniteTest {
  private static final int SIZE = 4;
  private static final int TIME = 7;
  private static final int CHANNELS = 3;
  private static final int NUMBERS = 2;
  private static final int HORIZON = 5;

  static Stream<Arguments> networks() {
    return Stream.of(Kernels.vector(1), Kernels.vector(2), Kernels.blas())
        .flatMap(
            kernel ->
                CellSpec.all().stream()
                    .flatMap(
                        cell ->
                            Stream.of(Normalisation.values())
                                .map(of -> Arguments.of(kernel, cell, of))));
  }

  private static FloatNetwork network(
      FloatKernel kernel, CellSpec cell, Normalisation normalisation) {
    Segments segments = new Segments(3, 6, CHANNELS, normalisation, 0.25, 4);
    NetworkSpec spec =
        NetworkSpec.segmented(
            cell, CHANNELS * NUMBERS, 5, HORIZON, segments, new Loss.Quantiles(List.of(0.2, 0.7)));
    FloatNetwork network = new FloatNetwork(spec, kernel);
    FlatLayout.of(spec).write(RandomWeights.of(spec, 1), network.parameters());
    return network;
  }

  /** In the first segment, which is filled in part, between, and in the last step. */
  @ParameterizedTest
  @MethodSource("networks")
  void nanReachesAllOutputsOfItsWindowAndChannelAndNoOther(
      FloatKernel kernel, CellSpec cell, Normalisation normalisation) {
    FloatNetwork network = network(kernel, cell, normalisation);
    Batch good = DrawnBatch.of(network.spec(), SIZE, TIME, 2);
    float[] expected = outputs(network, good);
    for (int window : new int[] {0, SIZE - 1}) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        for (int number = 0; number < NUMBERS; number++) {
          for (int step : new int[] {0, 3, TIME - 1}) {
            Batch bad = with(good, window, step, channel, number, Float.NaN);
            float[] found = outputs(network, bad);
            for (int i = 0; i < found.length; i++) {
              boolean reached = isOf(i, window, channel);
              assertEquals(reached ? Float.NaN : expected[i], found[i], "output " + i);
            }
            assertNoNumbers(network, bad);
          }
        }
      }
    }
    assertNumbers(network, good);
  }

  /** It may saturate a gate, or be cut off by the embedding, but not move another channel. */
  @ParameterizedTest
  @MethodSource("networks")
  void infinityStaysInItsWindowAndChannel(
      FloatKernel kernel, CellSpec cell, Normalisation normalisation) {
    FloatNetwork network = network(kernel, cell, normalisation);
    Batch good = DrawnBatch.of(network.spec(), SIZE, TIME, 2);
    float[] expected = outputs(network, good);
    for (float value : new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        for (int number = 0; number < NUMBERS; number++) {
          for (int step : new int[] {0, TIME - 1}) {
            float[] found = outputs(network, with(good, 1, step, channel, number, value));
            for (int i = 0; i < found.length; i++) {
              if (!isOf(i, 1, channel)) {
                assertEquals(expected[i], found[i], "output " + i);
              } else if (isTakenFromTheWindow(normalisation, step, number)) {
                assertFalse(Float.isFinite(found[i]), "output " + i);
              }
            }
          }
        }
      }
    }
    assertNumbers(network, good);
  }

  private static boolean isTakenFromTheWindow(Normalisation normalisation, int step, int number) {
    return number == 0
        && (normalisation == Normalisation.INSTANCE
            || (normalisation == Normalisation.LAST_VALUE && step == TIME - 1));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void targetThatIsNoNumberReachesLossAndGradient(
      FloatKernel kernel, CellSpec cell, Normalisation normalisation) {
    FloatNetwork network = network(kernel, cell, normalisation);
    Batch good = DrawnBatch.of(network.spec(), SIZE, TIME, 2);
    for (int i = 0; i < good.y().length; i += 7) {
      float[] targets = good.y().clone();
      targets[i] = Float.NaN;
      assertNoNumbers(network, new Batch(SIZE, TIME, good.x(), targets));
    }
    assertNumbers(network, good);
  }

  private static boolean isOf(int output, int window, int channel) {
    int perStep = 2;
    int perWindow = HORIZON * CHANNELS * perStep;
    return output / perWindow == window && output / perStep % CHANNELS == channel;
  }

  private static Batch with(
      Batch batch, int window, int step, int channel, int number, float value) {
    float[] x = batch.x().clone();
    x[((window * TIME + step) * CHANNELS + channel) * NUMBERS + number] = value;
    return new Batch(SIZE, TIME, x, batch.y());
  }

  private static void assertNoNumbers(FloatNetwork network, Batch batch) {
    float[] gradient = new float[network.parameters().length];
    assertTrue(Double.isNaN(network.loss(batch)));
    assertTrue(Double.isNaN(network.gradient(batch, 0, gradient)));
    boolean shows = false;
    for (float value : gradient) {
      shows |= Float.isNaN(value);
    }
    assertTrue(shows, "a gradient that training would take");
  }

  private static void assertNumbers(FloatNetwork network, Batch batch) {
    float[] gradient = new float[network.parameters().length];
    assertTrue(Double.isFinite(network.loss(batch)));
    assertTrue(Double.isFinite(network.gradient(batch, 0, gradient)));
    for (float value : gradient) {
      assertTrue(Float.isFinite(value), () -> Arrays.toString(gradient));
    }
  }

  private static float[] outputs(FloatNetwork network, Batch batch) {
    float[] y = new float[SIZE * network.spec().outputs()];
    network.outputs(batch, y);
    return y;
  }
}
