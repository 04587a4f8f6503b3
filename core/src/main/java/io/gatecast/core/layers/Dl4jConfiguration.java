package io.gatecast.core.layers;

import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.spec.TrainingSpec;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * From a network's description to a Deeplearning4j configuration on {@link FusedRecurrent} layers.
 *
 * <p>Only what DL4J 1.0.0-M2.1 computes rightly is ever configured: NCW layout, standard
 * backpropagation through time, no truncation.
 *
 * <p><b>Score.</b> DL4J itself sums over windows and steps and divides by the windows, so that its
 * score would grow with the steps that a head reads. Here the loss divides by all of them, and DL4J
 * by nothing more ({@code miniBatch(false)}): {@code score()} is the mean over windows, steps and
 * outputs, and {@code getFlattenedGradients()} its gradient, which is what is clipped.
 */
public final class Dl4jConfiguration {
  private Dl4jConfiguration() {}

  /**
   * A network that is to be trained.
   *
   * @param spec the network
   * @param training optimiser, clipping and seed
   * @return a float configuration; it takes {@code [batch, input, time]} and gives {@code [batch,
   *     output]}, or {@code [batch, output, time]} if the head reads every step
   * @throws IllegalArgumentException if the network reads segments, which DL4J has no layers for
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
   * @return a float configuration; it takes {@code [batch, input, time]} and gives {@code [batch,
   *     output]}, or {@code [batch, output, time]} if the head reads every step
   * @throws IllegalArgumentException if the network reads segments, which DL4J has no layers for
   */
  public static MultiLayerConfiguration of(NetworkSpec spec) {
    return layers(spec, new NeuralNetConfiguration.Builder().updater(new NoOp()));
  }

  private static MultiLayerConfiguration layers(
      NetworkSpec spec, NeuralNetConfiguration.Builder builder) {
    if (spec.segments().isPresent()) {
      throw new IllegalArgumentException(
          "spec: expected a network that reads step by step, as DL4J's layers do, found one that"
              + " reads segments; Trainer and RecurrentNetwork have networks of their own for it");
    }
    NeuralNetConfiguration.ListBuilder list =
        builder.dataType(DataType.FLOAT).miniBatch(false).weightInit(WeightInit.XAVIER).list();
    boolean lastStep = spec.head().readout() == Readout.LAST_STEP;
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      BaseRecurrentLayer recurrent = recurrent(spec, layer);
      boolean top = layer == spec.layers().size() - 1;
      list.layer(top && lastStep ? new LastTimeStep(recurrent) : recurrent);
    }
    ILossFunction loss = new MeanLoss(spec.loss());
    list.layer(
        head(
            spec,
            lastStep
                ? new OutputLayer.Builder(loss)
                : new RnnOutputLayer.Builder(loss).dataFormat(RNNFormat.NCW)));
    return list.backpropType(BackpropType.Standard).build();
  }

  private static BaseRecurrentLayer recurrent(NetworkSpec spec, int layer) {
    LayerSpec one = spec.layers().get(layer);
    // DL4J counts the share kept, applies it to a layer's input, and takes 0 for "none".
    double kept = one.dropout() == 0 ? 0 : 1 - one.dropout();
    return new FusedRecurrent.Builder(one.cell())
        .nIn(spec.inputsOf(layer))
        .nOut(one.hidden())
        .dropOut(kept)
        .build();
  }

  private static BaseOutputLayer head(NetworkSpec spec, BaseOutputLayer.Builder<?> builder) {
    return builder
        .nIn(spec.top().hidden())
        .nOut(spec.outputs())
        .activation(Activation.IDENTITY)
        .build();
  }
}
