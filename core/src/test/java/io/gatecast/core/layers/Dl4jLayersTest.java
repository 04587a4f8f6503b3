package io.gatecast.core.layers;

import static io.gatecast.core.layers.Drawn.assertClose;

import io.gatecast.core.spec.CellSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Proves that DL4J's own {@code LSTM} and {@code SimpleRnn}, where they are right (no masks), give
 * the same outputs and gradients as ours.
 *
 * <p>All keep {@code W [inputs, gates·hidden]}, {@code RW [hidden, gates·hidden]} and {@code b},
 * gates side by side; only the order of the gates differs. DL4J's LSTM calls its blocks I, F, O, G,
 * where "I" is the candidate and "G" the input gate; ours are in the order of {@link
 * CellSpec#gates}.
 */
class Dl4jLayersTest {
  private static final int INPUTS = 3;
  private static final int HIDDEN = 4;
  private static final List<String> LSTM_BLOCKS = List.of("candidate", "forget", "output", "input");

  static Stream<Arguments> peers() {
    return Stream.of(
        Arguments.of(
            new CellSpec.Lstm(),
            new LSTM.Builder()
                .nIn(INPUTS)
                .nOut(HIDDEN)
                .activation(Activation.TANH)
                .gateActivationFunction(Activation.SIGMOID)
                .build()),
        Arguments.of(new CellSpec.Rnn(CellSpec.Activation.TANH), simple(Activation.TANH)),
        Arguments.of(new CellSpec.Rnn(CellSpec.Activation.SIGMOID), simple(Activation.SIGMOID)),
        Arguments.of(new CellSpec.Rnn(CellSpec.Activation.RELU), simple(Activation.RELU)));
  }

  private static SimpleRnn simple(Activation activation) {
    return new SimpleRnn.Builder().nIn(INPUTS).nOut(HIDDEN).activation(activation).build();
  }

  @ParameterizedTest
  @MethodSource("peers")
  void outputsAndGradientsAgree(CellSpec cell, BaseRecurrentLayer peersLayer) {
    MultiLayerNetwork ours = network(Networks.layer(cell, INPUTS, HIDDEN));
    MultiLayerNetwork peer = network(peersLayer);
    ours.paramTable()
        .forEach((key, value) -> peer.getParam(key).assign(asPeers(cell, value, peer, key)));
    INDArray x = Drawn.array(1, Drawn.BATCH, INPUTS, 9);
    INDArray dOut = Drawn.array(2, Drawn.BATCH, HIDDEN, 9);

    assertClose(peer.output(x), ours.output(x), 1e-9, "out");
    Pair<Gradient, INDArray> expected = back(peer, x, dOut);
    Pair<Gradient, INDArray> found = back(ours, x, dOut);
    assertClose(expected.getSecond(), found.getSecond(), 1e-9, "dx");
    for (Map.Entry<String, INDArray> entry : found.getFirst().gradientForVariable().entrySet()) {
      String key = entry.getKey();
      assertClose(
          expected.getFirst().getGradientFor(key),
          asPeers(cell, entry.getValue(), peer, key),
          1e-9,
          key);
    }
  }

  /** A parameter or its gradient as the peer has it. */
  private static INDArray asPeers(
      CellSpec cell, INDArray value, MultiLayerNetwork peer, String key) {
    INDArray rows = value.rank() == 1 ? value.reshape(1, value.length()) : value;
    INDArray translated = rows;
    if (cell instanceof CellSpec.Lstm) {
      INDArray[] blocks = new INDArray[LSTM_BLOCKS.size()];
      for (int block = 0; block < blocks.length; block++) {
        int from = cell.gates().indexOf(LSTM_BLOCKS.get(block)) * HIDDEN;
        blocks[block] = rows.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + HIDDEN));
      }
      translated = Nd4j.concat(1, blocks);
    }
    return translated.reshape(peer.getParam(key).shape());
  }

  private static Pair<Gradient, INDArray> back(
      MultiLayerNetwork network, INDArray x, INDArray dOut) {
    network.setInput(x);
    network.feedForward(true, false);
    return network.backpropGradient(dOut.dup(), LayerWorkspaceMgr.noWorkspaces());
  }

  private static MultiLayerNetwork network(BaseRecurrentLayer layer) {
    return Networks.of(Networks.base().list().layer(layer).build());
  }
}
