package io.gatecast.forecasting;

/**
 * Why a job cannot go on, in the four parts that help whoever has to mend it. It is thrown where
 * the cause is met and caught only at the edge.
 *
 * <p>Parts quote what files hold, and files hold anything: each part is one line without control
 * characters, of at most {@value #MOST} characters.
 */
public final class JobFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The longest a part may be. */
  public static final int MOST = 1000;

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
    super(
        "expected "
            + line(expected)
            + ", found "
            + line(found)
            + " ("
            + line(where)
            + "): "
            + line(action));
    this.exit = exit;
    this.expected = line(expected);
    this.found = line(found);
    this.where = line(where);
    this.action = line(action);
  }

  private static String line(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> line.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
      if (line.length() > MOST) {
        return line.substring(0, MOST - 1) + "…";
      }
    }
    return line.toString();
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
