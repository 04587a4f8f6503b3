package io.gatecast.reference;

import static io.gatecast.reference.RecurrentCellContract.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.contract.FiniteDifference;
import io.gatecast.reference.contract.RandomWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradient flow: closed forms, finite differences, and the norm it is measured by. */
class GradientFlowTest {
  /** A rectifier that stays on is linear: ∂h_T/∂h_t = U^(T-t), here a number to a power. */
  @Test
  void flowOfALinearUnitIsThePowerOfItsWeight() {
    for (double u : new double[] {0.5, 0.9, 1.0, 1.1}) {
      GradientFlow flow = flow(rectifier(u), 40);
      for (int t = 0; t < 40; t++) {
        double expected = Math.pow(u, 39 - t);
        assertEquals(expected, flow.hidden().get(t), 1e-12 * expected);
        assertEquals(expected, flow.state().get(t), 1e-12 * expected);
        // The loss is 3 h_T, so that the gradient arriving at h_t is three times that.
        assertEquals(3 * expected, flow.loss().get(t), 3e-12 * expected);
      }
    }
  }

  /** 0.5^7 is the first power of a half under 1 %, 0.9^44 the first of nine tenths. */
  @Test
  void effectiveMemoryIsTheFirstLagUnderOnePercent() {
    assertEquals(OptionalInt.of(7), flow(rectifier(0.5), 40).effectiveMemory());
    assertEquals(OptionalInt.of(44), flow(rectifier(0.9), 60).effectiveMemory());
    assertEquals(OptionalInt.empty(), flow(rectifier(0.9), 44).effectiveMemory());
    assertEquals(OptionalInt.empty(), flow(rectifier(1.1), 100).effectiveMemory());
    assertEquals(OptionalInt.empty(), flow(rectifier(1.0), 100).effectiveMemory());
  }

  @Test
  void effectiveMemoryIsMeasuredFromTheLargestNorm() {
    assertEquals(OptionalInt.of(3), memory(1, 0.5, 0.02, 0.0099));
    assertEquals(OptionalInt.empty(), memory(1, 0.5, 0.02, 0.01));
    // It falls under 1 % of a first peak, then rises to a higher one, from which it must fall anew.
    assertEquals(OptionalInt.of(4), memory(1, 0.001, 10, 0.2, 0.05));
    assertEquals(OptionalInt.of(1), memory(1, 0.001, 0.5));
    // A second time at the largest norm is no new largest.
    assertEquals(OptionalInt.of(1), memory(1, 0.001, 1, 0.001));
    assertEquals(OptionalInt.empty(), memory(0, 0));
  }

  private static OptionalInt memory(double... normsByLag) {
    List<Double> state = new ArrayList<>();
    for (int lag = normsByLag.length - 1; lag >= 0; lag--) {
      state.add(normsByLag[lag]);
    }
    return new GradientFlow(state, state, state).effectiveMemory();
  }

  private static RnnCell rectifier(double u) {
    Gate hidden =
        new Gate(
            Tensor.of(new double[] {1}, 1, 1), Tensor.of(new double[] {u}, 1, 1), Tensor.vector(0));
    return new RnnCell(Activation.RELU, hidden);
  }

  private static GradientFlow flow(RecurrentCell cell, int time) {
    double[][] x = new double[time][1];
    for (double[] step : x) {
      step[0] = 1;
    }
    Unrolled unrolled = new Unrolled(cell);
    SequencePass pass = unrolled.forward(x, cell.initialState());
    double[][] hidden = new double[time][1];
    hidden[time - 1][0] = 3;
    return GradientFlow.of(cell, pass, unrolled.backward(pass, hidden, cell.initialState()));
  }

  /** The Jacobian column by column from finite differences, its norm by power iteration. */
  @ParameterizedTest
  @MethodSource("io.gatecast.reference.contract.RecurrentContract#kinds")
  void flowIsThatOfTheJacobian(CellKind kind) {
    int hidden = 4;
    int time = 6;
    RandomWeights random = new RandomWeights(8);
    List<CellKind> layers = List.of(kind, kind);
    Map<String, Tensor> weights = random.network(layers, 2, hidden, 1);
    ReferenceNetwork network = ReferenceNetwork.fromWeights(layers, weights);
    double[][] x = random.sequence(time, 2);
    List<State> initial =
        network.layers().stream().map(layer -> random.state(layer.cell())).toList();
    NetworkPass pass = network.forward(x, initial);
    double[][] output = {{0.7}};
    List<GradientFlow> flows = GradientFlow.of(network, pass, output);

    assertEquals(2, flows.size());
    NetworkGradient gradient = network.backward(pass, output);
    for (int n = 0; n < 2; n++) {
      GradientFlow flow = flows.get(n);
      Unrolled layer = network.layers().get(n);
      SequencePass layerPass = pass.layers().get(n);
      for (int t = 0; t < time; t++) {
        double[] state = layerPass.before(t + 1).values();
        double[][] rest = rest(layerPass, t + 1);
        double[][] jacobian = new double[hidden][];
        for (int row = 0; row < hidden; row++) {
          int unit = row;
          jacobian[row] =
              FiniteDifference.gradient(
                      Tensor.vector(state),
                      at -> layer.forward(rest, stateOf(at.values(), hidden)).last().h()[unit])
                  .values();
        }
        double[][] byHidden =
            Arrays.stream(jacobian).map(r -> Arrays.copyOf(r, hidden)).toArray(double[][]::new);
        assertEquals(powerIteration(jacobian), flow.state().get(t), 1e-7);
        assertEquals(powerIteration(byHidden), flow.hidden().get(t), 1e-7);
        double[] arriving = gradient.layers().get(n).states().get(t).h();
        assertEquals(
            Math.sqrt(Arrays.stream(arriving).map(v -> v * v).sum()), flow.loss().get(t), 1e-12);
      }
      assertEquals(1, flow.hidden().get(time - 1), 1e-15);
    }
  }

  private static double[][] rest(SequencePass pass, int from) {
    return pass.x().subList(from, pass.time()).stream()
        .map(Tensor::values)
        .toArray(double[][]::new);
  }

  private static State stateOf(double[] values, int hidden) {
    return values.length == hidden
        ? State.of(values)
        : State.of(Arrays.copyOf(values, hidden), Arrays.copyOfRange(values, hidden, 2 * hidden));
  }

  @Test
  void aPassOfAnotherLengthIsAnError() {
    RnnCell cell = rectifier(0.5);
    Unrolled unrolled = new Unrolled(cell);
    SequencePass two = unrolled.forward(new double[2][1], cell.initialState());
    SequencePass three = unrolled.forward(new double[3][1], cell.initialState());
    SequencePass none = unrolled.forward(new double[0][1], cell.initialState());
    SequenceGradient ofTwo = unrolled.backward(two, new double[2][1], cell.initialState());
    assertMessage(
        "gradient: expected at least 1 step and as many as the pass, found 2 for a pass of 3",
        () -> GradientFlow.of(cell, three, ofTwo));
    SequenceGradient ofNone =
        new SequenceGradient(List.of(), cell.initialState(), List.of(), Map.of());
    assertMessage(
        "gradient: expected at least 1 step and as many as the pass, found 0 for a pass of 0",
        () -> GradientFlow.of(cell, none, ofNone));
  }

  @Test
  void spectralNormOfKnownMatrices() {
    assertEquals(0, SpectralNorm.of(new double[3][2]));
    assertEquals(5, SpectralNorm.of(new double[][] {{3, 4}}), 1e-15);
    assertEquals(5, SpectralNorm.of(new double[][] {{3}, {4}}), 1e-15);
    assertEquals(7, SpectralNorm.of(new double[][] {{2, 0, 0}, {0, -7, 0}, {0, 0, 3}}), 1e-14);
    // Eigenvalues 3 and 1 of a symmetric matrix.
    assertEquals(3, SpectralNorm.of(new double[][] {{2, 1}, {1, 2}}), 1e-14);
    // The golden ratio.
    assertEquals((1 + Math.sqrt(5)) / 2, SpectralNorm.of(new double[][] {{1, 1}, {0, 1}}), 1e-14);
    assertEquals(5e-200, SpectralNorm.of(new double[][] {{3e-200, 4e-200}}), 1e-214);
    assertEquals(5e200, SpectralNorm.of(new double[][] {{3e200, 4e200}}), 1e186);
    assertTrue(Double.isNaN(SpectralNorm.of(new double[][] {{1, Double.NaN}})));
    assertTrue(Double.isNaN(SpectralNorm.of(new double[][] {{1, Double.POSITIVE_INFINITY}})));
  }

  @Test
  void spectralNormIsWhatPowerIterationFinds() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      double[][] matrix = new double[1 + seed % 7][1 + seed % 5];
      for (double[] row : matrix) {
        Arrays.setAll(row, k -> random.nextGaussian());
      }
      double expected = powerIteration(matrix);
      assertEquals(expected, SpectralNorm.of(matrix), 1e-9 * expected, "seed " + seed);
    }
  }

  /** The root of the largest eigenvalue of A^T A. */
  private static double powerIteration(double[][] a) {
    double[] v = new double[a[0].length];
    Arrays.setAll(v, k -> 1 + 0.1 * k);
    double norm = 0;
    for (int iteration = 0; iteration < 20_000; iteration++) {
      double[] next = new double[v.length];
      for (double[] row : a) {
        double product = 0;
        for (int k = 0; k < v.length; k++) {
          product += row[k] * v[k];
        }
        for (int k = 0; k < v.length; k++) {
          next[k] += row[k] * product;
        }
      }
      norm = Math.sqrt(Arrays.stream(next).map(value -> value * value).sum());
      if (norm == 0) {
        return 0;
      }
      for (int k = 0; k < v.length; k++) {
        v[k] = next[k] / norm;
      }
    }
    return Math.sqrt(norm);
  }
}
