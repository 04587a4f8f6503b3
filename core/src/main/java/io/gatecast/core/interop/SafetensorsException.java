package io.gatecast.core.interop;

/**
 * A file is not the safetensors file that was expected: damaged, hostile, or of a kind that is not
 * read here. Not for disks that fail; that is an {@link java.io.IOException}.
 */
public final class SafetensorsException extends RuntimeException {
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
   * @param where file, tensor and byte, counted from 0 at the file's start
   * @param action what to do
   */
  public SafetensorsException(String expected, String found, String where, String action) {
    super("expected " + expected + ", found " + found + " (" + where + "): " + action);
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

  /** File, tensor and byte. */
  public String where() {
    return where;
  }

  /** What to do. */
  public String action() {
    return action;
  }
}
