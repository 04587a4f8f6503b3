package io.gatecast.reference;

import java.util.List;
import java.util.Map;

/**
 * What backpropagation through time finds for a whole network over one sequence.
 *
 * @param layers each layer's gradients, from the input upwards: of its inputs, states and weights
 * @param weights ∂L/∂weights of the whole network, by canonical name: {@code layers.0.…}, {@code
 *     head.…}
 */
public record NetworkGradient(List<SequenceGradient> layers, Map<String, Tensor> weights) {
  /**
   * The gradient of the network's inputs.
   *
   * @return ∂L/∂x_t, one vector of shape {@code [input]} for each step
   */
  public List<Tensor> x() {
    return layers.get(0).x();
  }

  /**
   * The gradients of the states before the first step.
   *
   * @return one state for each layer, from the input upwards
   */
  public List<State> initial() {
    return layers.stream().map(SequenceGradient::initial).toList();
  }
}
