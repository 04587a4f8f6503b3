package io.gatecast.reference.training;

import static io.gatecast.reference.training.LossTest.assertError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.reference.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Updates by hand, and what an update refuses. */
class OptimizerTest {
  private static Map<String, Tensor> tensors(double w, double b) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", Tensor.of(new double[] {w}, 1, 1));
    tensors.put("b", Tensor.vector(b));
    return tensors;
  }

  private static void assertTensors(double w, double b, Map<String, Tensor> found) {
    assertEquals(List.of("w", "b"), List.copyOf(found.keySet()));
    Tensor matrix = Objects.requireNonNull(found.get("w"));
    assertArrayEquals(new int[] {1, 1}, matrix.shape());
    assertEquals(w, matrix.get(0, 0), 1e-12);
    assertEquals(b, Objects.requireNonNull(found.get("b")).get(0), 1e-12);
  }

  /** v: 1, 0.9 + 1 = 1.9, 1.71 + 0 = 1.71; and for b: -2, -1.8 + 2 = 0.2, 0.18 + 2 = 2.18. */
  @Test
  void momentumByHand() {
    OptimizerState state = new Sgd(0.1, 0.9).start();
    Map<String, Tensor> weights = state.update(tensors(5, 1), tensors(1, -2));
    assertTensors(4.9, 1.2, weights);
    weights = state.update(weights, tensors(1, 2));
    assertTensors(4.71, 1.18, weights);
    weights = state.update(weights, tensors(0, 2));
    assertTensors(4.539, 0.962, weights);
  }

  @Test
  void withoutMomentumItIsGradientDescent() {
    OptimizerState state = new Sgd(0.5, 0).start();
    Map<String, Tensor> weights = state.update(tensors(5, 1), tensors(1, -2));
    assertTensors(4.5, 2, weights);
    assertTensors(4.5, 1, state.update(weights, tensors(0, 2)));
  }

  /**
   * β₁ = 0.5, β₂ = 0.75, ε = 0.1, η = 1.
   *
   * <pre>
   * w: g = 2: m = 1, v = 1;         m̂ = 1 / 0.5 = 2,         v̂ = 1 / 0.25 = 4;          w -= 2 / (2 + 0.1)
   *    g = 0: m = 0.5, v = 0.75;    m̂ = 0.5 / 0.75 = 2 / 3,  v̂ = 0.75 / 0.4375 = 12 / 7; w -= (2 / 3) / (√(12 / 7) + 0.1)
   * b: g = -4: m = -2, v = 4;       m̂ = -4,                  v̂ = 16;                     b += 4 / (4 + 0.1)
   *    g = 4: m = 1, v = 7;         m̂ = 4 / 3,               v̂ = 16;                     b -= (4 / 3) / (4 + 0.1)
   * </pre>
   */
  @Test
  void adamByHand() {
    OptimizerState state = new Adam(1, 0.5, 0.75, 0.1).start();
    double w = 5 - 2 / 2.1;
    double b = 1 + 4 / 4.1;
    Map<String, Tensor> weights = state.update(tensors(5, 1), tensors(2, -4));
    assertTensors(w, b, weights);
    w -= 2.0 / 3 / (Math.sqrt(12.0 / 7) + 0.1);
    b -= 4.0 / 3 / 4.1;
    assertTensors(w, b, state.update(weights, tensors(0, 4)));
  }

  /** Whatever the gradient's size, Adam's first step is the learning rate. */
  @Test
  void firstStepOfAdamIsTheLearningRate() {
    OptimizerState state = new Adam(0.01).start();
    assertEquals(new Adam(0.01, 0.9, 0.999, 1e-8), new Adam(0.01));
    Map<String, Tensor> moved = state.update(tensors(5, 1), tensors(1e-3, -1e6));
    assertEquals(4.99, Objects.requireNonNull(moved.get("w")).get(0, 0), 1e-6);
    assertEquals(1.01, Objects.requireNonNull(moved.get("b")).get(0), 1e-6);
  }

  @Test
  void eachTrainingHasItsOwnMemory() {
    for (Optimizer optimizer : List.of(new Sgd(0.1, 0.9), new Adam(0.1))) {
      Map<String, Tensor> first = optimizer.start().update(tensors(5, 1), tensors(1, -2));
      assertEquals(first, optimizer.start().update(tensors(5, 1), tensors(1, -2)));
    }
  }

  @Test
  void weightsPassedInDoNotChange() {
    Map<String, Tensor> weights = tensors(5, 1);
    Map<String, Tensor> moved = new Sgd(0.1, 0).start().update(weights, tensors(1, 1));
    assertTensors(5, 1, weights);
    assertThrows(UnsupportedOperationException.class, moved::clear);
  }

  @Test
  void namesAndShapesMustAgreeAndARefusedCallIsNotRemembered() {
    for (Optimizer optimizer : List.of(new Sgd(0.1, 0.9), new Adam(0.1))) {
      OptimizerState state = optimizer.start();
      assertError(
          "gradients: expected the names [w, b], found [w]",
          () -> state.update(tensors(5, 1), Map.of("w", Tensor.vector(1))));
      Map<String, Tensor> other = tensors(1, 1);
      other.put("b", Tensor.vector(1, 2));
      assertError(
          "gradients.b: expected shape [1], found [2]", () -> state.update(tensors(5, 1), other));
      assertEquals(
          optimizer.start().update(tensors(5, 1), tensors(1, -2)),
          state.update(tensors(5, 1), tensors(1, -2)));
    }
  }

  @Test
  void settingsOutOfRangeAreErrors() {
    assertError("learningRate: expected above 0 and finite, found 0.0", () -> new Sgd(0, 0));
    assertError("learningRate: expected above 0 and finite, found -1.0", () -> new Adam(-1));
    for (double decay : new double[] {-0.1, 1, Double.NaN}) {
      String found = ": expected at least 0 and below 1, found " + decay;
      assertError("momentum" + found, () -> new Sgd(1, decay));
      assertError("beta1" + found, () -> new Adam(1, decay, 0.9, 1));
      assertError("beta2" + found, () -> new Adam(1, 0.9, decay, 1));
    }
    assertError("epsilon: expected above 0 and finite, found 0.0", () -> new Adam(1, 0, 0, 0));
  }
}
