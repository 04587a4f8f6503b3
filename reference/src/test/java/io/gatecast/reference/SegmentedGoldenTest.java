package io.gatecast.reference;

import static io.gatecast.reference.RecurrentCellContract.tensor;
import static io.gatecast.reference.contract.GoldenFile.Role.EXPECTED;
import static io.gatecast.reference.contract.GoldenFile.Role.INPUT;
import static io.gatecast.reference.contract.GoldenFile.Role.OUTPUT_GRADIENT;
import static io.gatecast.reference.contract.GoldenFile.Role.OUTPUT_LOSS;
import static io.gatecast.reference.contract.GoldenFile.Role.WEIGHT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.reference.contract.GoldenFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds networks of segments against SegRNN as PyTorch computes it in float64, outputs and
 * gradients: every number within 1e-12, absolutely.
 */
class SegmentedGoldenTest {
  private static final double TOLERANCE = 1e-12;

  static Stream<GoldenFile> files() {
    return GoldenFile.segmentedNames().stream().map(GoldenFile::read);
  }

  @Test
  void theFilesAreTheseAndNoOthers() {
    assertEquals(
        Set.of(
            "segments/gru-after-last-value",
            "segments/gru-after-instance",
            "segments/gru-after-none-linear",
            "segments/lstm-last-value-linear",
            "segments/lstm-instance-linear",
            "segments/lstm-none",
            "segments/rnn-tanh-instance-linear"),
        Set.copyOf(GoldenFile.segmentedNames()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void outputsAndGradientsAreThoseOfPyTorch(GoldenFile golden) {
    SegmentedNetwork network =
        SegmentedNetwork.fromWeights(
            golden.layers().get(0), golden.segmentation(), golden.tensors(WEIGHT));
    SegmentedPass pass = network.pass(golden.tensor(INPUT, "x").rows());
    assertArrayEquals(
        golden.tensor(EXPECTED, "y").values(), pass.outputs().values(), TOLERANCE, "y");

    SegmentedGradient gradient = network.backward(pass, golden.tensor(OUTPUT_LOSS, "y").values());
    Map<String, Tensor> found = new LinkedHashMap<>(gradient.weights());
    found.put(
        "x", Tensor.matrix(gradient.x().stream().map(Tensor::values).toArray(double[][]::new)));
    Map<String, Tensor> expected = golden.tensors(OUTPUT_GRADIENT);
    assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(found.keySet()));
    expected.forEach(
        (name, right) -> {
          Tensor other = tensor(found, name);
          assertArrayEquals(right.shape(), other.shape(), name);
          assertArrayEquals(right.values(), other.values(), TOLERANCE, name);
        });
  }
}
