package io.gatecast.core.layers;

import io.gatecast.core.spec.CellSpec;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks in double, as a user of DL4J writes them: two recurrent layers and an output. */
final class Networks {
  static final int INPUTS = 3;
  static final int FIRST = 4;
  static final int SECOND = 3;
  static final int OUTPUTS = 2;

  private Networks() {}

  /** What all layers inherit. */
  static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(DataType.DOUBLE)
        .updater(new Sgd(0.1));
  }

  static FusedRecurrent layer(CellSpec cell, int inputs, int hidden) {
    return new FusedRecurrent.Builder(cell).nIn(inputs).nOut(hidden).build();
  }

  static RnnOutputLayer sequenceOutput(int inputs) {
    return new RnnOutputLayer.Builder(LossFunction.MSE)
        .nIn(inputs)
        .nOut(OUTPUTS)
        .activation(Activation.IDENTITY)
        .build();
  }

  static OutputLayer lastOutput(int inputs) {
    return new OutputLayer.Builder(LossFunction.MSE)
        .nIn(inputs)
        .nOut(OUTPUTS)
        .activation(Activation.IDENTITY)
        .build();
  }

  /** An output at every step. */
  static MultiLayerConfiguration sequence(NeuralNetConfiguration.Builder base, CellSpec cell) {
    return base.list()
        .layer(layer(cell, INPUTS, FIRST))
        .layer(layer(cell, FIRST, SECOND))
        .layer(sequenceOutput(SECOND))
        .build();
  }

  /** An output at the last step, by a wrapper. */
  static MultiLayerConfiguration lastStep(NeuralNetConfiguration.Builder base, CellSpec cell) {
    return base.list()
        .layer(layer(cell, INPUTS, FIRST))
        .layer(new LastTimeStep(layer(cell, FIRST, SECOND)))
        .layer(lastOutput(SECOND))
        .build();
  }

  /** The same as a graph, by a vertex. */
  static ComputationGraphConfiguration lastStepGraph(
      NeuralNetConfiguration.Builder base, CellSpec cell) {
    return base.graphBuilder()
        .addInputs("x")
        .addLayer("first", layer(cell, INPUTS, FIRST), "x")
        .addLayer("second", layer(cell, FIRST, SECOND), "first")
        .addVertex("last", new LastTimeStepVertex("x"), "second")
        .addLayer("out", lastOutput(SECOND), "last")
        .setOutputs("out")
        .build();
  }

  /** A network with drawn parameters. */
  static MultiLayerNetwork of(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return Drawn.fill(network, 7);
  }

  /** A network with drawn parameters. */
  static ComputationGraph of(ComputationGraphConfiguration configuration) {
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    return Drawn.fill(network, 7);
  }

  /** Drawn inputs and targets for every step. */
  static DataSet sequenceData() {
    return new DataSet(
        Drawn.array(1, Drawn.BATCH, INPUTS, Drawn.TIME),
        Drawn.array(2, Drawn.BATCH, OUTPUTS, Drawn.TIME));
  }

  /** Drawn inputs and a target for each sequence. */
  static DataSet lastData() {
    return new DataSet(
        Drawn.array(1, Drawn.BATCH, INPUTS, Drawn.TIME), Drawn.array(2, Drawn.BATCH, OUTPUTS));
  }
}
