package io.gatecast.core.training;

/** Training met a loss or gradient that is no number before any epoch had given usable weights. */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what and where.
   *
   * @param expected what should have been finite: {@code loss} or {@code gradient norm}
   * @param found the number found
   * @param place such as {@code epoch 1, batch 3, step 3}
   */
  public TrainingDivergedException(String expected, double found, String place) {
    super(
        "training diverged: expected a finite "
            + expected
            + ", found "
            + found
            + " in "
            + place
            + "; look for numbers that are not finite, or lower the learning rate");
  }
}
