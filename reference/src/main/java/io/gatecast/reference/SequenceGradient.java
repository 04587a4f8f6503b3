package io.gatecast.reference;

import java.util.List;
import java.util.Map;

/**
 * What backpropagation through time finds for one cell over one sequence.
 *
 * @param x ∂L/∂x_t, one vector of shape {@code [input]} for each step
 * @param initial ∂L/∂(the state before the first step)
 * @param states ∂L/∂(the state after step t) for each step, whatever way L depends on it: by the
 *     outputs read there and through all later steps
 * @param weights ∂L/∂weights summed over the steps, by canonical name without a layer's prefix
 */
public record SequenceGradient(
    List<Tensor> x, State initial, List<State> states, Map<String, Tensor> weights) {}
