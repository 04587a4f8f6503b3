package io.gatecast.core.layers;

import static io.gatecast.core.layers.Drawn.assertClose;

import io.gatecast.core.spec.CellSpec;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Proves that a graph of the layers is what the layers are in a row, and that branches add up. */
class GraphTest {
  @ParameterizedTest
  @MethodSource("io.gatecast.core.layers.Drawn#cells")
  void chainIsTheMultiLayerNetwork(CellSpec cell) {
    MultiLayerNetwork row = Networks.of(Networks.lastStep(Networks.base(), cell));
    ComputationGraph graph = Networks.of(Networks.lastStepGraph(Networks.base(), cell));
    DataSet data = Networks.lastData();

    assertClose(
        row.output(data.getFeatures()), graph.outputSingle(data.getFeatures()), 0, "output");
    for (int step = 0; step < 3; step++) {
      row.fit(data);
      graph.fit(data);
      assertClose(row.params(), graph.params(), 1e-14, "after step " + step);
    }
  }

  @Test
  void branchesOfOneInputMeetAgain() {
    CellSpec left = new CellSpec.Gru(CellSpec.Reset.AFTER);
    CellSpec right = new CellSpec.Lstm();
    CellSpec top = new CellSpec.Rnn(CellSpec.Activation.TANH);
    ComputationGraph graph =
        Networks.of(
            Networks.base()
                .graphBuilder()
                .addInputs("x")
                .addLayer("left", Networks.layer(left, 3, 2), "x")
                .addLayer("right", Networks.layer(right, 3, 4), "x")
                .addVertex("both", new MergeVertex(), "left", "right")
                .addLayer("top", Networks.layer(top, 6, 2), "both")
                .setOutputs("top")
                .build());
    INDArray x = Drawn.array(1, Drawn.BATCH, 3, Drawn.TIME);
    INDArray dOut = Drawn.array(2, Drawn.BATCH, 2, Drawn.TIME);
    INDArray mask = Drawn.Mask.ANYWHERE.array();

    LayerOracle ofLeft = oracle(graph, "left");
    LayerOracle ofRight = oracle(graph, "right");
    INDArray merged =
        Nd4j.concat(1, ofLeft.run(x, mask, zeros(2)).out(), ofRight.run(x, mask, zeros(4)).out());
    LayerOracle.Answer answer = oracle(graph, "top").run(merged, mask, dOut);

    graph.setLayerMaskArrays(new INDArray[] {mask}, null);
    Map<String, INDArray> out = graph.feedForward(new INDArray[] {x}, true, false);
    assertClose(answer.out(), Drawn.at(out, "top"), 1e-12, "out");

    Gradient found = graph.backpropGradient(dOut);
    check(answer, found, "top");
    check(ofLeft.run(x, mask, units(answer.dx(), 0, 2)), found, "left");
    check(ofRight.run(x, mask, units(answer.dx(), 2, 6)), found, "right");
  }

  private static void check(LayerOracle.Answer answer, Gradient found, String layer) {
    answer
        .gradients()
        .forEach(
            (key, expected) ->
                assertClose(
                    expected, found.getGradientFor(layer + "_" + key), 1e-12, layer + " " + key));
  }

  private static INDArray zeros(int hidden) {
    return Nd4j.zeros(DataType.DOUBLE, Drawn.BATCH, hidden, Drawn.TIME);
  }

  private static INDArray units(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  private static LayerOracle oracle(ComputationGraph graph, String layer) {
    return new LayerOracle(
        (FusedRecurrent) graph.getLayer(layer).conf().getLayer(),
        Drawn.params(graph.getLayer(layer)));
  }
}
