package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.DrawnBatch;
import io.gatecast.core.fixtures.Messages;
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
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves what a float network of segments owes its caller whatever the numbers: a window's outputs
 * depend on nothing but the window, room that is used again leaves no trace, and neither the
 * threads nor the parts that go through together change more than the order of sums.
 */
class SegmentRowsTest {
  /** What another order of sums may change, relative to the largest number. */
  private static final double ROUNDING = 1e-5;

  /** Rows that {@link SegmentRows} takes through together. */
  private static final int TOGETHER = 128;

  private static final long SEED = 9;

  /** Sizes that fill neither vectors nor segments. */
  private static NetworkSpec spec(CellSpec cell, int channels, double dropout) {
    Segments segments = new Segments(5, 6, channels, Normalisation.INSTANCE, dropout, 4);
    return NetworkSpec.segmented(cell, 2 * channels, 13, 7, segments, new Loss.Huber(0.5));
  }

  private static FloatNetwork network(NetworkSpec spec, FloatKernel kernel) {
    FloatNetwork network = new FloatNetwork(spec, kernel);
    draw(network, 1);
    return network;
  }

  private static void draw(FloatNetwork network, long seed) {
    NetworkSpec spec = network.spec();
    FlatLayout.of(spec).write(RandomWeights.of(spec, seed), network.parameters());
  }

  static Stream<CellSpec> cells() {
    return CellSpec.all().stream();
  }

  static Stream<Arguments> cellsAndKernels() {
    return Stream.of(Kernels.vector(1), Kernels.vector(2), Kernels.blas())
        .flatMap(kernel -> cells().map(cell -> Arguments.of(cell, kernel)));
  }

  /** Up to a window that is more rows than go through together. */
  static Stream<Arguments> cellsAndChannels() {
    return cells()
        .flatMap(
            cell ->
                Stream.of(1, 3, 64, TOGETHER - 1, TOGETHER, TOGETHER + 1, 300)
                    .map(channels -> Arguments.of(cell, channels)));
  }

  private static int[] sizesAroundTheBordersOf(int channels) {
    int together = Math.max(1, TOGETHER / channels);
    return new int[] {1, 2, 3, together, together + 1, 2 * together - 1, 2 * together + 1};
  }

  @ParameterizedTest
  @MethodSource("cellsAndChannels")
  void windowsOutputsAreTheSameBitsInAnyCompanyAndForAnyThreads(CellSpec cell, int channels) {
    NetworkSpec spec = spec(cell, channels, 0);
    int[] sizes = sizesAroundTheBordersOf(channels);
    int most = sizes[sizes.length - 1];
    int one = spec.outputs();
    Batch all = DrawnBatch.of(spec, Math.max(3, most), 8, 2);
    float[] alone = alone(network(spec, Kernels.vector(1)), all);
    for (int threads : new int[] {1, 2, 3}) {
      FloatNetwork network = network(spec, Kernels.vector(threads));
      for (int size : sizes) {
        // From another window each time: its place does not matter, either.
        int first = all.size() - size;
        Batch some = DrawnBatch.windows(spec, all, first, all.size());
        assertArrayEquals(
            Arrays.copyOfRange(alone, first * one, alone.length),
            outputs(network, some),
            size + " windows, " + threads + " threads");
      }
    }
  }

  /** More segments than one product takes together, and fewer steps than one segment. */
  @ParameterizedTest
  @MethodSource("cells")
  void longAndShortWindowsOutputsAreTheSameBitsInAnyCompany(CellSpec cell) {
    NetworkSpec spec = spec(cell, 3, 0);
    for (int time : new int[] {4, 5, 6, 1501}) {
      Batch all = DrawnBatch.of(spec, 5, time, 2);
      FloatNetwork network = network(spec, Kernels.vector(1));

      assertArrayEquals(alone(network, all), outputs(network, all), time + " steps");
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void blasGivesWindowsInCompanyWhatTheyGiveAlone(CellSpec cell) {
    NetworkSpec spec = spec(cell, 3, 0);
    Batch all = DrawnBatch.of(spec, 87, 8, 2);
    FloatNetwork network = network(spec, Kernels.blas());
    float[] alone = alone(network, all);
    for (int size : sizesAroundTheBordersOf(3)) {
      float[] found = outputs(network, DrawnBatch.windows(spec, all, 0, size));
      assertArrayEquals(Arrays.copyOf(alone, found.length), found, (float) ROUNDING);
    }
  }

  /** Large after small and small after large, long after short and short after long. */
  @ParameterizedTest
  @MethodSource("cellsAndKernels")
  void roomThatIsUsedAgainLeavesNoTrace(CellSpec cell, FloatKernel kernel) {
    for (int channels : new int[] {1, 3, 130}) {
      NetworkSpec spec = spec(cell, channels, 0.25);
      FloatNetwork used = network(spec, kernel);
      // More than go through together, too; windows shorter than a segment, and not a multiple.
      int[][] sizesAndTimes = {{45, 7}, {2, 96}, {50, 4}, {1, 5}, {46, 20}, {5, 61}, {3, 7}};
      for (int[] one : sizesAndTimes) {
        int size = channels > 3 ? 1 + one[0] % 3 : one[0];
        Batch batch = DrawnBatch.of(spec, size, one[1], one[0]);
        assertSame(network(spec, kernel), used, batch);
      }
    }
  }

  /** A batch of no numbers leaves none behind, and neither do parameters that are none. */
  @ParameterizedTest
  @MethodSource("cellsAndKernels")
  void networkThatHasSeenNoNumbersForgetsThem(CellSpec cell, FloatKernel kernel) {
    NetworkSpec spec = spec(cell, 3, 0.25);
    FloatNetwork used = network(spec, kernel);
    Batch large = DrawnBatch.of(spec, 50, 23, 3);
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      Arrays.fill(large.x(), bad);
      assertTrue(Double.isNaN(used.gradient(large, SEED, gradient(spec))));
      assertTrue(Double.isNaN(used.loss(large)));
      for (int time : new int[] {23, 4, 24}) {
        assertSame(network(spec, kernel), used, DrawnBatch.of(spec, 6, time, 3));
      }
    }

    Arrays.fill(used.parameters(), Float.NaN);
    assertTrue(Double.isNaN(used.gradient(large, SEED, gradient(spec))));
    assertTrue(Double.isNaN(used.loss(DrawnBatch.of(spec, 6, 7, 3))));
    draw(used, 1);
    assertSame(network(spec, kernel), used, DrawnBatch.of(spec, 6, 7, 3));
  }

  @ParameterizedTest
  @MethodSource("cellsAndKernels")
  void newParametersAreAllThatCounts(CellSpec cell, FloatKernel kernel) {
    NetworkSpec spec = spec(cell, 3, 0.25);
    FloatNetwork used = network(spec, kernel);
    Batch batch = DrawnBatch.of(spec, 5, 8, 3);
    for (long seed = 2; seed < 5; seed++) {
      FloatNetwork fresh = network(spec, kernel);
      draw(fresh, seed);
      draw(used, seed);
      assertSame(fresh, used, batch);
    }
  }

  /** Bit by bit. */
  private static void assertSame(FloatNetwork fresh, FloatNetwork used, Batch batch) {
    float[] expected = gradient(used.spec());
    float[] found = gradient(used.spec());
    Arrays.fill(found, 7); // what stood there is overwritten

    double loss = fresh.gradient(batch, SEED, expected);
    assertTrue(Double.isFinite(loss));
    assertEquals(loss, used.gradient(batch, SEED, found));
    assertArrayEquals(expected, found);
    assertEquals(fresh.loss(batch), used.loss(batch));
    assertArrayEquals(outputs(fresh, batch), outputs(used, batch));
  }

  @ParameterizedTest
  @MethodSource("cellsAndKernels")
  void lossIsThatOfTheGradientWhereNothingIsDropped(CellSpec cell, FloatKernel kernel) {
    NetworkSpec spec = spec(cell, 3, 0);
    FloatNetwork network = network(spec, kernel);
    for (int size : new int[] {1, 3, 42, 43}) {
      Batch batch = DrawnBatch.of(spec, size, 8, 4);
      assertEquals(network.gradient(batch, SEED, gradient(spec)), network.loss(batch));
    }
  }

  /** A batch is the mean of its windows, however many of them go through together. */
  @ParameterizedTest
  @MethodSource("cellsAndKernels")
  void batchOverABorderIsTheMeanOfItsWindows(CellSpec cell, FloatKernel kernel) {
    NetworkSpec spec = spec(cell, 50, 0);
    int size = 5; // two at a time
    Batch batch = DrawnBatch.of(spec, size, 8, 4);
    FloatNetwork network = network(spec, kernel);
    float[] expected = gradient(spec);
    double loss = 0;
    for (int n = 0; n < size; n++) {
      float[] one = gradient(spec);
      loss += network.gradient(DrawnBatch.windows(spec, batch, n, n + 1), SEED, one) / size;
      for (int i = 0; i < one.length; i++) {
        expected[i] += one[i] / size;
      }
    }
    float[] found = gradient(spec);

    assertEquals(loss, network.gradient(batch, SEED, found), ROUNDING * loss);
    assertArrayEquals(expected, found, (float) (ROUNDING * largest(expected)));
  }

  /** With dropout, too: what is dropped does not depend on who takes the row, nor when. */
  @ParameterizedTest
  @MethodSource("cells")
  void gradientsForAnyThreadsDifferByRoundingAndAreTheSameBitsEveryTime(CellSpec cell) {
    NetworkSpec spec = spec(cell, 50, 0.25);
    Batch batch = DrawnBatch.of(spec, 5, 23, 5);
    float[] expected = gradient(spec);
    double loss = network(spec, Kernels.vector(1)).gradient(batch, SEED, expected);
    for (int threads : new int[] {1, 2, 3, 8}) {
      FloatNetwork network = network(spec, Kernels.vector(threads));
      float[] found = gradient(spec);
      float[] again = gradient(spec);

      double first = network.gradient(batch, SEED, found);
      assertEquals(loss, first, 1e-12 * loss);
      assertArrayEquals(expected, found, (float) (ROUNDING * largest(expected)));
      for (int run = 0; run < 3; run++) {
        assertEquals(first, network.gradient(batch, SEED, again));
        assertArrayEquals(found, again);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cellsAndKernels")
  void whatDoesNotFitIsRefusedAndTheNetworkGoesOn(CellSpec cell, FloatKernel kernel) {
    NetworkSpec spec = spec(cell, 3, 0);
    FloatNetwork network = network(spec, kernel);
    Batch good = DrawnBatch.of(spec, 5, 7, 6);
    Batch brief = DrawnBatch.of(spec, 5, 3, 6);
    Batch shortX = new Batch(5, 7, new float[209], good.y());
    Batch shortY = new Batch(5, 7, good.x(), new float[104]);
    float[] gradient = gradient(spec);
    float[] untouched = {1, 2, 3};
    double loss = network.gradient(good, SEED, gradient);

    for (String message :
        List.of(
            refusal(() -> network.gradient(brief, SEED, gradient)),
            refusal(() -> network.loss(brief)),
            refusal(() -> network.outputs(brief, new float[105])))) {
      assertEquals(
          "batch.time: expected at least 4 steps, which the linear map of the segments reads,"
              + " found 3",
          message);
    }
    assertEquals(
        "batch.x: expected at least 5 windows × 7 steps × 6 inputs, found 209 numbers",
        refusal(() -> network.loss(shortX)));
    assertEquals(
        "batch.y: expected at least 5 windows × 1 steps × 21 outputs, found 104 numbers",
        refusal(() -> network.gradient(shortY, SEED, gradient)));
    Messages.assertContains(
        refusal(() -> network.gradient(good, SEED, untouched)), "gradient: expected ");
    Messages.assertContains(
        refusal(() -> network.outputs(good, untouched)), "outputs: expected at least 5");
    assertArrayEquals(new float[] {1, 2, 3}, untouched);
    assertEquals(loss, network.gradient(good, SEED, gradient));
  }

  private static String refusal(Executable call) {
    return Messages.of(IllegalArgumentException.class, call);
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static float[] gradient(NetworkSpec spec) {
    return new float[FlatLayout.of(spec).length()];
  }

  /** Exactly as long as the outputs. */
  private static float[] outputs(FloatNetwork network, Batch batch) {
    float[] y = new float[batch.size() * network.spec().outputs()];
    network.outputs(batch, y);
    return y;
  }

  private static float[] alone(FloatNetwork network, Batch batch) {
    int one = network.spec().outputs();
    float[] y = new float[batch.size() * one];
    for (int n = 0; n < batch.size(); n++) {
      Batch window = DrawnBatch.windows(network.spec(), batch, n, n + 1);
      System.arraycopy(outputs(network, window), 0, y, n * one, one);
    }
    return y;
  }
}
