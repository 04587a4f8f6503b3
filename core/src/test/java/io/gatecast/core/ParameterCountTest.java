package io.gatecast.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.Networks;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.layers.Dl4jConfiguration;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that the number of parameters that a description promises is the number that its tensors,
 * the oracle and DL4J have, and that the cells stand in the textbook's ratios.
 */
class ParameterCountTest {
  private static final CellSpec RNN = new CellSpec.Rnn(CellSpec.Activation.TANH);
  private static final CellSpec LSTM = new CellSpec.Lstm();
  private static final CellSpec GRU_BEFORE = new CellSpec.Gru(CellSpec.Reset.BEFORE);
  private static final CellSpec GRU_AFTER = new CellSpec.Gru(CellSpec.Reset.AFTER);

  static Stream<NetworkSpec> specs() {
    Stream<NetworkSpec> uniform =
        Stream.of(RNN, LSTM, GRU_BEFORE, GRU_AFTER)
            .flatMap(
                cell ->
                    Stream.of(
                        spec(cell, 1, 1, 1, 1), spec(cell, 13, 2, 2, 7), spec(cell, 2, 13, 3, 1)));
    return Stream.concat(uniform, Networks.varied());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void parametersAreTheElementsOfAllTensors(NetworkSpec spec) {
    long elements = 0;
    for (int[] shape : NamedWeights.shapes(spec).values()) {
      elements += shape.length == 1 ? shape[0] : (long) shape[0] * shape[1];
    }

    assertEquals(elements, spec.parameters());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void oracleHasAsMany(NetworkSpec spec) {
    assertEquals(spec.parameters(), Oracle.of(spec, RandomWeights.of(spec, 1)).parameters());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void dl4jHasAsMany(NetworkSpec spec) {
    MultiLayerNetwork network = new MultiLayerNetwork(Dl4jConfiguration.of(spec));
    network.init();

    assertEquals(spec.parameters(), network.numParams());
  }

  @Test
  void cellsStandInTheTextbooksRatios() {
    for (int hidden : List.of(1, 2, 13, 64)) {
      for (int inputs : List.of(1, 2, 13, 64)) {
        long rnn = layer(RNN, inputs, hidden);

        assertEquals((long) hidden * inputs + (long) hidden * hidden + hidden, rnn);
        assertEquals(4 * rnn, layer(LSTM, inputs, hidden));
        assertEquals(3 * rnn, layer(GRU_BEFORE, inputs, hidden));
        assertEquals(3 * rnn + hidden, layer(GRU_AFTER, inputs, hidden));
      }
    }
  }

  @Test
  void hugeNetworksDoNotOverflow() {
    NetworkSpec spec = spec(RNN, 1, 100_000, 1, 1);

    assertEquals(100_000L + 10_000_000_000L + 100_000L + 100_001L, spec.parameters());
  }

  /** One layer's parameters, without the head's. */
  private static long layer(CellSpec cell, int inputs, int hidden) {
    return spec(cell, inputs, hidden, 1, 1).parameters() - hidden - 1;
  }

  private static NetworkSpec spec(CellSpec cell, int inputs, int hidden, int layers, int outputs) {
    return NetworkSpec.uniform(cell, inputs, hidden, layers, outputs, 0, new Loss.Squared());
  }
}
