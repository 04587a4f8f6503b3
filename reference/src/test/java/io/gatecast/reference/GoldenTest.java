package io.gatecast.reference;

import static io.gatecast.reference.contract.GoldenFile.Role.EXPECTED;
import static io.gatecast.reference.contract.GoldenFile.Role.INPUT;
import static io.gatecast.reference.contract.GoldenFile.Role.OUTPUT_GRADIENT;
import static io.gatecast.reference.contract.GoldenFile.Role.OUTPUT_LOSS;
import static io.gatecast.reference.contract.GoldenFile.Role.STATE_GRADIENT;
import static io.gatecast.reference.contract.GoldenFile.Role.STATE_LOSS;
import static io.gatecast.reference.contract.GoldenFile.Role.WEIGHT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.reference.contract.GoldenFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the oracle against what PyTorch, NumPy and ONNX computed in float64: outputs, states and
 * gradients.
 *
 * <p>Every number within 1e-12, absolutely: the files' numbers are of the size of 1, and both sides
 * round in the 16th digit.
 */
class GoldenTest {
  private static final double TOLERANCE = 1e-12;

  static Stream<GoldenFile> files() {
    return GoldenFile.names().stream().map(GoldenFile::read);
  }

  /** ONNX's reference knows the way forward only. */
  static Stream<GoldenFile> filesWithGradients() {
    return files().filter(golden -> !golden.name().contains("-onnx-"));
  }

  static Stream<GoldenFile> filesOfOneLayerWithGradients() {
    return filesWithGradients().filter(golden -> golden.layers().size() == 1);
  }

  @Test
  void theFilesAreTheseAndNoOthers() {
    List<String> expected = new ArrayList<>();
    for (int layers = 1; layers <= 2; layers++) {
      for (String cell :
          List.of("rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru-after", "gru-before", "lstm")) {
        expected.add(cell + "-" + layers);
      }
      expected.add("gru-after-onnx-" + layers);
      expected.add("gru-before-onnx-" + layers);
    }
    assertEquals(new TreeSet<>(expected), new TreeSet<>(GoldenFile.names()));
  }

  @Test
  void whatIsNotThereIsNamed() {
    RecurrentCellContract.assertMessage(
        "name: expected a golden file on the class path, found no /golden/gru-1.txt",
        () -> GoldenFile.read("gru-1"));
    RecurrentCellContract.assertMessage(
        "rnn-relu-1: expected a tensor INPUT c.0, found [x, h.0]",
        () -> GoldenFile.read("rnn-relu-1").tensor(INPUT, "c.0"));
    RecurrentCellContract.assertMessage(
        "/golden/index.txt, line 1: expected `layers KIND...` or `ROLE NAME SHAPE VALUES...`",
        () -> GoldenFile.read("index"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void outputsAndStatesAreThoseOfTheGoldenFile(GoldenFile golden) {
    double[][] x = golden.tensor(INPUT, "x").rows();

    ReferenceNetwork lastStep =
        ReferenceNetwork.fromWeights(golden.layers(), golden.tensors(WEIGHT));
    assertArrayEquals(
        golden.tensor(EXPECTED, "y").values(), lastStep.forward(x), TOLERANCE, "y from zeros");

    NetworkPass pass = everyStep(golden).forward(x, golden.states(INPUT));
    assertEachRow(golden.tensor(EXPECTED, "outputs"), pass.outputs(), "outputs");
    double[][] top = pass.layers().get(golden.layers().size() - 1).hidden();
    assertEachRow(
        golden.tensor(EXPECTED, "h"), Stream.of(top).map(Tensor::vector).toList(), "hidden");
    for (int n = 0; n < golden.layers().size(); n++) {
      State found = pass.last().get(n);
      assertEquals(golden.state(EXPECTED, n).getClass(), found.getClass());
      assertArrayEquals(
          golden.state(EXPECTED, n).values(), found.values(), TOLERANCE, "last state " + n);
    }
  }

  @ParameterizedTest
  @MethodSource("filesWithGradients")
  void gradientsOfALossOnEveryOutputAreThoseOfTheGoldenFile(GoldenFile golden) {
    ReferenceNetwork network = everyStep(golden);
    NetworkPass pass = network.forward(golden.tensor(INPUT, "x").rows(), golden.states(INPUT));
    NetworkGradient gradient = network.backward(pass, golden.tensor(OUTPUT_LOSS, "y").rows());

    Map<String, Tensor> found = new LinkedHashMap<>(gradient.weights());
    found.put("x", matrix(gradient.x()));
    for (int n = 0; n < golden.layers().size(); n++) {
      putState(found, n, gradient.initial().get(n));
    }
    assertTensors(golden.tensors(OUTPUT_GRADIENT), found);
  }

  @ParameterizedTest
  @MethodSource("filesOfOneLayerWithGradients")
  void gradientsOfALossOnEveryStateAndTheLastAreThoseOfTheGoldenFile(GoldenFile golden) {
    Unrolled layer = everyStep(golden).layers().get(0);
    SequencePass pass = layer.forward(golden.tensor(INPUT, "x").rows(), golden.state(INPUT, 0));
    SequenceGradient gradient =
        layer.backward(pass, golden.tensor(STATE_LOSS, "h").rows(), golden.state(STATE_LOSS, 0));

    Map<String, Tensor> found = new LinkedHashMap<>();
    gradient.weights().forEach((name, tensor) -> found.put("layers.0." + name, tensor));
    found.put("x", matrix(gradient.x()));
    putState(found, 0, gradient.initial());
    assertTensors(golden.tensors(STATE_GRADIENT), found);
  }

  private static ReferenceNetwork everyStep(GoldenFile golden) {
    return ReferenceNetwork.fromWeights(
        golden.layers(), Readout.EVERY_STEP, golden.tensors(WEIGHT));
  }

  private static Tensor matrix(List<Tensor> rows) {
    return Tensor.matrix(rows.stream().map(Tensor::values).toArray(double[][]::new));
  }

  private static void putState(Map<String, Tensor> tensors, int layer, State state) {
    tensors.put("h." + layer, Tensor.vector(state.h()));
    if (state instanceof State.HiddenAndCell both) {
      tensors.put("c." + layer, Tensor.vector(both.c()));
    }
  }

  private static void assertEachRow(Tensor expected, List<Tensor> found, String what) {
    double[][] rows = expected.rows();
    assertEquals(rows.length, found.size(), what);
    for (int t = 0; t < rows.length; t++) {
      assertArrayEquals(rows[t], found.get(t).values(), TOLERANCE, what + " at step " + t);
    }
  }

  /** The same names, no more and no fewer, and under each the same shape and numbers. */
  private static void assertTensors(Map<String, Tensor> expected, Map<String, Tensor> found) {
    assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(found.keySet()));
    expected.forEach(
        (name, tensor) -> {
          Tensor other = RecurrentCellContract.tensor(found, name);
          assertArrayEquals(tensor.shape(), other.shape(), name);
          assertArrayEquals(tensor.values(), other.values(), TOLERANCE, name);
        });
  }
}
