package io.gatecast.benchmarks.recurrent;

/** Two sides did not compute the same, so that their times cannot be compared. */
public final class DisagreementException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what differs.
   *
   * @param where the work, and what of it
   * @param tolerance the largest relative difference that would have passed
   * @param sides the names of both
   * @param found what both gave, and how far it is apart
   */
  public DisagreementException(String where, double tolerance, String sides, String found) {
    super(
        where
            + ": expected "
            + sides
            + " to agree to "
            + tolerance
            + ", found "
            + found
            + "; nothing was timed");
  }
}
