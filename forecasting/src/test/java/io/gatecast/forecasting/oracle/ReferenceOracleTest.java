package io.gatecast.forecasting.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Inputs;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Reset;
import io.gatecast.reference.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that the oracle passes what follows from the weights and nothing else. */
class ReferenceOracleTest {
  private static final int INPUTS = 3;
  private static final int LOOKBACK = 13;

  /** Random windows, the same for the same seed. */
  private record Windows(int size, long seed) implements Inputs {
    @Override
    public int lookback() {
      return LOOKBACK;
    }

    @Override
    public int inputs() {
      return INPUTS;
    }

    @Override
    public void input(int window, float[] destination, int offset) {
      Random random = new Random(seed * 31 + window);
      for (int i = 0; i < LOOKBACK * INPUTS; i++) {
        destination[offset + i] = (float) random.nextGaussian();
      }
    }
  }

  /** A network and the same kind in the reference's words. */
  private record Case(CellSpec cell, CellKind kind, int layers) {
    NetworkSpec spec() {
      return NetworkSpec.uniform(cell, INPUTS, 7, layers, 4, 0, new Loss.Squared());
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(new CellSpec.Rnn(CellSpec.Activation.TANH), new CellKind.Rnn(Activation.TANH), 1),
        new Case(new CellSpec.Rnn(CellSpec.Activation.RELU), new CellKind.Rnn(Activation.RELU), 2),
        new Case(new CellSpec.Gru(CellSpec.Reset.BEFORE), new CellKind.Gru(Reset.BEFORE), 1),
        new Case(new CellSpec.Gru(CellSpec.Reset.AFTER), new CellKind.Gru(Reset.AFTER), 2),
        new Case(new CellSpec.Lstm(), new CellKind.Lstm(), 1),
        new Case(new CellSpec.Lstm(), new CellKind.Lstm(), 2));
  }

  private static NamedWeights weights(NetworkSpec spec, long seed) {
    Random random = new Random(seed);
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    NamedWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              float[] values = new float[shape.length == 1 ? shape[0] : shape[0] * shape[1]];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.4 * random.nextGaussian());
              }
              tensors.put(name, WeightTensor.of(values, shape));
            });
    return NamedWeights.of(spec, tensors);
  }

  /** The reference's own outputs, rounded to float as an engine gives them. */
  private static float[][] outputs(Case network, NamedWeights weights, Windows windows) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights
        .tensors()
        .forEach(
            (name, tensor) -> {
              float[] values = tensor.values();
              double[] wide = new double[values.length];
              for (int i = 0; i < wide.length; i++) {
                wide[i] = values[i];
              }
              tensors.put(name, Tensor.of(wide, tensor.shape()));
            });
    ReferenceNetwork reference =
        ReferenceNetwork.fromWeights(
            Collections.nCopies(network.layers(), network.kind()), tensors);
    float[][] outputs = new float[windows.size()][4];
    float[] flat = new float[LOOKBACK * INPUTS];
    for (int w = 0; w < outputs.length; w++) {
      windows.input(w, flat);
      double[][] steps = new double[LOOKBACK][INPUTS];
      for (int i = 0; i < flat.length; i++) {
        steps[i / INPUTS][i % INPUTS] = flat[i];
      }
      double[] exact = reference.forward(steps);
      for (int k = 0; k < exact.length; k++) {
        outputs[w][k] = (float) exact[k];
      }
    }
    return outputs;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itsOwnOutputsDifferByTheRoundingToFloatAtMost(Case network) {
    NamedWeights weights = weights(network.spec(), 1);
    Windows windows = new Windows(9, 2);
    OracleResult result =
        new ReferenceOracle()
            .check(network.spec(), weights, windows, outputs(network, weights, windows));
    assertEquals(0, result.maxRelativeDifference(), Math.ulp(1f));
    assertTrue(result.passed());
    assertEquals(9, result.windows());
    assertEquals(ReferenceOracle.TOLERANCE, result.tolerance());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oneCorruptedRecurrentWeightOfAnyGateIsSeen(Case network) {
    NamedWeights sound = weights(network.spec(), 1);
    Windows windows = new Windows(9, 2);
    float[][] outputs = outputs(network, sound, windows);
    for (String gate : network.cell().gates()) {
      String name = "layers.0." + gate + ".recurrent_weights";
      WeightTensor tensor = sound.get(name);
      NamedWeights corrupted = sound.with(name, tensor.with(8, tensor.values()[8] + 0.5f));
      OracleResult result =
          new ReferenceOracle().check(network.spec(), corrupted, windows, outputs);
      assertFalse(result.passed(), () -> name + ": " + result);
    }
  }

  /** What the engine has layers for; it has none for a GRU yet. */
  static Stream<Case> engineCases() {
    return cases().filter(network -> !(network.cell() instanceof CellSpec.Gru));
  }

  @ParameterizedTest
  @MethodSource("engineCases")
  void theLiveEnginePassesOnItsLiveWeights(Case network) {
    Windows windows = new Windows(9, 3);
    try (RecurrentNetwork live = RecurrentNetwork.of(network.spec(), weights(network.spec(), 5))) {
      OracleResult result =
          new ReferenceOracle()
              .check(network.spec(), live.weights(), windows, live.forecast(windows));
      assertTrue(result.passed(), result::toString);
    }
  }

  @ParameterizedTest
  @EnumSource
  void mixedStacksAreCheckedAtEveryStepTheirHeadReads(Readout readout) {
    NetworkSpec spec =
        new NetworkSpec(
            INPUTS,
            List.of(
                new LayerSpec(new CellSpec.Gru(CellSpec.Reset.AFTER), 5, 0),
                new LayerSpec(new CellSpec.Lstm(), 3, 0)),
            new HeadSpec(4, readout),
            new Loss.Squared());
    Windows windows = new Windows(9, 3);
    try (RecurrentNetwork live = RecurrentNetwork.of(spec, weights(spec, 5))) {
      float[][] outputs = live.forecast(windows);
      assertEquals(readout == Readout.EVERY_STEP ? 4 * LOOKBACK : 4, outputs[0].length);
      OracleResult result = new ReferenceOracle().check(spec, live.weights(), windows, outputs);
      assertTrue(result.passed(), result::toString);

      for (int at : new int[] {0, outputs[8].length - 1}) {
        float sound = outputs[8][at];
        outputs[8][at] = sound + 0.1f;
        OracleResult wrong = new ReferenceOracle().check(spec, live.weights(), windows, outputs);
        assertFalse(wrong.passed(), wrong::toString);
        outputs[8][at] = sound;
      }
    }
  }

  @Test
  void anOutputThatIsNoNumberOrNotFiniteFails() {
    Case network = cases().toList().get(4);
    NamedWeights weights = weights(network.spec(), 1);
    Windows windows = new Windows(5, 2);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int at : new int[] {0, 4}) {
        float[][] outputs = outputs(network, weights, windows);
        outputs[at][at % 4] = bad;
        OracleResult result =
            new ReferenceOracle().check(network.spec(), weights, windows, outputs);
        assertFalse(result.passed(), result::toString);
      }
    }
  }

  @Test
  void theToleranceItselfPassesAndMoreDoesNot() {
    assertTrue(new OracleResult(1e-4, 1e-4, 1).passed());
    assertFalse(new OracleResult(Math.nextUp(1e-4), 1e-4, 1).passed());
    assertFalse(new OracleResult(Double.NaN, 1e-4, 1).passed());
  }
}
