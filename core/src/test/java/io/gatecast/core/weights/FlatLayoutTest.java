package io.gatecast.core.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.Networks;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.layers.Dl4jConfiguration;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Proves that the flat order is DL4J's: against a live network's table of parameters, in which
 * every element has a number of its own, so that any two that were swapped would show.
 */
class FlatLayoutTest {
  static Stream<NetworkSpec> networks() {
    return Networks.varied();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyNameHasDl4jsNumber(NetworkSpec spec) {
    MultiLayerNetwork network = numbered(spec);
    NamedWeights named = FlatLayout.of(spec).read(numbers(spec));

    for (int n = 0; n < spec.layers().size(); n++) {
      LayerSpec layer = spec.layers().get(n);
      List<String> gates = layer.cell().gates();
      for (int gate = 0; gate < gates.size(); gate++) {
        String prefix = NamedWeights.prefix(n, gates.get(gate));
        int from = gate * layer.hidden();
        INDArray bias = network.getParam(n + "_b");
        for (int unit = 0; unit < layer.hidden(); unit++) {
          assertEquals(bias.getFloat(from + unit), named.get(prefix + "bias").values()[unit]);
          assertColumn(network.getParam(n + "_W"), from, unit, named.get(prefix + "input_weights"));
          assertColumn(
              network.getParam(n + "_RW"), from, unit, named.get(prefix + "recurrent_weights"));
        }
      }
      assertEquals(layer.cell().hasRecurrentBias(), network.paramTable().containsKey(n + "_rb"));
      if (layer.cell().hasRecurrentBias()) {
        float[] second = network.getParam(n + "_rb").toFloatVector();
        String name = NamedWeights.prefix(n, "candidate") + "recurrent_bias";
        assertArrayEquals(second, named.get(name).values());
      }
    }
    int head = spec.layers().size();
    for (int output = 0; output < spec.outputs(); output++) {
      assertColumn(network.getParam(head + "_W"), 0, output, named.get("head.weights"));
    }
    assertArrayEquals(
        network.getParam(head + "_b").toFloatVector(), named.get("head.bias").values());
  }

  /** Row {@code unit} of the canonical matrix is column {@code from + unit} of DL4J's. */
  private static void assertColumn(INDArray matrix, int from, int unit, WeightTensor tensor) {
    int columns = tensor.shape()[1];
    assertEquals(columns, matrix.size(0));
    for (int k = 0; k < columns; k++) {
      assertEquals(matrix.getFloat(k, from + unit), tensor.values()[unit * columns + k]);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void offsetsAreWhereDl4jsArraysBegin(NetworkSpec spec) {
    MultiLayerNetwork network = numbered(spec);
    FlatLayout layout = FlatLayout.of(spec);

    Map<String, Integer> found = new LinkedHashMap<>();
    for (int n = 0; n < spec.layers().size(); n++) {
      found.put(n + "_W", layout.inputWeights(n));
      found.put(n + "_RW", layout.recurrentWeights(n));
      found.put(n + "_b", layout.bias(n));
      if (spec.layers().get(n).cell().hasRecurrentBias()) {
        found.put(n + "_rb", layout.recurrentBias(n));
      }
    }
    found.put(spec.layers().size() + "_W", layout.headWeights());
    found.put(spec.layers().size() + "_b", layout.headBias());

    Map<String, Integer> expected = new LinkedHashMap<>();
    network.paramTable().forEach((name, array) -> expected.put(name, array.getInt(0)));
    assertEquals(expected, found);
    assertEquals(network.numParams(), layout.length());
    assertEquals(spec.parameters(), layout.length());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatIsWrittenIsRead(NetworkSpec spec) {
    FlatLayout layout = FlatLayout.of(spec);
    float[] flat = new float[layout.length()];
    Arrays.fill(flat, Float.NaN);
    NamedWeights weights = RandomWeights.of(spec, 1);

    layout.write(weights, flat);

    for (float value : flat) {
      assertFalse(Float.isNaN(value), "an element that no name has");
    }
    assertEquals(weights, layout.read(flat));
    float[] again = new float[flat.length];
    layout.write(layout.read(numbers(spec)), again);
    assertArrayEquals(numbers(spec), again);
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedByName() {
    NetworkSpec spec = network(new CellSpec.Lstm(), 3);
    NamedWeights smaller = RandomWeights.of(network(new CellSpec.Lstm(), 2), 1);
    FlatLayout layout = FlatLayout.of(spec);

    String message =
        Messages.of(
            IllegalArgumentException.class,
            () -> layout.write(smaller, new float[layout.length()]));

    assertEquals("layers.0.forget.input_weights: expected shape [3, 2], found [2, 2]", message);
  }

  @Test
  void vectorOfAnotherLengthIsRefused() {
    NetworkSpec spec = network(new CellSpec.Lstm(), 3);
    FlatLayout layout = FlatLayout.of(spec);
    String expected = "flat: expected 88 parameters, found 87";

    assertEquals(
        expected, Messages.of(IllegalArgumentException.class, () -> layout.read(new float[87])));
    assertEquals(
        expected,
        Messages.of(
            IllegalArgumentException.class,
            () -> layout.write(RandomWeights.of(spec, 1), new float[87])));
  }

  @Test
  void secondBiasOfACellWithoutOneIsRefused() {
    FlatLayout layout = FlatLayout.of(network(new CellSpec.Gru(CellSpec.Reset.BEFORE), 3));

    assertEquals(
        "layer: expected one with a second bias, a GRU that resets after, found layer 0,"
            + " gru-before",
        Messages.of(IllegalArgumentException.class, () -> layout.recurrentBias(0)));
  }

  @Test
  void networkLargerThanAnArrayIsRefused() {
    NetworkSpec huge = network(new CellSpec.Lstm(), 100_000);

    assertEquals(
        "spec: expected at most 2147483647 parameters, as many as an array holds, found"
            + " 40001600004; lower the hidden units or the layers",
        Messages.of(IllegalArgumentException.class, () -> FlatLayout.of(huge)));
  }

  @Test
  void liveNetworkOfAnotherSizeIsRefused() {
    NetworkSpec spec = network(new CellSpec.Lstm(), 3);
    MultiLayerNetwork other = numbered(network(new CellSpec.Lstm(), 2));

    assertEquals(
        "network: expected 88 parameters, as the description has, found 52",
        Messages.of(
            IllegalArgumentException.class,
            () -> Dl4jWeights.write(spec, RandomWeights.of(spec, 1), other)));
  }

  private static NetworkSpec network(CellSpec cell, int hidden) {
    return Networks.of(
        List.of(new LayerSpec(cell, hidden, 0)), Readout.LAST_STEP, new Loss.Squared());
  }

  /** A live network whose parameters are 0, 1, 2, ... in DL4J's flat order. */
  private static MultiLayerNetwork numbered(NetworkSpec spec) {
    MultiLayerNetwork network = new MultiLayerNetwork(Dl4jConfiguration.of(spec));
    network.init();
    network.setParams(Nd4j.createFromArray(numbers(spec)).reshape(1, -1));
    return network;
  }

  private static float[] numbers(NetworkSpec spec) {
    float[] numbers = new float[Math.toIntExact(spec.parameters())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    return numbers;
  }
}
