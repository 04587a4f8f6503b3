package io.gatecast.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.contract.RandomWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every cell must do, whatever its equations: one subclass for each kind.
 *
 * <p>The numbers themselves are pinned by {@link NaiveCell}, by the subclasses (values by hand) and
 * by {@link GoldenTest}.
 */
abstract class RecurrentCellContract {
  static final double TOLERANCE = 1e-12;
  private static final int SEEDS = 25;

  /** The kind of cell under test. */
  abstract CellKind kind();

  /** The tensor of this name, which must be there. */
  static Tensor tensor(Map<String, Tensor> weights, String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  static Stream<Arguments> sizes() {
    return Stream.of(1, 2, 13)
        .flatMap(input -> Stream.of(1, 2, 13).map(hidden -> Arguments.of(input, hidden)));
  }

  private RecurrentCell cell(Map<String, Tensor> weights) {
    return kind().cellFromWeights(weights, "");
  }

  @ParameterizedTest(name = "input {0}, hidden {1}")
  @MethodSource("sizes")
  void stepIsTheNaiveFormula(int input, int hidden) {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomWeights random = new RandomWeights(seed);
      Map<String, Tensor> weights = random.cell(kind(), "", input, hidden);
      RecurrentCell cell = cell(weights);
      double[] x = random.vector(input);
      State before = random.state(cell);

      assertEquals(input, cell.inputSize());
      assertEquals(hidden, cell.hiddenSize());
      assertArrayEquals(
          new NaiveCell(kind(), weights, "").next(x, before).values(),
          cell.step(x, before).state().values(),
          TOLERANCE,
          "seed " + seed);
    }
  }

  @ParameterizedTest(name = "input {0}, hidden {1}")
  @MethodSource("sizes")
  void splitSequenceWithCarriedStateIsTheWhole(int input, int hidden) {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomWeights random = new RandomWeights(seed);
      RecurrentCell cell = cell(random.cell(kind(), "", input, hidden));
      double[][] x = random.sequence(9, input);
      State initial = random.state(cell);
      Unrolled unrolled = new Unrolled(cell);

      List<Step> whole = unrolled.forward(x, initial).steps();
      int split = seed % x.length;
      List<Step> parts = new ArrayList<>();
      parts.addAll(unrolled.forward(Arrays.copyOf(x, split), initial).steps());
      State carried = split == 0 ? initial : parts.get(split - 1).state();
      parts.addAll(unrolled.forward(Arrays.copyOfRange(x, split, x.length), carried).steps());

      assertEquals(x.length, whole.size());
      assertEquals(whole, parts, "seed " + seed);
    }
  }

  @ParameterizedTest(name = "input {0}, hidden {1}")
  @MethodSource("sizes")
  void permutedUnitsGivePermutedStates(int input, int hidden) {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomWeights random = new RandomWeights(seed);
      Map<String, Tensor> weights = random.cell(kind(), "", input, hidden);
      int[] order = random.permutation(hidden);
      Map<String, Tensor> permutedWeights = new LinkedHashMap<>();
      weights.forEach((name, tensor) -> permutedWeights.put(name, permuted(name, tensor, order)));
      double[][] x = random.sequence(5, input);
      RecurrentCell cell = cell(weights);

      List<Step> steps = new Unrolled(cell).forward(x, cell.initialState()).steps();
      List<Step> others =
          new Unrolled(cell(permutedWeights)).forward(x, cell.initialState()).steps();

      for (int t = 0; t < x.length; t++) {
        double[] h = steps.get(t).state().h();
        double[] other = others.get(t).state().h();
        for (int k = 0; k < hidden; k++) {
          assertEquals(h[order[k]], other[k], TOLERANCE, "seed " + seed + ", step " + t);
        }
      }
    }
  }

  /** Unit k of the result is unit {@code order[k]} of the tensor, in rows and in U's columns. */
  private static Tensor permuted(String name, Tensor tensor, int[] order) {
    int hidden = order.length;
    int columns = tensor.size() / hidden;
    boolean recurrent = name.endsWith(".recurrent_weights");
    double[] from = tensor.values();
    double[] to = new double[from.length];
    for (int row = 0; row < hidden; row++) {
      for (int column = 0; column < columns; column++) {
        int source = recurrent ? order[column] : column;
        to[row * columns + column] = from[order[row] * columns + source];
      }
    }
    return Tensor.of(to, tensor.shape());
  }

  @Test
  void initialStateIsZeros() {
    RecurrentCell cell = cell(new RandomWeights(1).cell(kind(), "", 2, 3));
    int numbers = cell instanceof LstmCell ? 6 : 3;
    assertArrayEquals(new double[numbers], cell.initialState().values());
  }

  @Test
  void gatesAreNamedInFixedOrder() {
    RecurrentCell cell = cell(new RandomWeights(1).cell(kind(), "", 2, 3));
    Step step = cell.step(new double[2], cell.initialState());
    assertEquals(kind().gates(), new ArrayList<>(step.gates().keySet()));
    for (String gate : kind().gates()) {
      assertArrayEquals(step.gates().get(gate), step.gate(gate));
    }
    assertMessage(
        "name: expected one of " + kind().gates() + ", found reste", () -> step.gate("reste"));
  }

  @Test
  void mutatingWhatWasPassedOrReturnedChangesNothing() {
    RandomWeights random = new RandomWeights(7);
    Map<String, Tensor> weights = random.cell(kind(), "", 2, 3);
    RecurrentCell cell = cell(weights);
    double[] x = random.vector(2);
    State before = random.state(cell);
    Step expected = cell.step(x, before);
    double[] stateBefore = before.values();

    weights.clear();
    Arrays.fill(before.h(), 99);
    if (before instanceof State.HiddenAndCell both) {
      Arrays.fill(both.c(), 99);
    }
    double[] passed = x.clone();
    Step step = cell.step(passed, before);
    Arrays.fill(passed, 99);
    Arrays.fill(step.state().h(), 99);
    step.gates().values().forEach(gate -> Arrays.fill(gate, 99));
    step.gates().clear();
    Arrays.fill(step.gate(kind().gates().get(0)), 99);

    assertEquals(expected, step);
    assertEquals(expected.hashCode(), step.hashCode());
    assertArrayEquals(stateBefore, before.values());
    assertEquals(expected, cell.step(x, before));
  }

  @Test
  void shapeErrorsNameTheArgument() {
    RandomWeights random = new RandomWeights(3);
    RecurrentCell cell = cell(random.cell(kind(), "", 2, 3));
    State small = random.state(cell(random.cell(kind(), "", 2, 1)));
    Unrolled unrolled = new Unrolled(cell);

    assertMessage(
        "x: expected shape [2], found [3]", () -> cell.step(new double[3], cell.initialState()));
    assertMessage(
        "previous.h: expected shape [3], found [1]", () -> cell.step(new double[2], small));
    assertMessage(
        "x[1]: expected shape [2], found [1]",
        () -> unrolled.forward(new double[][] {{1, 2}, {3}}, cell.initialState()));
    State foreign =
        cell instanceof LstmCell ? State.of(new double[3]) : State.of(new double[3], new double[3]);
    String expected = cell instanceof LstmCell ? "HiddenAndCell" : "Hidden,";
    assertMessage(
        "previous: expected a State." + expected, () -> cell.step(new double[2], foreign));
  }

  @Test
  void backwardShapeErrorsNameTheArgument() {
    RandomWeights random = new RandomWeights(3);
    RecurrentCell cell = cell(random.cell(kind(), "", 2, 3));
    RecurrentCell narrow = cell(random.cell(kind(), "", 2, 1));
    State zeros = cell.initialState();
    double[] x = random.vector(2);
    Step step = cell.step(x, zeros);
    GradientSum sum = new GradientSum();

    assertMessage(
        "x: expected shape [2], found [3]",
        () -> cell.backward(new double[3], zeros, step, zeros, sum));
    assertMessage(
        "previous.h: expected shape [3], found [1]",
        () -> cell.backward(x, narrow.initialState(), step, zeros, sum));
    assertMessage(
        "gradient.h: expected shape [3], found [1]",
        () -> cell.backward(x, zeros, step, narrow.initialState(), sum));
    assertMessage(
        "step.", () -> cell.backward(x, zeros, narrow.step(x, narrow.initialState()), zeros, sum));
    assertEquals(Map.of(), sum.tensors());
  }

  @Test
  void stepsAreEqualWhenStateAndGatesAre() {
    RandomWeights random = new RandomWeights(3);
    RecurrentCell cell = cell(random.cell(kind(), "", 2, 3));
    double[] x = random.vector(2);
    Step step = cell.step(x, cell.initialState());
    Step other = cell.step(random.vector(2), cell.initialState());
    assertEquals(step, cell.step(x, cell.initialState()));
    assertNotEquals(step, other);
    assertNotEquals(step, new Step(step.state(), other.gates()));
    assertNotEquals(step, new Step(other.state(), step.gates()));
    assertNotEquals(step.hashCode(), new Step(step.state(), other.gates()).hashCode());
    assertNotEquals(step.hashCode(), new Step(other.state(), step.gates()).hashCode());
  }

  @Test
  void weightErrorsNameTheTensor() {
    for (String name : kind().tensorNames()) {
      Map<String, Tensor> weights = new RandomWeights(5).cell(kind(), "layers.4.", 2, 3);
      Tensor right = weights.remove("layers.4." + name);
      assertMessage(
          "layers.4." + name + ": expected a tensor of this name, found only [",
          () -> kind().cellFromWeights(weights, "layers.4."));

      weights.put("layers.4." + name, Tensor.of(new double[8], 8));
      boolean sizesComeFromIt = name.equals(kind().tensorNames().get(0));
      String expected =
          sizesComeFromIt ? "rank 2 [hidden, input]" : "shape " + Arrays.toString(right.shape());
      String found = (sizesComeFromIt ? "shape " : "") + "[8]";
      assertMessage(
          "layers.4." + name + ": expected " + expected + ", found " + found,
          () -> kind().cellFromWeights(weights, "layers.4."));
    }
  }

  @Test
  void unknownParameterOfAGateIsAnError() {
    Map<String, Tensor> weights = new RandomWeights(5).cell(kind(), "", 2, 3);
    weights.put("head.bias", Tensor.vector(1));
    kind().cellFromWeights(weights, "");
    String gate = kind().gates().get(0);
    weights.put(gate + ".peephole", Tensor.vector(1, 2, 3));
    assertMessage(
        gate
            + ".peephole: unknown tensor, expected of "
            + kind()
            + " only "
            + kind().tensorNames()
            + "; remove it",
        () -> kind().cellFromWeights(weights, ""));

    Map<String, Tensor> prefixed = new RandomWeights(5).cell(kind(), "layers.4.", 2, 3);
    prefixed.put("layers.4." + gate + ".peephole", Tensor.vector(1, 2, 3));
    assertMessage(
        "layers.4."
            + gate
            + ".peephole: unknown tensor, expected of "
            + kind()
            + " only "
            + kind().tensorNames()
            + " after layers.4.; remove it",
        () -> kind().cellFromWeights(prefixed, "layers.4."));
  }

  static void assertMessage(String start, Executable action) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, action).getMessage());
    assertTrue(message.startsWith(start), () -> "expected <" + start + "...>, found " + message);
  }
}
