package io.gatecast.core.network;

/**
 * Some windows with their targets, as a network reads them. The arrays are the maker's: whoever
 * reads a batch changes nothing and keeps nothing.
 *
 * @param size windows, at least 1
 * @param time steps of a window, at least 1
 * @param x {@code [window][time][input]} without gaps; may be longer than that
 * @param y {@code [window][output]}, or {@code [window][time][output]} for a head that reads every
 *     step, without gaps; may be longer than that
 */
@SuppressWarnings("ArrayRecordComponent") // large, reused from batch to batch, and never compared
public record Batch(int size, int time, float[] x, float[] y) {
  /**
   * Checks that there is something to read; whether the arrays fit depends on the network, see
   * {@link NetworkChecks}.
   *
   * @throws IllegalArgumentException if there is no window, or no step
   */
  public Batch {
    atLeastOne("size", size, "window");
    atLeastOne("time", time, "step");
  }

  private static void atLeastOne(String name, int value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "batch." + name + ": expected at least 1 " + what + ", found " + value);
    }
  }
}
