package io.gatecast.core.samples;

/**
 * Windows of the past that a network reads. Implementations may be views: nothing is copied but
 * into the buffers of a batch.
 */
public interface Inputs {
  /** The number of windows. */
  int size();

  /** Time steps of a window. */
  int lookback();

  /** Features a time step. */
  int inputs();

  /**
   * Writes one window.
   *
   * @param window index from 0
   * @param destination receives {@code [time][input]}, row-major, {@code lookback · inputs} numbers
   * @param offset where in the destination the first of them goes
   */
  void input(int window, float[] destination, int offset);

  /**
   * Writes one window to an array's beginning.
   *
   * @param window index from 0
   * @param destination receives {@code [time][input]}, row-major, {@code lookback · inputs} numbers
   */
  default void input(int window, float[] destination) {
    input(window, destination, 0);
  }
}
