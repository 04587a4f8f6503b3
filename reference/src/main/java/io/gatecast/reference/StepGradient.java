package io.gatecast.reference;

/**
 * What {@link RecurrentCell#backward} gives back to the things before a step; the weights'
 * gradients go into a {@link GradientSum}.
 *
 * @param x ∂L/∂x_t, of shape {@code [input]}
 * @param previous ∂L/∂(the state before the step) by way of the step: a state of the cell's kind
 */
public record StepGradient(Tensor x, State previous) {}
