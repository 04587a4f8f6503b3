package io.gatecast.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.reference.contract.RandomWeights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The GRU: the contract and one step by hand for both resets, and what ties the two together. */
class GruCellTest {
  private static final double TOLERANCE = RecurrentCellContract.TOLERANCE;

  // One input, one hidden unit: z = σ(0.1 x + 0.2 h' - 0.1), r = σ(-0.3 x + 0.4 h' + 0.2).
  private static final Gate UPDATE = gate(0.1, 0.2, -0.1);
  private static final Gate RESET = gate(-0.3, 0.4, 0.2);
  private static final Gate CANDIDATE = gate(0.5, -0.6, 0.1);

  private static Gate gate(double w, double u, double b) {
    return new Gate(
        Tensor.matrix(new double[][] {{w}}), Tensor.matrix(new double[][] {{u}}), Tensor.vector(b));
  }

  /**
   * Reset before the product.
   *
   * <pre>
   * x = 2, h' = 0.5
   * z  = σ( 0.1 * 2 + 0.2 * 0.5 - 0.1) = σ( 0.2) = 0.549833997312478
   * r  = σ(-0.3 * 2 + 0.4 * 0.5 + 0.2) = σ(-0.2) = 0.450166002687522
   * r h' = 0.225083001343761
   * h~ = tanh(0.5 * 2 - 0.6 * 0.225083001343761 + 0.1)
   *    = tanh(0.964950199193743)            = 0.746476790152838
   * h  = (1 - z) * 0.5 + z * h~            = 0.635521318774484
   * </pre>
   */
  @Test
  void oneStepByHandWithResetBefore() {
    Step step =
        new GruCell(Reset.BEFORE, UPDATE, RESET, CANDIDATE)
            .step(new double[] {2}, State.of(new double[] {0.5}));
    assertArrayEquals(new double[] {0.549833997312478}, step.gate("update"), TOLERANCE);
    assertArrayEquals(new double[] {0.450166002687522}, step.gate("reset"), TOLERANCE);
    assertArrayEquals(new double[] {0.746476790152838}, step.gate("candidate"), TOLERANCE);
    assertArrayEquals(new double[] {0.635521318774484}, step.state().h(), TOLERANCE);
  }

  /**
   * Reset after the product, with c_h = 0.7.
   *
   * <pre>
   * z and r as above
   * U_h h' + c_h = -0.6 * 0.5 + 0.7        = 0.4
   * h~ = tanh(0.5 * 2 + 0.1 + r * 0.4)
   *    = tanh(1.280066401075009)            = 0.856502605943153
   * h  = (1 - z) * 0.5 + z * h~            = 0.696017252878039
   * </pre>
   */
  @Test
  void oneStepByHandWithResetAfter() {
    Step step =
        new GruCell(UPDATE, RESET, CANDIDATE, Tensor.vector(0.7))
            .step(new double[] {2}, State.of(new double[] {0.5}));
    assertArrayEquals(new double[] {0.549833997312478}, step.gate("update"), TOLERANCE);
    assertArrayEquals(new double[] {0.450166002687522}, step.gate("reset"), TOLERANCE);
    assertArrayEquals(new double[] {0.856502605943153}, step.gate("candidate"), TOLERANCE);
    assertArrayEquals(new double[] {0.696017252878039}, step.state().h(), TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource(Reset.class)
  void closedUpdateGateKeepsTheState(Reset reset) {
    for (int hidden : new int[] {1, 2, 13}) {
      RandomWeights random = new RandomWeights(hidden);
      Map<String, Tensor> weights = random.cell(new CellKind.Gru(reset), "", 2, hidden);
      weights.put("update.bias", filled(hidden, -1e3));
      GruCell cell = GruCell.fromWeights(reset, weights, "");
      State initial = random.state(cell);
      List<Step> steps = new Unrolled(cell).forward(random.sequence(100, 2), initial).steps();
      // z is exactly 0 there, so that nothing at all may be lost.
      assertEquals(initial, steps.get(99).state());
    }
  }

  @Test
  void resetsAgreeWhenTheResetGateIsOpenAndTheRecurrentBiasIsZero() {
    for (int hidden : new int[] {1, 2, 13}) {
      for (int seed = 0; seed < 25; seed++) {
        RandomWeights random = new RandomWeights(seed);
        Map<String, Tensor> before = random.cell(new CellKind.Gru(Reset.BEFORE), "", 3, hidden);
        before.put("reset.bias", filled(hidden, 1e3));
        Map<String, Tensor> after = new LinkedHashMap<>(before);
        after.put("candidate.recurrent_bias", filled(hidden, 0));
        assertSameStates(before, after, random.sequence(7, 3), true);

        // Both conditions are needed, or the variants would be one.
        before.put("reset.bias", filled(hidden, 0));
        after.put("reset.bias", filled(hidden, 0));
        after.put("candidate.recurrent_bias", filled(hidden, 0.5));
        assertSameStates(before, after, random.sequence(7, 3), false);
      }
    }
  }

  @Test
  void resetAfterWithoutARecurrentBiasTakesItAsZeros() {
    State before = State.of(new double[] {0.5});
    assertEquals(
        new GruCell(UPDATE, RESET, CANDIDATE, Tensor.vector(0)).step(new double[] {2}, before),
        new GruCell(Reset.AFTER, UPDATE, RESET, CANDIDATE).step(new double[] {2}, before));
  }

  private static void assertSameStates(
      Map<String, Tensor> before, Map<String, Tensor> after, double[][] x, boolean same) {
    GruCell first = GruCell.fromWeights(Reset.BEFORE, before, "");
    GruCell second = GruCell.fromWeights(Reset.AFTER, after, "");
    double[] expected = last(new Unrolled(first).forward(x, first.initialState()).steps());
    double[] found = last(new Unrolled(second).forward(x, second.initialState()).steps());
    double difference = 0;
    for (int k = 0; k < expected.length; k++) {
      difference = Math.max(difference, Math.abs(expected[k] - found[k]));
    }
    assertEquals(same, difference < TOLERANCE, "difference " + difference);
  }

  private static double[] last(List<Step> steps) {
    return steps.get(steps.size() - 1).state().h();
  }

  private static Tensor filled(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return Tensor.vector(values);
  }

  @Test
  void recurrentBiasBelongsToResetAfterOnly() {
    Map<String, Tensor> weights =
        new RandomWeights(1).cell(new CellKind.Gru(Reset.AFTER), "layers.0.", 2, 3);
    RecurrentCellContract.assertMessage(
        "layers.0.candidate.recurrent_bias: unknown tensor, expected of Gru[reset=BEFORE] only ",
        () -> GruCell.fromWeights(Reset.BEFORE, weights, "layers.0."));
  }

  @Test
  void gatesOfDifferentSizesAreAnError() {
    Gate two =
        new Gate(Tensor.of(new double[2], 1, 2), Tensor.of(new double[1], 1, 1), Tensor.vector(0));
    RecurrentCellContract.assertMessage(
        "reset.input_weights: expected shape [1, 1], found [1, 2]",
        () -> new GruCell(Reset.BEFORE, UPDATE, two, CANDIDATE));
    RecurrentCellContract.assertMessage(
        "candidate.input_weights: expected shape [1, 1], found [1, 2]",
        () -> new GruCell(Reset.BEFORE, UPDATE, RESET, two));
    RecurrentCellContract.assertMessage(
        "candidate.recurrent_bias: expected shape [1], found [2]",
        () -> new GruCell(UPDATE, RESET, CANDIDATE, Tensor.vector(1, 2)));
  }

  @Nested
  class ResetBefore extends RecurrentCellContract {
    @Override
    CellKind kind() {
      return new CellKind.Gru(Reset.BEFORE);
    }
  }

  @Nested
  class ResetAfter extends RecurrentCellContract {
    @Override
    CellKind kind() {
      return new CellKind.Gru(Reset.AFTER);
    }
  }
}
