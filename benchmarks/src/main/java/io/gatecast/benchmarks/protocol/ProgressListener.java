package io.gatecast.benchmarks.protocol;

/** Hears of the progress of one fit, on the fitting thread; it must not block. */
@FunctionalInterface
public interface ProgressListener {
  /**
   * Some part is done.
   *
   * @param done share of the fit, 0 to 1, by time as far as that is known
   * @param what was done, in a few words, such as {@code "epoch 3 of 20, validation 0.412"}
   */
  void progress(double done, String what);
}
