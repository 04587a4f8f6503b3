package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gatecast.core.fixtures.DrawnBatch;
import io.gatecast.core.fixtures.Networks;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.network.Batch;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that a network with dropout trains the network that its seed masks: loss and gradient are
 * those of the same masks in the oracle. Without training, nothing is dropped.
 */
class DropoutGradientTest {
  private static final int SIZE = 7;
  private static final int TIME = 9;
  private static final long SEED = 5;
  private static final double TOLERANCE = 1e-5;

  static Stream<Arguments> networks() {
    return Stream.of(Kernels.vector(1), Kernels.vector(2), Kernels.blas())
        .flatMap(
            kernel ->
                Stream.of(Readout.values())
                    .flatMap(
                        readout ->
                            Stream.of(
                                Arguments.of(kernel, spec(readout, 0, 0.4, 0)),
                                Arguments.of(kernel, spec(readout, 0.3, 0.5, 0.25)))));
  }

  /** Three layers of three cells, each with its share. */
  private static NetworkSpec spec(Readout readout, double... shares) {
    List<LayerSpec> mixed = Networks.mixed();
    List<LayerSpec> layers =
        Stream.of(0, 1, 2)
            .map(n -> new LayerSpec(mixed.get(n).cell(), mixed.get(n).hidden(), shares[n]))
            .toList();
    return Networks.of(layers, readout, new Loss.Squared());
  }

  private static NetworkSpec withoutDropout(NetworkSpec spec) {
    List<LayerSpec> layers =
        spec.layers().stream()
            .map(layer -> new LayerSpec(layer.cell(), layer.hidden(), 0))
            .toList();
    return new NetworkSpec(spec.inputs(), layers, spec.head(), spec.loss());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void lossAndGradientAreThoseOfTheMaskedOracle(FloatKernel kernel, NetworkSpec spec) {
    NamedWeights weights = RandomWeights.of(spec, 3);
    Batch batch = DrawnBatch.of(spec, SIZE, TIME, 4);
    MaskedOracle oracle = new MaskedOracle(spec, Oracle.wide(weights));
    MaskedOracle.Answer expected = oracle.gradient(DrawnBatch.examples(spec, batch), SEED);
    FloatNetwork network = network(spec, kernel, weights);
    float[] gradient = gradient(spec);

    double loss = network.gradient(batch, SEED, gradient);

    assertEquals(expected.loss(), loss, TOLERANCE * expected.loss());
    Oracle.assertClose(expected.gradient(), FlatLayout.of(spec).read(gradient), TOLERANCE);
  }

  /** Exactly: the same floats go the same way. */
  @ParameterizedTest
  @MethodSource("kernels")
  void inputsThatAreDroppedAreZeroToTheNetwork(FloatKernel kernel) {
    NetworkSpec spec = spec(Readout.LAST_STEP, 0.3, 0, 0);
    NamedWeights weights = RandomWeights.of(spec, 3);
    Batch batch = DrawnBatch.of(spec, SIZE, TIME, 4);
    float[] masked = batch.x().clone();
    Dropout dropout = Dropout.of(0.3, SEED, 0);
    for (int n = 0; n < SIZE; n++) {
      for (int t = 0; t < TIME; t++) {
        dropout.apply(n, t, masked, (n * TIME + t) * spec.inputs(), spec.inputs());
      }
    }
    float[] expected = gradient(spec);
    float[] found = gradient(spec);

    assertFalse(Arrays.equals(masked, batch.x()));
    assertEquals(
        network(withoutDropout(spec), kernel, weights)
            .gradient(new Batch(SIZE, TIME, masked, batch.y()), SEED, expected),
        network(spec, kernel, weights).gradient(batch, SEED, found));
    assertArrayEquals(expected, found);
  }

  static Stream<FloatKernel> kernels() {
    return Stream.of(Kernels.vector(1), Kernels.vector(2), Kernels.blas());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void seedDecidesAndNothingElse(FloatKernel kernel) {
    NetworkSpec spec = spec(Readout.EVERY_STEP, 0.3, 0.5, 0.25);
    FloatNetwork network = network(spec, kernel, RandomWeights.of(spec, 3));
    Batch batch = DrawnBatch.of(spec, SIZE, TIME, 4);
    float[] first = gradient(spec);
    float[] other = gradient(spec);
    float[] again = gradient(spec);

    double loss = network.gradient(batch, SEED, first);
    double otherLoss = network.gradient(batch, SEED + 1, other);

    assertFalse(loss == otherLoss);
    assertFalse(Arrays.equals(first, other));
    assertEquals(loss, network.gradient(batch, SEED, again));
    assertArrayEquals(first, again);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void nothingIsDroppedWithoutTraining(FloatKernel kernel, NetworkSpec spec) {
    NamedWeights weights = RandomWeights.of(spec, 3);
    Batch batch = DrawnBatch.of(spec, SIZE, TIME, 4);
    FloatNetwork dropping = network(spec, kernel, weights);
    FloatNetwork whole = network(withoutDropout(spec), kernel, weights);
    float[] expected = new float[SIZE * DrawnBatch.outputs(spec, TIME)];
    float[] found = expected.clone();

    dropping.gradient(batch, SEED, gradient(spec));
    dropping.outputs(batch, found);
    whole.outputs(batch, expected);

    assertArrayEquals(expected, found);
    assertEquals(whole.loss(batch), dropping.loss(batch));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void oneLayerOfOneUnitDropsToo(FloatKernel kernel) {
    NetworkSpec spec =
        new NetworkSpec(
            1,
            List.of(new LayerSpec(Networks.mixed().get(1).cell(), 1, 0.5)),
            new HeadSpec(1, Readout.EVERY_STEP),
            new Loss.Squared());
    NamedWeights weights = RandomWeights.of(spec, 3);
    Batch batch = DrawnBatch.of(spec, 3, TIME, 4);
    MaskedOracle.Answer expected =
        new MaskedOracle(spec, Oracle.wide(weights))
            .gradient(DrawnBatch.examples(spec, batch), SEED);
    float[] gradient = gradient(spec);

    double loss = network(spec, kernel, weights).gradient(batch, SEED, gradient);

    assertEquals(expected.loss(), loss, TOLERANCE * expected.loss());
    Oracle.assertClose(expected.gradient(), FlatLayout.of(spec).read(gradient), TOLERANCE);
  }

  private static float[] gradient(NetworkSpec spec) {
    return new float[FlatLayout.of(spec).length()];
  }

  private static FloatNetwork network(NetworkSpec spec, FloatKernel kernel, NamedWeights weights) {
    FloatNetwork network = new FloatNetwork(spec, kernel);
    FlatLayout.of(spec).write(weights, network.parameters());
    return network;
  }
}
