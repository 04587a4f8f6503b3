package io.gatecast.core.layers;

import static io.gatecast.core.layers.Drawn.assertClose;

import io.gatecast.core.spec.CellSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Proves in closed form what a step of training does to the layers' parameters, given their
 * gradient: updaters, gradient normalisation, and regularisation of weights and of biases.
 */
class UpdateStepTest {
  private static final CellSpec CELL = new CellSpec.Gru(CellSpec.Reset.AFTER);
  private static final double RATE = 0.1;

  static Stream<Arguments> updaters() {
    return Stream.of(
        Arguments.of(new Sgd(RATE), (Rule) (g, state, t) -> g.mul(RATE)),
        Arguments.of(new Nesterovs(RATE, 0.9), (Rule) UpdateStepTest::nesterov),
        Arguments.of(new RmsProp(RATE, 0.95, 1e-8), (Rule) UpdateStepTest::rmsProp),
        Arguments.of(new Adam(RATE, 0.9, 0.999, 1e-8), (Rule) UpdateStepTest::adam));
  }

  /** What is subtracted from the parameters at step t, from 1, given the gradient. */
  private interface Rule {
    INDArray of(INDArray gradient, Map<String, INDArray> state, int t);
  }

  private static INDArray nesterov(INDArray g, Map<String, INDArray> state, int t) {
    INDArray before = state.getOrDefault("v", g.mul(0));
    INDArray v = before.mul(0.9).sub(g.mul(RATE));
    state.put("v", v);
    return before.mul(0.9).sub(v.mul(1.9));
  }

  private static INDArray rmsProp(INDArray g, Map<String, INDArray> state, int t) {
    INDArray s = state.getOrDefault("s", g.mul(0).add(1e-8)).mul(0.95).add(g.mul(g).mul(0.05));
    state.put("s", s);
    return g.mul(RATE).div(Transforms.sqrt(s, true).add(1e-8));
  }

  private static INDArray adam(INDArray g, Map<String, INDArray> state, int t) {
    INDArray m = state.getOrDefault("m", g.mul(0)).mul(0.9).add(g.mul(0.1));
    INDArray v = state.getOrDefault("v", g.mul(0)).mul(0.999).add(g.mul(g).mul(0.001));
    state.put("m", m);
    state.put("v", v);
    double rate = RATE * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
    return m.mul(rate).div(Transforms.sqrt(v, true).add(1e-8));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void updater(IUpdater updater, Rule rule) {
    MultiLayerNetwork network = network(base -> base.updater(updater));
    MultiLayerNetwork probe = network(base -> base);
    Map<String, Map<String, INDArray>> states = new LinkedHashMap<>();
    for (int t = 1; t <= 3; t++) {
      int step = t;
      Map<String, INDArray> expected = new LinkedHashMap<>();
      gradients(probe, network)
          .forEach(
              (key, g) ->
                  expected.put(
                      key,
                      rule.of(g, states.computeIfAbsent(key, k -> new LinkedHashMap<>()), step)));
      check(network, expected, 1e-10);
    }
  }

  @ParameterizedTest
  @EnumSource(GradientNormalization.class)
  void gradientNormalisation(GradientNormalization kind) {
    double threshold = 0.05;
    MultiLayerNetwork network =
        network(
            base ->
                base.updater(new Sgd(1))
                    .gradientNormalization(kind)
                    .gradientNormalizationThreshold(threshold));
    Map<String, INDArray> gradients = gradients(network(base -> base), network);
    Map<String, INDArray> expected = new LinkedHashMap<>();
    gradients.forEach(
        (key, g) -> {
          double own = norm(Map.of(key, g), key.substring(0, 2));
          double layers = norm(gradients, key.substring(0, 2));
          expected.put(
              key,
              switch (kind) {
                case None -> g;
                case RenormalizeL2PerLayer -> g.div(layers);
                case RenormalizeL2PerParamType -> g.div(own);
                case ClipElementWiseAbsoluteValue ->
                    Transforms.max(Transforms.min(g, threshold), -threshold);
                case ClipL2PerLayer -> g.mul(Math.min(1, threshold / layers));
                case ClipL2PerParamType -> g.mul(Math.min(1, threshold / own));
              });
        });
    check(network, expected, 1e-12);
  }

  private static double norm(Map<String, INDArray> gradients, String layer) {
    return Math.sqrt(
        gradients.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(layer))
            .mapToDouble(entry -> entry.getValue().mul(entry.getValue()).sumNumber().doubleValue())
            .sum());
  }

  static Stream<Arguments> regularisations() {
    return Stream.of(
        regularisation(base -> base.l1(0.03), w -> Transforms.sign(w, true).mul(0.03), true),
        regularisation(base -> base.l2(0.03), w -> w.mul(0.03), true),
        regularisation(base -> base.weightDecay(0.03, true), w -> w.mul(0.03), true),
        regularisation(base -> base.l1Bias(0.03), w -> Transforms.sign(w, true).mul(0.03), false),
        regularisation(base -> base.l2Bias(0.03), w -> w.mul(0.03), false),
        regularisation(base -> base.weightDecayBias(0.03, true), w -> w.mul(0.03), false));
  }

  private static Arguments regularisation(
      UnaryOperator<NeuralNetConfiguration.Builder> setting,
      UnaryOperator<INDArray> addend,
      boolean ofWeights) {
    return Arguments.of(setting, addend, ofWeights);
  }

  @ParameterizedTest
  @MethodSource("regularisations")
  void regularisationOfWeightsLeavesBiasesAlone(
      UnaryOperator<NeuralNetConfiguration.Builder> setting,
      UnaryOperator<INDArray> addend,
      boolean ofWeights) {
    MultiLayerNetwork network = network(base -> setting.apply(base.updater(new Sgd(RATE))));
    Map<String, INDArray> expected = new LinkedHashMap<>();
    gradients(network(base -> base), network)
        .forEach(
            (key, g) -> {
              if (key.startsWith("2_")) {
                return; // the output layer, on which DL4J lets weights decay twice
              }
              boolean weight = key.endsWith("W");
              INDArray total = weight == ofWeights ? g.add(addend.apply(network.getParam(key))) : g;
              expected.put(key, total.mul(RATE));
            });
    check(network, expected, 1e-12);
  }

  private static MultiLayerNetwork network(UnaryOperator<NeuralNetConfiguration.Builder> settings) {
    return Networks.of(Networks.sequence(settings.apply(Networks.base()), CELL));
  }

  /** The mean gradient over the batch at the network's parameters. */
  private static Map<String, INDArray> gradients(
      MultiLayerNetwork probe, MultiLayerNetwork network) {
    probe.setParams(network.params().dup());
    DataSet data = Networks.sequenceData();
    probe.setInput(data.getFeatures());
    probe.setLabels(data.getLabels());
    probe.computeGradientAndScore();
    Gradient gradient = probe.gradient();
    Map<String, INDArray> mean = new LinkedHashMap<>();
    for (String key : network.paramTable().keySet()) {
      mean.put(key, gradient.getGradientFor(key).div(Drawn.BATCH));
    }
    return mean;
  }

  /** Trains a step, after which each parameter must be less by what is expected. */
  private static void check(
      MultiLayerNetwork network, Map<String, INDArray> expected, double tolerance) {
    Map<String, INDArray> after = new LinkedHashMap<>();
    expected.forEach((key, change) -> after.put(key, network.getParam(key).sub(change)));
    network.fit(Networks.sequenceData());
    after.forEach(
        (key, right) ->
            assertClose(
                Nd4j.toFlattened('c', right),
                Nd4j.toFlattened('c', network.getParam(key)),
                tolerance,
                key));
  }
}
