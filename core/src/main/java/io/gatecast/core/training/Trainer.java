package io.gatecast.core.training;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.layers.Dl4jConfiguration;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.samples.Batches;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network by Adam with early stopping on the validation windows; the best epoch's weights
 * are kept. The same seed gives the same weights on the same machine and thread count.
 *
 * <p>A trainer has no state of its own: one call is one training, on the calling thread.
 */
public final class Trainer {

  /**
   * A trained network and how it came about.
   *
   * @param network holds the best epoch's weights; the caller closes it
   * @param epochs epochs run
   * @param bestEpoch the epoch whose weights were kept, from 1
   * @param validationLoss its validation loss a window
   */
  public record Trained(
      RecurrentNetwork network, int epochs, int bestEpoch, double validationLoss) {}

  /**
   * Trains.
   *
   * @param spec the network
   * @param training optimiser, stopping and seed
   * @param train windows to learn from
   * @param validation windows that decide when to stop; never learned from
   * @param listener hears of each epoch
   * @return the network with the best epoch's weights
   * @throws IllegalArgumentException if either set is empty or does not fit the network
   * @throws TrainingDivergedException if the loss is no number before a first epoch has ended
   */
  public Trained train(
      NetworkSpec spec,
      TrainingSpec training,
      Samples train,
      Samples validation,
      TrainingListener listener) {
    fits("train", spec, train);
    fits("validation", spec, validation);
    if (train.lookback() != validation.lookback()) {
      throw new IllegalArgumentException(
          "validation: expected a look-back of "
              + train.lookback()
              + " as in train, found "
              + validation.lookback());
    }
    NativeRuntime.require();
    MultiLayerNetwork network = new MultiLayerNetwork(Dl4jConfiguration.of(spec, training));
    network.init();
    RecurrentNetwork live = new RecurrentNetwork(spec, network);
    try {
      return fit(live, network, training, train, validation, listener);
    } catch (RuntimeException | Error e) {
      live.close();
      throw e;
    }
  }

  private static Trained fit(
      RecurrentNetwork live,
      MultiLayerNetwork network,
      TrainingSpec training,
      Samples train,
      Samples validation,
      TrainingListener listener) {
    Random random = new Random(training.seed());
    int[] order = new int[train.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    float[] best = new float[0];
    double bestLoss = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    int epoch = 0;
    while (epoch < training.epochs() && epoch - bestEpoch < training.patience()) {
      epoch++;
      shuffle(order, random);
      double trainLoss = epoch(network, train, training.batch(), order, epoch, bestEpoch > 0);
      double validationLoss =
          Double.isFinite(trainLoss) ? loss(network, validation, training.batch()) : Double.NaN;
      if (!Double.isFinite(validationLoss)) {
        if (bestEpoch == 0) {
          throw new TrainingDivergedException(
              "the validation windows after epoch " + epoch, validationLoss);
        }
        break; // the best epoch's weights are good; those of this one are lost
      }
      boolean better = validationLoss < bestLoss;
      if (better) {
        bestLoss = validationLoss;
        bestEpoch = epoch;
        best = network.params().toFloatVector();
      }
      listener.epoch(epoch, training.epochs(), trainLoss, validationLoss, better);
    }
    try (INDArray kept = Nd4j.createFromArray(best)) {
      network.setParams(kept.reshape(1, -1));
    }
    return new Trained(live, epoch, bestEpoch, bestLoss);
  }

  /** One pass; the mean loss a window, or NaN where a batch's loss is no number. */
  private static double epoch(
      MultiLayerNetwork network, Samples train, int batch, int[] order, int epoch, boolean good) {
    double sum = 0;
    for (int b = 0; b < Batches.count(order.length, batch); b++) {
      int[] indices =
          Arrays.stream(Batches.indices(order.length, batch, b)).map(i -> order[i]).toArray();
      try (INDArray inputs = Batches.inputs(train, indices);
          INDArray targets = Batches.targets(train, indices)) {
        network.fit(inputs, targets);
      }
      double loss = network.score();
      if (!Double.isFinite(loss)) {
        if (!good) {
          throw new TrainingDivergedException("epoch " + epoch + ", batch " + (b + 1), loss);
        }
        return Double.NaN;
      }
      sum += loss * indices.length;
    }
    return sum / order.length;
  }

  private static double loss(MultiLayerNetwork network, Samples windows, int batch) {
    double sum = 0;
    for (int b = 0; b < Batches.count(windows.size(), batch); b++) {
      int[] indices = Batches.indices(windows.size(), batch, b);
      try (INDArray inputs = Batches.inputs(windows, indices);
          INDArray targets = Batches.targets(windows, indices)) {
        sum += network.score(new DataSet(inputs, targets), false) * indices.length;
      }
    }
    return sum / windows.size();
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
  }

  private static void fits(String name, NetworkSpec spec, Samples samples) {
    if (samples.size() == 0) {
      throw new IllegalArgumentException(name + ": expected at least one window, found none");
    }
    if (samples.inputs() != spec.inputs() || samples.outputs() != spec.outputs()) {
      throw new IllegalArgumentException(
          name
              + ": expected windows of "
              + spec.inputs()
              + " inputs and "
              + spec.outputs()
              + " outputs, found "
              + samples.inputs()
              + " and "
              + samples.outputs());
    }
  }
}
