package io.gatecast.core.layers;

import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * From a network's description to a Deeplearning4j configuration on {@link FusedRecurrent} layers.
 *
 * <p>Only what DL4J 1.0.0-M2.1 computes rightly is ever configured: fixed-length windows, NCW
 * layout, standard backpropagation through time; no masks, no truncation, no carried state.
 */
public final class Dl4jConfiguration {
  private Dl4jConfiguration() {}

  /**
   * A network that is to be trained.
   *
   * @param spec the network
   * @param training optimiser, clipping and seed
   * @return a float configuration with the head on the last time step
   */
  public static MultiLayerConfiguration of(NetworkSpec spec, TrainingSpec training) {
    return layers(
        spec,
        new NeuralNetConfiguration.Builder()
            .seed(training.seed())
            .updater(new Adam(training.learningRate()))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(training.clipNorm()));
  }

  /**
   * A network that only forecasts: no optimiser, no optimiser's memory.
   *
   * @param spec the network
   * @return a float configuration with the head on the last time step
   */
  public static MultiLayerConfiguration of(NetworkSpec spec) {
    return layers(spec, new NeuralNetConfiguration.Builder().updater(new NoOp()));
  }

  private static MultiLayerConfiguration layers(
      NetworkSpec spec, NeuralNetConfiguration.Builder builder) {
    NeuralNetConfiguration.ListBuilder list =
        builder.dataType(DataType.FLOAT).weightInit(WeightInit.XAVIER).list();
    for (int layer = 0; layer < spec.layers(); layer++) {
      BaseRecurrentLayer recurrent = recurrent(spec, layer);
      boolean last = layer == spec.layers() - 1;
      list.layer(last ? new LastTimeStep(recurrent) : recurrent);
    }
    list.layer(
        new OutputLayer.Builder(lossFunction(spec))
            .nIn(spec.hidden())
            .nOut(spec.outputs())
            .activation(Activation.IDENTITY)
            .build());
    return list.backpropType(BackpropType.Standard).build();
  }

  private static BaseRecurrentLayer recurrent(NetworkSpec spec, int layer) {
    // DL4J counts the share kept, applies it to a layer's input, and takes 0 for "none".
    double kept = layer == 0 || spec.dropout() == 0 ? 0 : 1 - spec.dropout();
    return new FusedRecurrent.Builder(spec.cell())
        .nIn(spec.inputsOf(layer))
        .nOut(spec.hidden())
        .dropOut(kept)
        .build();
  }

  private static LossFunction lossFunction(NetworkSpec spec) {
    return switch (spec.loss()) {
      case SQUARED -> LossFunction.MSE;
      case ABSOLUTE -> LossFunction.MEAN_ABSOLUTE_ERROR;
    };
  }
}
