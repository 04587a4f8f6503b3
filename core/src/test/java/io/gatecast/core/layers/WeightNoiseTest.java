package io.gatecast.core.layers;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static io.gatecast.core.layers.Drawn.assertClose;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.spec.CellSpec;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Proves that added noise is on the weights of training, forward and back, and not of inference;
 * and that noise which multiplies is refused.
 */
class WeightNoiseTest {
  @ParameterizedTest
  @MethodSource("io.gatecast.core.layers.Drawn#cells")
  void addedNoiseMovesTheWeightsOfTrainingOnly(CellSpec cell) {
    double shift = 0.3;
    MultiLayerNetwork network =
        Networks.of(
            Networks.base()
                .weightNoise(new WeightNoise(new ConstantDistribution(shift)))
                .list()
                .layer(Networks.layer(cell, 3, 2))
                .build());
    FusedRecurrent layer = (FusedRecurrent) network.getLayer(0).conf().getLayer();
    Map<String, INDArray> params = Drawn.params(network.getLayer(0));
    INDArray x = Drawn.array(1, Drawn.BATCH, 3, Drawn.TIME);
    INDArray dOut = Drawn.array(2, Drawn.BATCH, 2, Drawn.TIME);

    assertClose(
        new LayerOracle(layer, params).run(x, null, dOut).out(), network.output(x), 1e-12, "quiet");

    params.computeIfPresent("W", (key, w) -> w.add(shift));
    params.computeIfPresent("RW", (key, w) -> w.add(shift));
    LayerOracle.Answer noisy = new LayerOracle(layer, params).run(x, null, dOut);
    network.setInput(x);
    assertClose(noisy.out(), network.feedForward(true, false).get(1), 1e-12, "noisy");
    Gradient gradient = network.backpropGradient(dOut, LayerWorkspaceMgr.noWorkspaces()).getFirst();
    noisy
        .gradients()
        .forEach(
            (key, expected) ->
                assertClose(expected, gradient.getGradientFor("0_" + key), 1e-12, key));
  }

  static Stream<IWeightNoise> multiplying() {
    return Stream.of(new DropConnect(0.5), new WeightNoise(new NormalDistribution(1, 0.1), false));
  }

  @ParameterizedTest
  @MethodSource("multiplying")
  void noiseThatMultipliesIsRefused(IWeightNoise noise) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Networks.sequence(Networks.base().weightNoise(noise), new CellSpec.Lstm()));
    assertContains(
        Messages.of(DL4JInvalidConfigException.class, network::init),
        "weight noise: expected none or additive WeightNoise, found "
            + noise.getClass().getSimpleName());
  }
}
