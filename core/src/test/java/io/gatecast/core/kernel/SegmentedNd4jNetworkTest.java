package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gatecast.core.fixtures.DrawnBatch;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.fixtures.SegmentedNetworks;
import io.gatecast.core.network.Batch;
import io.gatecast.core.network.Outputs;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Proves that the gradient is that of the loss, in double by finite differences, and that neither
 * parts of a batch, kernels nor data types change a network of segments. What the loss is, {@link
 * SegmentedContract} proves.
 */
class SegmentedNd4jNetworkTest {
  private static final int SIZE = 3;
  private static final long SEED = 5;

  /** Small, as embeddings have kinks; a power of two, as weights are floats. */
  private static final float STEP = 0x1p-18f;

  static Stream<NetworkSpec> varied() {
    return SegmentedNetworks.varied();
  }

  static Stream<NetworkSpec> ofEachLoss() {
    return SegmentedNetworks.ofEachLoss();
  }

  /** Of every tensor, along one direction in which all its elements take part. */
  @ParameterizedTest
  @MethodSource({"varied", "ofEachLoss", "dropping"})
  void gradientIsTheFiniteDifferenceOfTheLoss(NetworkSpec spec) {
    NamedWeights weights = SegmentedNetworks.coarse(spec, 1);
    Batch batch = batch(spec);
    try (SegmentedNd4jNetwork network = inDouble(spec)) {
      NamedWeights gradient = gradient(network, weights, batch);
      Random random = new Random(3);
      for (String name : weights.tensors().keySet()) {
        float[] direction = new float[weights.get(name).values().length];
        for (int i = 0; i < direction.length; i++) {
          direction[i] = random.nextBoolean() ? 1 : -1;
        }
        compare(network, weights, batch, gradient, name, direction);
      }
    }
  }

  /** With dropout, whose masks stay where the seed does. */
  static Stream<NetworkSpec> dropping() {
    return SegmentedNetworks.ofEachLoss().map(spec -> SegmentedNetworks.dropping(spec, 0.4));
  }

  private static void compare(
      SegmentedNd4jNetwork network,
      NamedWeights weights,
      Batch batch,
      NamedWeights gradient,
      String name,
      float[] direction) {
    double quotient =
        (lossAt(network, weights, batch, name, direction, STEP)
                - lossAt(network, weights, batch, name, direction, -STEP))
            / (2 * STEP);
    float[] slopes = gradient.get(name).values();
    double expected = 0;
    double size = 0;
    for (int i = 0; i < slopes.length; i++) {
      expected += slopes[i] * direction[i];
      size += Math.abs(slopes[i] * direction[i]);
    }
    assertEquals(quotient, expected, 1e-6 * size + 1e-8, name);
  }

  private static double lossAt(
      SegmentedNd4jNetwork network,
      NamedWeights weights,
      Batch batch,
      String name,
      float[] direction,
      float step) {
    WeightTensor tensor = weights.get(name);
    float[] moved = tensor.values();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    FlatLayout.of(network.spec())
        .write(weights.with(name, WeightTensor.of(moved, tensor.shape())), network.parameters());
    boolean drops = network.spec().segments().orElseThrow().dropout() > 0;
    return drops
        ? network.gradient(batch, SEED, new float[network.parameters().length])
        : network.loss(batch);
  }

  /** One window at a time, with the same elements dropped, is the batch at once. */
  @ParameterizedTest
  @MethodSource("ofEachLoss")
  void partsOfABatchAddUp(NetworkSpec plain) {
    NetworkSpec spec = SegmentedNetworks.dropping(plain, 0.5);
    NamedWeights weights = RandomWeights.of(spec, 4);
    Batch batch = batch(spec);
    float[] expected = new float[SIZE * spec.outputs()];
    float[] found = expected.clone();
    try (SegmentedNd4jNetwork whole = inDouble(spec);
        SegmentedNd4jNetwork parts =
            new SegmentedNd4jNetwork(spec, new PortableKernel(), DataType.DOUBLE, 0)) {
      NamedWeights gradient = gradient(whole, weights, batch);
      assertClose(gradient, gradient(parts, weights, batch), 1e-7);
      assertEquals(whole.loss(batch), parts.loss(batch), 1e-12);
      whole.outputs(batch, expected);
      parts.outputs(batch, found);
    }
    assertArrayEquals(expected, found);
  }

  @ParameterizedTest
  @MethodSource("ofEachLoss")
  void everyKernelInFloatGivesTheNumbersOfDouble(NetworkSpec plain) {
    NetworkSpec spec = SegmentedNetworks.dropping(plain, 0.25);
    NamedWeights weights = RandomWeights.of(spec, 6);
    Batch batch = batch(spec);
    try (SegmentedNd4jNetwork exact = inDouble(spec)) {
      NamedWeights gradient = gradient(exact, weights, batch);
      for (String kernel : Kernels.available()) {
        try (SegmentedNd4jNetwork network =
            new SegmentedNd4jNetwork(spec, Kernels.of(kernel), DataType.FLOAT)) {
          assertEquals(kernel, network.kernel());
          assertClose(gradient, gradient(network, weights, batch), 1e-5);
          assertEquals(exact.loss(batch), network.loss(batch), 1e-5);
        }
      }
    }
  }

  @Test
  void dropoutFollowsItsSeedAndIsForTrainingOnly() {
    NetworkSpec plain = ofEachLoss().findFirst().orElseThrow();
    NetworkSpec spec = SegmentedNetworks.dropping(plain, 0.5);
    NamedWeights weights = RandomWeights.of(spec, 7);
    Batch batch = batch(spec);
    try (SegmentedNd4jNetwork network = SegmentedNd4jNetwork.of(spec);
        SegmentedNd4jNetwork without = SegmentedNd4jNetwork.of(plain)) {
      FlatLayout.of(spec).write(weights, network.parameters());
      FlatLayout.of(spec).write(weights, without.parameters());
      float[] first = new float[network.parameters().length];
      float[] other = first.clone();
      float[] again = first.clone();
      double loss = network.gradient(batch, 8, first);

      assertNotEquals(loss, network.gradient(batch, 9, other));
      assertFalse(Arrays.equals(first, other));
      assertEquals(loss, network.gradient(batch, 8, again));
      assertArrayEquals(first, again);
      assertEquals(without.loss(batch), network.loss(batch));
      assertNotEquals(loss, network.loss(batch));
      assertEquals(without.gradient(batch, 8, first), without.gradient(batch, 9, other));
    }
  }

  /** The k-th numbers dropped of a row are those that {@link Dropout} names for layer 1, step k. */
  @Test
  void whatIsDroppedIsNamedByWindowChannelAndSegment() {
    NetworkSpec spec =
        NetworkSpec.segmented(
            new CellSpec.Lstm(),
            2,
            6,
            4,
            new Segments(2, 2, 2, Segments.Normalisation.NONE, 0.5, 0),
            new Loss.Absolute());
    Batch batch = DrawnBatch.of(spec, SIZE, 4, 9);
    Arrays.fill(batch.y(), -1e6f); // every output is above: the slope of c counts outputs alone
    float[] gradient = new float[(int) spec.parameters()];
    NamedWeights weights = RandomWeights.of(spec, 10);
    float[] g = new float[6];
    double[] expected = new double[6];
    try (SegmentedNd4jNetwork network = inDouble(spec)) {
      for (int unit = 0; unit < 6; unit++) { // a head that reads one unit gives g
        float[] head = new float[2 * 6];
        head[unit] = 1;
        head[6 + unit] = 1;
        NamedWeights one =
            weights
                .with("head.weights", WeightTensor.of(head, 2, 6))
                .with("head.bias", WeightTensor.of(new float[2], 2));
        FlatLayout.of(spec).write(one, network.parameters());
        float[] y = new float[SIZE * spec.outputs()];
        network.outputs(batch, y);
        for (int row = 0; row < SIZE * 2; row++) {
          for (int k = 0; k < 2; k++) {
            Arrays.fill(g, 1);
            Dropout.of(0.5, SEED, 1).apply(row, k, g, 0, 6);
            int output = (row / 2) * spec.outputs() + (2 * k) * 2 + row % 2;
            expected[unit] += g[unit] * y[output] / (SIZE * spec.outputs());
          }
        }
      }
      network.gradient(batch, SEED, gradient);
    }
    float[] found = FlatLayout.of(spec).read(gradient).get("head.weights").values();
    for (int unit = 0; unit < 6; unit++) {
      assertEquals(expected[unit], found[unit], 1e-6, "unit " + unit);
    }
  }

  @Test
  void fixedWeightsGiveTheSameOutputs() {
    NetworkSpec spec = ofEachLoss().reduce((first, second) -> second).orElseThrow();
    Batch batch = batch(spec);
    float[] expected = new float[SIZE * spec.outputs()];
    float[] found = new float[expected.length + 1];
    try (SegmentedNd4jNetwork network = SegmentedNd4jNetwork.of(spec)) {
      FlatLayout.of(spec).write(RandomWeights.of(spec, 12), network.parameters());
      network.outputs(batch, expected);
      try (Outputs outputs = SegmentedNd4jNetwork.outputs(spec, network.parameters())) {
        Arrays.fill(network.parameters(), 0);
        outputs.outputs(batch.x(), SIZE, SegmentedNetworks.TIME, found);
        assertEquals(network.kernel(), outputs.kernel());
      }
    }
    assertArrayEquals(expected, Arrays.copyOf(found, expected.length));
  }

  @Test
  void misfitsAreNamed() {
    NetworkSpec steps = NetworkSpec.uniform(new CellSpec.Lstm(), 3, 4, 1, 2, 0, Loss.of("squared"));
    String expected =
        "spec: expected a network that reads segments, found one that reads step by step; take"
            + " Dl4jNetwork for it";
    assertEquals(expected, refused(() -> SegmentedNd4jNetwork.of(steps)));
    assertEquals(expected, refused(() -> SegmentedNd4jNetwork.outputs(steps, new float[0])));

    NetworkSpec spec = ofEachLoss().findFirst().orElseThrow(); // 6 inputs, reads 4 steps
    assertEquals(
        "parameters: expected " + spec.parameters() + ", found 1",
        refused(() -> SegmentedNd4jNetwork.outputs(spec, new float[1])));
    try (SegmentedNd4jNetwork network = SegmentedNd4jNetwork.of(spec)) {
      assertEquals(
          "batch.time: expected at least 4 steps, which the linear map of the segments reads,"
              + " found 3",
          refused(() -> network.loss(DrawnBatch.of(spec, 2, 3, 1))));
      assertEquals(
          "batch.x: expected at least 2 windows × 7 steps × 6 inputs, found 1 numbers",
          refused(() -> network.loss(new Batch(2, 7, new float[1], new float[99]))));
      assertEquals(
          "gradient: expected " + spec.parameters() + " numbers, one for each parameter, found 0",
          refused(() -> network.gradient(batch(spec), 1, new float[0])));
    }
    try (Outputs outputs = SegmentedNd4jNetwork.outputs(spec, parameters(spec))) {
      assertEquals(
          "outputs: expected at least 1 windows × 1 steps × 15 outputs, found 2 numbers",
          refused(() -> outputs.outputs(new float[42], 1, 7, new float[2])));
    }
  }

  private static String refused(org.junit.jupiter.api.function.Executable call) {
    return Messages.of(IllegalArgumentException.class, call);
  }

  private static float[] parameters(NetworkSpec spec) {
    return new float[(int) spec.parameters()];
  }

  private static SegmentedNd4jNetwork inDouble(NetworkSpec spec) {
    return new SegmentedNd4jNetwork(spec, new PortableKernel(), DataType.DOUBLE);
  }

  private static Batch batch(NetworkSpec spec) {
    return DrawnBatch.of(spec, SIZE, SegmentedNetworks.TIME, 2);
  }

  private static NamedWeights gradient(
      SegmentedNd4jNetwork network, NamedWeights weights, Batch batch) {
    FlatLayout layout = FlatLayout.of(network.spec());
    layout.write(weights, network.parameters());
    float[] gradient = new float[layout.length()];
    network.gradient(batch, SEED, gradient);
    return layout.read(gradient);
  }

  private static void assertClose(NamedWeights expected, NamedWeights found, double tolerance) {
    expected
        .tensors()
        .forEach(
            (name, tensor) ->
                assertArrayEquals(
                    tensor.values(), found.get(name).values(), (float) tolerance, name));
  }
}
