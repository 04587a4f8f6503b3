package io.gatecast.core.training;

/**
 * What an epoch's batches came to so far. Immutable.
 *
 * @param batches made
 * @param windows in them
 * @param loss sum of the windows' losses
 * @param norm sum of the batches' gradient norms
 * @param largestNorm the largest of them
 * @param clipped batches whose gradient was clipped
 */
record EpochTally(
    int batches, long windows, double loss, double norm, double largestNorm, int clipped) {
  static final EpochTally NONE = new EpochTally(0, 0, 0, 0, 0, 0);

  EpochTally plus(Descent.Step step, int size) {
    return new EpochTally(
        batches + 1,
        windows + size,
        loss + step.loss() * size,
        norm + step.norm(),
        Math.max(largestNorm, step.norm()),
        clipped + (step.clipped() ? 1 : 0));
  }
}
