package io.gatecast.cli.trace;

import io.gatecast.reference.CellKind;
import io.gatecast.reference.Dense;
import io.gatecast.reference.RecurrentCell;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is traced: one recurrent layer with its weights, perhaps a linear head, and a sequence. It
 * holds what was given and nothing computed.
 *
 * @param kind which cell, with its variant
 * @param weights by canonical name without a layer's prefix: the cell's tensors, and {@code
 *     head.weights [output, hidden]} and {@code head.bias [output]} together or neither
 * @param x the inputs, of shape {@code [input]} for each step; at least one
 * @param initial the state before the first step, of the cell's kind and size
 * @param lossGradient ∂L/∂h_t by way of what reads h_t directly, of shape {@code [hidden]} for each
 *     step; null where no gradients are asked for
 */
public record TraceCase(
    CellKind kind,
    Map<String, Tensor> weights,
    List<Tensor> x,
    State initial,
    @Nullable List<Tensor> lossGradient) {
  static final String HEAD_WEIGHTS = "head.weights";
  static final String HEAD_BIAS = "head.bias";
  private static final String HEAD = "head.";

  /**
   * Checks names and weights; the oracle refuses inputs, states and gradients of another shape.
   *
   * @throws IllegalArgumentException if there is no step, or a tensor is missing, unknown or of
   *     another shape; the message names it
   */
  public TraceCase {
    weights = Map.copyOf(weights);
    x = List.copyOf(x);
    lossGradient = lossGradient == null ? null : List.copyOf(lossGradient);
    if (x.isEmpty()) {
      throw new IllegalArgumentException("x: expected at least 1 step, found 0");
    }
    List<String> valid = tensorNames(kind);
    for (String name : weights.keySet()) {
      if (!valid.contains(name)) {
        throw new IllegalArgumentException(name + ": expected one of " + valid);
      }
    }
    int hidden = kind.cellFromWeights(weights, "").hiddenSize();
    if (hasHead(weights) && Dense.fromWeights(weights, HEAD).hiddenSize() != hidden) {
      throw new IllegalArgumentException(HEAD_WEIGHTS + ": expected " + hidden + " columns");
    }
  }

  /** Every name that a case of this kind may have weights for: the cell's, then the head's. */
  static List<String> tensorNames(CellKind kind) {
    List<String> names = new ArrayList<>(kind.tensorNames());
    names.add(HEAD_WEIGHTS);
    names.add(HEAD_BIAS);
    return names;
  }

  private static boolean hasHead(Map<String, Tensor> weights) {
    return weights.containsKey(HEAD_WEIGHTS) || weights.containsKey(HEAD_BIAS);
  }

  /** One of the tensors, which must be there. */
  Tensor weight(String name) {
    Tensor tensor = weights.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(name + ": expected one of " + weights.keySet());
    }
    return tensor;
  }

  RecurrentCell cell() {
    return kind.cellFromWeights(weights, "");
  }

  Optional<Dense> head() {
    return hasHead(weights) ? Optional.of(Dense.fromWeights(weights, HEAD)) : Optional.empty();
  }
}
