package io.gatecast.core.training;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.layers.Dl4jNetwork;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.FlatLayout;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Trains a network with early stopping on the validation windows; the best epoch's weights are
 * kept. The same seed gives the same bits on the same machine and thread count, whether or not
 * training was stopped on the way and went on from a checkpoint.
 *
 * <p>A trainer has no state of its own: one call is one training, on the calling thread.
 */
public final class Trainer {
  private final Function<NetworkSpec, ? extends DifferentiableNetwork> networks;
  private final LongSupplier nanoTime;

  /** A trainer on the networks that this module takes by itself. */
  public Trainer() {
    this(Trainer::network, System::nanoTime);
  }

  /**
   * The network that a trainer takes by itself: on plain arrays in float, or of DL4J's where the
   * portable kernel is taken.
   *
   * @param spec its description
   * @return the network; the caller sets its parameters and closes it
   */
  public static DifferentiableNetwork network(NetworkSpec spec) {
    return Kernels.network(spec).orElseGet(() -> Dl4jNetwork.of(spec));
  }

  /**
   * A trainer on given networks and a given clock.
   *
   * @param networks makes what is trained; the trainer sets its parameters and closes it
   * @param nanoTime nanoseconds since some moment, for time budgets and reports
   */
  public Trainer(
      Function<NetworkSpec, ? extends DifferentiableNetwork> networks, LongSupplier nanoTime) {
    this.networks = networks;
    this.nanoTime = nanoTime;
  }

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
   * @throws TrainingDivergedException if a loss or gradient is no number before a first epoch has
   *     ended
   */
  public Trained train(
      NetworkSpec spec,
      TrainingSpec training,
      Samples train,
      Samples validation,
      TrainingListener listener) {
    return train(spec, training, train, validation, listener, Optional.empty());
  }

  /**
   * Trains with a checkpoint after every epoch and where the time budget ends, and goes on from the
   * newest one if there is any.
   *
   * @param spec the network
   * @param training optimiser, stopping and seed; the time budget begins anew with every call
   * @param train windows to learn from
   * @param validation windows that decide when to stop; never learned from
   * @param listener hears of each epoch that this call ends
   * @param checkpoints a folder of this training's own; made if it is not there
   * @return the network with the best epoch's weights
   * @throws IllegalArgumentException if either set is empty or does not fit the network
   * @throws TrainingDivergedException if a loss or gradient is no number before a first epoch has
   *     ended
   * @throws CheckpointException if the newest checkpoint is damaged, or is one of another network,
   *     training or data
   * @throws java.io.UncheckedIOException if a checkpoint cannot be read or written
   */
  public Trained train(
      NetworkSpec spec,
      TrainingSpec training,
      Samples train,
      Samples validation,
      TrainingListener listener,
      Path checkpoints) {
    return train(spec, training, train, validation, listener, Optional.of(checkpoints));
  }

  private Trained train(
      NetworkSpec spec,
      TrainingSpec training,
      Samples train,
      Samples validation,
      TrainingListener listener,
      Optional<Path> checkpoints) {
    fits("train", spec, train);
    fits("validation", spec, validation);
    if (train.lookback() != validation.lookback()) {
      throw new IllegalArgumentException(
          "validation: expected a look-back of "
              + train.lookback()
              + " as in train, found "
              + validation.lookback());
    }
    Optional<TrainingRun.Saved> saved =
        checkpoints.map(
            folder ->
                new TrainingRun.Saved(
                    new CheckpointFolder(folder),
                    RunIdentity.of(spec, training, train, validation)));
    FlatLayout layout = FlatLayout.of(spec);
    try (DifferentiableNetwork network = networks.apply(spec)) {
      layout.write(InitialWeights.of(spec, training.seed()), network.parameters());
      TrainingRun.Outcome outcome =
          new TrainingRun(network, training, train, validation, listener, nanoTime).run(saved);
      return new Trained(
          RecurrentNetwork.of(spec, layout.read(network.parameters())),
          outcome.ending(),
          outcome.reason(),
          outcome.epochs(),
          outcome.bestEpoch(),
          outcome.bestLoss());
    }
  }

  private static void fits(String name, NetworkSpec spec, Samples samples) {
    if (samples.size() == 0) {
      throw new IllegalArgumentException(name + ": expected at least one window, found none");
    }
    int outputs = spec.outputs() * spec.head().steps(samples.lookback());
    if (samples.inputs() != spec.inputs() || samples.outputs() != outputs) {
      throw new IllegalArgumentException(
          name
              + ": expected windows of "
              + spec.inputs()
              + " inputs and "
              + outputs
              + " outputs, found "
              + samples.inputs()
              + " and "
              + samples.outputs());
    }
  }
}
