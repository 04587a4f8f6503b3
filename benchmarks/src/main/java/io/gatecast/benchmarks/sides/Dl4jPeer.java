package io.gatecast.benchmarks.sides;

import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J's own {@code LSTM} and {@code SimpleRnn} layers, without clipping. It has no GRU. */
public final class Dl4jPeer implements Side {
  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public Optional<String> lacks(Work work, CellSpec cell) {
    return cell instanceof CellSpec.Gru
        ? Optional.of("Deeplearning4j has no layer for it")
        : Optional.empty();
  }

  @Override
  public TrainingStep training(Workload workload, int threads) {
    return new MultiLayerRun(workload, configuration(workload), new Dl4jPeerWeights(), threads);
  }

  @Override
  public InferenceRun inference(Workload workload, int threads) {
    return new MultiLayerRun(workload, configuration(workload), new Dl4jPeerWeights(), threads);
  }

  private static MultiLayerConfiguration configuration(Workload workload) {
    NetworkSpec spec = workload.spec();
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.FLOAT)
        .updater(new Adam(workload.learningRate()))
        .list()
        .layer(new LastTimeStep(recurrent(spec)))
        .layer(
            new OutputLayer.Builder(LossFunction.MSE)
                .nIn(spec.top().hidden())
                .nOut(spec.outputs())
                .activation(Activation.IDENTITY)
                .build())
        .build();
  }

  private static BaseRecurrentLayer recurrent(NetworkSpec spec) {
    if (spec.top().cell() instanceof CellSpec.Rnn rnn) {
      return new SimpleRnn.Builder()
          .nIn(spec.inputs())
          .nOut(spec.top().hidden())
          .activation(Activation.valueOf(rnn.activation().name()))
          .build();
    }
    return new LSTM.Builder()
        .nIn(spec.inputs())
        .nOut(spec.top().hidden())
        .activation(Activation.TANH)
        .gateActivationFunction(Activation.SIGMOID)
        .build();
  }
}
