package io.gatecast.benchmarks.sides;

import io.gatecast.benchmarks.recurrent.DisagreementException;
import io.gatecast.benchmarks.timing.Paired;
import io.gatecast.benchmarks.timing.Turns;
import io.gatecast.core.network.Batch;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.samples.Batches;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.training.Descent;
import io.gatecast.core.training.InitialWeights;
import io.gatecast.core.training.Trainer;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/**
 * What a training of a network of segments costs, ours and PyTorch's, on the windows that it is
 * really trained on: the same batches, weights, optimiser and number of threads. First the proof
 * that both compute the same, then steps of each in turn; the time of a training is that of a step
 * and of a validation batch times how many of them there are.
 *
 * <p>The proof is without dropout, as the sides draw differently; the timed steps have it. Neither
 * side's time has the making of batches in it.
 */
public final class ProtocolPeer {
  /**
   * For steps of up to a second: two or three minutes, warm-up included. A turn is one step that is
   * not timed and two seconds of steps that are.
   */
  public static final Turns.Effort FULL = new Turns.Effort(9, 2_000_000_000L, 4_000_000_000L, 5);

  /** Batches that steps go through, round and round. */
  private static final int BATCHES = 4;

  private final Job job;

  /**
   * What is trained.
   *
   * @param spec a network of segments
   * @param training how; its batch is the one that is timed
   * @param train windows to learn from, at least 1
   * @param validation windows that are read once an epoch, at least 1
   * @param threads of either side, at least 1
   */
  public record Job(
      NetworkSpec spec, TrainingSpec training, Samples train, Samples validation, int threads) {
    /**
     * Checks that there is something to time.
     *
     * @throws IllegalArgumentException if there are no windows, or PyTorch cannot train it; says
     *     why
     */
    public Job {
      if (train.size() < 1 || validation.size() < 1) {
        throw new IllegalArgumentException(
            "train, validation: expected at least 1 window each, found "
                + train.size()
                + " and "
                + validation.size());
      }
      PyTorchSegments.lacks(spec, training)
          .ifPresent(
              reason -> {
                throw new IllegalArgumentException(reason);
              });
    }
  }

  /**
   * The times.
   *
   * @param kernel of our side
   * @param step milliseconds of a training step
   * @param validation milliseconds of a validation batch
   * @param stepsPerEpoch how many full batches the training windows make; the last one in part
   * @param validationBatches how many the validation windows make
   */
  public record Times(
      String kernel,
      Paired step,
      Paired validation,
      double stepsPerEpoch,
      double validationBatches) {
    /**
     * Seconds that ours takes.
     *
     * @param epochs as many as a training ran
     */
    public double oursSeconds(int epochs) {
      return seconds(epochs, step.oursMs(), validation.oursMs());
    }

    /**
     * Seconds that PyTorch takes.
     *
     * @param epochs the same number
     */
    public double peerSeconds(int epochs) {
      return seconds(epochs, step.peerMs(), validation.peerMs());
    }

    /** Our time of an epoch by PyTorch's: below 1 we are faster. */
    public double ratio() {
      return oursSeconds(1) / peerSeconds(1);
    }

    private double seconds(int epochs, double stepMs, double validationMs) {
      return epochs * (stepsPerEpoch * stepMs + validationBatches * validationMs) / 1000;
    }
  }

  /**
   * Prepares.
   *
   * @param job what is trained
   */
  public ProtocolPeer(Job job) {
    this.job = job;
  }

  /**
   * Proves that both sides compute the same, and then times them.
   *
   * @param effort how much trouble to take, such as {@link #FULL}
   * @return the times of both
   * @throws DisagreementException naming what differs and by how much
   */
  public Times measure(Turns.Effort effort) {
    List<Batch> batches = batches(job.train(), new Random(job.training().seed()));
    List<Batch> validation = batches(job.validation(), new Random(job.training().seed()));
    SegmentAgreement.prove(job.spec(), job.training(), batches.get(0), job.threads());
    long steps = Batches.count(job.train().size(), job.training().batch());
    NamedWeights start = InitialWeights.of(job.spec(), job.training().seed());
    try (DifferentiableNetwork ours = Trainer.network(job.spec(), job.threads());
        PyTorchSegments peer =
            new PyTorchSegments(job.spec(), start, job.training(), steps, job.threads())) {
      FlatLayout.of(job.spec()).write(start, ours.parameters());
      Descent descent = new Descent(ours, job.training(), steps);
      List<PyTorchSegments.Held> held = batches.stream().map(peer::hold).toList();
      Turns turns = new Turns(effort, System::nanoTime);
      IntSupplier our = round(batches.size());
      IntSupplier their = round(batches.size());
      Paired step =
          turns.time(
              () -> descent.step(batches.get(our.getAsInt())),
              () -> peer.step(held.get(their.getAsInt())));
      List<PyTorchSegments.Held> heldValidation = validation.stream().map(peer::hold).toList();
      IntSupplier ourNext = round(validation.size());
      IntSupplier theirNext = round(validation.size());
      Paired forward =
          turns.time(
              () -> ours.loss(validation.get(ourNext.getAsInt())),
              () -> peer.loss(heldValidation.get(theirNext.getAsInt())));
      return new Times(
          ours.kernel(),
          step,
          forward,
          share(job.train(), batches.get(0)),
          share(job.validation(), validation.get(0)));
    }
  }

  private static double share(Samples all, Batch batch) {
    return (double) all.size() / batch.size();
  }

  /** 0, 1, … and again, below a number. */
  private static IntSupplier round(int below) {
    int[] next = {-1};
    return () -> next[0] = (next[0] + 1) % below;
  }

  /** Some batches of windows drawn without replacement, all of the same size. */
  private List<Batch> batches(Samples from, Random random) {
    int size = Math.min(job.training().batch(), from.size());
    int[] drawn = random.ints(0, from.size()).distinct().limit(most(from, size)).toArray();
    int width = from.lookback() * from.inputs();
    List<Batch> batches = new ArrayList<>();
    for (int first = 0; first < drawn.length; first += size) {
      float[] x = new float[size * width];
      float[] y = new float[size * from.outputs()];
      for (int row = 0; row < size; row++) {
        from.input(drawn[first + row], x, row * width);
        from.target(drawn[first + row], y, row * from.outputs());
      }
      batches.add(new Batch(size, from.lookback(), x, y));
    }
    return batches;
  }

  private static int most(Samples from, int size) {
    return size * Math.min(BATCHES, from.size() / size);
  }
}
