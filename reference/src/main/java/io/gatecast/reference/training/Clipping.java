package io.gatecast.reference.training;

import io.gatecast.reference.Tensor;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * A bound on gradients before they move weights.
 *
 * <p>It bounds gradients that explode. It cannot bring back those that vanished: what is within the
 * bound passes unchanged. NaN is not a size and passes, too, so that a fault shows.
 *
 * <p>R. Pascanu, T. Mikolov and Y. Bengio, <i>On the Difficulty of Training Recurrent Neural
 * Networks</i>, ICML 2013.
 */
public sealed interface Clipping {
  /**
   * Bounds the gradients.
   *
   * @param gradients ∂L/∂weights by canonical name
   * @return the bounded gradients under the same names, in the same order; unmodifiable
   */
  Map<String, Tensor> apply(Map<String, Tensor> gradients);

  /**
   * The Euclidean norm of all numbers of all tensors together.
   *
   * @param tensors the tensors
   * @return the norm; infinite only if a number is, as it is computed without overflow
   */
  static double norm(Collection<Tensor> tensors) {
    double largest = 0;
    for (Tensor tensor : tensors) {
      for (double value : tensor.values()) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    if (largest == 0 || Double.isInfinite(largest)) {
      return largest;
    }
    double squares = 0;
    for (Tensor tensor : tensors) {
      for (double value : tensor.values()) {
        squares += (value / largest) * (value / largest);
      }
    }
    return largest * Math.sqrt(squares);
  }

  private static Tensor each(Tensor tensor, DoubleUnaryOperator operator) {
    double[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = operator.applyAsDouble(values[i]);
    }
    return Tensor.of(values, tensor.shape());
  }

  /** The factor that brings a norm down to the limit: 1 if it is within. */
  private static double factor(double norm, double limit) {
    return norm > limit ? limit / norm : 1;
  }

  /** No bound. */
  record None() implements Clipping {
    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(gradients));
    }
  }

  /**
   * Each number for itself, into {@code [−limit, limit]}. It can turn the gradient's direction.
   *
   * @param limit the bound, above 0 and finite
   */
  record ByValue(double limit) implements Clipping {
    /**
     * Checks the limit.
     *
     * @param limit the bound, above 0 and finite
     * @throws IllegalArgumentException if the limit is not above 0 and finite
     */
    public ByValue {
      Require.positive("limit", limit);
    }

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients) {
      Map<String, Tensor> clipped = new LinkedHashMap<>();
      gradients.forEach(
          (name, tensor) ->
              clipped.put(name, each(tensor, value -> Math.max(-limit, Math.min(limit, value)))));
      return Collections.unmodifiableMap(clipped);
    }
  }

  /**
   * Each tensor for itself: scaled so that its norm is at most the limit. It keeps each tensor's
   * direction, but not that of all together.
   *
   * @param limit the bound, above 0 and finite
   */
  record ByNorm(double limit) implements Clipping {
    /**
     * Checks the limit.
     *
     * @param limit the bound, above 0 and finite
     * @throws IllegalArgumentException if the limit is not above 0 and finite
     */
    public ByNorm {
      Require.positive("limit", limit);
    }

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients) {
      Map<String, Tensor> clipped = new LinkedHashMap<>();
      gradients.forEach(
          (name, tensor) -> {
            double factor = factor(norm(List.of(tensor)), limit);
            clipped.put(name, each(tensor, value -> value * factor));
          });
      return Collections.unmodifiableMap(clipped);
    }
  }

  /**
   * All tensors by one factor, so that their norm together is at most the limit. It keeps the
   * gradient's direction.
   *
   * @param limit the bound, above 0 and finite
   */
  record ByGlobalNorm(double limit) implements Clipping {
    /**
     * Checks the limit.
     *
     * @param limit the bound, above 0 and finite
     * @throws IllegalArgumentException if the limit is not above 0 and finite
     */
    public ByGlobalNorm {
      Require.positive("limit", limit);
    }

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients) {
      double factor = factor(norm(gradients.values()), limit);
      Map<String, Tensor> clipped = new LinkedHashMap<>();
      gradients.forEach((name, tensor) -> clipped.put(name, each(tensor, v -> v * factor)));
      return Collections.unmodifiableMap(clipped);
    }
  }
}
