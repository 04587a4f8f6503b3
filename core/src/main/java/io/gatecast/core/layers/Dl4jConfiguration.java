package io.gatecast.core.layers;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * From a network's description to a Deeplearning4j configuration on DL4J's own recurrent layers.
 *
 * <p>Only what DL4J 1.0.0-M2.1 computes rightly is ever configured: fixed-length windows, NCW
 * layout, standard backpropagation through time; no masks, no truncation, no carried state.
 */
public final class Dl4jConfiguration {
  private Dl4jConfiguration() {}

  /**
   * Whether there is a layer for this cell.
   *
   * @param cell the cell
   * @return false for a GRU, which DL4J does not have
   */
  public static boolean supports(CellSpec cell) {
    return !(cell instanceof CellSpec.Gru);
  }

  /**
   * A network that is to be trained.
   *
   * @param spec the network
   * @param training optimiser, clipping and seed
   * @return a float configuration with the head on the last time step
   * @throws IllegalArgumentException for a cell without a layer; see {@link #supports}
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
   * @throws IllegalArgumentException for a cell without a layer; see {@link #supports}
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
    int inputs = spec.inputsOf(layer);
    if (spec.cell() instanceof CellSpec.Lstm) {
      return new LSTM.Builder()
          .nIn(inputs)
          .nOut(spec.hidden())
          // The default of M2.1 is the logistic function, with which C~ is no LSTM's.
          .activation(Activation.TANH)
          .gateActivationFunction(Activation.SIGMOID)
          .forgetGateBiasInit(1.0)
          .dropOut(kept)
          .build();
    }
    if (spec.cell() instanceof CellSpec.Rnn rnn) {
      return new SimpleRnn.Builder()
          .nIn(inputs)
          .nOut(spec.hidden())
          .activation(activation(rnn.activation()))
          .dropOut(kept)
          .build();
    }
    throw new IllegalArgumentException(
        "cell: expected lstm or rnn, found "
            + spec.cell().name()
            + ": Deeplearning4j 1.0.0-M2.1 has no layer for it");
  }

  private static Activation activation(CellSpec.Activation activation) {
    return switch (activation) {
      case TANH -> Activation.TANH;
      case SIGMOID -> Activation.SIGMOID;
      case RELU -> Activation.RELU;
    };
  }

  private static LossFunction lossFunction(NetworkSpec spec) {
    return switch (spec.loss()) {
      case SQUARED -> LossFunction.MSE;
      case ABSOLUTE -> LossFunction.MEAN_ABSOLUTE_ERROR;
    };
  }
}
