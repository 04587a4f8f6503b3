package io.gatecast.reference.training;

import io.gatecast.reference.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an optimiser remembers from update to update. It changes with each update, and belongs to
 * one training and one thread.
 */
public abstract class OptimizerState {
  OptimizerState() {}

  /**
   * One update.
   *
   * @param weights the tensors by canonical name
   * @param gradients ∂L/∂weights under the same names, of the same shapes
   * @return the new weights, in the order of the old ones; unmodifiable
   * @throws IllegalArgumentException if the names or the shapes differ; the message names them, and
   *     nothing is remembered of the call
   */
  public final Map<String, Tensor> update(
      Map<String, Tensor> weights, Map<String, Tensor> gradients) {
    requireSame(weights, gradients);
    beginUpdate();
    Map<String, Tensor> updated = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) -> {
          double[] values = weight.values();
          Tensor gradient = gradients.get(name);
          if (gradient != null) {
            updateInPlace(name, values, gradient.values());
          }
          updated.put(name, Tensor.of(values, weight.shape()));
        });
    return Collections.unmodifiableMap(updated);
  }

  /** Called once before the tensors of one update. */
  void beginUpdate() {}

  /** Moves the weights of one tensor. */
  abstract void updateInPlace(String name, double[] weights, double[] gradient);

  private static void requireSame(Map<String, Tensor> weights, Map<String, Tensor> gradients) {
    if (!weights.keySet().equals(gradients.keySet())) {
      throw new IllegalArgumentException(
          "gradients: expected the names " + weights.keySet() + ", found " + gradients.keySet());
    }
    weights.forEach(
        (name, weight) -> {
          Tensor gradient = gradients.get(name);
          if (gradient == null || !Arrays.equals(weight.shape(), gradient.shape())) {
            throw new IllegalArgumentException(
                "gradients."
                    + name
                    + ": expected shape "
                    + Arrays.toString(weight.shape())
                    + ", found "
                    + (gradient == null ? "nothing" : Arrays.toString(gradient.shape())));
          }
        });
  }
}
