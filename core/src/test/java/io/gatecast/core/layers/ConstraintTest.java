package io.gatecast.core.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.spec.CellSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Proves which parameters each of DL4J's ways to constrain a layer reaches, inside a wrapper, too.
 */
class ConstraintTest {
  static Stream<Arguments> constraints() {
    NonNegativeConstraint positive = new NonNegativeConstraint();
    return Stream.of(
        constraint("input", layer -> layer.constrainInputWeights(positive), "W"),
        constraint("recurrent", layer -> layer.constrainRecurrent(positive), "RW"),
        constraint("weights", layer -> layer.constrainWeights(positive), "W", "RW"),
        constraint("bias", layer -> layer.constrainBias(positive), "b", "rb"),
        constraint("all", layer -> layer.constrainAllParameters(positive), "W", "RW", "b", "rb"),
        constraint(
            "two",
            layer -> layer.constrainInputWeights(positive).constrainBias(positive),
            "W",
            "b",
            "rb"));
  }

  private static Arguments constraint(
      String name, UnaryOperator<FusedRecurrent.Builder> setting, String... keys) {
    return Arguments.of(name, setting, Set.of(keys));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("constraints")
  void reaches(String name, UnaryOperator<FusedRecurrent.Builder> setting, Set<String> keys) {
    CellSpec cell = new CellSpec.Gru(CellSpec.Reset.AFTER);
    FusedRecurrent layer = setting.apply(new FusedRecurrent.Builder(cell).nIn(3).nOut(4)).build();
    NeuralNetConfiguration.Builder base = Networks.base();
    MultiLayerNetwork network =
        Networks.of(
            base.list().layer(new LastTimeStep(layer)).layer(Networks.lastOutput(4)).build());
    network.fit(Networks.lastData());
    assertEquals(new TreeSet<>(keys), withoutNegatives(network.getLayer(0).paramTable()));
  }

  private static Set<String> withoutNegatives(Map<String, INDArray> params) {
    Set<String> found = new TreeSet<>();
    params.forEach(
        (key, value) -> {
          if (value.minNumber().doubleValue() >= 0) {
            found.add(key);
          }
        });
    return found;
  }
}
