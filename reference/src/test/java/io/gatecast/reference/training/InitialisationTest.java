package io.gatecast.reference.training;

import static io.gatecast.reference.training.LossTest.assertError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Reset;
import io.gatecast.reference.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Initial weights: their names and shapes, their distribution, and that a seed fixes them. */
class InitialisationTest {
  private static final List<CellKind> LAYERS =
      List.of(
          new CellKind.Lstm(), new CellKind.Gru(Reset.AFTER), new CellKind.Rnn(Activation.TANH));

  private static Tensor tensor(Map<String, Tensor> weights, String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  @Test
  void namesAndShapesAreThoseOfTheNetwork() {
    Map<String, Tensor> weights = Initialisation.weights(LAYERS, 3, 5, 2, 1);
    ReferenceNetwork network = ReferenceNetwork.fromWeights(LAYERS, weights);
    assertEquals(3, network.inputSize());
    assertEquals(2, network.outputSize());
    assertArrayEquals(new int[] {5, 3}, tensor(weights, "layers.0.forget.input_weights").shape());
    assertArrayEquals(new int[] {5, 5}, tensor(weights, "layers.1.update.input_weights").shape());
    assertThrows(UnsupportedOperationException.class, weights::clear);
  }

  @Test
  void aSeedFixesTheWeights() {
    assertEquals(
        Initialisation.weights(LAYERS, 3, 5, 2, 1), Initialisation.weights(LAYERS, 3, 5, 2, 1));
    assertNotEquals(
        Initialisation.weights(LAYERS, 3, 5, 2, 1), Initialisation.weights(LAYERS, 3, 5, 2, 2));
  }

  /** Pinned, so that a seed in a paper or a bug report means the same weights in a year. */
  @Test
  void aSeedMeansTheseWeights() {
    Map<String, Tensor> weights = Initialisation.weights(List.of(new CellKind.Lstm()), 1, 2, 1, 1);
    assertArrayEquals(
        new double[] {0.6530221370975113, -0.25432987181062283},
        tensor(weights, "layers.0.forget.input_weights").values(),
        1e-15);
    assertArrayEquals(
        new double[] {
          -0.8679067220198126, -0.496727210723173, 0.496727210723173, -0.867906722019812
        },
        tensor(weights, "layers.0.forget.recurrent_weights").values(),
        1e-14);
    assertArrayEquals(
        new double[] {0.3489255482026561, -0.891783018098002},
        tensor(weights, "head.weights").values(),
        1e-14);
  }

  @Test
  void recurrentWeightsAreOrthogonalAndEachGatesOwn() {
    Map<String, Tensor> weights = Initialisation.weights(LAYERS, 3, 40, 2, 7);
    weights.forEach(
        (name, tensor) -> {
          if (name.endsWith(".recurrent_weights")) {
            double[][] rows = tensor.rows();
            for (int i = 0; i < rows.length; i++) {
              for (int j = 0; j < rows.length; j++) {
                double product = 0;
                for (int k = 0; k < rows.length; k++) {
                  product += rows[i][k] * rows[j][k];
                }
                assertEquals(i == j ? 1 : 0, product, 1e-14, name);
              }
            }
          }
        });
    assertNotEquals(
        tensor(weights, "layers.0.forget.recurrent_weights"),
        tensor(weights, "layers.0.input.recurrent_weights"));
  }

  /** Uniform in ±√(6 / (rows + columns)): within the bound, near it, and of that variance. */
  @Test
  void inputAndHeadWeightsAreXavier() {
    Map<String, Tensor> weights = Initialisation.weights(LAYERS, 100, 200, 150, 3);
    for (String name :
        List.of("layers.0.output.input_weights", "layers.2.hidden.input_weights", "head.weights")) {
      Tensor tensor = tensor(weights, name);
      double limit = Math.sqrt(6.0 / (tensor.shape()[0] + tensor.shape()[1]));
      double[] values = tensor.values();
      double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
      assertTrue(largest <= limit && largest > 0.99 * limit, name);
      double mean = Arrays.stream(values).average().orElse(1);
      double variance = Arrays.stream(values).map(v -> v * v).average().orElse(0);
      assertEquals(0, mean, 0.02 * limit, name);
      assertEquals(limit * limit / 3, variance, 0.02 * limit * limit, name);
    }
  }

  @Test
  void biasesAreZeroButForTheForgetGates() {
    Map<String, Tensor> weights = Initialisation.weights(LAYERS, 3, 4, 2, 1);
    weights.forEach(
        (name, tensor) -> {
          if (tensor.rank() == 1) {
            double expected = name.equals("layers.0.forget.bias") ? 1 : 0;
            assertTrue(Arrays.stream(tensor.values()).allMatch(v -> v == expected), name);
          }
        });
    assertEquals(Tensor.vector(0, 0, 0, 0), tensor(weights, "layers.1.candidate.recurrent_bias"));
    assertEquals(Tensor.vector(0, 0), tensor(weights, "head.bias"));
  }

  @Test
  void sizesMustBePositive() {
    assertError(
        "layers: expected at least 1, found 0",
        () -> Initialisation.weights(List.of(), 1, 1, 1, 1));
    assertError(
        "input: expected at least 1, found 0", () -> Initialisation.weights(LAYERS, 0, 1, 1, 1));
    assertError(
        "hidden: expected at least 1, found -1", () -> Initialisation.weights(LAYERS, 1, -1, 1, 1));
    assertError(
        "output: expected at least 1, found 0", () -> Initialisation.weights(LAYERS, 1, 1, 0, 1));
  }
}
