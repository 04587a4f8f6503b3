package io.gatecast.core.spec;

/**
 * A network's linear head, {@code y = V h + c}. Immutable and valid by construction.
 *
 * @param outputs values that it gives each time it reads, at least 1
 * @param readout which steps it reads
 */
public record HeadSpec(int outputs, Readout readout) {
  /**
   * Checks every bound.
   *
   * @throws IllegalArgumentException naming the argument, its bound and the value found
   */
  public HeadSpec {
    Bounds.atLeastOne("outputs", outputs);
  }

  /**
   * How many steps of a window the head reads, and gives outputs for.
   *
   * @param time steps of the window
   * @return all of them, or 1
   */
  public int steps(int time) {
    return readout == Readout.EVERY_STEP ? time : 1;
  }
}
