package io.gatecast.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.Networks;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Inputs;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that the float network on DL4J computes the same function as the double oracle on the same
 * weights, and that a wrong gate would be seen.
 */
class OracleEquivalenceTest {
  /** Over 28 steps these networks amplify a float's rounding, which is 6e-8, some hundred times. */
  private static final double TOLERANCE = 3e-5;

  private static final CellSpec LSTM = new CellSpec.Lstm();

  /** Sizes of one network and of what it reads. */
  record Sizes(int inputs, int hidden, int layers, int outputs, int lookback, int batch) {}

  /** One network on one batch of windows. */
  record Case(CellSpec cell, Sizes sizes) {
    NetworkSpec spec() {
      return NetworkSpec.uniform(
          cell, sizes.inputs, sizes.hidden, sizes.layers, sizes.outputs, 0, new Loss.Squared());
    }
  }

  /** A pair of LSTM gates whose weights are exchanged. */
  record Exchange(String one, String other) {}

  static Stream<Case> cases() {
    List<Sizes> sizes =
        List.of(
            new Sizes(1, 1, 1, 1, 1, 1),
            new Sizes(1, 1, 3, 2, 28, 3),
            new Sizes(2, 1, 1, 7, 2, 3),
            new Sizes(64, 1, 2, 1, 28, 1),
            new Sizes(1, 2, 2, 1, 2, 1),
            new Sizes(2, 2, 1, 2, 28, 3),
            new Sizes(13, 2, 2, 7, 1, 3),
            new Sizes(2, 13, 3, 1, 2, 1),
            new Sizes(13, 13, 1, 7, 28, 3),
            new Sizes(64, 13, 1, 2, 2, 3),
            new Sizes(1, 64, 1, 1, 28, 1),
            new Sizes(13, 64, 2, 2, 28, 3),
            new Sizes(64, 64, 3, 7, 28, 3));
    List<CellSpec> cells = CellSpec.all();
    return cells.stream().flatMap(cell -> sizes.stream().map(size -> new Case(cell, size)));
  }

  static Stream<Exchange> pairsOfGates() {
    List<String> gates = LSTM.gates();
    return gates.stream()
        .flatMap(
            one ->
                gates.stream()
                    .filter(other -> gates.indexOf(one) < gates.indexOf(other))
                    .map(other -> new Exchange(one, other)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void engineGivesTheOraclesForecasts(Case given) {
    NetworkSpec spec = given.spec();
    NamedWeights weights = RandomWeights.of(spec, 7);
    Inputs windows = windows(given.sizes());

    double[][] expected = Oracle.forecast(spec, weights, windows);
    float[][] found = engine(spec, weights, windows);

    assertEquals(given.sizes().batch(), found.length);
    assertEquals(given.sizes().outputs(), found[0].length);
    double difference = Oracle.relativeDifference(expected, found);
    assertTrue(
        difference <= TOLERANCE, () -> "expected at most " + TOLERANCE + ", found " + difference);
  }

  static Stream<NetworkSpec> mixedStacksAndReadouts() {
    return Networks.varied();
  }

  @ParameterizedTest
  @MethodSource("mixedStacksAndReadouts")
  void engineGivesTheOraclesForecastsOfMixedStacksAndBothReadouts(NetworkSpec spec) {
    NamedWeights weights = RandomWeights.of(spec, 7);
    Inputs windows = ArraySamples.random(11, 3, 28, spec.inputs(), spec.outputs());

    double[][] expected = Oracle.forecast(spec, weights, windows);
    float[][] found = engine(spec, weights, windows);

    boolean everyStep = spec.head().readout() == Readout.EVERY_STEP;
    assertEquals(3, found.length);
    assertEquals(spec.outputs() * (everyStep ? 28 : 1), found[0].length);
    double difference = Oracle.relativeDifference(expected, found);
    assertTrue(
        difference <= TOLERANCE, () -> "expected at most " + TOLERANCE + ", found " + difference);
  }

  @ParameterizedTest
  @MethodSource("pairsOfGates")
  void exchangedGatesAreSeen(Exchange exchange) {
    Sizes sizes = new Sizes(2, 13, 2, 2, 28, 3);
    NetworkSpec spec = new Case(LSTM, sizes).spec();
    NamedWeights weights = RandomWeights.of(spec, 5);
    Inputs windows = windows(sizes);
    float[][] found = engine(spec, weights, windows);

    for (int layer = 0; layer < spec.layers().size(); layer++) {
      NamedWeights wrong = exchanged(weights, layer, exchange);
      double difference = Oracle.relativeDifference(Oracle.forecast(spec, wrong, windows), found);
      assertTrue(difference > 100 * TOLERANCE, () -> "found only " + difference);
    }
  }

  private static NamedWeights exchanged(NamedWeights weights, int layer, Exchange exchange) {
    NamedWeights result = weights;
    for (String parameter : List.of("input_weights", "recurrent_weights", "bias")) {
      String one = "layers." + layer + "." + exchange.one() + "." + parameter;
      String other = "layers." + layer + "." + exchange.other() + "." + parameter;
      WeightTensor kept = result.get(one);
      result = result.with(one, result.get(other)).with(other, kept);
    }
    return result;
  }

  private static Inputs windows(Sizes sizes) {
    return ArraySamples.random(
        11, sizes.batch(), sizes.lookback(), sizes.inputs(), sizes.outputs());
  }

  private static float[][] engine(NetworkSpec spec, NamedWeights weights, Inputs windows) {
    try (RecurrentNetwork network = RecurrentNetwork.of(spec, weights)) {
      return network.forecast(windows);
    }
  }
}
