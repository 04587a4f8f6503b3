package io.gatecast.core.training;

import io.gatecast.core.network.Batch;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.spec.TrainingSpec;
import java.util.Map;

/**
 * Gradient descent on a network, one batch a step: gradient, guard against what is no number,
 * clipping by the global norm, schedule, optimiser. It knows no epochs' end and no validation.
 *
 * <p>It belongs to one training and one thread.
 */
public final class Descent {
  private final DifferentiableNetwork network;
  private final TrainingSpec training;
  private final long stepsPerEpoch;
  private final Optimiser optimiser;
  private final float[] gradient;

  /**
   * What one step met.
   *
   * @param loss the batch's, before the step
   * @param norm of the gradient, before clipping
   * @param clipped whether the norm was above the bound
   * @param learningRate as scheduled
   */
  public record Step(double loss, double norm, boolean clipped, double learningRate) {
    /** Whether loss and gradient were finite; if not, the step was not made. */
    public boolean made() {
      return Double.isFinite(loss) && Double.isFinite(norm);
    }
  }

  /**
   * Begins at a network's parameters.
   *
   * @param network whose parameters are moved; not closed
   * @param training optimiser, schedule, bound and seed
   * @param stepsPerEpoch at least 1; durations of the schedule are in epochs
   */
  public Descent(DifferentiableNetwork network, TrainingSpec training, long stepsPerEpoch) {
    this.network = network;
    this.training = training;
    this.stepsPerEpoch = stepsPerEpoch;
    this.gradient = new float[network.parameters().length];
    this.optimiser = Optimiser.of(training.optimiser(), gradient.length);
  }

  /**
   * One step, unless the loss or the gradient is not finite: then nothing changes.
   *
   * @param batch windows and targets
   * @return what it met
   */
  public Step step(Batch batch) {
    long done = optimiser.steps();
    long dropout = SplitMix64.at(training.seed(), SplitMix64.Purpose.DROPOUT, done).next();
    double loss = network.gradient(batch, dropout, gradient);
    double norm = GlobalNorm.of(gradient);
    double rate =
        training.learningRate()
            * training.schedule().factor(done, stepsPerEpoch, training.epochs());
    Step step = new Step(loss, norm, norm > training.clipNorm(), rate);
    if (step.made()) {
      double scale = GlobalNorm.factor(norm, training.clipNorm());
      optimiser.update(network.parameters(), gradient, scale, rate);
    }
    return step;
  }

  /** Steps made so far. */
  public long steps() {
    return optimiser.steps();
  }

  /** What the optimiser remembers: the live arrays by name. */
  Map<String, float[]> memory() {
    return optimiser.memory();
  }

  /** Goes on after so many steps, with the memory that has been copied in. */
  void resume(long steps) {
    optimiser.resume(steps);
  }
}
