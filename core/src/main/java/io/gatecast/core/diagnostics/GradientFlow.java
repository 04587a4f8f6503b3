package io.gatecast.core.diagnostics;

import java.util.List;
import java.util.OptionalInt;

/**
 * How much of a gradient survives the way back through time in one layer of a live network: the
 * measure of vanishing and exploding gradients. The definitions are those of the oracle's {@code
 * GradientFlow}; {@link NetworkProbe} measures it.
 *
 * <pre>
 * ∂h_T/∂s_t = Π_{k=t+1..T} ∂s_k/∂s_{k-1}, rows of h_T        s = h (RNN, GRU) or (h, C) (LSTM)
 * </pre>
 *
 * <p>Norms of matrices are spectral norms: the largest factor by which a change of the state at t
 * can reach h_T. They are without unit; {@code loss} is in units of the loss.
 *
 * <p>Paper: R. Pascanu, T. Mikolov and Y. Bengio, <i>On the Difficulty of Training Recurrent Neural
 * Networks</i>, ICML 2013. All lists have one element for each step, that of step t = 1 first.
 *
 * @param loss ‖∂L/∂h_t‖₂, the gradient that arrives at h_t from its own output and all later steps,
 *     as the engine computes it: in float it may be too small for a number and come to 0
 * @param hidden ‖∂h_T/∂h_t‖₂ with C_t held fixed; 1 for the last step
 * @param state ‖∂h_T/∂s_t‖₂; equal to {@code hidden} but for the LSTM, whose memory is mostly in C
 */
public record GradientFlow(List<Double> loss, List<Double> hidden, List<Double> state) {
  private static final double EFFECTIVE = 0.01;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if they are not of one length
   */
  public GradientFlow {
    if (hidden.size() != loss.size() || state.size() != loss.size()) {
      throw new IllegalArgumentException(
          "hidden, state: expected "
              + loss.size()
              + " steps, as many as the loss has, found "
              + hidden.size()
              + " and "
              + state.size());
    }
    loss = List.copyOf(loss);
    hidden = List.copyOf(hidden);
    state = List.copyOf(state);
  }

  /**
   * The effective memory: the smallest lag {@code T − t}, beyond that of the largest {@code state}
   * norm, at which the norm is under 1 % of that largest.
   *
   * @return the lag in steps; empty if the norm does not fall so far within the window, as when
   *     gradients explode
   */
  public OptionalInt effectiveMemory() {
    double largest = 0;
    OptionalInt memory = OptionalInt.empty();
    for (int lag = 0; lag < state.size(); lag++) {
      double norm = state.get(state.size() - 1 - lag);
      if (norm > largest) {
        largest = norm;
        memory = OptionalInt.empty();
      } else if (memory.isEmpty() && norm < EFFECTIVE * largest) {
        memory = OptionalInt.of(lag);
      }
    }
    return memory;
  }
}
