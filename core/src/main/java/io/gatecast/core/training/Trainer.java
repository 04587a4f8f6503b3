package io.gatecast.core.training;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.kernel.SegmentedNd4jNetwork;
import io.gatecast.core.layers.Dl4jNetwork;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
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
  private final IntSupplier threads;

  /**
   * A trainer on the networks that this module takes by itself, with {@link Kernels#threads}
   * threads.
   */
  public Trainer() {
    this(Trainer::network, System::nanoTime);
  }

  /**
   * A trainer on the networks that this module takes by itself, on so many threads. With one, a
   * training and the forecasts of its network stay on the calling thread: trainings at once, each
   * on a thread of its own, give the same bits as one after the other. The number decides how sums
   * are rounded, so that another one gives other weights.
   *
   * <p>The kernel {@code blas} takes one thread, whatever the number. The portable one takes what
   * ND4J takes, and its trainings must not run at once; {@link Kernels#trainsInParallel} tells.
   *
   * @param threads how many share the rows of a batch, at least 1
   * @throws IllegalArgumentException if threads is below 1
   */
  public Trainer(int threads) {
    this(spec -> network(spec, threads), System::nanoTime, () -> threads);
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
  }

  /**
   * The network that a trainer takes by itself: on plain arrays in float, or where the portable
   * kernel is taken of DL4J's, and {@link SegmentedNd4jNetwork} for one that reads segments.
   *
   * @param spec its description
   * @return the network; the caller sets its parameters and closes it
   */
  public static DifferentiableNetwork network(NetworkSpec spec) {
    return network(spec, Kernels.threads());
  }

  /**
   * The same on so many threads, as {@link #Trainer(int)} says.
   *
   * @param spec its description
   * @param threads how many share the rows of a batch, at least 1
   * @return the network; the caller sets its parameters and closes it
   * @throws IllegalArgumentException if threads is below 1
   */
  public static DifferentiableNetwork network(NetworkSpec spec, int threads) {
    return Kernels.network(spec, threads)
        .orElseGet(
            () ->
                spec.segments().isPresent() ? SegmentedNd4jNetwork.of(spec) : Dl4jNetwork.of(spec));
  }

  /**
   * A trainer on given networks and a given clock. What it has trained forecasts with {@link
   * Kernels#threads} threads.
   *
   * @param networks makes what is trained; the trainer sets its parameters and closes it
   * @param nanoTime nanoseconds since some moment, for time budgets and reports
   */
  public Trainer(
      Function<NetworkSpec, ? extends DifferentiableNetwork> networks, LongSupplier nanoTime) {
    this(networks, nanoTime, Kernels::threads);
  }

  private Trainer(
      Function<NetworkSpec, ? extends DifferentiableNetwork> networks,
      LongSupplier nanoTime,
      IntSupplier threads) {
    this.networks = networks;
    this.nanoTime = nanoTime;
    this.threads = threads;
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
    return train(spec, training, Optional.empty(), train, validation, listener, Optional.empty());
  }

  /**
   * Trains from given weights instead of drawn ones: a warm start, as for a network that is
   * refitted when its series has grown.
   *
   * <p>All else starts anew as in any training: the optimiser's memory, the schedule, and what is
   * drawn from the seed, which are the order of the windows and dropout. The given weights are no
   * epoch of this training: the best epoch is one of its own, and may be worse than they were.
   *
   * @param spec the network
   * @param training optimiser, stopping and seed
   * @param initial the weights to start from; read, not kept
   * @param train windows to learn from
   * @param validation windows that decide when to stop; never learned from
   * @param listener hears of each epoch
   * @return the network with the best epoch's weights
   * @throws IllegalArgumentException if either set is empty or does not fit the network; or if the
   *     weights are of another network, naming the tensor
   * @throws TrainingDivergedException if a loss or gradient is no number before a first epoch has
   *     ended
   */
  public Trained train(
      NetworkSpec spec,
      TrainingSpec training,
      NamedWeights initial,
      Samples train,
      Samples validation,
      TrainingListener listener) {
    return train(
        spec, training, Optional.of(initial), train, validation, listener, Optional.empty());
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
   *     training, start or data
   * @throws java.io.UncheckedIOException if a checkpoint cannot be read or written
   */
  public Trained train(
      NetworkSpec spec,
      TrainingSpec training,
      Samples train,
      Samples validation,
      TrainingListener listener,
      Path checkpoints) {
    return train(
        spec, training, Optional.empty(), train, validation, listener, Optional.of(checkpoints));
  }

  /**
   * Trains from given weights and with checkpoints: both of the above. A checkpoint is that of one
   * training from one set of weights; one from others, or from drawn ones, is refused.
   *
   * @param spec the network
   * @param training optimiser, stopping and seed; the time budget begins anew with every call
   * @param initial the weights to start from, where there is no checkpoint; read, not kept
   * @param train windows to learn from
   * @param validation windows that decide when to stop; never learned from
   * @param listener hears of each epoch that this call ends
   * @param checkpoints a folder of this training's own; made if it is not there
   * @return the network with the best epoch's weights
   * @throws IllegalArgumentException if either set is empty or does not fit the network; or if the
   *     weights are of another network, naming the tensor
   * @throws TrainingDivergedException if a loss or gradient is no number before a first epoch has
   *     ended
   * @throws CheckpointException if the newest checkpoint is damaged, or is one of another network,
   *     training, start or data
   * @throws java.io.UncheckedIOException if a checkpoint cannot be read or written
   */
  public Trained train(
      NetworkSpec spec,
      TrainingSpec training,
      NamedWeights initial,
      Samples train,
      Samples validation,
      TrainingListener listener,
      Path checkpoints) {
    return train(
        spec,
        training,
        Optional.of(initial),
        train,
        validation,
        listener,
        Optional.of(checkpoints));
  }

  private Trained train(
      NetworkSpec spec,
      TrainingSpec training,
      Optional<NamedWeights> initial,
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
    FlatLayout layout = FlatLayout.of(spec);
    float[] start = new float[layout.length()];
    layout.write(initial.orElseGet(() -> InitialWeights.of(spec, training.seed())), start);
    Optional<TrainingRun.Saved> saved =
        checkpoints.map(
            folder -> {
              RunIdentity drawn = RunIdentity.of(spec, training, train, validation);
              return new TrainingRun.Saved(
                  new CheckpointFolder(folder), initial.isPresent() ? drawn.from(start) : drawn);
            });
    try (DifferentiableNetwork network = networks.apply(spec)) {
      System.arraycopy(start, 0, network.parameters(), 0, start.length);
      TrainingRun.Outcome outcome =
          new TrainingRun(network, training, train, validation, listener, nanoTime).run(saved);
      return new Trained(
          RecurrentNetwork.of(spec, layout.read(network.parameters()), threads.getAsInt()),
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
