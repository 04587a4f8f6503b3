package io.gatecast.reference.training;

/**
 * How weights follow their gradient: settings only. What it remembers is {@link OptimizerState}.
 */
public sealed interface Optimizer permits Sgd, Adam {
  /**
   * The start of one training.
   *
   * @return a state that remembers nothing yet
   */
  OptimizerState start();
}
