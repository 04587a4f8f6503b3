package io.gatecast.forecasting.window;

/**
 * Shares of the steps of time, in order: train, validation, test.
 *
 * @param validation share that decides when to stop and how wide intervals are, in (0, 1)
 * @param test share that only measures, in (0, 1)
 */
public record SplitSpec(double validation, double test) {
  /**
   * Checks the shares.
   *
   * @throws IllegalArgumentException if nothing would be left to train on
   */
  public SplitSpec {
    if (!(validation > 0 && test > 0 && validation + test < 1)) {
      throw new IllegalArgumentException(
          "expected positive shares for validation and test that leave some to train on, found "
              + validation
              + " and "
              + test);
    }
  }

  /** Share that networks learn from. */
  public double train() {
    return 1 - validation - test;
  }
}
