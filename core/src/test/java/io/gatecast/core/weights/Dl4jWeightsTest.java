package io.gatecast.core.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.layers.Dl4jConfiguration;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that weights go into a DL4J network and come out again bit for bit, and that the canonical
 * names mean what DL4J's own initialisation means by them.
 *
 * <p>The networks are tiny and left to the garbage collector: DL4J runs a full collection for every
 * close.
 */
class Dl4jWeightsTest {
  private static final TrainingSpec TRAINING = TrainingSpec.adam(1, 1, 0.01, 1, 1, 3);
  private static final CellSpec LSTM = new CellSpec.Lstm();

  static Stream<NetworkSpec> specs() {
    return CellSpec.all().stream()
        .flatMap(
            cell ->
                Stream.of(spec(cell, 1, 1, 1, 1), spec(cell, 2, 3, 2, 4), spec(cell, 13, 7, 3, 2)));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void whatIsWrittenIsReadBitForBit(NetworkSpec spec) {
    NamedWeights weights = RandomWeights.of(spec, 1);
    MultiLayerNetwork network = initialised(spec);
    assertNotEquals(weights, Dl4jWeights.read(spec, network));

    Dl4jWeights.write(spec, weights, network);

    NamedWeights read = Dl4jWeights.read(spec, network);
    assertEquals(weights, read);
    assertEquals(List.copyOf(weights.tensors().keySet()), List.copyOf(read.tensors().keySet()));
  }

  @Test
  void numbersAtTheEdgesOfFloatSurvive() {
    NetworkSpec spec = spec(LSTM, 2, 2, 1, 1);
    float[] edges = {-0f, Float.MIN_VALUE, Float.MAX_VALUE, -Float.MIN_NORMAL};
    String name = "layers.0.output.recurrent_weights";
    NamedWeights weights = RandomWeights.of(spec, 1).with(name, WeightTensor.of(edges, 2, 2));
    MultiLayerNetwork network = initialised(spec);
    Dl4jWeights.write(spec, weights, network);

    assertArrayEquals(bits(edges), bits(Dl4jWeights.read(spec, network).get(name).values()));
  }

  @Test
  void freshLstmForgetsLittleAndHasNoOtherBias() {
    NetworkSpec spec = spec(LSTM, 3, 5, 2, 2);
    MultiLayerNetwork network = initialised(spec);
    NamedWeights fresh = Dl4jWeights.read(spec, network);

    for (int layer = 0; layer < spec.layers().size(); layer++) {
      for (String gate : LSTM.gates()) {
        float[] expected = new float[spec.top().hidden()];
        Arrays.fill(expected, gate.equals("forget") ? 1 : 0);
        String name = "layers." + layer + "." + gate + ".bias";
        assertArrayEquals(expected, fresh.get(name).values(), name);
      }
    }
    assertArrayEquals(new float[2], fresh.get("head.bias").values());
  }

  @Test
  void freshWeightsDifferFromTensorToTensor() {
    NetworkSpec spec = spec(LSTM, 5, 5, 1, 5);
    MultiLayerNetwork network = initialised(spec);
    List<WeightTensor> matrices =
        Dl4jWeights.read(spec, network).tensors().values().stream()
            .filter(tensor -> tensor.shape().length == 2)
            .toList();

    assertEquals(9, matrices.size());
    assertEquals(9, matrices.stream().distinct().count());
  }

  @Test
  void readWeightsAreACopy() {
    NetworkSpec spec = spec(LSTM, 2, 3, 1, 1);
    MultiLayerNetwork network = initialised(spec);
    NamedWeights before = Dl4jWeights.read(spec, network);
    NamedWeights other = RandomWeights.of(spec, 2);

    Dl4jWeights.write(spec, other, network);

    assertNotEquals(before, Dl4jWeights.read(spec, network));
    assertEquals(other, Dl4jWeights.read(spec, network));
  }

  private static MultiLayerNetwork initialised(NetworkSpec spec) {
    MultiLayerNetwork network = new MultiLayerNetwork(Dl4jConfiguration.of(spec, TRAINING));
    network.init();
    return network;
  }

  private static NetworkSpec spec(CellSpec cell, int inputs, int hidden, int layers, int outputs) {
    return NetworkSpec.uniform(cell, inputs, hidden, layers, outputs, 0, new Loss.Squared());
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
