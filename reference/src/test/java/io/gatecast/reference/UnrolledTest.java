package io.gatecast.reference;

import static io.gatecast.reference.RecurrentCellContract.assertMessage;
import static io.gatecast.reference.RecurrentCellContract.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gatecast.reference.contract.RandomWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Time: backpropagation through it by hand, cut at boundaries, and what is refused. */
class UnrolledTest {
  private static final double TOLERANCE = 1e-12;

  /**
   * The worked example backward: one input, one logistic unit, two steps, the loss {@code L = h_2}.
   *
   * <pre>
   * W = 0.5, U = 0.8, b = -0.1, h_0 = 0, x = 1, 2      h_1 = 0.598687660112452, h_2 = 0.798822333290976
   *
   * δa_2 = h_2 (1 - h_2)                               = 0.160705213126966
   * δh_1 = U δa_2                                      = 0.128564170501573
   * δa_1 = δh_1 h_1 (1 - h_1) = δh_1 * 0.240260745741529 = 0.030888923480161
   * δW   = δa_2 x_2 + δa_1 x_1                         = 0.352299349734094
   * δU   = δa_2 h_1 + δa_1 h_0                         = 0.096212228015096
   * δb   = δa_2 + δa_1                                 = 0.191594136607127
   * δx_2 = W δa_2 = 0.080352606563483, δx_1 = W δa_1 = 0.015444461740081
   * δh_0 = U δa_1                                      = 0.024711138784129
   * </pre>
   */
  @Test
  void workedExampleBackward() {
    Unrolled unrolled = new Unrolled(scalar(Activation.SIGMOID, 0.5, 0.8, -0.1));
    SequencePass pass = unrolled.forward(new double[][] {{1}, {2}}, State.of(new double[1]));
    SequenceGradient gradient =
        unrolled.backward(pass, new double[2][1], State.of(new double[] {1}));

    assertScalar(0.352299349734094, tensor(gradient.weights(), "hidden.input_weights"));
    assertScalar(0.096212228015096, tensor(gradient.weights(), "hidden.recurrent_weights"));
    assertScalar(0.191594136607127, tensor(gradient.weights(), "hidden.bias"));
    assertScalar(0.015444461740081, gradient.x().get(0));
    assertScalar(0.080352606563483, gradient.x().get(1));
    assertArrayEquals(new double[] {0.024711138784129}, gradient.initial().h(), TOLERANCE);
    assertArrayEquals(new double[] {0.128564170501573}, gradient.states().get(0).h(), TOLERANCE);
    assertArrayEquals(new double[] {1}, gradient.states().get(1).h());

    // The same loss by way of the last step's output.
    assertEquals(
        gradient, unrolled.backward(pass, new double[][] {{0}, {1}}, State.of(new double[1])));
  }

  private static RnnCell scalar(Activation activation, double w, double u, double b) {
    return new RnnCell(
        activation,
        new Gate(
            Tensor.of(new double[] {w}, 1, 1),
            Tensor.of(new double[] {u}, 1, 1),
            Tensor.vector(b)));
  }

  private static void assertScalar(double expected, Tensor found) {
    assertArrayEquals(new double[] {expected}, found.values(), TOLERANCE);
  }

  /**
   * Truncated after every k steps, the gradients are those of the pieces, each run for itself from
   * the state that the piece before left: a graph cut at the boundary.
   */
  @ParameterizedTest
  @MethodSource("io.gatecast.reference.contract.RecurrentContract#kinds")
  void truncatedIsTheSumOverIndependentPieces(CellKind kind) {
    for (int k : new int[] {1, 2, 3, 6, 7}) {
      RandomWeights random = new RandomWeights(100 + k);
      RecurrentCell cell = kind.cellFromWeights(random.cell(kind, "", 2, 3), "");
      Unrolled unrolled = new Unrolled(cell);
      double[][] x = random.sequence(7, 2);
      double[][] hidden = random.sequence(7, 3);
      State initial = random.state(cell);
      State last = random.state(cell);
      SequencePass whole = unrolled.forward(x, initial);

      GradientSum sum = new GradientSum();
      List<Tensor> inputs = new ArrayList<>();
      List<State> states = new ArrayList<>();
      State start = initial;
      State firstGradient = cell.initialState();
      for (int from = 0; from < x.length; from += k) {
        int to = Math.min(x.length, from + k);
        SequencePass piece = unrolled.forward(Arrays.copyOfRange(x, from, to), start);
        State end = to == x.length ? last : cell.initialState();
        SequenceGradient gradient =
            unrolled.backward(piece, Arrays.copyOfRange(hidden, from, to), end);
        sum.addAll(gradient.weights());
        inputs.addAll(gradient.x());
        states.addAll(gradient.states());
        firstGradient = from == 0 ? gradient.initial() : firstGradient;
        start = piece.last();
      }

      SequenceGradient found = unrolled.backwardTruncated(whole, hidden, last, k);
      assertEquals(inputs, found.x(), "k " + k);
      assertEquals(states, found.states(), "k " + k);
      assertEquals(firstGradient, found.initial(), "k " + k);
      sum.tensors()
          .forEach(
              (name, tensor) ->
                  assertArrayEquals(
                      tensor.values(), tensor(found.weights(), name).values(), TOLERANCE, name));
      SequenceGradient full = unrolled.backward(whole, hidden, last);
      if (k < x.length) {
        assertNotEquals(full.weights(), found.weights(), "k " + k);
      } else {
        assertEquals(full, found);
      }
    }
  }

  @Test
  void aNetworkIsCutInAllLayersAtOnce() {
    List<CellKind> layers = List.of(new CellKind.Lstm(), new CellKind.Gru(Reset.BEFORE));
    RandomWeights random = new RandomWeights(2);
    ReferenceNetwork network =
        ReferenceNetwork.fromWeights(layers, Readout.EVERY_STEP, random.network(layers, 2, 3, 1));
    double[][] x = random.sequence(8, 2);
    double[][] outputs = random.sequence(8, 1);

    GradientSum sum = new GradientSum();
    List<? extends State> states = network.initialStates();
    for (int from = 0; from < x.length; from += 3) {
      int to = Math.min(x.length, from + 3);
      NetworkPass piece = network.forward(Arrays.copyOfRange(x, from, to), states);
      sum.addAll(network.backward(piece, Arrays.copyOfRange(outputs, from, to)).weights());
      states = piece.last();
    }
    NetworkPass whole = network.forward(x, network.initialStates());
    Map<String, Tensor> found = network.backwardTruncated(whole, outputs, 3).weights();
    assertEquals(network.weights().keySet(), found.keySet());
    sum.tensors()
        .forEach(
            (name, tensor) ->
                assertArrayEquals(tensor.values(), tensor(found, name).values(), TOLERANCE, name));
    assertNotEquals(network.backward(whole, outputs).weights(), found);
  }

  @Test
  void passTellsStatesByStep() {
    Unrolled unrolled = new Unrolled(scalar(Activation.RELU, 1, 1, 0));
    SequencePass pass =
        unrolled.forward(new double[][] {{1}, {2}, {3}}, State.of(new double[] {4}));
    assertEquals(3, pass.time());
    assertArrayEquals(new double[][] {{5}, {7}, {10}}, pass.hidden());
    assertEquals(State.of(new double[] {4}), pass.before(0));
    assertEquals(State.of(new double[] {5}), pass.before(1));
    assertEquals(State.of(new double[] {10}), pass.last());
    assertEquals(List.of(Tensor.vector(1), Tensor.vector(2), Tensor.vector(3)), pass.x());

    SequencePass none = unrolled.forward(new double[0][], State.of(new double[] {4}));
    assertEquals(State.of(new double[] {4}), none.last());
    assertMessage(
        "steps: expected 1, one for each input, found 3",
        () -> new SequencePass(List.of(Tensor.vector(1)), none.last(), pass.steps()));
  }

  @Test
  void listsAreCopied() {
    Unrolled unrolled = new Unrolled(scalar(Activation.RELU, 1, 1, 0));
    double[][] x = {{1}, {2}};
    SequencePass pass = unrolled.forward(x, State.of(new double[1]));
    x[0][0] = 99;
    assertEquals(Tensor.vector(1), pass.x().get(0));

    List<Tensor> inputs = new ArrayList<>(pass.x());
    List<Step> steps = new ArrayList<>(pass.steps());
    SequencePass copy = new SequencePass(inputs, pass.initial(), steps);
    Collections.reverse(inputs);
    Collections.reverse(steps);
    assertEquals(pass, copy);

    List<SequencePass> layers = new ArrayList<>(List.of(pass));
    List<Tensor> outputs = new ArrayList<>(List.of(Tensor.vector(1)));
    NetworkPass network = new NetworkPass(layers, outputs);
    layers.clear();
    outputs.clear();
    assertEquals(List.of(pass), network.layers());
    assertEquals(List.of(Tensor.vector(1)), network.outputs());
  }

  @Test
  void misfitsAreNamed() {
    RandomWeights random = new RandomWeights(4);
    CellKind kind = new CellKind.Gru(Reset.BEFORE);
    Unrolled unrolled = new Unrolled(kind.cellFromWeights(random.cell(kind, "", 2, 3), ""));
    State zeros = unrolled.cell().initialState();
    SequencePass pass = unrolled.forward(random.sequence(4, 2), zeros);
    SequencePass none = unrolled.forward(new double[0][], zeros);

    assertMessage(
        "pass: expected at least 1 step, found 0",
        () -> unrolled.backward(none, new double[0][], zeros));
    assertMessage(
        "k: expected at least 1 step, found 0",
        () -> unrolled.backwardTruncated(pass, new double[4][3], zeros, 0));
    assertMessage(
        "hidden: expected 4 steps, found 3",
        () -> unrolled.backward(pass, new double[3][3], zeros));
    double[][] ragged = {{0, 0, 0}, {0, 0, 0}, {0, 0}, {0, 0, 0}};
    assertMessage(
        "hidden[2]: expected shape [3], found [2]", () -> unrolled.backward(pass, ragged, zeros));
    assertMessage(
        "addend: expected shape [2], found [3]",
        () -> unrolled.backward(pass, new double[4][3], State.of(new double[2])));
    assertMessage(
        "gradient: expected a State.Hidden,",
        () -> unrolled.backward(pass, new double[4][3], State.of(new double[3], new double[3])));
  }
}
