package io.gatecast.forecasting.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Inputs;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import io.gatecast.reference.SegmentedNetwork;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that the oracle passes what follows from the weights of a network of segments only. */
class SegmentedOracleTest {
  private static final int LOOKBACK = 13;
  private static final Loss QUANTILES = new Loss.Quantiles(List.of(0.1, 0.5, 0.9));

  /** Windows of two numbers a step and channel: noise around a level, and noise. */
  private record Windows(int size, int inputs, float level) implements Inputs {
    @Override
    public int lookback() {
      return LOOKBACK;
    }

    @Override
    public void input(int window, float[] destination, int offset) {
      Random random = new Random(window);
      for (int i = 0; i < LOOKBACK * inputs; i++) {
        float noise = (float) random.nextGaussian();
        destination[offset + i] = i % 2 == 0 ? level + noise : noise;
      }
    }
  }

  private static NetworkSpec spec(CellSpec cell, Normalisation normalisation, int channels) {
    return NetworkSpec.segmented(
        cell, 2 * channels, 7, 6, new Segments(4, 8, channels, normalisation, 0, 9), QUANTILES);
  }

  static Stream<NetworkSpec> specs() {
    return CellSpec.all().stream()
        .flatMap(
            cell ->
                Stream.of(Normalisation.values())
                    .flatMap(one -> Stream.of(spec(cell, one, 1), spec(cell, one, 3))));
  }

  private static NamedWeights weights(NetworkSpec spec) {
    Random random = new Random(1);
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    NamedWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.4 * random.nextGaussian());
              }
              tensors.put(name, WeightTensor.of(values, shape));
            });
    return NamedWeights.of(spec, tensors);
  }

  private static NamedWeights off(NamedWeights weights, String name, int at, float by) {
    WeightTensor tensor = weights.get(name);
    return weights.with(name, tensor.with(at, tensor.values()[at] + by));
  }

  private static float[][] live(NetworkSpec spec, NamedWeights weights, Inputs windows) {
    try (RecurrentNetwork network = RecurrentNetwork.of(spec, weights)) {
      return network.forecast(windows);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theLiveEnginePassesAndNoTensorMayBeOff(NetworkSpec spec) {
    Windows windows = new Windows(9, spec.inputs(), 2);
    NamedWeights weights = weights(spec);
    float[][] outputs = live(spec, weights, windows);
    OracleResult sound = new ReferenceOracle().check(spec, weights, windows, outputs);
    assertTrue(sound.passed(), sound::toString);
    assertEquals(9, sound.windows());
    for (String name : weights.tensors().keySet()) {
      NamedWeights others = weights;
      for (int at = 0; at < weights.get(name).values().length; at++) {
        others = off(others, name, at, 0.1f);
      }
      OracleResult wrong = new ReferenceOracle().check(spec, others, windows, outputs);
      assertFalse(wrong.passed(), () -> name + ": " + wrong);
    }
  }

  /** A level of a thousand next to changes of some: relative to the level, it would be nothing. */
  @ParameterizedTest
  @EnumSource(names = {"LAST_VALUE", "INSTANCE"})
  void aWrongWeightDoesNotHideBehindTheLevelThatIsGivenBack(Normalisation normalisation) {
    NetworkSpec spec = spec(new CellSpec.Gru(CellSpec.Reset.BEFORE), normalisation, 1);
    Windows windows = new Windows(9, 2, 1000);
    NamedWeights weights = weights(spec);
    float[][] outputs = live(spec, weights, windows);
    OracleResult sound = new ReferenceOracle().check(spec, weights, windows, outputs);
    assertTrue(sound.passed(), sound::toString);
    NamedWeights others = off(weights, "head.bias", 0, 0.01f);
    OracleResult wrong = new ReferenceOracle().check(spec, others, windows, outputs);
    assertFalse(wrong.passed(), wrong::toString);
    assertTrue(wrong.maxRelativeDifference() > 1e-3, "of the changes: " + wrong);
  }

  @Test
  void outputsThatAreNoNumbersFail() {
    NetworkSpec spec = spec(new CellSpec.Lstm(), Normalisation.LAST_VALUE, 1);
    Windows windows = new Windows(3, 2, 1000);
    NamedWeights weights = weights(spec);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[][] outputs = live(spec, weights, windows);
      outputs[2][17] = bad;
      OracleResult result = new ReferenceOracle().check(spec, weights, windows, outputs);
      assertFalse(result.passed(), result::toString);
    }
  }

  @Test
  void eachKindOfNetworkHasItsOwnReference() {
    NetworkSpec segmented = spec(new CellSpec.Lstm(), Normalisation.INSTANCE, 3);
    NamedWeights weights = weights(segmented);
    SegmentedNetwork reference = ReferenceOracle.segmentedNetwork(segmented, weights);
    assertEquals(segmented.outputs(), reference.outputSize());
    assertEquals(segmented.parameters(), reference.parameters());
    assertThrows(IllegalArgumentException.class, () -> ReferenceOracle.network(segmented, weights));
    NetworkSpec stepwise =
        NetworkSpec.uniform(new CellSpec.Lstm(), 2, 3, 1, 4, 0, new Loss.Squared());
    NamedWeights others = weights(stepwise);
    assertThrows(
        NoSuchElementException.class, () -> ReferenceOracle.segmentedNetwork(stepwise, others));
  }
}
