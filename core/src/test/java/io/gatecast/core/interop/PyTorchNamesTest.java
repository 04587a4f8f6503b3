package io.gatecast.core.interop;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.fixtures.SegmentedNetworks;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import io.gatecast.reference.ReferenceNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that PyTorch's state dicts become the same functions and that exports are what PyTorch
 * would save, against files of PyTorch's ({@code src/test/python/interop/generate_pytorch.py}).
 */
class PyTorchNamesTest {
  /**
   * Oracle and PyTorch both compute in double; what differs is the sum of two biases, rounded to
   * float, and y in the file, rounded to float: 6e-8 of numbers of the size of 1, each. A gate in a
   * wrong place differs by 1e-2 and more.
   */
  private static final double TOLERANCE = 1e-6;

  private static final CellSpec TANH = new CellSpec.Rnn(CellSpec.Activation.TANH);
  private static final CellSpec RELU = new CellSpec.Rnn(CellSpec.Activation.RELU);
  private static final CellSpec GRU = new CellSpec.Gru(CellSpec.Reset.AFTER);
  private static final CellSpec LSTM = new CellSpec.Lstm();
  private static final NetworkSpec SMALL = spec(LSTM, 2, 3, 1, 4);

  static Stream<Arguments> files() {
    return Map.of("rnn-tanh", TANH, "rnn-relu", RELU, "gru", GRU, "lstm", LSTM).entrySet().stream()
        .flatMap(
            cell ->
                Stream.of(
                    Arguments.of(cell.getKey(), spec(cell.getValue(), 3, 4, 2, 2)),
                    Arguments.of(cell.getKey() + "-one-bias", spec(cell.getValue(), 3, 4, 1, 2))));
  }

  static Stream<Arguments> networks() {
    return Stream.of(TANH, RELU, GRU, LSTM)
        .flatMap(
            cell ->
                Stream.of(
                    spec(cell, 1, 1, 1, 1),
                    spec(cell, 2, 13, 3, 1),
                    spec(cell, 13, 2, 2, 7),
                    spec(cell, 3, 207, 1, 2)))
        .map(Arguments::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void importedNetworkGivesPyTorchsOutputs(String name, NetworkSpec spec) throws IOException {
    Map<String, WeightTensor> given = file(name + ".case").tensors();
    double[][] x = rows(given, "x");
    double[][] y = rows(given, "y");

    NamedWeights weights = PyTorchNames.fromStateDict(spec, file(name + ".state_dict").tensors());

    ReferenceNetwork oracle = Oracle.of(spec, weights);
    int time = x.length / y.length;
    for (int window = 0; window < y.length; window++) {
      double[][] steps = Arrays.copyOfRange(x, window * time, (window + 1) * time);
      assertArrayEquals(y[window], oracle.forward(steps), TOLERANCE, "window " + window);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void exportedNetworkIsThePyTorchFile(String name, NetworkSpec spec) throws IOException {
    Safetensors saved = file(name + ".state_dict");
    NamedWeights weights = PyTorchNames.fromStateDict(spec, saved.tensors());

    Map<String, WeightTensor> exported = PyTorchNames.toStateDict(spec, weights);

    if (name.endsWith("-one-bias")) {
      byte[] file = SafetensorsFiles.written(new Safetensors(exported, Map.of("format", "pt")));
      assertArrayEquals(bytes(name + ".state_dict"), file);
    } else {
      assertSameButForSplitBiases(spec, saved.tensors(), exported);
    }
  }

  /** The same tensors, but that two biases have become their sum and zero. */
  private static void assertSameButForSplitBiases(
      NetworkSpec spec, Map<String, WeightTensor> saved, Map<String, WeightTensor> exported) {
    assertEquals(saved.keySet(), Safetensors.of(exported).tensors().keySet());
    for (String name : saved.keySet()) {
      if (!name.startsWith("rnn.bias")) {
        assertEquals(saved.get(name), exported.get(name), name);
      }
    }
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      float[] first = values(saved, "rnn.bias_ih_l" + layer);
      float[] second = values(saved, "rnn.bias_hh_l" + layer);
      int summed = spec.top().cell().equals(GRU) ? 2 * spec.top().hidden() : first.length;
      for (int i = 0; i < summed; i++) {
        first[i] += second[i];
        second[i] = 0;
      }
      assertArrayEquals(first, values(exported, "rnn.bias_ih_l" + layer));
      assertArrayEquals(second, values(exported, "rnn.bias_hh_l" + layer));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatIsExportedComesBackBitForBit(NetworkSpec spec) {
    for (int seed = 0; seed < 3; seed++) {
      NamedWeights weights = withZerosOfBothSigns(RandomWeights.of(spec, seed));

      Map<String, WeightTensor> stateDict = PyTorchNames.toStateDict(spec, weights);
      NamedWeights back = PyTorchNames.fromStateDict(spec, stateDict);

      assertEquals(weights, back);
      assertEquals(stateDict, PyTorchNames.toStateDict(spec, back));
      assertEquals(
          List.copyOf(PyTorchNames.shapes(spec).keySet()), List.copyOf(stateDict.keySet()));
    }
  }

  private static NamedWeights withZerosOfBothSigns(NamedWeights weights) {
    NamedWeights result = weights;
    for (Map.Entry<String, WeightTensor> entry : weights.tensors().entrySet()) {
      WeightTensor tensor = entry.getValue();
      int count = tensor.values().length;
      WeightTensor zeros = tensor.with(0, 0f).with(count - 1, -0f).with(count / 2, Float.NaN);
      result = result.with(entry.getKey(), zeros);
    }
    return result;
  }

  @Test
  void namesAreThoseOfPyTorch() {
    Map<String, String> found = new LinkedHashMap<>();
    PyTorchNames.shapes(spec(GRU, 5, 3, 2, 4))
        .forEach((name, shape) -> found.put(name, Arrays.toString(shape)));

    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("rnn.weight_ih_l0", "[9, 5]");
    expected.put("rnn.weight_hh_l0", "[9, 3]");
    expected.put("rnn.bias_ih_l0", "[9]");
    expected.put("rnn.bias_hh_l0", "[9]");
    expected.put("rnn.weight_ih_l1", "[9, 3]");
    expected.put("rnn.weight_hh_l1", "[9, 3]");
    expected.put("rnn.bias_ih_l1", "[9]");
    expected.put("rnn.bias_hh_l1", "[9]");
    expected.put("head.weight", "[4, 3]");
    expected.put("head.bias", "[4]");
    assertEquals(expected, found);
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(found.keySet()));
  }

  @Test
  void cellsThatPyTorchLacksAreRefusedBothWays() {
    NetworkSpec sigmoid = spec(new CellSpec.Rnn(CellSpec.Activation.SIGMOID), 2, 3, 1, 1);
    NetworkSpec before = spec(new CellSpec.Gru(CellSpec.Reset.BEFORE), 2, 3, 1, 1);

    String noSigmoid = "cell: expected an RNN with tanh or relu, which PyTorch's nn.RNN has";
    assertContains(exportRefused(sigmoid), noSigmoid);
    assertContains(importRefused(sigmoid, Map.of()), noSigmoid);
    String noBefore = "cell: expected a GRU that resets after the recurrent product";
    assertContains(exportRefused(before), noBefore);
    assertContains(importRefused(before, Map.of()), noBefore);
  }

  @Test
  void segmentsAreRefusedBothWays() {
    NetworkSpec spec = SegmentedNetworks.ofEachLoss().findFirst().orElseThrow();
    String expected =
        "spec: expected a network that reads step by step, as the module of rnn and head does,"
            + " found one that reads segments; its weights have canonical names alone";
    assertEquals(expected, exportRefused(spec));
    assertEquals(expected, importRefused(spec, Map.of()));
  }

  @Test
  void stacksOfSeveralKindsOrSizesAreRefusedBothWays() {
    NetworkSpec kinds = stack(new LayerSpec(LSTM, 3, 0), new LayerSpec(GRU, 3, 0));
    NetworkSpec sizes = stack(new LayerSpec(GRU, 3, 0), new LayerSpec(GRU, 4, 0));

    String several = "layers: expected layers of one kind and size, as a recurrent module of";
    assertContains(exportRefused(kinds), several);
    assertContains(
        exportRefused(kinds), "found lstm of 3 in layer 0 and gru-after of 3 in layer 1");
    assertContains(importRefused(kinds, Map.of()), several);
    assertContains(exportRefused(sizes), "gru-after of 3 in layer 0 and gru-after of 4 in layer 1");
    assertContains(importRefused(sizes, Map.of()), several);
  }

  @Test
  void dropoutMayDifferFromLayerToLayer() {
    NetworkSpec dropping = stack(new LayerSpec(GRU, 3, 0.5), new LayerSpec(GRU, 3, 0));
    NetworkSpec plain = spec(GRU, 2, 3, 2, 1);

    assertEquals(
        PyTorchNames.toStateDict(plain, RandomWeights.of(plain, 1)),
        PyTorchNames.toStateDict(dropping, RandomWeights.of(plain, 1)));
  }

  private static NetworkSpec stack(LayerSpec... layers) {
    return new NetworkSpec(
        2, List.of(layers), new HeadSpec(1, Readout.EVERY_STEP), new Loss.Squared());
  }

  @Test
  void stateDictOfAnotherModuleIsRefusedByName() {
    Map<String, WeightTensor> more = stateDict();
    more.put("rnn.weight_ih_l0_reverse", WeightTensor.of(new float[24], 12, 2));
    Map<String, WeightTensor> less = stateDict();
    less.remove("rnn.bias_hh_l0");
    Map<String, WeightTensor> wider = stateDict();
    wider.put("rnn.weight_hh_l0", WeightTensor.of(new float[48], 12, 4));

    assertContains(importRefused(SMALL, more), "rnn.weight_ih_l0_reverse: unknown tensor");
    String missing = importRefused(SMALL, less);
    assertContains(missing, "rnn.bias_hh_l0: expected a tensor of shape [12], found none");
    assertContains(missing, "bias=True");
    assertContains(
        importRefused(SMALL, wider), "rnn.weight_hh_l0: expected shape [12, 3], found [12, 4]");
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    NamedWeights other = RandomWeights.of(spec(LSTM, 2, 4, 1, 4), 1);

    String message =
        Messages.of(IllegalArgumentException.class, () -> PyTorchNames.toStateDict(SMALL, other));

    assertContains(message, "expected shape [3, 2], found [4, 2]");
  }

  private static Map<String, WeightTensor> stateDict() {
    return new LinkedHashMap<>(PyTorchNames.toStateDict(SMALL, RandomWeights.of(SMALL, 1)));
  }

  private static String exportRefused(NetworkSpec spec) {
    return Messages.of(
        IllegalArgumentException.class,
        () -> PyTorchNames.toStateDict(spec, RandomWeights.of(spec, 1)));
  }

  private static String importRefused(NetworkSpec spec, Map<String, WeightTensor> stateDict) {
    return Messages.of(
        IllegalArgumentException.class, () -> PyTorchNames.fromStateDict(spec, stateDict));
  }

  private static NetworkSpec spec(CellSpec cell, int inputs, int hidden, int layers, int outputs) {
    return NetworkSpec.uniform(cell, inputs, hidden, layers, outputs, 0, new Loss.Squared());
  }

  private static Safetensors file(String name) throws IOException {
    return SafetensorsFiles.read(bytes(name));
  }

  private static byte[] bytes(String name) throws IOException {
    String resource = "/interop/" + name + ".safetensors";
    try (InputStream stream = PyTorchNamesTest.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(stream, resource).readAllBytes();
    }
  }

  private static float[] values(Map<String, WeightTensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name).values();
  }

  private static double[][] rows(Map<String, WeightTensor> tensors, String name) {
    int[] shape = Objects.requireNonNull(tensors.get(name), name).shape();
    float[] values = values(tensors, name);
    double[][] rows = new double[shape[0]][shape[1]];
    for (int i = 0; i < values.length; i++) {
      rows[i / shape[1]][i % shape[1]] = values[i];
    }
    return rows;
  }
}
