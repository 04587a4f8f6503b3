package io.gatecast.core.training;

import io.gatecast.core.network.Batch;
import io.gatecast.core.network.BatchBuffer;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.TrainingSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One training on its way: epochs of steps, validation after each, the best parameters so far, and
 * when to stop. It belongs to one thread and is used once.
 */
final class TrainingRun {
  private final DifferentiableNetwork network;
  private final TrainingSpec training;
  private final Samples train;
  private final Samples validation;
  private final TrainingListener listener;
  private final LongSupplier nanoTime;
  private final Descent descent;
  private final int batches;
  private final float[] best;
  private int epochs;
  private int bestEpoch;
  private double bestLoss = Double.NaN;
  private EpochTally tally = EpochTally.NONE;

  /** How it ended. */
  record Outcome(Ending ending, String reason, int epochs, int bestEpoch, double bestLoss) {}

  TrainingRun(
      DifferentiableNetwork network,
      TrainingSpec training,
      Samples train,
      Samples validation,
      TrainingListener listener,
      LongSupplier nanoTime) {
    this.network = network;
    this.training = training;
    this.train = train;
    this.validation = validation;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.batches = (train.size() - 1) / training.batch() + 1;
    this.descent = new Descent(network, training, batches);
    this.best = new float[network.parameters().length];
  }

  /**
   * Trains to an end; the network then has the best parameters, or the current ones if no epoch
   * ended.
   *
   * @param saved where checkpoints are, if there are to be any
   * @throws TrainingDivergedException if it diverges before a first epoch has ended
   */
  Outcome run(Optional<Saved> saved) {
    saved.flatMap(Saved::newest).ifPresent(this::resume);
    Outcome outcome = epochs(saved);
    if (bestEpoch > 0) {
      System.arraycopy(best, 0, network.parameters(), 0, best.length);
    }
    listener.ended(outcome.ending(), outcome.reason());
    return outcome;
  }

  /** A training's checkpoints. */
  record Saved(CheckpointFolder folder, RunIdentity identity) {
    Optional<Checkpoint> newest() {
      return folder.newest(identity);
    }
  }

  private Outcome epochs(Optional<Saved> saved) {
    BatchBuffer buffer = new BatchBuffer(train, training.batch());
    int[] order = new int[train.size()];
    long start = nanoTime.getAsLong();
    while (epochs < training.epochs() && epochs - bestEpoch < training.patience()) {
      long epochStart = nanoTime.getAsLong();
      SplitMix64.at(training.seed(), SplitMix64.Purpose.ORDER, epochs).shuffle(order);
      double rate = 0;
      while (tally.batches() < batches) {
        if (isOver(start)) {
          saved.ifPresent(this::save);
          return outOfTime();
        }
        Batch batch = buffer.fill(order, tally.batches() * training.batch());
        Descent.Step step = descent.step(batch);
        if (!step.made()) {
          return diverged(step);
        }
        rate = step.learningRate();
        tally = tally.plus(step, batch.size());
      }
      double loss = validationLoss();
      if (!Double.isFinite(loss)) {
        return diverged("loss", loss, "the validation windows after epoch " + (epochs + 1));
      }
      EpochTally ended = tally;
      boolean better = endEpoch(loss);
      saved.ifPresent(this::save);
      listener.epoch(report(ended, loss, better, rate, seconds(epochStart)));
    }
    return epochs < training.epochs()
        ? outcome(
            Ending.PATIENCE,
            "no better validation loss in "
                + training.patience()
                + " epochs after epoch "
                + bestEpoch)
        : outcome(Ending.EPOCHS, "epoch " + epochs + " was the last allowed");
  }

  private boolean endEpoch(double loss) {
    epochs++;
    tally = EpochTally.NONE;
    boolean better = bestEpoch == 0 || loss < bestLoss;
    if (better) {
      bestEpoch = epochs;
      bestLoss = loss;
      System.arraycopy(network.parameters(), 0, best, 0, best.length);
    }
    return better;
  }

  private EpochReport report(
      EpochTally ended, double loss, boolean better, double rate, double seconds) {
    return new EpochReport(
        epochs,
        training.epochs(),
        descent.steps(),
        ended.loss() / ended.windows(),
        loss,
        better,
        rate,
        ended.norm() / ended.batches(),
        ended.largestNorm(),
        (double) ended.clipped() / ended.batches(),
        seconds);
  }

  private double validationLoss() {
    BatchBuffer buffer = new BatchBuffer(validation, training.batch());
    int[] order = new int[validation.size()];
    Arrays.setAll(order, window -> window);
    double sum = 0;
    for (int from = 0; from < order.length; ) {
      Batch batch = buffer.fill(order, from);
      sum += network.loss(batch) * batch.size();
      from += batch.size();
    }
    return sum / order.length;
  }

  private boolean isOver(long start) {
    return training.timeBudget().isPresent()
        && nanoTime.getAsLong() - start >= training.timeBudget().get().toNanos();
  }

  private double seconds(long start) {
    return (nanoTime.getAsLong() - start) / 1e9;
  }

  private Outcome outOfTime() {
    return outcome(
        Ending.TIME,
        "the time budget of "
            + training.timeBudget().orElseThrow()
            + " ended in epoch "
            + (epochs + 1)
            + " after batch "
            + tally.batches()
            + " of "
            + batches
            + (bestEpoch > 0
                ? "; kept are the weights of epoch " + bestEpoch
                : "; no epoch had ended, so that the weights are the last step's"));
  }

  private Outcome diverged(Descent.Step step) {
    String place =
        "epoch "
            + (epochs + 1)
            + ", batch "
            + (tally.batches() + 1)
            + ", step "
            + (descent.steps() + 1);
    return Double.isFinite(step.loss())
        ? diverged("gradient norm", step.norm(), place)
        : diverged("loss", step.loss(), place);
  }

  private Outcome diverged(String expected, double found, String place) {
    TrainingDivergedException cause = new TrainingDivergedException(expected, found, place);
    if (bestEpoch == 0) {
      throw cause;
    }
    return outcome(
        Ending.DIVERGED, cause.getMessage() + "; kept are the weights of epoch " + bestEpoch);
  }

  private Outcome outcome(Ending ending, String reason) {
    return new Outcome(ending, reason, epochs, bestEpoch, bestLoss);
  }

  private void save(Saved saved) {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    arrays.put(Checkpoint.PARAMETERS, network.parameters());
    if (bestEpoch > 0) {
      arrays.put(Checkpoint.BEST, best);
    }
    descent.memory().forEach((name, values) -> arrays.put(Checkpoint.OPTIMISER + name, values));
    saved
        .folder()
        .write(
            new Checkpoint(
                saved.identity(), epochs, tally, descent.steps(), bestEpoch, bestLoss, arrays));
  }

  private void resume(Checkpoint checkpoint) {
    epochs = checkpoint.epochs();
    tally = checkpoint.tally();
    bestEpoch = checkpoint.bestEpoch();
    bestLoss = checkpoint.bestLoss();
    copy(checkpoint, Checkpoint.PARAMETERS, network.parameters());
    if (bestEpoch > 0) {
      copy(checkpoint, Checkpoint.BEST, best);
    }
    descent.memory().forEach((name, live) -> copy(checkpoint, Checkpoint.OPTIMISER + name, live));
    descent.resume(checkpoint.steps());
    listener.resumed(epochs, checkpoint.steps());
  }

  /** The identity and the digest have been checked: the array is there and as long. */
  private static void copy(Checkpoint checkpoint, String name, float[] live) {
    float[] kept = Objects.requireNonNull(checkpoint.arrays().get(name), name);
    System.arraycopy(kept, 0, live, 0, live.length);
  }
}
