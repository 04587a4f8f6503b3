package io.gatecast.core.training;

/** Hears of the progress of training. Called on the training thread; it must not block. */
@FunctionalInterface
public interface TrainingListener {
  /**
   * An epoch has ended; its checkpoint, if there are any, is written.
   *
   * @param report how it went
   */
  void epoch(EpochReport report);

  /**
   * Training goes on from a checkpoint. Called once, before any epoch.
   *
   * @param epochs that had ended
   * @param steps made by then
   */
  default void resumed(int epochs, long steps) {}

  /**
   * Training has ended with usable weights. Called once, after all epochs.
   *
   * @param ending why
   * @param reason in one sentence
   */
  default void ended(Ending ending, String reason) {}
}
