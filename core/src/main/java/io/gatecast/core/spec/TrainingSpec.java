package io.gatecast.core.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * How a network is trained. Immutable and valid by construction.
 *
 * @param epochs most passes over the training windows, at least 1
 * @param batch windows a step, at least 1
 * @param optimiser how parameters follow their gradient
 * @param schedule how the learning rate changes
 * @param clipNorm largest L2 norm of the whole gradient, positive; infinite for no bound
 * @param patience epochs without a better validation loss before stopping, at least 1
 * @param timeBudget longest time that one call may train, positive; empty for no bound
 * @param seed of initial weights, shuffling and dropout
 */
public record TrainingSpec(
    int epochs,
    int batch,
    OptimiserSpec optimiser,
    ScheduleSpec schedule,
    double clipNorm,
    int patience,
    Optional<Duration> timeBudget,
    long seed) {

  /**
   * Checks every bound.
   *
   * @throws IllegalArgumentException naming the argument, its bound and the value found
   */
  public TrainingSpec {
    Bounds.atLeastOne("epochs", epochs);
    Bounds.atLeastOne("batch", batch);
    if (clipNorm != Double.POSITIVE_INFINITY) {
      Bounds.positive("clipNorm", clipNorm);
    }
    Bounds.atLeastOne("patience", patience);
    timeBudget.ifPresent(
        budget -> {
          if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException(
                "timeBudget: expected a positive duration, found " + budget);
          }
        });
  }

  /**
   * The common case: Adam at a constant rate, as long as it takes.
   *
   * @param epochs most passes over the training windows, at least 1
   * @param batch windows a step, at least 1
   * @param learningRate Adam's step size, positive
   * @param patience epochs without a better validation loss before stopping, at least 1
   * @param clipNorm largest L2 norm of the whole gradient, positive; infinite for no bound
   * @param seed of initial weights, shuffling and dropout
   * @return the settings
   * @throws IllegalArgumentException as the constructor
   */
  public static TrainingSpec adam(
      int epochs, int batch, double learningRate, int patience, double clipNorm, long seed) {
    return new TrainingSpec(
        epochs,
        batch,
        new OptimiserSpec.Adam(learningRate),
        new ScheduleSpec.Constant(),
        clipNorm,
        patience,
        Optional.empty(),
        seed);
  }

  /** The optimiser's learning rate, before the schedule. */
  public double learningRate() {
    return optimiser.learningRate();
  }

  /**
   * The same with another optimiser.
   *
   * @param other the optimiser
   */
  public TrainingSpec with(OptimiserSpec other) {
    return new TrainingSpec(epochs, batch, other, schedule, clipNorm, patience, timeBudget, seed);
  }

  /**
   * The same with another schedule.
   *
   * @param other the schedule
   */
  public TrainingSpec with(ScheduleSpec other) {
    return new TrainingSpec(epochs, batch, optimiser, other, clipNorm, patience, timeBudget, seed);
  }

  /**
   * The same with a time budget.
   *
   * @param budget longest time that one call may train; empty for no bound
   * @throws IllegalArgumentException if it is not positive
   */
  public TrainingSpec within(Optional<Duration> budget) {
    return new TrainingSpec(epochs, batch, optimiser, schedule, clipNorm, patience, budget, seed);
  }

  /**
   * The same with another seed.
   *
   * @param other seed of initial weights, shuffling and dropout
   */
  public TrainingSpec withSeed(long other) {
    return new TrainingSpec(
        epochs, batch, optimiser, schedule, clipNorm, patience, timeBudget, other);
  }
}
