package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.DrawnBatch;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.network.Batch;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.FlatLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves what a whole network in float owes its caller whatever the numbers: a window's outputs
 * depend on nothing but the window, room that is used again leaves no trace, and the threads change
 * nothing but the order of sums.
 */
class FloatNetworkTest {
  /** What another order of sums may change, relative to the largest number. */
  private static final double ROUNDING = 1e-5;

  private static final long SEED = 9;

  private static NetworkSpec spec(CellSpec cell, Readout readout, double dropout) {
    List<LayerSpec> layers =
        List.of(new LayerSpec(cell, 13, dropout), new LayerSpec(cell, 5, dropout));
    return new NetworkSpec(3, layers, new HeadSpec(2, readout), new Loss.Huber(0.5));
  }

  private static FloatNetwork network(NetworkSpec spec, FloatKernel kernel) {
    FloatNetwork network = new FloatNetwork(spec, kernel);
    FlatLayout.of(spec).write(RandomWeights.of(spec, 1), network.parameters());
    return network;
  }

  static Stream<CellSpec> cells() {
    return CellSpec.all().stream();
  }

  static Stream<Arguments> cellsAndKernels() {
    return Stream.of(Kernels.vector(1), Kernels.vector(2), Kernels.blas())
        .flatMap(kernel -> cells().map(cell -> Arguments.of(cell, kernel)));
  }

  /** Batches of up to three rows take another way through the time loop than larger ones. */
  @ParameterizedTest
  @MethodSource("cells")
  void windowsOutputsAreTheSameBitsInAnyCompanyAndForAnyThreads(CellSpec cell) {
    for (Readout readout : Readout.values()) {
      NetworkSpec spec = spec(cell, readout, 0);
      Batch all = DrawnBatch.of(spec, 33, 7, 2);
      float[] alone = alone(network(spec, Kernels.vector(1)), all);
      for (int threads : new int[] {1, 2, 3, 40}) {
        FloatNetwork network = network(spec, Kernels.vector(threads));
        for (int size : sizes()) {
          // From another window each time: its place does not matter, either.
          Batch some = DrawnBatch.windows(spec, all, 33 - size, 33);
          int one = DrawnBatch.outputs(spec, 7);
          assertArrayEquals(
              Arrays.copyOfRange(alone, (33 - size) * one, alone.length), outputs(network, some));
        }
      }
    }
  }

  private static int[] sizes() {
    return IntStream.concat(IntStream.rangeClosed(1, 9), IntStream.of(31, 33)).toArray();
  }

  /** More steps than one product takes together. */
  @ParameterizedTest
  @MethodSource("cells")
  void longWindowsOutputsAreTheSameBitsInAnyCompany(CellSpec cell) {
    NetworkSpec spec = spec(cell, Readout.EVERY_STEP, 0);
    Batch all = DrawnBatch.of(spec, 5, 600, 2);
    FloatNetwork network = network(spec, Kernels.vector(1));

    assertArrayEquals(alone(network, all), outputs(network, all));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void blasGivesWindowsInCompanyWhatTheyGiveAlone(CellSpec cell) {
    NetworkSpec spec = spec(cell, Readout.EVERY_STEP, 0);
    Batch all = DrawnBatch.of(spec, 33, 7, 2);
    FloatNetwork network = network(spec, Kernels.blas());
    float[] alone = alone(network, all);
    for (int size : sizes()) {
      float[] found = outputs(network, DrawnBatch.windows(spec, all, 0, size));
      assertArrayEquals(Arrays.copyOf(alone, found.length), found, (float) ROUNDING);
    }
  }

  /** Large after small and small after large, long after short and short after long. */
  @ParameterizedTest
  @MethodSource("cellsAndKernels")
  void roomThatIsUsedAgainLeavesNoTrace(CellSpec cell, FloatKernel kernel) {
    for (Readout readout : Readout.values()) {
      NetworkSpec spec = spec(cell, readout, 0.25);
      FloatNetwork used = network(spec, kernel);
      int[][] sizesAndTimes = {{33, 7}, {2, 96}, {9, 1}, {1, 7}, {40, 20}, {5, 96}, {3, 7}};
      for (int[] one : sizesAndTimes) {
        Batch batch = DrawnBatch.of(spec, one[0], one[1], one[0]);
        FloatNetwork fresh = network(spec, kernel);
        float[] expected = gradient(spec);
        float[] found = gradient(spec);
        Arrays.fill(found, 7); // what stood there is overwritten

        assertEquals(fresh.gradient(batch, SEED, expected), used.gradient(batch, SEED, found));
        assertArrayEquals(expected, found);
        assertEquals(fresh.loss(batch), used.loss(batch));
        assertArrayEquals(outputs(fresh, batch), outputs(used, batch));
      }
    }
  }

  /** A batch of no numbers leaves none behind, either. */
  @ParameterizedTest
  @MethodSource("cellsAndKernels")
  void networkThatHasSeenNoNumbersForgetsThem(CellSpec cell, FloatKernel kernel) {
    NetworkSpec spec = spec(cell, Readout.EVERY_STEP, 0);
    Batch good = DrawnBatch.of(spec, 6, 7, 3);
    float[] nan = good.x().clone();
    Arrays.fill(nan, Float.NaN);
    FloatNetwork used = network(spec, kernel);
    float[] expected = gradient(spec);
    float[] found = gradient(spec);
    double loss = network(spec, kernel).gradient(good, SEED, expected);

    assertTrue(Double.isNaN(used.gradient(new Batch(6, 7, nan, good.y()), SEED, found)));
    assertTrue(Double.isNaN(used.loss(new Batch(6, 7, nan, good.y()))));

    assertEquals(loss, used.gradient(good, SEED, found));
    assertArrayEquals(expected, found);
    assertEquals(loss, used.loss(good));
  }

  @ParameterizedTest
  @MethodSource("cellsAndKernels")
  void lossIsThatOfTheGradientWhereNothingIsDropped(CellSpec cell, FloatKernel kernel) {
    for (Readout readout : Readout.values()) {
      NetworkSpec spec = spec(cell, readout, 0);
      FloatNetwork network = network(spec, kernel);
      for (int size : new int[] {1, 3, 4, 9}) {
        Batch batch = DrawnBatch.of(spec, size, 7, 4);
        assertEquals(network.gradient(batch, SEED, gradient(spec)), network.loss(batch));
      }
    }
  }

  /** With dropout, too: what is dropped does not depend on who takes the row. */
  @ParameterizedTest
  @MethodSource("cells")
  void gradientsForAnyThreadsDifferByRoundingAndAreTheSameBitsEveryTime(CellSpec cell) {
    NetworkSpec spec = spec(cell, Readout.EVERY_STEP, 0.25);
    Batch batch = DrawnBatch.of(spec, 5, 40, 5);
    float[] expected = gradient(spec);
    double loss = network(spec, Kernels.vector(1)).gradient(batch, SEED, expected);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int threads : new int[] {1, 2, 3, 5, 8}) {
      FloatNetwork network = network(spec, Kernels.vector(threads));
      float[] found = gradient(spec);
      float[] again = gradient(spec);

      double first = network.gradient(batch, SEED, found);
      assertEquals(loss, first, 1e-12 * loss);
      assertArrayEquals(expected, found, (float) (ROUNDING * largest));
      for (int run = 0; run < 5; run++) {
        assertEquals(first, network.gradient(batch, SEED, again));
        assertArrayEquals(found, again);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cellsAndKernels")
  void whatDoesNotFitIsRefusedAndTheNetworkGoesOn(CellSpec cell, FloatKernel kernel) {
    NetworkSpec spec = spec(cell, Readout.LAST_STEP, 0);
    FloatNetwork network = network(spec, kernel);
    Batch good = DrawnBatch.of(spec, 5, 7, 6);
    float[] gradient = gradient(spec);
    double loss = network.gradient(good, SEED, gradient);
    Batch shortX = new Batch(5, 7, new float[104], good.y());
    Batch shortY = new Batch(5, 7, good.x(), new float[9]);
    float[] untouched = {1, 2, 3};

    for (String message :
        List.of(
            refusal(() -> network.gradient(shortX, SEED, gradient)),
            refusal(() -> network.loss(shortX)),
            refusal(() -> network.outputs(shortX, new float[10])))) {
      assertEquals(
          "batch.x: expected at least 5 windows × 7 steps × 3 inputs, found 104 numbers", message);
    }
    for (String message :
        List.of(
            refusal(() -> network.gradient(shortY, SEED, gradient)),
            refusal(() -> network.loss(shortY)))) {
      assertEquals(
          "batch.y: expected at least 5 windows × 1 steps × 2 outputs, found 9 numbers", message);
    }
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

  private static float[] gradient(NetworkSpec spec) {
    return new float[FlatLayout.of(spec).length()];
  }

  /** Exactly as long as the outputs. */
  private static float[] outputs(FloatNetwork network, Batch batch) {
    float[] y = new float[batch.size() * DrawnBatch.outputs(network.spec(), batch.time())];
    network.outputs(batch, y);
    return y;
  }

  private static float[] alone(FloatNetwork network, Batch batch) {
    int one = DrawnBatch.outputs(network.spec(), batch.time());
    float[] y = new float[batch.size() * one];
    for (int n = 0; n < batch.size(); n++) {
      Batch window = DrawnBatch.windows(network.spec(), batch, n, n + 1);
      System.arraycopy(outputs(network, window), 0, y, n * one, one);
    }
    return y;
  }
}
