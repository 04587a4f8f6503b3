package io.gatecast.reference;

/**
 * A recurrent cell: the equations of one step, forward and backward.
 *
 * <p>A cell holds weights and nothing that changes. It knows no sequence, no batch and no time:
 * those belong to {@link Unrolled}.
 */
public sealed interface RecurrentCell permits RnnCell, GruCell, LstmCell {
  /**
   * The size of the input vector.
   *
   * @return {@code input}
   */
  int inputSize();

  /**
   * The number of hidden units.
   *
   * @return {@code hidden}
   */
  int hiddenSize();

  /**
   * The state before the first step: zeros.
   *
   * @return a state of this cell's kind
   */
  State initialState();

  /**
   * Computes one step.
   *
   * @param x the input, of shape {@code [input]}; read, not kept
   * @param previous the state before the step, of this cell's kind and size
   * @return the state after the step, and the gates
   * @throws IllegalArgumentException if x or the state has another shape, or the state is of
   *     another kind of cell; the message names the argument, the expected and the found
   */
  Step step(double[] x, State previous);

  /**
   * Carries the gradient of a loss L back through one step.
   *
   * @param x the input that the step was computed from, of shape {@code [input]}
   * @param previous the state that the step was computed from
   * @param step what {@link #step} gave for them
   * @param gradient ∂L/∂(the step's state), whatever way L depends on it, later steps included; a
   *     state of this cell's kind and size
   * @param sum where ∂L/∂weights of this step is added, under the canonical names
   * @return ∂L/∂x and ∂L/∂previous by way of this step
   * @throws IllegalArgumentException if an argument has another shape, or is of another kind of
   *     cell; the message names the argument, the expected and the found
   */
  StepGradient backward(double[] x, State previous, Step step, State gradient, GradientSum sum);
}
