package io.gatecast.core.kernel;

/** A kernel that was asked for by name cannot run here. */
public final class KernelUnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String found;
  private final String where;
  private final String action;

  /**
   * Says why.
   *
   * @param expected the kernels that can run here, or what the one asked for needs
   * @param found what was asked for, or what is here
   * @param where the name was given
   * @param action what to do
   */
  public KernelUnavailableException(String expected, String found, String where, String action) {
    super(where + ": expected " + expected + ", found " + found + "; " + action);
    this.expected = expected;
    this.found = found;
    this.where = where;
    this.action = action;
  }

  /** The kernels that can run here, or what the one asked for needs. */
  public String expected() {
    return expected;
  }

  /** What was asked for, or what is here. */
  public String found() {
    return found;
  }

  /** Where the name was given. */
  public String where() {
    return where;
  }

  /** What to do. */
  public String action() {
    return action;
  }
}
