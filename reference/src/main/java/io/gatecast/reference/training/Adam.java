package io.gatecast.reference.training;

import java.util.HashMap;
import java.util.Map;

/**
 * Adam.
 *
 * <pre>
 * m ← β₁ m + (1 − β₁) g        m̂ = m / (1 − β₁ᵗ)
 * v ← β₂ v + (1 − β₂) g²       v̂ = v / (1 − β₂ᵗ)
 * w ← w − η m̂ / (√v̂ + ε)
 * </pre>
 *
 * <p>Paper: D. P. Kingma and J. Ba, <i>Adam: A Method for Stochastic Optimization</i>, ICLR 2015,
 * algorithm 1. Variant: no weight decay, no AMSGrad; ε stands outside the corrected root, as in the
 * paper and in PyTorch.
 *
 * @param learningRate η, above 0 and finite
 * @param beta1 β₁, at least 0 and below 1
 * @param beta2 β₂, at least 0 and below 1
 * @param epsilon ε, above 0 and finite
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {
  /**
   * Checks the settings.
   *
   * @param learningRate η, above 0 and finite
   * @param beta1 β₁, at least 0 and below 1
   * @param beta2 β₂, at least 0 and below 1
   * @param epsilon ε, above 0 and finite
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public Adam {
    Require.positive("learningRate", learningRate);
    Require.decay("beta1", beta1);
    Require.decay("beta2", beta2);
    Require.positive("epsilon", epsilon);
  }

  /**
   * Adam with the paper's β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
   *
   * @param learningRate η, above 0 and finite
   * @throws IllegalArgumentException if the learning rate is not above 0 and finite
   */
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8);
  }

  @Override
  public OptimizerState start() {
    return new OptimizerState() {
      private final Map<String, double[]> firstMoments = new HashMap<>();
      private final Map<String, double[]> secondMoments = new HashMap<>();
      private int t;

      @Override
      void beginUpdate() {
        t++;
      }

      @Override
      void updateInPlace(String name, double[] weights, double[] gradient) {
        double[] m = firstMoments.computeIfAbsent(name, added -> new double[weights.length]);
        double[] v = secondMoments.computeIfAbsent(name, added -> new double[weights.length]);
        double correction1 = 1 - StrictMath.pow(beta1, t);
        double correction2 = 1 - StrictMath.pow(beta2, t);
        for (int i = 0; i < weights.length; i++) {
          m[i] = beta1 * m[i] + (1 - beta1) * gradient[i];
          v[i] = beta2 * v[i] + (1 - beta2) * gradient[i] * gradient[i];
          weights[i] -=
              learningRate * (m[i] / correction1) / (Math.sqrt(v[i] / correction2) + epsilon);
        }
      }
    };
  }
}
