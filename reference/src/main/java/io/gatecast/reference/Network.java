package io.gatecast.reference;

import java.util.List;
import java.util.Map;

/**
 * A network as a loss sees it: outputs for a sequence, and the way back from them to the weights.
 *
 * <p>It knows neither targets nor losses; those are a {@code io.gatecast.reference.training}
 * matter.
 */
public sealed interface Network permits ReferenceNetwork, SegmentedNetwork {
  /**
   * The number of outputs each time that the network gives some.
   *
   * @return {@code output}
   */
  int outputSize();

  /**
   * Runs the network over one sequence that continues no other.
   *
   * @param x the inputs, of shape {@code [time][input]}
   * @return the outputs, and the way back from them
   * @throws IllegalArgumentException if there are too few steps, or an input has another shape; the
   *     message names the step, the expected and the found shape
   */
  Answer answer(double[][] x);

  /** Outputs for one sequence, and the way back from them. */
  interface Answer {
    /**
     * The outputs.
     *
     * @return one vector of shape {@code [output]} for each time that the network gives some
     */
    List<Tensor> outputs();

    /**
     * Full backpropagation.
     *
     * @param outputs ∂L/∂outputs, as many vectors of shape {@code [output]} as there are outputs
     * @return ∂L/∂weights by canonical name; unmodifiable
     * @throws IllegalArgumentException if the gradients are not of the outputs' shape; the message
     *     names the expected and the found
     */
    Map<String, Tensor> backward(double[][] outputs);
  }
}
