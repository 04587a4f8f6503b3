package io.gatecast.core.training;

/**
 * A checkpoint is not one from which this training can go on: damaged, or another training's. Not
 * for disks that fail; that is an {@link java.io.UncheckedIOException}.
 */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String found;
  private final String where;
  private final String action;

  /**
   * Says what is wrong.
   *
   * @param expected what was expected
   * @param found what was found instead
   * @param where file and entry
   * @param action what to do
   */
  public CheckpointException(String expected, String found, String where, String action) {
    super("checkpoint: expected " + expected + ", found " + found + " (" + where + "): " + action);
    this.expected = expected;
    this.found = found;
    this.where = where;
    this.action = action;
  }

  /** What was expected. */
  public String expected() {
    return expected;
  }

  /** What was found instead. */
  public String found() {
    return found;
  }

  /** File and entry. */
  public String where() {
    return where;
  }

  /** What to do. */
  public String action() {
    return action;
  }
}
