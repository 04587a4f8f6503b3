package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gatecast.core.fixtures.DrawnBatch;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.fixtures.SegmentedNetworks;
import io.gatecast.core.network.Batch;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that training a float network of segments follows the slope of the network that its
 * dropout seed makes, and that nothing is dropped without training.
 */
class SegmentRowsDropoutTest {
  private static final int SIZE = 12; // two parts of 10 and 2 windows, or of 6 and 6
  private static final int TIME = 8;
  private static final long SEED = 5;

  /** Large, for floats; the quotient's error is of its fourth power. */
  private static final float STEP = 0x1p-7f;

  /** Of the sum of the slopes' sizes: less than what one of a hundred elements has in it. */
  private static final double TOLERANCE = 5e-4;

  static Stream<Arguments> networks() {
    return Stream.of(Kernels.vector(1), Kernels.vector(2), Kernels.blas())
        .flatMap(
            kernel ->
                CellSpec.all().stream()
                    .filter(cell -> !cell.equals(new CellSpec.Rnn(CellSpec.Activation.RELU)))
                    .map(cell -> Arguments.of(kernel, spec(cell, 0.4))));
  }

  private static NetworkSpec spec(CellSpec cell, double dropout) {
    Segments segments = new Segments(3, 6, 12, Normalisation.INSTANCE, dropout, 4);
    return NetworkSpec.segmented(cell, 24, 5, 5, segments, new Loss.Squared());
  }

  private static FloatNetwork network(NetworkSpec spec, FloatKernel kernel, NamedWeights weights) {
    FloatNetwork network = new FloatNetwork(spec, kernel);
    FlatLayout.of(spec).write(weights, network.parameters());
    return network;
  }

  /** Drawn ones, with embeddings far from their kinks: on and off, whatever the window. */
  private static NamedWeights smooth(NetworkSpec spec) {
    NamedWeights weights = SegmentedNetworks.coarse(spec, 3);
    float[] bias = weights.get("segments.embedding.bias").values();
    for (int e = 0; e < bias.length; e++) {
      bias[e] = e % 3 == 0 ? -2.5f : 2.5f;
    }
    float[] matrix = weights.get("segments.embedding.weights").values();
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] /= 4;
    }
    int[] shape = weights.get("segments.embedding.weights").shape();
    return weights
        .with("segments.embedding.bias", WeightTensor.of(bias, bias.length))
        .with("segments.embedding.weights", WeightTensor.of(matrix, shape));
  }

  /** Of every tensor, along directions in which all its elements take part. */
  @ParameterizedTest
  @MethodSource("networks")
  void gradientIsTheCentralDifferenceOfTheSameSeedsLoss(FloatKernel kernel, NetworkSpec spec) {
    NamedWeights weights = smooth(spec);
    Batch batch = DrawnBatch.of(spec, SIZE, TIME, 4);
    FloatNetwork network = network(spec, kernel, weights);
    FlatLayout layout = FlatLayout.of(spec);
    float[] flat = new float[layout.length()];
    network.gradient(batch, SEED, flat);
    NamedWeights gradient = layout.read(flat);
    Random random = new Random(6);
    for (String name : weights.tensors().keySet()) {
      float[] slopes = gradient.get(name).values();
      float[] direction = new float[slopes.length];
      double slope = 0;
      double size = 0;
      for (int i = 0; i < direction.length; i++) {
        direction[i] = random.nextBoolean() ? 1 : -1;
        slope += slopes[i] * direction[i];
        size += Math.abs(slopes[i]);
      }
      double near = difference(network, weights, batch, name, direction, STEP);
      double far = difference(network, weights, batch, name, direction, 2 * STEP);
      double quotient = (8 * near - far) / (12 * STEP);

      assertNotEquals(0, size, name);
      assertEquals(quotient, slope, TOLERANCE * size + 1e-5, name);
    }
  }

  private static double difference(
      FloatNetwork network,
      NamedWeights weights,
      Batch batch,
      String name,
      float[] direction,
      float step) {
    return lossAt(network, weights, batch, name, direction, step)
        - lossAt(network, weights, batch, name, direction, -step);
  }

  private static double lossAt(
      FloatNetwork network,
      NamedWeights weights,
      Batch batch,
      String name,
      float[] direction,
      float step) {
    float[] moved = weights.get(name).values();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    WeightTensor tensor = WeightTensor.of(moved, weights.get(name).shape());
    FlatLayout.of(network.spec()).write(weights.with(name, tensor), network.parameters());
    return network.gradient(batch, SEED, new float[network.parameters().length]);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void nothingIsDroppedWithoutTraining(FloatKernel kernel, NetworkSpec spec) {
    NetworkSpec without = SegmentedNetworks.dropping(spec, 0);
    NamedWeights weights = RandomWeights.of(spec, 3);
    Batch batch = DrawnBatch.of(spec, SIZE, TIME, 4);
    FloatNetwork dropping = network(spec, kernel, weights);
    FloatNetwork whole = network(without, kernel, weights);
    float[] expected = new float[SIZE * spec.outputs()];
    float[] found = expected.clone();
    float[] gradient = new float[dropping.parameters().length];

    double loss = dropping.gradient(batch, SEED, gradient);
    dropping.outputs(batch, found);
    whole.outputs(batch, expected);

    assertArrayEquals(expected, found);
    assertEquals(whole.loss(batch), dropping.loss(batch));
    assertEquals(whole.gradient(batch, SEED, gradient), whole.gradient(batch, 8, gradient));
    assertNotEquals(whole.loss(batch), loss);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void seedDecidesAndNothingElse(FloatKernel kernel, NetworkSpec spec) {
    FloatNetwork network = network(spec, kernel, RandomWeights.of(spec, 3));
    Batch batch = DrawnBatch.of(spec, SIZE, TIME, 4);
    float[] first = new float[network.parameters().length];
    float[] other = first.clone();
    float[] again = first.clone();

    double loss = network.gradient(batch, SEED, first);
    double otherLoss = network.gradient(batch, SEED + 1, other);

    assertNotEquals(loss, otherLoss);
    assertFalse(Arrays.equals(first, other));
    assertEquals(loss, network.gradient(batch, SEED, again));
    assertArrayEquals(first, again);
  }
}
