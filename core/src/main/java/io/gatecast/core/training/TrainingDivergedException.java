package io.gatecast.core.training;

/** Training met a loss that is no number before any epoch had given usable weights. */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says where.
   *
   * @param epoch from 1
   * @param batch from 1
   * @param loss the loss found
   */
  public TrainingDivergedException(int epoch, int batch, double loss) {
    super(
        "training diverged: expected a finite loss, found "
            + loss
            + " in epoch "
            + epoch
            + ", batch "
            + batch
            + "; lower the learning rate or the clipping norm");
  }
}
