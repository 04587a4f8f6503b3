package io.gatecast.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.gatecast.reference.contract.RandomWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The LSTM: the contract, one step by hand, and the constant error carousel. */
class LstmCellTest extends RecurrentCellContract {
  @Override
  CellKind kind() {
    return new CellKind.Lstm();
  }

  /**
   * One input, one hidden unit, every gate with weights of its own.
   *
   * <pre>
   * x = 2, h' = 0.5, C' = -1
   * f  = σ( 0.1 * 2 + 0.2 * 0.5 + 1.0) = σ( 1.3)     =  0.785834983042559
   * i  = σ(-0.3 * 2 + 0.4 * 0.5 + 0.0) = σ(-0.4)     =  0.401312339887548
   * o  = σ( 0.5 * 2 - 0.6 * 0.5 + 0.1) = σ( 0.8)     =  0.689974481127612
   * C~ = tanh(0.7 * 2 + 0.8 * 0.5 - 0.9) = tanh(0.9) =  0.716297870199024
   * C  = f * -1 + i * C~                             = -0.498375808696521
   * h  = o * tanh(C) = o * -0.460838857366244        = -0.317967051494716
   * </pre>
   */
  @Test
  void oneStepByHand() {
    LstmCell cell =
        new LstmCell(
            gate(0.1, 0.2, 1), gate(-0.3, 0.4, 0), gate(0.5, -0.6, 0.1), gate(0.7, 0.8, -0.9));
    Step step = cell.step(new double[] {2}, State.of(new double[] {0.5}, new double[] {-1}));

    assertArrayEquals(new double[] {0.785834983042559}, step.gate("forget"), TOLERANCE);
    assertArrayEquals(new double[] {0.401312339887548}, step.gate("input"), TOLERANCE);
    assertArrayEquals(new double[] {0.689974481127612}, step.gate("output"), TOLERANCE);
    assertArrayEquals(new double[] {0.716297870199024}, step.gate("candidate"), TOLERANCE);
    assertArrayEquals(
        new double[] {-0.317967051494716, -0.498375808696521}, step.state().values(), TOLERANCE);
  }

  private static Gate gate(double w, double u, double b) {
    return new Gate(
        Tensor.matrix(new double[][] {{w}}), Tensor.matrix(new double[][] {{u}}), Tensor.vector(b));
  }

  @Test
  void saturatedForgetGateCarriesTheCellForAThousandSteps() {
    for (int hidden : new int[] {1, 2, 13}) {
      RandomWeights random = new RandomWeights(hidden);
      Map<String, Tensor> weights = random.cell(kind(), "", 2, hidden);
      double[] bias = new double[hidden];
      Arrays.fill(bias, 1e3);
      weights.put("forget.bias", Tensor.vector(bias));
      Arrays.fill(bias, -1e3);
      weights.put("input.bias", Tensor.vector(bias));
      LstmCell cell = LstmCell.fromWeights(weights, "");
      double[] c = random.vector(hidden);

      List<Step> steps =
          new Unrolled(cell)
              .forward(random.sequence(1000, 2), State.of(random.vector(hidden), c))
              .steps();

      // f is exactly 1 and i exactly 0 there, so that nothing at all may be lost.
      double[] last = steps.get(999).state().values();
      assertArrayEquals(c, Arrays.copyOfRange(last, hidden, 2 * hidden));
    }
  }

  @Test
  void gatesOfDifferentSizesAreAnError() {
    Gate one = gate(1, 1, 1);
    Gate two =
        new Gate(Tensor.of(new double[2], 1, 2), Tensor.of(new double[1], 1, 1), Tensor.vector(0));
    assertMessage(
        "input.input_weights: expected shape [1, 1], found [1, 2]",
        () -> new LstmCell(one, two, one, one));
    assertMessage(
        "output.input_weights: expected shape [1, 1], found [1, 2]",
        () -> new LstmCell(one, one, two, one));
    assertMessage(
        "candidate.input_weights: expected shape [1, 1], found [1, 2]",
        () -> new LstmCell(one, one, one, two));
  }
}
