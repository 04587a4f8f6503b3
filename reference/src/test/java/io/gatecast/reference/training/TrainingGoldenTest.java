package io.gatecast.reference.training;

import static io.gatecast.reference.contract.GoldenFile.Role.EXPECTED;
import static io.gatecast.reference.contract.GoldenFile.Role.INPUT;
import static io.gatecast.reference.contract.GoldenFile.Role.SETTING;
import static io.gatecast.reference.contract.GoldenFile.Role.TARGET;
import static io.gatecast.reference.contract.GoldenFile.Role.TRAINED;
import static io.gatecast.reference.contract.GoldenFile.Role.WEIGHT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.contract.GoldenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten steps of training against PyTorch in float64: Adam, and SGD with momentum and clipping by
 * global norm, on each cell that PyTorch has.
 */
class TrainingGoldenTest {
  private static final double TOLERANCE = 1e-12;

  static Stream<GoldenFile> files() {
    return GoldenFile.trainingNames().stream().map(GoldenFile::read);
  }

  @Test
  void theFilesAreTheseAndNoOthers() {
    assertEquals(
        Set.of(
            "training/rnn-adam",
            "training/gru-after-adam",
            "training/lstm-adam",
            "training/rnn-sgd-clipped",
            "training/gru-after-sgd-clipped",
            "training/lstm-sgd-clipped"),
        Set.copyOf(GoldenFile.trainingNames()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void lossesAndTrainedWeightsAreThoseOfPyTorch(GoldenFile golden) {
    List<Example> examples = new ArrayList<>();
    for (int e = 0; e < golden.tensors(TARGET).size(); e++) {
      examples.add(new Example(golden.tensor(INPUT, "x." + e), golden.tensor(TARGET, "y." + e)));
    }
    double[] losses = golden.tensor(EXPECTED, "losses").values();
    // Every example in every batch: an epoch is a step, whatever the order.
    Training training =
        new Training(
            new Loss.Squared(),
            clipping(golden),
            optimizer(golden),
            examples.size(),
            losses.length,
            1);

    Training.Trained found =
        training.fit(
            ReferenceNetwork.fromWeights(golden.layers(), golden.tensors(WEIGHT)), examples);

    assertArrayEquals(
        losses,
        found.losses().stream().mapToDouble(Double::doubleValue).toArray(),
        TOLERANCE,
        "losses");
    Map<String, Tensor> weights = found.network().weights();
    assertEquals(new TreeSet<>(golden.tensors(TRAINED).keySet()), new TreeSet<>(weights.keySet()));
    weights.forEach(
        (name, tensor) ->
            assertArrayEquals(
                golden.tensor(TRAINED, name).values(), tensor.values(), TOLERANCE, name));
  }

  private static Optimizer optimizer(GoldenFile golden) {
    double learningRate = setting(golden, "learning_rate");
    return golden.name().endsWith("-adam")
        ? new Adam(learningRate)
        : new Sgd(learningRate, setting(golden, "momentum"));
  }

  private static Clipping clipping(GoldenFile golden) {
    return golden.name().endsWith("-adam")
        ? new Clipping.None()
        : new Clipping.ByGlobalNorm(setting(golden, "clip_norm"));
  }

  private static double setting(GoldenFile golden, String name) {
    return golden.tensor(SETTING, name).get(0);
  }
}
