package io.gatecast.forecasting.model;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.training.Trained;
import io.gatecast.core.training.Trainer;
import io.gatecast.core.training.TrainingListener;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.QuantileWindows;
import io.gatecast.forecasting.window.RecursiveWindows;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.Windowing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recurrent networks before training: one, or an ensemble, over all series of a fold.
 *
 * <p>A direct network learns all steps of the horizon from the fold's windows; a recursive one
 * learns the next step, from windows of its own on the same split. One that tells quantiles learns
 * each step's change since the origin, from which each level's quantile comes back on its own. The
 * members of an ensemble learn one after the other, with seeds that count up from the training's,
 * and share its time budget equally.
 */
public final class NetworkEstimator implements Estimator {
  private final String name;
  private final NetworkSettings settings;
  private final TrainingSpec training;
  private final TrainingListener listener;
  private final Learning learning;

  /** How one network learns. */
  @FunctionalInterface
  interface Learning {
    /** Trains on the first windows and stops by the second, from given weights or drawn ones. */
    Trained train(
        NetworkSpec spec,
        TrainingSpec training,
        Optional<NamedWeights> initial,
        Samples train,
        Samples validation,
        TrainingListener listener);
  }

  /**
   * Describes one that takes the process's threads.
   *
   * @param name in tables and files
   * @param settings the network
   * @param training how it is trained
   * @param listener hears of each epoch, on the thread that fits
   */
  public NetworkEstimator(
      String name, NetworkSettings settings, TrainingSpec training, TrainingListener listener) {
    this(name, settings, training, listener, learning(new Trainer()));
  }

  /**
   * Describes one on so many threads. With one, fitting and forecasting stay on the calling thread,
   * so that several folds may be fitted at once and give the bits that they give one after the
   * other; but see {@link io.gatecast.core.kernel.Kernels#trainsInParallel}. The number decides how
   * sums are rounded.
   *
   * @param name in tables and files
   * @param settings the network
   * @param training how it is trained
   * @param listener hears of each epoch, on the thread that fits
   * @param threads how many share a network's work, at least 1
   * @throws IllegalArgumentException if threads is below 1
   */
  public NetworkEstimator(
      String name,
      NetworkSettings settings,
      TrainingSpec training,
      TrainingListener listener,
      int threads) {
    this(name, settings, training, listener, learning(new Trainer(threads)));
  }

  /** The same with another way to learn. */
  NetworkEstimator(
      String name,
      NetworkSettings settings,
      TrainingSpec training,
      TrainingListener listener,
      Learning learning) {
    this.name = name;
    this.settings = settings;
    this.training = training;
    this.listener = listener;
    this.learning = learning;
  }

  static Learning learning(Trainer trainer) {
    return (spec, training, initial, train, validation, listener) ->
        initial.isPresent()
            ? trainer.train(spec, training, initial.get(), train, validation, listener)
            : trainer.train(spec, training, train, validation, listener);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Forecaster.Kind kind() {
    return Forecaster.Kind.NETWORK;
  }

  /**
   * Trains.
   *
   * @throws io.gatecast.core.training.TrainingDivergedException if the loss is no number before a
   *     first epoch has ended
   * @throws io.gatecast.forecasting.JobFault if the strategy is recursive and an input is known up
   *     to the origin only
   * @throws IllegalArgumentException if segments give back what the fold's windows take from the
   *     targets but leave in what is read
   */
  @Override
  public NetworkForecaster fit(Fold fold) {
    return train(fold, List.of());
  }

  /**
   * Trains from the weights that the earlier networks ended with, each member from its own. Where
   * they are networks of another shape, as where a category or an input has come up since, it is
   * {@link #fit}.
   */
  @Override
  public NetworkForecaster refit(Fold fold, Forecaster earlier) {
    return train(fold, earlier instanceof NetworkForecaster one ? one.networks() : List.of());
  }

  private NetworkForecaster train(Fold fold, List<RecurrentNetwork> earlier) {
    settings.segments().ifPresent(segments -> requireSameScale(segments, fold));
    Windows windows = windows(fold);
    NetworkSpec spec = settings.spec(windows.windowing.width(), fold.horizon());
    boolean warm =
        earlier.size() == settings.ensemble()
            && earlier.stream().allMatch(network -> network.spec().equals(spec));
    List<Trained> members = new ArrayList<>();
    try {
      for (int member = 0; member < settings.ensemble(); member++) {
        members.add(
            learning.train(
                spec,
                training(member),
                warm ? Optional.of(earlier.get(member).weights()) : Optional.empty(),
                windows.train,
                windows.validation,
                listener));
      }
      return new RecurrentForecaster(name, members, windows.windowing, fold.horizon());
    } catch (RuntimeException | Error e) {
      members.forEach(trained -> trained.network().close());
      throw e;
    }
  }

  /** What a window's normalisation gives back has to be on the scale of the targets. */
  private static void requireSameScale(Segments segments, Fold fold) {
    WindowTransform window = fold.windowing().transforms().get(0).window();
    if (segments.normalisation() != Segments.Normalisation.NONE
        && window.inputBase(1) != window.targetBase(1)) {
      throw new IllegalArgumentException(
          "normalisation: expected none beside the window transform "
              + window.label()
              + ", which takes the last value from the targets alone, found "
              + NetworkSettings.label(segments.normalisation()));
    }
  }

  /** What the networks learn from. */
  private record Windows(Windowing windowing, Samples train, Samples validation) {}

  private Windows windows(Fold fold) {
    if (settings.tellsQuantiles()) {
      return new Windows(
          fold.windowing(),
          new QuantileWindows(fold.train(), Quantiles.COUNT),
          new QuantileWindows(fold.validation(), Quantiles.COUNT));
    }
    boolean recursive = settings.strategy() == NetworkSettings.Strategy.RECURSIVE;
    if (recursive) {
      RecursiveWindows.requireKnown(fold.windowing());
    }
    if (!recursive || fold.horizon() == 1) {
      return new Windows(fold.windowing(), fold.train(), fold.validation());
    }
    Windowing oneStep =
        Windowing.fit(fold.data(), fold.features(), fold.split(), fold.lookback(), 1);
    return new Windows(
        oneStep,
        oneStep.cut(fold.split(), Split.Part.TRAIN),
        oneStep.cut(fold.split(), Split.Part.VALIDATION));
  }

  /** The training of one member: its own seed, and its share of the time. */
  private TrainingSpec training(int member) {
    return training
        .withSeed(training.seed() + member)
        .within(training.timeBudget().map(this::share));
  }

  private Duration share(Duration budget) {
    Duration share = budget.dividedBy(settings.ensemble());
    return share.isZero() ? Duration.ofNanos(1) : share;
  }
}
