package io.gatecast.forecasting.evaluation;

/**
 * How origins roll through the test part.
 *
 * @param stride steps of time from one origin to the next
 * @param refitEvery origins after which models are fitted anew; 0 for once, before the first
 * @param window what models are fitted to when time has gone on
 * @param refit whether a model starts from scratch or from what it was
 * @param embargo steps between what models are fitted to and the first target that tests them
 */
public record BacktestSpec(int stride, int refitEvery, Window window, Refit refit, int embargo) {

  /** One fit, every step an origin. */
  public static final BacktestSpec ONCE = new BacktestSpec(1, 0, Window.EXPANDING, Refit.COLD, 0);

  /** What models are fitted to. */
  public enum Window {
    /** All that came before. */
    EXPANDING,
    /** As much as at first, the oldest left out. */
    SLIDING
  }

  /** How models are fitted anew. */
  public enum Refit {
    /** From scratch. */
    COLD,
    /** From what they were; folds then follow one another and cannot be run at once. */
    WARM
  }

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if one is too small
   */
  public BacktestSpec {
    if (stride < 1 || refitEvery < 0 || embargo < 0) {
      throw new IllegalArgumentException(
          "expected a stride of at least 1, refitEvery and embargo of at least 0, found "
              + stride
              + ", "
              + refitEvery
              + ", "
              + embargo);
    }
  }
}
