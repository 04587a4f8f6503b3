package io.gatecast.core.training;

/** Training met a loss that is no number before any epoch had given usable weights. */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says where.
   *
   * @param place such as {@code epoch 1, batch 3}
   * @param loss the loss found
   */
  public TrainingDivergedException(String place, double loss) {
    super(
        "training diverged: expected a finite loss, found "
            + loss
            + " in "
            + place
            + "; look for numbers that are not finite, or lower the learning rate");
  }
}
