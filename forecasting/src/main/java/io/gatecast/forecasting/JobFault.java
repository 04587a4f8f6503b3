package io.gatecast.forecasting;

/**
 * Why a job cannot go on, in the four parts that help whoever has to mend it. It is thrown where
 * the cause is met and caught only at the edge.
 */
public final class JobFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final String expected;
  private final String found;
  private final String where;
  private final String action;

  /**
   * Says what is wrong.
   *
   * @param exit how the run ends
   * @param expected what was expected
   * @param found what was found instead
   * @param where file, line, column or key
   * @param action what to do next
   */
  public JobFault(ExitCode exit, String expected, String found, String where, String action) {
    super("expected " + expected + ", found " + found + " (" + where + "): " + action);
    this.exit = exit;
    this.expected = expected;
    this.found = found;
    this.where = where;
    this.action = action;
  }

  /**
   * The same with the cause underneath.
   *
   * @param cause what was thrown below
   * @return this
   */
  public JobFault because(Throwable cause) {
    initCause(cause);
    return this;
  }

  /** How the run ends. */
  public ExitCode exit() {
    return exit;
  }

  /** What was expected. */
  public String expected() {
    return expected;
  }

  /** What was found instead. */
  public String found() {
    return found;
  }

  /** File, line, column or key. */
  public String where() {
    return where;
  }

  /** What to do next. */
  public String action() {
    return action;
  }
}
