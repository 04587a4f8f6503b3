package io.gatecast.reference;

import static io.gatecast.reference.RecurrentCellContract.assertMessage;
import static io.gatecast.reference.RecurrentCellContract.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.reference.contract.RandomWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stack and its head: composition, parameter counts, and errors that name the tensor. */
class ReferenceNetworkTest {
  private static final CellKind LSTM = new CellKind.Lstm();
  private static final CellKind RNN = new CellKind.Rnn(Activation.TANH);
  private static final CellKind GRU_BEFORE = new CellKind.Gru(Reset.BEFORE);
  private static final CellKind GRU_AFTER = new CellKind.Gru(Reset.AFTER);
  private static final List<CellKind> MIXED = List.of(LSTM, RNN, GRU_AFTER, GRU_BEFORE);

  @Test
  void layersFeedEachOtherAndTheHeadReadsTheLastStep() {
    RandomWeights random = new RandomWeights(11);
    Map<String, Tensor> weights = random.network(MIXED, 2, 3, 2);
    double[][] x = random.sequence(5, 2);

    double[][] sequence = x;
    for (int n = 0; n < MIXED.size(); n++) {
      RecurrentCell cell = MIXED.get(n).cellFromWeights(weights, "layers." + n + ".");
      double[][] next = new double[x.length][];
      State state = cell.initialState();
      for (int t = 0; t < x.length; t++) {
        state = cell.step(sequence[t], state).state();
        next[t] = state.h();
      }
      sequence = next;
    }
    double[] y = tensor(weights, "head.bias").values();
    for (int k = 0; k < 2; k++) {
      for (int j = 0; j < 3; j++) {
        y[k] += tensor(weights, "head.weights").get(k, j) * sequence[4][j];
      }
    }

    ReferenceNetwork network = ReferenceNetwork.fromWeights(MIXED, weights);
    assertEquals(2, network.inputSize());
    assertEquals(2, network.outputSize());
    assertArrayEquals(y, network.forward(x), 1e-12);
    assertArrayEquals(network.forward(x), network.forward(x));
  }

  @Test
  void passedAndReturnedArraysAndMapsAreNotKept() {
    RandomWeights random = new RandomWeights(12);
    Map<String, Tensor> weights = random.network(List.of(LSTM), 2, 3, 2);
    double[][] x = random.sequence(4, 2);
    double[][] copy = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    ReferenceNetwork network = ReferenceNetwork.fromWeights(List.of(LSTM), weights);
    double[] y = network.forward(x);
    double[] expected = y.clone();

    weights.clear();
    Arrays.fill(y, 99);
    assertArrayEquals(copy, x);
    assertArrayEquals(expected, network.forward(x));
  }

  @Test
  void parametersAreThoseOfTheFormulas() {
    for (int hidden : new int[] {1, 2, 13}) {
      Map<String, Tensor> weights = new RandomWeights(1).network(MIXED, 2, hidden, 3);
      long expected = 3L * hidden + 3;
      for (int n = 0; n < MIXED.size(); n++) {
        expected += new ParameterCount(MIXED.get(n), n == 0 ? 2 : hidden, hidden).perLayer();
      }
      assertEquals(expected, ReferenceNetwork.fromWeights(MIXED, weights).parameters());
    }
  }

  @Test
  void parameterCountsByHand() {
    // 21 inputs, 64 hidden: 64 * 21 + 64 * 64 + 64 = 5,504 for each gate.
    ParameterCount rnn = new ParameterCount(RNN, 21, 64);
    assertEquals(Map.of("hidden", 5504L), rnn.perGate());
    assertEquals(5504, rnn.perLayer());
    assertEquals(4 * 5504, new ParameterCount(LSTM, 21, 64).perLayer());
    assertEquals(3 * 5504, new ParameterCount(GRU_BEFORE, 21, 64).perLayer());
    assertEquals(1, rnn.timesVanilla());
    assertEquals(3, new ParameterCount(GRU_BEFORE, 21, 64).timesVanilla());
    assertEquals(4, new ParameterCount(LSTM, 21, 64).timesVanilla());
    assertEquals(3 + 64.0 / 5504, new ParameterCount(GRU_AFTER, 21, 64).timesVanilla(), 1e-15);
    ParameterCount after = new ParameterCount(GRU_AFTER, 21, 64);
    assertEquals(3 * 5504 + 64, after.perLayer());
    assertEquals(Map.of("update", 5504L, "reset", 5504L, "candidate", 5568L), after.perGate());
    assertEquals(List.of("update", "reset", "candidate"), List.copyOf(after.perGate().keySet()));
    // 2^20 squared and twice that do not fit an int.
    assertEquals((1L << 41) + (1L << 20), new ParameterCount(RNN, 1 << 20, 1 << 20).perLayer());
    assertThrows(
        ArithmeticException.class,
        () -> new ParameterCount(LSTM, Integer.MAX_VALUE, Integer.MAX_VALUE).perLayer());
    assertMessage("inputSize: expected at least 1, found 0", () -> new ParameterCount(RNN, 0, 1));
    assertMessage(
        "hiddenSize: expected at least 1, found -1", () -> new ParameterCount(RNN, 1, -1));
  }

  @Test
  void errorsNameTheTensor() {
    List<CellKind> layers = List.of(GRU_AFTER, LSTM);
    assertNetworkError(
        layers, "layers.1.forget.bias", "layers.1.forget.bias: expected a tensor of this name");
    assertNetworkError(layers, "head.bias", "head.bias: expected a tensor of this name");
    assertNetworkError(
        layers,
        "layers.1.forget.input_weights",
        Tensor.of(new double[6], 3, 2),
        "layers.1.forget.input_weights: expected shape [3, 3], found [3, 2]");
    assertNetworkError(
        layers,
        "layers.0.candidate.recurrent_bias",
        Tensor.vector(1, 2),
        "layers.0.candidate.recurrent_bias: expected shape [3], found [2]");
    assertNetworkError(
        layers,
        "head.weights",
        Tensor.of(new double[4], 2, 2),
        "head.weights: expected shape [2, 3], found [2, 2]");
    assertNetworkError(
        layers, "head.bias", Tensor.vector(1, 2, 3), "head.bias: expected shape [2], found [3]");
    assertNetworkError(
        layers,
        "layers.2.hidden.bias",
        Tensor.vector(1, 2, 3),
        "weights: expected only the tensors of the 2 layers [Gru[reset=AFTER], Lstm[]] and of the"
            + " head, found also [layers.2.hidden.bias]");
    assertNetworkError(
        layers,
        "layers.0.forget.bias",
        Tensor.vector(1, 2, 3),
        "weights: expected only the tensors of the 2 layers [Gru[reset=AFTER], Lstm[]] and of the"
            + " head, found also [layers.0.forget.bias]");
    assertMessage(
        "layers: expected at least 1 layer, found 0",
        () -> ReferenceNetwork.fromWeights(List.of(), Map.of()));
  }

  @Test
  void inputErrorsNameTheStep() {
    ReferenceNetwork network =
        ReferenceNetwork.fromWeights(
            List.of(RNN), new RandomWeights(1).network(List.of(RNN), 2, 3, 1));
    assertMessage("x: expected at least 1 step, found 0", () -> network.forward(new double[0][]));
    assertMessage(
        "x[1]: expected shape [2], found [3]",
        () -> network.forward(new double[][] {{1, 2}, {1, 2, 3}}));
    double[][] x = {{1, 2}};
    assertMessage(
        "initial: expected 1 states, one for each layer, found 0",
        () -> network.forward(x, List.of()));
    NetworkPass pass = network.forward(x, network.initialStates());
    double[][] outputs = {new double[network.outputSize()]};
    assertMessage(
        "last: expected 1 states, one for each layer, found 0",
        () -> network.backward(pass, outputs, List.of()));
  }

  private static void assertNetworkError(List<CellKind> layers, String removed, String message) {
    Map<String, Tensor> weights = new RandomWeights(2).network(layers, 2, 3, 2);
    weights.remove(removed);
    assertMessage(message, () -> ReferenceNetwork.fromWeights(layers, weights));
  }

  private static void assertNetworkError(
      List<CellKind> layers, String name, Tensor replacement, String message) {
    Map<String, Tensor> weights = new RandomWeights(2).network(layers, 2, 3, 2);
    weights.put(name, replacement);
    assertMessage(message, () -> ReferenceNetwork.fromWeights(layers, weights));
  }
}
