package io.gatecast.core.spec;

/**
 * Reads a window in segments of several steps instead of step by step, and gives all segments of
 * the horizon at once (SegRNN; Lin et al., 2023, arXiv 2308.11200). It surrounds the one recurrent
 * layer of a {@link NetworkSpec}: few recurrent steps, however long the window.
 *
 * <p>With w = {@link #length}, E = {@link #embedding}, C = {@link #channels}, F inputs a channel, T
 * steps of the window, and for a horizon of H steps and Q outputs a step:
 *
 * <pre>
 * input of step t    C channels of F numbers each; the first of a channel is v_t, what is forecast
 * normalised         v'_t = (v_t − μ) / σ, the other numbers as they are; see {@link Normalisation}
 * segment s          the w·F numbers of w steps, step by step; n = ⌈T/w⌉ of them, the last one ends
 *                    with the window, and before the window stand zeros
 * embedded           e_s = max(0, W e + b)                              [E]
 * recurrent          h_s = cell(e_s, h_{s−1}), s = 1..n, from zero      [hidden]
 * asked              q_k = [p_k, a_c]; p_k alone where C = 1            [E]
 * answered           g_k = cell(q_k, h_n), k = 1..m, m = ⌈H/w⌉: one step each, all from h_n
 * head               V drop(g_k) + c                                    [w·Q]
 * linear             Σ_i A_ji v'_{T−K+i} + d_j, K = {@link #linear}, added to step j's Q outputs
 * output             σ y + μ, for step j, channel c and output q at (j·C + c)·Q + q
 * </pre>
 *
 * All channels share all weights but a_c. Immutable and valid by construction.
 *
 * @param length steps of a segment, at least 1
 * @param embedding numbers that a segment becomes, at least 1; even for several channels, as
 *     position and channel take half of it each
 * @param channels series that a window holds side by side, at least 1; each is forecast from its
 *     own numbers alone
 * @param normalisation what is taken from each window before, and given back after
 * @param dropout share in [0, 1) of the numbers that the head reads that training drops, as {@link
 *     LayerSpec} says
 * @param linear last steps that a linear map to the whole horizon reads beside the network, at
 *     least 0; 0 for no such map. Windows are at least as long
 */
public record Segments(
    int length,
    int embedding,
    int channels,
    Normalisation normalisation,
    double dropout,
    int linear) {

  /** What is taken from every window and channel, and given back to its forecast. */
  public enum Normalisation {
    /** Nothing: μ = 0, σ = 1. */
    NONE,
    /** The last value: μ = v_T, σ = 1 (NLinear; Zeng et al., 2023). */
    LAST_VALUE,
    /**
     * Mean and deviation: σ² is the mean of (v − μ)², plus 1e-5 (reversible instance normalisation
     * without trained scales; Kim et al., 2022).
     */
    INSTANCE;

    /** What is added to the variance of a window. */
    public static final double EPSILON = 1e-5;
  }

  /**
   * Checks every bound.
   *
   * @throws IllegalArgumentException naming the argument, its bound and the value found
   */
  public Segments {
    Bounds.atLeastOne("length", length);
    Bounds.atLeastOne("embedding", embedding);
    Bounds.atLeastOne("channels", channels);
    Bounds.shareBelowOne("segments.dropout", dropout);
    if (channels > 1 && embedding % 2 != 0) {
      throw new IllegalArgumentException(
          "embedding: expected an even number for "
              + channels
              + " channels, half for the position and half for the channel, found "
              + embedding);
    }
    if (linear < 0) {
      throw new IllegalArgumentException("linear: expected at least 0, found " + linear);
    }
  }

  /**
   * Segments that so many steps fill, the last or first in part.
   *
   * @param steps of a window or a horizon
   */
  public int count(int steps) {
    return steps / length + (steps % length > 0 ? 1 : 0);
  }

  /** Numbers of a position's embedding, p_k. */
  public int positionWidth() {
    return channels > 1 ? embedding / 2 : embedding;
  }
}
