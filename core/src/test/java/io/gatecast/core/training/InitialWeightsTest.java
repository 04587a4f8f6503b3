package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Reset;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.training.Initialisation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that the weights are the oracle's of the same seed, and what they are where widths differ.
 */
class InitialWeightsTest {
  static Stream<CellKind> kinds() {
    return Stream.concat(
        Stream.of(Activation.TANH, Activation.SIGMOID, Activation.RELU).map(CellKind.Rnn::new),
        Stream.of(
            new CellKind.Gru(Reset.BEFORE), new CellKind.Gru(Reset.AFTER), new CellKind.Lstm()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void weightsAreTheOraclesOfTheSameSeed(CellKind kind) {
    NetworkSpec spec = NetworkSpec.uniform(Oracle.cell(kind), 3, 13, 2, 4, 0, new Loss.Squared());
    Map<String, Tensor> expected =
        Initialisation.weights(Collections.nCopies(2, kind), 3, 13, 4, 77);

    NamedWeights weights = InitialWeights.of(spec, 77);

    assertEquals(expected.keySet(), weights.tensors().keySet());
    expected.forEach(
        (name, tensor) -> {
          double[] wanted = tensor.values();
          float[] found = weights.get(name).values();
          for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], found[i], 1e-7, name + " " + i);
          }
        });
    assertNotEquals(weights, InitialWeights.of(spec, 78));
    assertEquals(weights, InitialWeights.of(spec, 77));
  }

  @Test
  void recurrentWeightsKeepLengthsWhateverTheWidths() {
    List<LayerSpec> layers =
        List.of(
            new LayerSpec(new CellSpec.Lstm(), 1, 0), new LayerSpec(new CellSpec.Lstm(), 64, 0));
    NetworkSpec spec =
        new NetworkSpec(2, layers, new HeadSpec(1, Readout.LAST_STEP), new Loss.Squared());

    NamedWeights weights = InitialWeights.of(spec, 5);

    for (LayerSpec layer : layers) {
      int hidden = layer.hidden();
      for (String gate : layer.cell().gates()) {
        String prefix = NamedWeights.prefix(layers.indexOf(layer), gate);
        float[] u =
            Objects.requireNonNull(weights.tensors().get(prefix + "recurrent_weights")).values();
        for (int row = 0; row < hidden; row++) {
          for (int other = 0; other < hidden; other++) {
            double product = 0;
            for (int k = 0; k < hidden; k++) {
              product += (double) u[row * hidden + k] * u[other * hidden + k];
            }
            assertEquals(row == other ? 1 : 0, product, 1e-6, prefix);
          }
        }
        for (float bias : weights.get(prefix + "bias").values()) {
          assertEquals(gate.equals("forget") ? 1 : 0, bias, prefix);
        }
      }
    }
  }
}
