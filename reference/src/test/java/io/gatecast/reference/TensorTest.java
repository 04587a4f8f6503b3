package io.gatecast.reference;

import static io.gatecast.reference.RecurrentCellContract.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The values that carry weights, states and gates: order, equality, copies and errors. */
class TensorTest {
  @Test
  void isRowMajor() {
    Tensor tensor = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertEquals(3, tensor.get(0, 2));
    assertEquals(4, tensor.get(1, 0));
    assertEquals(2, tensor.rank());
    assertEquals(6, tensor.size());
    assertEquals(tensor, Tensor.matrix(new double[][] {{1, 2, 3}, {4, 5, 6}}));
    assertArrayEquals(new double[] {14, 32}, tensor.times(new double[] {1, 2, 3}));
  }

  @Test
  void equalityIsOfShapeAndValues() {
    Tensor vector = Tensor.vector(1, 2);
    assertEquals(vector, Tensor.of(new double[] {1, 2}, 2));
    assertEquals(vector.hashCode(), Tensor.of(new double[] {1, 2}, 2).hashCode());
    assertNotEquals(vector, Tensor.of(new double[] {1, 2}, 1, 2));
    assertNotEquals(vector.hashCode(), Tensor.of(new double[] {1, 2}, 1, 2).hashCode());
    assertNotEquals(vector.hashCode(), Tensor.vector(1, 3).hashCode());
    // As a list of its shape's and its values' hashes would have it.
    assertEquals(
        31 * Arrays.hashCode(new int[] {2}) + Arrays.hashCode(new double[] {1, 2}),
        vector.hashCode());
    assertNotEquals(vector, Tensor.vector(1, 3));
    assertEquals(Tensor.vector(Double.NaN), Tensor.vector(Double.NaN));
    assertEquals("Tensor[2][1.0, 2.0]", vector.toString());
  }

  @Test
  void arraysAreCopiedInAndOut() {
    double[] values = {1, 2};
    int[] shape = {1, 2};
    double[][] rows = {{1, 2}};
    Tensor tensor = Tensor.of(values, shape);
    Tensor vector = Tensor.vector(values);
    Tensor matrix = Tensor.matrix(rows);
    values[0] = 99;
    shape[0] = 99;
    rows[0][0] = 99;
    tensor.values()[0] = 99;
    tensor.shape()[0] = 99;
    assertEquals(Tensor.of(new double[] {1, 2}, 1, 2), tensor);
    assertEquals(tensor, matrix);
    assertEquals(Tensor.vector(1, 2), vector);
  }

  @Test
  void statesAndStepsCopyInAndOut() {
    double[] h = {1, 2};
    double[] c = {3, 4};
    State.HiddenAndCell state = State.of(h, c);
    State.Hidden hidden = State.of(h);
    h[0] = 99;
    c[0] = 99;
    state.h()[0] = 99;
    state.c()[0] = 99;
    hidden.h()[0] = 99;
    assertEquals(State.of(new double[] {1, 2}, new double[] {3, 4}), state);
    assertEquals(State.of(new double[] {1, 2}), hidden);

    double[] gate = {5, 6};
    Step step = new Step(hidden, Map.of("hidden", gate));
    gate[0] = 99;
    assertArrayEquals(new double[] {5, 6}, step.gate("hidden"));
    assertTrue(step.toString().contains("hidden=Tensor[2][5.0, 6.0]"), step::toString);
  }

  @Test
  void errorsNameTheArgumentWithExpectedAndFound() {
    assertMessage(
        "shape: expected rank 1 or 2, found rank 3 [1, 1, 1]",
        () -> Tensor.of(new double[1], 1, 1, 1));
    assertMessage("shape: expected rank 1 or 2, found rank 0 []", () -> Tensor.of(new double[1]));
    assertMessage(
        "shape: expected every size to be at least 1, found [0, 2]",
        () -> Tensor.of(new double[0], 0, 2));
    assertMessage(
        "values: expected 6 values for shape [2, 3], found 5",
        () -> Tensor.of(new double[5], 2, 3));
    // 65,536 squared is 0 in int arithmetic.
    assertMessage(
        "values: expected 4294967296 values", () -> Tensor.of(new double[0], 1 << 16, 1 << 16));
    assertMessage(
        "rows[1]: expected shape [2], found [1]",
        () -> Tensor.matrix(new double[][] {{1, 2}, {3}}));
    assertMessage("rows: expected at least 1 row, found 0", () -> Tensor.matrix(new double[0][]));
    assertMessage(
        "indices: expected 2 for shape [1, 2], found [0]",
        () -> Tensor.of(new double[2], 1, 2).get(0));
    for (int[] outside : new int[][] {{0, 2}, {1, 0}, {-1, 0}}) {
      assertThrows(
          IndexOutOfBoundsException.class, () -> Tensor.of(new double[2], 1, 2).get(outside));
    }
    Tensor square = Tensor.of(new double[4], 2, 2);
    assertEquals(
        "indices: expected each within shape [2, 2], found [0, 2]",
        assertThrows(IndexOutOfBoundsException.class, () -> square.get(0, 2)).getMessage());
    assertArrayEquals(new double[][] {{0, 0}, {0, 0}}, square.rows());
    assertEquals(
        "rows: expected a matrix, found shape [1]",
        assertThrows(IllegalStateException.class, () -> Tensor.vector(1).rows()).getMessage());
    assertMessage(
        "h: expected rank 1 [hidden], found shape [1, 2]",
        () -> new State.HiddenAndCell(Tensor.of(new double[2], 1, 2), Tensor.vector(1, 2)));
    assertMessage(
        "addend: expected shape [1], found [2]",
        () -> State.of(new double[1]).plusHidden(new double[2]));
    assertMessage(
        "addend: expected shape [1], found [2]",
        () -> State.of(new double[1], new double[1]).plusHidden(new double[2]));
    assertMessage("c: expected shape [2], found [1]", () -> State.of(new double[2], new double[1]));
    assertMessage(
        "h: expected rank 1 [hidden], found shape [1, 2]",
        () -> new State.Hidden(Tensor.of(new double[2], 1, 2)));
    assertMessage(
        "gates.reset: expected shape [1], found [2]",
        () -> new Step(State.of(new double[1]), Map.of("reset", new double[2])));
  }

  @Test
  void gateAndHeadErrorsNameTheTensor() {
    Tensor w = Tensor.of(new double[6], 3, 2);
    Tensor u = Tensor.of(new double[9], 3, 3);
    Tensor b = Tensor.vector(0, 0, 0);
    assertMessage(
        "inputWeights: expected rank 2 [hidden, input], found shape [3]", () -> new Gate(b, u, b));
    assertMessage("recurrentWeights: expected shape [3, 3], found [3, 2]", () -> new Gate(w, w, b));
    assertMessage("bias: expected shape [3], found [2]", () -> new Gate(w, u, Tensor.vector(0, 0)));
    assertMessage("bias: expected shape [3], found [3, 2]", () -> new Dense(w, w));
    assertMessage(
        "weights: expected rank 2 [output, hidden], found shape [3]", () -> new Dense(b, b));
    Dense dense = new Dense(w, b);
    assertMessage("h: expected shape [2], found [3]", () -> dense.forward(new double[3]));
    GradientSum sum = new GradientSum();
    assertMessage(
        "h: expected shape [2], found [3]",
        () -> dense.backward(new double[3], new double[3], sum));
    assertMessage(
        "dy: expected shape [3], found [2]",
        () -> dense.backward(new double[2], new double[2], sum));
    assertEquals(Map.of(), sum.tensors());
  }
}
