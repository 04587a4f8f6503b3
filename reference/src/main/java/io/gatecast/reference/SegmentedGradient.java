package io.gatecast.reference;

import java.util.List;
import java.util.Map;

/**
 * What backpropagation finds for a {@link SegmentedNetwork} over one window.
 *
 * @param x ∂L/∂x_t, one vector of shape {@code [input]} for each step
 * @param weights ∂L/∂weights by canonical name, of every weight; unmodifiable
 */
public record SegmentedGradient(List<Tensor> x, Map<String, Tensor> weights) {}
