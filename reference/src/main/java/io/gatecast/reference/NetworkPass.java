package io.gatecast.reference;

import java.util.List;

/**
 * A network's way over one sequence: each layer's pass, and what the head made of it.
 *
 * @param layers the passes from the input upwards; each reads the hidden vectors of the one below
 * @param outputs y, one vector of shape {@code [output]} for each step that the head reads: every
 *     step's, or only the last one's
 */
public record NetworkPass(List<SequencePass> layers, List<Tensor> outputs) {
  /**
   * Copies the lists.
   *
   * @param layers the passes from the input upwards
   * @param outputs y, one vector of shape {@code [output]} for each step that the head reads
   */
  public NetworkPass {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
  }

  /**
   * The layers' last states, from which a longer sequence goes on.
   *
   * @return one state for each layer, from the input upwards
   */
  public List<State> last() {
    return layers.stream().map(SequencePass::last).toList();
  }
}
