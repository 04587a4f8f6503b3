package io.gatecast.core.training;

/** Hears of the progress of training. Called on the training thread; it must not block. */
@FunctionalInterface
public interface TrainingListener {
  /**
   * An epoch has ended.
   *
   * @param epoch from 1
   * @param epochs the most there can be
   * @param trainLoss mean training loss a window over the epoch
   * @param validationLoss validation loss a window after it
   * @param best whether the validation loss is the best so far
   */
  void epoch(int epoch, int epochs, double trainLoss, double validationLoss, boolean best);
}
