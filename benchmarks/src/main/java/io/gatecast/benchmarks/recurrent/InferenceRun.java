package io.gatecast.benchmarks.recurrent;

/**
 * A network that runs forward on one batch, on one side. It was given the batch, and may have
 * brought it into any form it likes, before the first run.
 */
public interface InferenceRun extends AutoCloseable {
  /** Runs forward from zero states; when it returns, the outputs are there. */
  void run();

  /**
   * The outputs of the last run, {@code [batch][output]}, row-major; a copy.
   *
   * @throws IllegalStateException if there was no run
   */
  float[] outputs();

  @Override
  void close();
}
