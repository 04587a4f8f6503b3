package io.gatecast.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * How much of a gradient survives the way back through time in one layer: the measure of vanishing
 * and exploding gradients.
 *
 * <pre>
 * ∂h_T/∂s_t = Π_{k=t+1..T} ∂s_k/∂s_{k-1}, rows of h_T        s = h (RNN, GRU) or (h, C) (LSTM)
 * </pre>
 *
 * <p>The product is exact: unit vectors are carried back by the cell's own {@link
 * RecurrentCell#backward}, no difference quotient is involved. Norms of matrices are spectral
 * norms: the largest factor by which a change of the state at t can reach h_T.
 *
 * <p>Paper: R. Pascanu, T. Mikolov and Y. Bengio, <i>On the Difficulty of Training Recurrent Neural
 * Networks</i>, ICML 2013. All lists have one element for each step, that of step t = 1 first.
 *
 * @param loss ‖∂L/∂h_t‖₂, the gradient that arrives at h_t from its own output and all later steps
 * @param hidden ‖∂h_T/∂h_t‖₂ with C_t held fixed; 1 for the last step
 * @param state ‖∂h_T/∂s_t‖₂; equal to {@code hidden} but for the LSTM, whose memory is mostly in C
 */
public record GradientFlow(List<Double> loss, List<Double> hidden, List<Double> state) {
  private static final double EFFECTIVE = 0.01;

  /**
   * The flow in each layer of a network. Between layers nothing is multiplied: each layer is looked
   * at along its own time.
   *
   * @param network the network
   * @param pass what it gave for a sequence
   * @param outputs ∂L/∂y, of shape {@code [outputs read][output]}
   * @return one flow for each layer, from the input upwards
   * @throws IllegalArgumentException if the gradients are not of the outputs' shape, or the pass is
   *     another network's
   */
  public static List<GradientFlow> of(
      ReferenceNetwork network, NetworkPass pass, double[][] outputs) {
    NetworkGradient gradient = network.backward(pass, outputs);
    List<GradientFlow> flows = new ArrayList<>();
    for (int n = 0; n < network.layers().size(); n++) {
      flows.add(of(network.layers().get(n).cell(), pass.layers().get(n), gradient.layers().get(n)));
    }
    return List.copyOf(flows);
  }

  /**
   * The flow of one cell over one sequence.
   *
   * @param cell the cell
   * @param pass what it gave for a sequence of at least one step
   * @param gradient what full backpropagation through time found for that pass
   * @return the flow
   * @throws IllegalArgumentException if there is no step, or the pass or the gradient is another
   *     cell's
   */
  public static GradientFlow of(RecurrentCell cell, SequencePass pass, SequenceGradient gradient) {
    if (pass.time() == 0 || gradient.states().size() != pass.time()) {
      throw new IllegalArgumentException(
          "gradient: expected at least 1 step and as many as the pass, found "
              + gradient.states().size()
              + " for a pass of "
              + pass.time());
    }
    List<Double> loss = new ArrayList<>();
    for (State state : gradient.states()) {
      loss.add(SpectralNorm.of(new double[][] {state.h()}));
    }
    List<Double> hidden = new ArrayList<>();
    List<Double> whole = new ArrayList<>();
    State[] rows = unitRows(cell);
    GradientSum unused = new GradientSum();
    for (int t = pass.time() - 1; t >= 0; t--) {
      double[][] byHidden = new double[rows.length][];
      double[][] byState = new double[rows.length][];
      for (int row = 0; row < rows.length; row++) {
        byHidden[row] = rows[row].h();
        byState[row] = rows[row].values();
        rows[row] =
            cell.backward(
                    pass.x().get(t).values(),
                    pass.before(t),
                    pass.steps().get(t),
                    rows[row],
                    unused)
                .previous();
      }
      hidden.add(SpectralNorm.of(byHidden));
      whole.add(SpectralNorm.of(byState));
    }
    Collections.reverse(hidden);
    Collections.reverse(whole);
    return new GradientFlow(List.copyOf(loss), List.copyOf(hidden), List.copyOf(whole));
  }

  /** ∂h_T/∂s_T: row k is 1 at unit k of h, else 0. */
  private static State[] unitRows(RecurrentCell cell) {
    State[] rows = new State[cell.hiddenSize()];
    for (int k = 0; k < rows.length; k++) {
      double[] unit = new double[rows.length];
      unit[k] = 1;
      rows[k] = cell.initialState().plusHidden(unit);
    }
    return rows;
  }

  /**
   * The effective memory: the smallest lag {@code T − t}, beyond that of the largest {@code state}
   * norm, at which the norm is under 1 % of that largest.
   *
   * @return the lag in steps; empty if the norm does not fall so far within the sequence, as when
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
