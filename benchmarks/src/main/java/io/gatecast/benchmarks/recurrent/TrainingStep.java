package io.gatecast.benchmarks.recurrent;

import io.gatecast.core.weights.NamedWeights;

/**
 * A network in training on one batch, on one side. It was given the batch, and may have brought it
 * into any form it likes, before the first step.
 */
public interface TrainingStep extends AutoCloseable {
  /**
   * One step: forward from zero states, mean squared error of the head at the last step, backward
   * through all of time, Adam's update of every weight.
   *
   * @return the loss before the update
   */
  double step();

  /** A copy of the weights as they now are. */
  NamedWeights weights();

  @Override
  void close();
}
