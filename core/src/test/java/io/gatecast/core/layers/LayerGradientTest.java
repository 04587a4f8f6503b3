package io.gatecast.core.layers;

import static io.gatecast.core.layers.Drawn.BATCH;
import static io.gatecast.core.layers.Drawn.TIME;
import static io.gatecast.core.layers.Drawn.assertClose;

import io.gatecast.core.spec.CellSpec;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Proves against the oracle that a stack of two layers in a network gives the right activations,
 * gradients of weights and gradient of the input, with every kind of padding and in both formats.
 */
class LayerGradientTest {
  private static final int INPUTS = 3;
  private static final int HIDDEN = 2;

  static Stream<Arguments> cases() {
    return Drawn.cells()
        .flatMap(
            cell ->
                Stream.of(RNNFormat.values())
                    .flatMap(
                        format ->
                            Stream.of(Drawn.Mask.values())
                                .map(mask -> Arguments.of(cell, format, mask))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stackIsTheOracles(CellSpec cell, RNNFormat format, Drawn.Mask padding) {
    MultiLayerNetwork network = Drawn.fill(network(cell, format), 7);
    INDArray x = Drawn.array(1, BATCH, INPUTS, TIME);
    INDArray dOut = Drawn.array(2, BATCH, HIDDEN, TIME);
    INDArray mask = padding.array();

    LayerOracle below = oracle(network, 0);
    LayerOracle above = oracle(network, 1);
    INDArray between = below.run(x, mask, dOut.mul(0)).out();
    LayerOracle.Answer top = above.run(between, mask, dOut);
    LayerOracle.Answer bottom = below.run(x, mask, top.dx());

    network.setInput(inFormat(x, format));
    network.setLayerMaskArrays(mask, null);
    INDArray out = network.feedForward(true, false).get(2);
    Pair<Gradient, INDArray> back =
        network.backpropGradient(inFormat(dOut, format), LayerWorkspaceMgr.noWorkspaces());

    assertClose(top.out(), inFormat(out, format), 1e-12, "out");
    assertClose(bottom.dx(), inFormat(back.getSecond(), format), 1e-12, "dx");
    checkGradients(top, back.getFirst(), "1_");
    checkGradients(bottom, back.getFirst(), "0_");
  }

  private static void checkGradients(LayerOracle.Answer answer, Gradient found, String prefix) {
    answer
        .gradients()
        .forEach(
            (key, expected) ->
                assertClose(expected, found.getGradientFor(prefix + key), 1e-12, prefix + key));
  }

  private static LayerOracle oracle(MultiLayerNetwork network, int layer) {
    return new LayerOracle(
        (FusedRecurrent) network.getLayer(layer).conf().getLayer(),
        Drawn.params(network.getLayer(layer)));
  }

  private static INDArray inFormat(@Nullable INDArray array, RNNFormat format) {
    INDArray present = Objects.requireNonNull(array);
    return format == RNNFormat.NWC ? present.permute(0, 2, 1) : present;
  }

  private static MultiLayerNetwork network(CellSpec cell, RNNFormat format) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(
                    new FusedRecurrent.Builder(cell)
                        .nIn(INPUTS)
                        .nOut(HIDDEN)
                        .dataFormat(format)
                        .build())
                .layer(
                    new FusedRecurrent.Builder(cell)
                        .nIn(HIDDEN)
                        .nOut(HIDDEN)
                        .dataFormat(format)
                        .build())
                .build());
    network.init();
    return network;
  }
}
