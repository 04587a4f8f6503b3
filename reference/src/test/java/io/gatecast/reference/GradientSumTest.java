package io.gatecast.reference;

import static io.gatecast.reference.RecurrentCellContract.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sums by name: of vectors, outer products and whole gradients. */
class GradientSumTest {
  @Test
  void addsByName() {
    GradientSum sum = new GradientSum();
    assertEquals(Map.of(), sum.tensors());
    sum.addOuterProduct("u", new double[] {1, 2}, new double[] {3, 4, 5});
    sum.add("b", new double[] {1, 2});
    Map<String, Tensor> first = sum.tensors();
    sum.addOuterProduct("u", new double[] {1, 0}, new double[] {1, 1, 1});
    sum.add("b", new double[] {10, 20});

    assertEquals(Tensor.of(new double[] {3, 4, 5, 6, 8, 10}, 2, 3), first.get("u"));
    assertEquals(Tensor.of(new double[] {4, 5, 6, 6, 8, 10}, 2, 3), sum.tensors().get("u"));
    assertEquals(Tensor.vector(11, 22), sum.tensors().get("b"));
    assertEquals(List.of("u", "b"), List.copyOf(sum.tensors().keySet()));

    sum.addAll(first);
    assertEquals(Tensor.of(new double[] {7, 9, 11, 12, 16, 20}, 2, 3), sum.tensors().get("u"));
    assertEquals(Tensor.vector(12, 24), sum.tensors().get("b"));
  }

  @Test
  void shapesMustAgreeAndTheMapIsNotForWriting() {
    GradientSum sum = new GradientSum();
    sum.add("b", new double[] {1, 2});
    assertMessage("b: expected shape [2], found [3]", () -> sum.add("b", new double[3]));
    assertMessage(
        "b: expected shape [2], found [2, 1]",
        () -> sum.addOuterProduct("b", new double[2], new double[1]));
    assertMessage(
        "b: expected shape [2], found [1]", () -> sum.addAll(Map.of("b", Tensor.vector(1))));
    assertEquals(Tensor.vector(1, 2), sum.tensors().get("b"));
    assertThrows(UnsupportedOperationException.class, () -> sum.tensors().clear());
  }
}
