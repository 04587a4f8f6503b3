package io.gatecast.core.samples;

/** Windows with the future that followed them: what a network learns from and is scored on. */
public interface Samples extends Inputs {
  /** Values of a target. */
  int outputs();

  /**
   * Writes one window's target.
   *
   * @param window index from 0
   * @param destination receives {@code outputs} numbers
   */
  void target(int window, float[] destination);
}
