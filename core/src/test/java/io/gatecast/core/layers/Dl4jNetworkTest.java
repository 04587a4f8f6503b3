package io.gatecast.core.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.OracleTraining;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.network.Batch;
import io.gatecast.core.network.BatchBuffer;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.reference.training.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Proves that loss, gradient and outputs are the oracle's for every cell, loss, readout and size of
 * batch, and that dropout follows its seed.
 */
class Dl4jNetworkTest {
  private static final int TIME = 7;
  private static final int INPUTS = 3;
  private static final int OUTPUTS = 2;
  private static final double TOLERANCE = 3e-6;

  static Stream<NetworkSpec> networks() {
    List<Loss> losses =
        List.of(
            new Loss.Squared(),
            new Loss.Absolute(),
            new Loss.Huber(0.4),
            new Loss.Pinball(0.8),
            new Loss.Quantiles(List.of(0.3, 0.9)));
    Stream<NetworkSpec> cells =
        CellSpec.all().stream()
            .flatMap(
                cell ->
                    Arrays.stream(Readout.values())
                        .map(readout -> network(readout, losses.get(0), cell, cell)));
    Stream<NetworkSpec> others =
        losses.stream()
            .flatMap(
                loss ->
                    Arrays.stream(Readout.values())
                        .map(
                            readout ->
                                network(
                                    readout,
                                    loss,
                                    new CellSpec.Lstm(),
                                    new CellSpec.Gru(CellSpec.Reset.AFTER))));
    return Stream.concat(cells, others);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void lossGradientAndOutputsAreTheOracles(NetworkSpec spec) {
    try (Dl4jNetwork network = Dl4jNetwork.of(spec)) {
      for (int size : new int[] {1, 2, 5}) {
        agrees(network, batch(spec, size, size), TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void networkInDoubleGivesTheOraclesNumbers(NetworkSpec spec) {
    MultiLayerConfiguration configuration = Dl4jConfiguration.of(spec);
    configuration.setDataType(DataType.DOUBLE);
    MultiLayerNetwork doubles = new MultiLayerNetwork(configuration);
    doubles.init();
    try (Dl4jNetwork network = new Dl4jNetwork(spec, doubles)) {
      assertEquals("portable", network.kernel());
      agrees(network, batch(spec, 3, 9), 1e-7);
    }
  }

  private static void agrees(Dl4jNetwork network, Batch batch, double tolerance) {
    NetworkSpec spec = network.spec();
    NamedWeights weights = RandomWeights.of(spec, 17);
    FlatLayout.of(spec).write(weights, network.parameters());
    int steps = steps(spec);
    Objective.Gradient expected =
        OracleTraining.objective(spec)
            .gradient(Oracle.of(spec, weights), OracleTraining.examples(spec, batch, steps));
    float[] gradient = new float[network.parameters().length];

    double loss = network.gradient(batch, 1, gradient);

    assertEquals(expected.loss(), loss, tolerance * expected.loss());
    assertEquals(expected.loss(), network.loss(batch), tolerance * expected.loss());
    float[] wanted = OracleTraining.flat(spec, expected.weights());
    double largest = 0;
    for (float value : wanted) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i], gradient[i], tolerance * largest, "parameter " + i);
    }
    float[] outputs = new float[batch.size() * steps * OUTPUTS];
    network.outputs(batch, outputs);
    for (int row = 0; row < batch.size(); row++) {
      double[] y = oraclesOutputs(spec, weights, batch, row);
      for (int k = 0; k < y.length; k++) {
        assertEquals(y[k], outputs[row * y.length + k], 10 * tolerance, "window " + row);
      }
    }
  }

  private static double[] oraclesOutputs(
      NetworkSpec spec, NamedWeights weights, Batch batch, int row) {
    double[][] x = OracleTraining.examples(spec, batch, steps(spec)).get(row).x().rows();
    var network = Oracle.of(spec, weights);
    return network.forward(x, network.initialStates()).outputs().stream()
        .flatMapToDouble(y -> Arrays.stream(y.values()))
        .toArray();
  }

  @Test
  void dropoutFollowsItsSeedAndIsForTrainingOnly() {
    NetworkSpec plain =
        network(Readout.LAST_STEP, new Loss.Squared(), new CellSpec.Lstm(), new CellSpec.Lstm());
    List<LayerSpec> layers =
        List.of(plain.layers().get(0), new LayerSpec(new CellSpec.Lstm(), 4, 0.5));
    NetworkSpec spec = new NetworkSpec(INPUTS, layers, plain.head(), plain.loss());
    Batch batch = batch(spec, 5, 3);
    try (Dl4jNetwork network = Dl4jNetwork.of(spec);
        Dl4jNetwork without = Dl4jNetwork.of(plain)) {
      FlatLayout.of(spec).write(RandomWeights.of(spec, 3), network.parameters());
      FlatLayout.of(spec).write(RandomWeights.of(spec, 3), without.parameters());

      float[] first = gradient(network, batch, 8);
      float[] other = gradient(network, batch, 9);
      float[] again = gradient(network, batch, 8);

      assertArrayEquals(first, again);
      assertFalse(Arrays.equals(first, other));
      assertFalse(Arrays.equals(first, gradient(without, batch, 8)));
      assertEquals(without.loss(batch), network.loss(batch));
      assertNotEquals(network.loss(batch), network.gradient(batch, 8, new float[first.length]));
      assertArrayEquals(gradient(without, batch, 8), gradient(without, batch, 9));
    }
  }

  private static float[] gradient(Dl4jNetwork network, Batch batch, long seed) {
    float[] gradient = new float[network.parameters().length];
    network.gradient(batch, seed, gradient);
    return gradient;
  }

  private static NetworkSpec network(Readout readout, Loss loss, CellSpec lower, CellSpec upper) {
    return new NetworkSpec(
        INPUTS,
        List.of(new LayerSpec(lower, 5, 0), new LayerSpec(upper, 4, 0)),
        new HeadSpec(OUTPUTS, readout),
        loss);
  }

  private static int steps(NetworkSpec spec) {
    return spec.head().readout() == Readout.EVERY_STEP ? TIME : 1;
  }

  /** In arrays that are longer than the batch, with NaN behind it. */
  private static Batch batch(NetworkSpec spec, int size, long seed) {
    ArraySamples samples = ArraySamples.random(seed, size, TIME, INPUTS, steps(spec) * OUTPUTS);
    int[] order = new int[size];
    Arrays.setAll(order, window -> window);
    Batch batch = new BatchBuffer(samples, size).fill(order, 0);
    return new Batch(size, TIME, padded(batch.x()), padded(batch.y()));
  }

  private static float[] padded(float[] values) {
    float[] longer = Arrays.copyOf(values, values.length + 11);
    Arrays.fill(longer, values.length, longer.length, Float.NaN);
    return longer;
  }
}
