package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.DrawnBatch;
import io.gatecast.core.fixtures.Networks;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.network.Batch;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that what is no number is never hidden, and reaches no window but its own: in the outputs
 * from its step on, in the loss and in the gradient.
 */
class FloatNetworkNotFiniteTest {
  private static final int SIZE = 9;
  private static final int TIME = 6;

  /** Three steps for a loss of two quantiles; they fill no vector. */
  private static final int OUTPUTS = 6;

  static Stream<Arguments> networks() {
    return Stream.of(Kernels.vector(1), Kernels.vector(2), Kernels.blas())
        .flatMap(
            kernel ->
                CellSpec.all().stream()
                    .flatMap(
                        cell ->
                            // With units that are padding, and without.
                            Stream.of(5, 16).map(hidden -> Arguments.of(kernel, cell, hidden))));
  }

  private static NetworkSpec spec(CellSpec cell, int hidden, Readout readout, Loss loss) {
    LayerSpec layer = new LayerSpec(cell, hidden, 0);
    return new NetworkSpec(2, List.of(layer, layer), new HeadSpec(OUTPUTS, readout), loss);
  }

  private static FloatNetwork network(NetworkSpec spec, FloatKernel kernel) {
    FloatNetwork network = new FloatNetwork(spec, kernel);
    FlatLayout.of(spec).write(RandomWeights.of(spec, 1), network.parameters());
    return network;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void nanReachesItsOwnWindowFromItsStepOn(FloatKernel kernel, CellSpec cell, int hidden) {
    NetworkSpec spec = spec(cell, hidden, Readout.EVERY_STEP, new Loss.Squared());
    FloatNetwork network = network(spec, kernel);
    Batch good = DrawnBatch.of(spec, SIZE, TIME, 2);
    float[] expected = outputs(network, good);
    for (int window = 0; window < SIZE; window++) {
      for (int step : new int[] {0, 3, TIME - 1}) {
        Batch bad = DrawnBatch.with(spec, good, window, step, Float.NaN);
        float[] found = outputs(network, bad);
        for (int i = 0; i < found.length; i++) {
          boolean reached = i / (TIME * OUTPUTS) == window && i / OUTPUTS % TIME >= step;
          assertEquals(reached ? Float.NaN : expected[i], found[i]);
        }
        assertTrue(Double.isNaN(network.loss(bad)));
      }
    }
  }

  /** The oracle's answer, or NaN where an infinity met a padding's zero: never another number. */
  @ParameterizedTest
  @MethodSource("networks")
  void infinityReachesItsOwnWindowAndIsTheOraclesOrNan(
      FloatKernel kernel, CellSpec cell, int hidden) {
    NetworkSpec spec = spec(cell, hidden, Readout.EVERY_STEP, new Loss.Squared());
    FloatNetwork network = network(spec, kernel);
    NamedWeights weights = RandomWeights.of(spec, 1);
    Batch good = DrawnBatch.of(spec, SIZE, TIME, 2);
    float[] expected = outputs(network, good);
    for (float value : new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int window = 0; window < SIZE; window++) {
        Batch bad = DrawnBatch.with(spec, good, window, 3, value);
        float[] found = outputs(network, bad);
        double[] oracle = oracle(spec, weights, DrawnBatch.windows(spec, bad, window, window + 1));
        for (int i = 0; i < found.length; i++) {
          if (i / (TIME * OUTPUTS) != window || i / OUTPUTS % TIME < 3) {
            assertEquals(expected[i], found[i]);
          } else if (!Float.isNaN(found[i])) {
            assertEquals(oracle[i - window * TIME * OUTPUTS], found[i], 1e-5);
          }
        }
      }
    }
  }

  private static double[] oracle(NetworkSpec spec, NamedWeights weights, Batch window) {
    ReferenceNetwork network = Oracle.of(spec, weights);
    double[][] x = DrawnBatch.examples(spec, window).get(0).x().rows();
    return network.forward(x, network.initialStates()).outputs().stream()
        .map(Tensor::values)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  static Stream<Arguments> losses() {
    return Stream.of(Kernels.vector(1), Kernels.vector(2), Kernels.blas())
        .flatMap(
            kernel ->
                Networks.losses()
                    .flatMap(
                        loss ->
                            Stream.of(Readout.values())
                                .map(readout -> Arguments.of(kernel, loss, readout))));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void lossAndGradientOfAnInputOrTargetThatIsNoNumberAreNone(
      FloatKernel kernel, Loss loss, Readout readout) {
    for (CellSpec cell : CellSpec.all()) {
      NetworkSpec spec = spec(cell, 5, readout, loss);
      FloatNetwork network = network(spec, kernel);
      Batch good = DrawnBatch.of(spec, SIZE, TIME, 2);
      assertTrue(Double.isFinite(network.loss(good)));
      for (int window = 0; window < SIZE; window++) {
        assertNoNumbers(network, DrawnBatch.with(spec, good, window, 2, Float.NaN));
        float[] targets = good.y().clone();
        targets[window * DrawnBatch.outputs(spec, TIME) + 1] = Float.NaN;
        Batch bad = new Batch(SIZE, TIME, good.x(), targets);
        assertNoNumbers(network, bad);
      }
    }
  }

  private static void assertNoNumbers(FloatNetwork network, Batch batch) {
    FlatLayout layout = FlatLayout.of(network.spec());
    float[] gradient = new float[layout.length()];
    assertTrue(Double.isNaN(network.loss(batch)));
    assertTrue(Double.isNaN(network.gradient(batch, 0, gradient)));
    assertTrue(Float.isNaN(gradient[layout.headBias() + 1]));
    assertTrue(Float.isNaN(gradient[layout.headWeights() + network.spec().top().hidden()]));
  }

  private static float[] outputs(FloatNetwork network, Batch batch) {
    float[] y = new float[batch.size() * DrawnBatch.outputs(network.spec(), batch.time())];
    network.outputs(batch, y);
    return y;
  }
}
