package io.gatecast.core.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.spec.CellSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Proves that configurations and networks come back from JSON, YAML and DL4J's own files. */
class RoundTripTest {
  @ParameterizedTest
  @MethodSource("io.gatecast.core.layers.Drawn#cells")
  void multiLayerNetwork(CellSpec cell) {
    MultiLayerConfiguration configuration = Networks.lastStep(Networks.base(), cell);
    assertEquals(configuration, MultiLayerConfiguration.fromYaml(configuration.toYaml()));
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertEquals(configuration, read);

    MultiLayerNetwork network = Networks.of(configuration);
    MultiLayerNetwork again = new MultiLayerNetwork(read);
    again.init(network.params().dup(), false);
    INDArray x = Networks.lastData().getFeatures();
    assertEquals(network.output(x), again.output(x));
  }

  @ParameterizedTest
  @MethodSource("io.gatecast.core.layers.Drawn#cells")
  void graph(CellSpec cell) {
    ComputationGraphConfiguration configuration = Networks.lastStepGraph(Networks.base(), cell);
    assertEquals(configuration, ComputationGraphConfiguration.fromYaml(configuration.toYaml()));
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    assertEquals(configuration, read);

    ComputationGraph network = Networks.of(configuration);
    ComputationGraph again = new ComputationGraph(read);
    again.init(network.params().dup(), false);
    INDArray x = Networks.lastData().getFeatures();
    assertEquals(network.outputSingle(x), again.outputSingle(x));
  }

  @Test
  void everythingThatAUserCanSet() {
    FusedRecurrent layer =
        new FusedRecurrent.Builder(new CellSpec.Lstm())
            .nIn(3)
            .nOut(4)
            .name("memory")
            .forgetBias(2.5)
            .biasInit(0.25)
            .dataFormat(RNNFormat.NWC)
            .weightInit(WeightInit.RELU)
            .weightInitRecurrent(WeightInit.IDENTITY)
            .dropOut(0.7)
            .l1(0.1)
            .l2Bias(0.2)
            .constrainRecurrent(new NonNegativeConstraint())
            .constrainBias(new NonNegativeConstraint())
            .weightNoise(new WeightNoise(new ConstantDistribution(0.1)))
            .build();
    MultiLayerConfiguration configuration =
        Networks.base().list().layer(layer).layer(Networks.sequenceOutput(4)).build();

    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertEquals(configuration, read);
    FusedRecurrent found = (FusedRecurrent) read.getConf(0).getLayer();
    assertEquals(layer, found);
    assertEquals(2.5, found.getForgetBias());
    assertEquals(RNNFormat.NWC, found.getRnnDataFormat());
    assertEquals(layer.getWeightInitFnRecurrent(), found.getWeightInitFnRecurrent());
    assertEquals(2, found.getConstraints().size());
  }

  @Test
  void bothDirections() {
    MultiLayerConfiguration configuration =
        Networks.base()
            .list()
            .layer(new Bidirectional(Networks.layer(new CellSpec.Gru(CellSpec.Reset.BEFORE), 3, 2)))
            .layer(Networks.sequenceOutput(4))
            .build();
    assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
  }

  @ParameterizedTest
  @MethodSource("io.gatecast.core.layers.Drawn#cells")
  void fileOfDl4jsOwn(CellSpec cell, @TempDir Path folder) throws IOException {
    DataSet data = Networks.lastData();
    MultiLayerNetwork network =
        Networks.of(Networks.lastStep(Networks.base().updater(new Adam(0.01)), cell));
    network.fit(data);
    File file = folder.resolve("network.zip").toFile();
    ModelSerializer.writeModel(network, file, true);

    MultiLayerNetwork again = ModelSerializer.restoreMultiLayerNetwork(file, true);
    assertEquals(network.params(), again.params());
    assertEquals(network.output(data.getFeatures()), again.output(data.getFeatures()));
    network.fit(data);
    again.fit(data);
    assertEquals(network.params(), again.params(), "training goes on where it was");
  }

  @Test
  void fileOfAGraph(@TempDir Path folder) throws IOException {
    DataSet data = Networks.lastData();
    ComputationGraph network =
        Networks.of(Networks.lastStepGraph(Networks.base(), new CellSpec.Lstm()));
    File file = folder.resolve("graph.zip").toFile();
    ModelSerializer.writeModel(network, file, true);
    ComputationGraph again = ModelSerializer.restoreComputationGraph(file, true);
    network.fit(data);
    again.fit(data);
    assertEquals(network.params(), again.params());
  }
}
