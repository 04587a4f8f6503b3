package io.gatecast.core.runtime;

/** ND4J's native library cannot run here; the message says why and what to do. */
public final class NativeUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param message expected, found, and what to do
   */
  public NativeUnavailableException(String message) {
    super(message);
  }
}
