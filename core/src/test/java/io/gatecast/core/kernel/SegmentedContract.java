package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.DrawnBatch;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.fixtures.SegmentedNetworks;
import io.gatecast.core.fixtures.SegmentedOracle;
import io.gatecast.core.network.Batch;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.network.Outputs;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.reference.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What every engine of networks that read segments must prove: outputs, loss and every gradient are
 * the oracle's, whatever the variant and size; and dropout, which the oracle does not know, is the
 * same in all engines.
 */
abstract class SegmentedContract {
  private static final long SEED = 5;

  /** A network whose parameters are to be set. */
  abstract DifferentiableNetwork network(NetworkSpec spec);

  /** The same engine with fixed weights. */
  abstract Outputs outputs(NetworkSpec spec, float[] parameters);

  /** How far a sum of few terms may be off, relative to the largest number beside it. */
  abstract double tolerance();

  /** Roundings add up like a random walk over the terms of the longest sums. */
  private double tolerance(NetworkSpec spec, Batch batch) {
    int terms = spec.top().hidden() + spec.inputsOf(0) + spec.segmentWidth() + batch.time();
    return tolerance() * (1 + Math.sqrt(terms) / 4);
  }

  static Stream<NetworkSpec> variants() {
    return Stream.concat(SegmentedNetworks.varied(), SegmentedNetworks.ofEachLoss());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void outputsLossAndGradientAreTheOracles(NetworkSpec spec) {
    for (int size : new int[] {1, 5}) {
      agrees(spec, DrawnBatch.of(spec, size, SegmentedNetworks.TIME, 2));
    }
  }

  static Stream<NetworkSpec> awkwardSizes() {
    return SegmentedNetworks.cells()
        .flatMap(
            cell ->
                IntStream.of(1, 2, 13, 207)
                    .mapToObj(
                        hidden ->
                            NetworkSpec.segmented(
                                cell,
                                hidden == 13 ? 10 : 2,
                                hidden,
                                hidden == 2 ? 1 : 11,
                                new Segments(
                                    hidden == 13 ? 17 : 2,
                                    hidden == 1 ? 2 : 34,
                                    hidden == 13 ? 5 : 2,
                                    Normalisation.INSTANCE,
                                    0,
                                    hidden == 2 ? 0 : 9),
                                new Loss.Squared())));
  }

  /** What fills vectors up is zero: it reaches neither outputs nor gradients. */
  @ParameterizedTest
  @MethodSource("awkwardSizes")
  void sizesThatFillNoVectorAreTheOracles(NetworkSpec spec) {
    for (int time : new int[] {9, 18}) {
      agrees(spec, DrawnBatch.of(spec, 3, time, 3));
    }
  }

  /** More rows than go through at once, and that threads share unevenly. */
  @Test
  void largeBatchesAreTheOracles() {
    for (int channels : new int[] {1, 7}) {
      NetworkSpec spec =
          NetworkSpec.segmented(
              new CellSpec.Gru(CellSpec.Reset.AFTER),
              channels,
              6,
              8,
              new Segments(4, 6, channels, Normalisation.LAST_VALUE, 0, 5),
              new Loss.Squared());
      agrees(spec, DrawnBatch.of(spec, channels == 1 ? 301 : 61, 12, 4));
    }
  }

  /** A window within one segment, one step ahead; more channels than a part of a batch has rows. */
  @Test
  void extremesAreTheOracles() {
    for (CellSpec cell : SegmentedNetworks.cells().toList()) {
      for (int channels : new int[] {1, 150}) {
        NetworkSpec spec =
            NetworkSpec.segmented(
                cell,
                channels,
                3,
                1,
                new Segments(6, 2, channels, Normalisation.INSTANCE, 0, 1),
                new Loss.Squared());
        agrees(spec, DrawnBatch.of(spec, 2, 1, 5));
        agrees(spec, DrawnBatch.of(spec, 2, 4, 5));
        agrees(spec, DrawnBatch.of(spec, 2, 12, 5));
      }
    }
  }

  private void agrees(NetworkSpec spec, Batch batch) {
    String name = SegmentedNetworks.name(spec) + ", " + batch.time() + " steps: ";
    NamedWeights weights = RandomWeights.of(spec, 1);
    SegmentedOracle.Answer expected = SegmentedOracle.of(spec, weights, batch);
    double tolerance = tolerance(spec, batch);
    FlatLayout layout = FlatLayout.of(spec);
    Batch longer = padded(batch);
    float[] gradient = new float[layout.length()];
    float[] found = new float[batch.size() * spec.outputs() + 3];
    Arrays.fill(found, 77);
    try (DifferentiableNetwork network = network(spec)) {
      layout.write(weights, network.parameters());
      double loss = network.gradient(longer, SEED, gradient);
      assertEquals(expected.loss(), loss, tolerance * expected.loss(), name + "loss");
      assertEquals(expected.loss(), network.loss(longer), tolerance * expected.loss(), name);
      Oracle.assertClose(expected.gradient(), layout.read(gradient), tolerance);
      network.outputs(longer, found);
      assertClose(name + "outputs", expected.outputs(), found, tolerance);
      float[] again = new float[gradient.length];
      assertEquals(loss, network.gradient(longer, SEED, again), name + "again");
      assertArrayEquals(gradient, again, name + "again");
      try (Outputs outputs = outputs(spec, network.parameters())) {
        Arrays.fill(found, 77);
        outputs.outputs(longer.x(), batch.size(), batch.time(), found);
        assertClose(name + "fixed weights", expected.outputs(), found, tolerance);
      }
    }
  }

  private static void assertClose(
      String name, List<Tensor> expected, float[] found, double tolerance) {
    int at = 0;
    double largest = 1e-2;
    for (Tensor window : expected) {
      largest = Arrays.stream(window.values()).map(Math::abs).reduce(largest, Math::max);
    }
    for (Tensor window : expected) {
      for (double y : window.values()) {
        assertEquals(y, found[at], tolerance * largest, name + " " + at);
        at++;
      }
    }
    for (; at < found.length; at++) {
      assertEquals(77, found[at], name + ": what lies behind is left as it is");
    }
  }

  /** In arrays that are longer than the batch, with NaN behind it. */
  private static Batch padded(Batch batch) {
    return new Batch(batch.size(), batch.time(), padded(batch.x()), padded(batch.y()));
  }

  private static float[] padded(float[] values) {
    float[] longer = Arrays.copyOf(values, values.length + 11);
    Arrays.fill(longer, values.length, longer.length, Float.NaN);
    return longer;
  }

  /** Each cell in its largest variant, and each loss. */
  static Stream<NetworkSpec> large() {
    return variants()
        .filter(spec -> spec.segments().orElseThrow().linear() > 0 && spec.inputs() == 6)
        .filter(spec -> spec.segments().orElseThrow().normalisation() == Normalisation.INSTANCE);
  }

  @ParameterizedTest
  @MethodSource("large")
  void dropoutIsTheSameInEveryEngine(NetworkSpec plain) {
    NetworkSpec spec = SegmentedNetworks.dropping(plain, 0.4);
    NamedWeights weights = RandomWeights.of(spec, 6);
    Batch batch = DrawnBatch.of(spec, 5, SegmentedNetworks.TIME, 7);
    FlatLayout layout = FlatLayout.of(spec);
    float[] expected = new float[layout.length()];
    float[] found = expected.clone();
    double tolerance = tolerance(spec, batch);
    try (DifferentiableNetwork network = network(spec);
        DifferentiableNetwork exact =
            new SegmentedNd4jNetwork(spec, new PortableKernel(), DataType.DOUBLE)) {
      layout.write(weights, network.parameters());
      layout.write(weights, exact.parameters());
      double loss = exact.gradient(batch, SEED, expected);
      assertEquals(loss, network.gradient(batch, SEED, found), tolerance * loss);
      Oracle.assertClose(Oracle.wide(layout.read(expected)), layout.read(found), tolerance);
      double whole = exact.loss(batch);
      assertEquals(whole, network.loss(batch), tolerance * whole);
    }
  }

  /** And no further than its own window's outputs. */
  @ParameterizedTest
  @MethodSource("variants")
  void whatIsNoNumberReachesTheLoss(NetworkSpec spec) {
    Batch whole = DrawnBatch.of(spec, 3, SegmentedNetworks.TIME, 8);
    Batch batch = DrawnBatch.with(spec, whole, 1, SegmentedNetworks.TIME - 1, Float.NaN);
    float[] y = new float[3 * spec.outputs()];
    try (DifferentiableNetwork network = network(spec)) {
      FlatLayout.of(spec).write(RandomWeights.of(spec, 9), network.parameters());
      float[] gradient = new float[network.parameters().length];
      assertTrue(Double.isNaN(network.loss(batch)));
      assertTrue(Double.isNaN(network.gradient(batch, SEED, gradient)));
      network.outputs(batch, y);
    }
    for (int i = 0; i < y.length; i++) {
      boolean own =
          i / spec.outputs() == 1
              && i / spec.loss().outputsPerStep() % spec.segments().orElseThrow().channels() == 0;
      assertEquals(own, Float.isNaN(y[i]), "output " + i);
    }
  }

  @Test
  void windowsThatTheLinearMapCannotReadAreRefused() {
    NetworkSpec spec = SegmentedNetworks.ofEachLoss().findFirst().orElseThrow();
    try (DifferentiableNetwork network = network(spec)) {
      assertEquals(
          "batch.time: expected at least 4 steps, which the linear map of the segments reads,"
              + " found 3",
          Messages.of(
              IllegalArgumentException.class, () -> network.loss(DrawnBatch.of(spec, 2, 3, 1))));
    }
  }
}
