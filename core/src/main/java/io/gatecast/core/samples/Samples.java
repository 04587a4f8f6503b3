package io.gatecast.core.samples;

/** Windows with the future that followed them: what a network learns from and is scored on. */
public interface Samples extends Inputs {
  /**
   * Values of a target: of all its steps together, for a head that reads every step. For a loss
   * with several outputs per step ({@link io.gatecast.core.spec.Loss.Quantiles}), each step's value
   * stands there as many times in a row.
   */
  int outputs();

  /**
   * Writes one window's target.
   *
   * @param window index from 0
   * @param destination receives {@code outputs} numbers
   * @param offset where in the destination the first of them goes
   */
  void target(int window, float[] destination, int offset);

  /**
   * Writes one window's target to an array's beginning.
   *
   * @param window index from 0
   * @param destination receives {@code outputs} numbers
   */
  default void target(int window, float[] destination) {
    target(window, destination, 0);
  }
}
