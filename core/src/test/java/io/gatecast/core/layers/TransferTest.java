package io.gatecast.core.layers;

import static io.gatecast.core.layers.Drawn.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.spec.CellSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Proves that DL4J's transfer learning freezes, replaces and fine-tunes the layers. */
class TransferTest {
  private static final FineTuneConfiguration FINE =
      new FineTuneConfiguration.Builder().updater(new Adam(0.05)).seed(5).build();

  @ParameterizedTest
  @MethodSource("io.gatecast.core.layers.Drawn#cells")
  void frozenLayersKeepTheirWeightsUnderANewOutput(CellSpec cell, @TempDir Path folder)
      throws IOException {
    MultiLayerNetwork before = Networks.of(Networks.lastStep(Networks.base(), cell));
    MultiLayerNetwork network =
        new TransferLearning.Builder(before)
            .fineTuneConfiguration(FINE)
            .setFeatureExtractor(1)
            .removeOutputLayer()
            .addLayer(output(Networks.SECOND, 1))
            .build();
    DataSet data = new DataSet(Networks.lastData().getFeatures(), Drawn.array(3, Drawn.BATCH, 1));
    INDArray head = network.getLayer(2).params().dup();
    network.fit(data);
    network.fit(data);

    assertEquals(before.getLayer(0).params(), network.getLayer(0).params());
    assertEquals(before.getLayer(1).params(), network.getLayer(1).params());
    assertNotEquals(head, network.getLayer(2).params());
    assertEquals(
        before.feedForwardToLayer(1, data.getFeatures()).get(2),
        network.feedForwardToLayer(1, data.getFeatures()).get(2));

    File file = folder.resolve("frozen.zip").toFile();
    ModelSerializer.writeModel(network, file, true);
    MultiLayerNetwork again = ModelSerializer.restoreMultiLayerNetwork(file, true);
    again.fit(data);
    network.fit(data);
    assertEquals(network.params(), again.params());
    assertEquals(network.output(data.getFeatures()), again.output(data.getFeatures()));
  }

  @Test
  void frozenAgain() {
    MultiLayerNetwork network =
        Networks.of(Networks.lastStep(Networks.base(), new CellSpec.Lstm()));
    INDArray x = Networks.lastData().getFeatures();
    INDArray before = network.output(x);
    for (int time = 0; time < 2; time++) {
      network =
          new TransferLearning.Builder(network)
              .fineTuneConfiguration(FINE)
              .setFeatureExtractor(1)
              .build();
    }
    assertEquals(before, network.output(x));
  }

  @ParameterizedTest
  @MethodSource("io.gatecast.core.layers.Drawn#cells")
  void anotherSizeInTheMiddle(CellSpec cell) {
    MultiLayerNetwork before = Networks.of(Networks.sequence(Networks.base(), cell));
    MultiLayerNetwork network =
        new TransferLearning.Builder(before)
            .fineTuneConfiguration(FINE)
            .nOutReplace(0, 6, WeightInit.XAVIER)
            .build();
    FusedRecurrent first = (FusedRecurrent) network.getLayer(0).conf().getLayer();
    FusedRecurrent second = (FusedRecurrent) network.getLayer(1).conf().getLayer();
    assertEquals(6, first.getNOut());
    assertEquals(6, second.getNIn());
    assertEquals(new Adam(0.05), second.getIUpdater());
    assertEquals(before.getLayer(2).params(), network.getLayer(2).params());

    DataSet data = Networks.sequenceData();
    double score = network.score(data);
    for (int step = 0; step < 20; step++) {
      network.fit(data);
    }
    assertTrue(network.score(data) < score, "it learns");
  }

  @Test
  void frozenLayersOfAGraph() {
    ComputationGraph before = graph();
    ComputationGraph network =
        new TransferLearning.GraphBuilder(before)
            .fineTuneConfiguration(FINE)
            .setFeatureExtractor("first")
            .removeVertexKeepConnections("out")
            .addLayer("out", output(Networks.SECOND, 1), "last")
            .build();
    DataSet data = new DataSet(Networks.lastData().getFeatures(), Drawn.array(3, Drawn.BATCH, 1));
    assertSame(before, network, "first");
    assertSame(before, network, "second");
    INDArray second = network.getLayer("second").params().dup();
    network.fit(data);

    assertSame(before, network, "first");
    assertNotEquals(second, network.getLayer("second").params());
    assertEquals(new Adam(0.05), updater(network, "second"));
    assertClose(
        Drawn.at(before.feedForward(data.getFeatures(), false), "first"),
        Drawn.at(network.feedForward(data.getFeatures(), false), "first"),
        1e-6,
        "frozen");
  }

  @Test
  void anotherSizeInAGraph() {
    ComputationGraph before = graph();
    ComputationGraph network =
        new TransferLearning.GraphBuilder(before)
            .fineTuneConfiguration(FINE)
            .nOutReplace("first", 6, WeightInit.XAVIER)
            .build();
    assertEquals(6, ((FusedRecurrent) network.getLayer("second").conf().getLayer()).getNIn());
    DataSet data = Networks.lastData();
    double score = network.score(data);
    for (int step = 0; step < 20; step++) {
      network.fit(data);
    }
    assertTrue(network.score(data) < score, "it learns");
  }

  private static void assertSame(ComputationGraph a, ComputationGraph b, String layer) {
    // DL4J makes the new graph in float.
    assertClose(
        a.getLayer(layer).params().reshape(-1),
        b.getLayer(layer).params().reshape(-1),
        1e-7,
        layer);
  }

  private static ComputationGraph graph() {
    return Networks.of(
        Networks.lastStepGraph(Networks.base(), new CellSpec.Gru(CellSpec.Reset.AFTER)));
  }

  private static IUpdater updater(ComputationGraph network, String layer) {
    return ((BaseLayer) network.getLayer(layer).conf().getLayer()).getIUpdater();
  }

  private static OutputLayer output(int inputs, int outputs) {
    return new OutputLayer.Builder(LossFunction.MSE)
        .nIn(inputs)
        .nOut(outputs)
        .activation(Activation.IDENTITY)
        .weightInit(WeightInit.XAVIER)
        .updater(new Adam(0.05))
        .build();
  }
}
