package io.gatecast.reference;

/**
 * What the tensors of a {@link SegmentedNetwork} do not say themselves: how windows are cut and
 * normalised, and what its outputs are. All other sizes follow from the tensors.
 *
 * @param length w, steps of a segment, at least 1
 * @param channels C, series that a window holds side by side, at least 1
 * @param normalisation what is taken from each window before, and given back after
 * @param horizon H, steps of a forecast, at least 1
 * @param outputsPerStep Q, outputs for each step and channel, at least 1
 */
public record Segmentation(
    int length, int channels, Normalisation normalisation, int horizon, int outputsPerStep) {

  /** What is taken from every window and channel, and given back to its forecast. */
  public enum Normalisation {
    /** Nothing: μ = 0, σ = 1. */
    NONE,
    /** The last value: μ = v_T, σ = 1 (NLinear; Zeng et al., 2023). */
    LAST_VALUE,
    /**
     * Mean and deviation: μ is the mean of the v_t, σ² the mean of (v_t − μ)², plus 1e-5
     * (reversible instance normalisation without trained scales; Kim et al., 2022).
     */
    INSTANCE
  }

  /**
   * Checks every bound.
   *
   * @param length w, steps of a segment, at least 1
   * @param channels C, series that a window holds side by side, at least 1
   * @param normalisation what is taken from each window before, and given back after
   * @param horizon H, steps of a forecast, at least 1
   * @param outputsPerStep Q, outputs for each step and channel, at least 1
   * @throws IllegalArgumentException naming the number that is below 1
   */
  public Segmentation {
    requireAtLeastOne("length", length);
    requireAtLeastOne("channels", channels);
    requireAtLeastOne("horizon", horizon);
    requireAtLeastOne("outputsPerStep", outputsPerStep);
  }

  private static void requireAtLeastOne(String name, int found) {
    if (found < 1) {
      throw new IllegalArgumentException(name + ": expected at least 1, found " + found);
    }
  }

  /**
   * The segments that so many steps fill.
   *
   * @param steps of a window or of a horizon, at least 1
   * @return ⌈steps / w⌉
   */
  public int segments(int steps) {
    return (steps - 1) / length + 1;
  }

  /**
   * The number of outputs of a network.
   *
   * @return H · C · Q
   */
  public int outputs() {
    return Math.multiplyExact(Math.multiplyExact(horizon, channels), outputsPerStep);
  }

  /**
   * Where an output stands.
   *
   * @param step of the horizon, from 0
   * @param channel from 0
   * @param output of that step and channel, from 0
   * @return (step · C + channel) · Q + output
   */
  public int index(int step, int channel, int output) {
    return (step * channels + channel) * outputsPerStep + output;
  }
}
