package io.gatecast.core.spec;

/**
 * One recurrent layer of a network. The size of its input is the place's, not its own: see {@link
 * NetworkSpec#inputsOf}. Immutable and valid by construction.
 *
 * @param cell kind and variant
 * @param hidden hidden units, at least 1
 * @param dropout share in [0, 1) of this layer's inputs that training drops, each number of each
 *     step on its own; the survivors are scaled by {@code 1 / (1 − dropout)}, so that forecasting
 *     drops and scales nothing (inverted dropout; Srivastava et al., 2014)
 */
public record LayerSpec(CellSpec cell, int hidden, double dropout) {
  /**
   * Checks every bound.
   *
   * @throws IllegalArgumentException naming the argument, its bound and the value found
   */
  public LayerSpec {
    Bounds.atLeastOne("hidden", hidden);
    Bounds.shareBelowOne("dropout", dropout);
  }

  /** Trainable parameters of this layer where it reads so many inputs. */
  long parameters(int inputs) {
    long gate = (long) hidden * inputs + (long) hidden * hidden + hidden;
    return gate * cell.gates().size() + (cell.hasRecurrentBias() ? hidden : 0);
  }
}
