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
}
