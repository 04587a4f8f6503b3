package io.gatecast.core.runtime;

/** ND4J's native library cannot run here. */
public final class NativeUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String found;
  private final String action;

  /**
   * Says why.
   *
   * @param expected what the library needs
   * @param found what is here
   * @param action what to do
   */
  public NativeUnavailableException(String expected, String found, String action) {
    super("ND4J's native library: expected " + expected + ", found " + found + "; " + action);
    this.expected = expected;
    this.found = found;
    this.action = action;
  }

  /** What the library needs. */
  public String expected() {
    return expected;
  }

  /** What is here. */
  public String found() {
    return found;
  }

  /** What to do. */
  public String action() {
    return action;
  }
}
