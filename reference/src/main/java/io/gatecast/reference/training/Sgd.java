package io.gatecast.reference.training;

import java.util.HashMap;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum.
 *
 * <pre>
 * v ← μ v + g        w ← w − η v
 * </pre>
 *
 * <p>Paper: I. Sutskever et al., <i>On the Importance of Initialization and Momentum in Deep
 * Learning</i>, ICML 2013, in the form of PyTorch, where η stands outside v: a changed learning
 * rate acts at once. Variant: no dampening, no Nesterov momentum, no weight decay.
 *
 * @param learningRate η, above 0 and finite
 * @param momentum μ, at least 0 and below 1; 0 is plain gradient descent
 */
public record Sgd(double learningRate, double momentum) implements Optimizer {
  /**
   * Checks the settings.
   *
   * @param learningRate η, above 0 and finite
   * @param momentum μ, at least 0 and below 1
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public Sgd {
    Require.positive("learningRate", learningRate);
    Require.decay("momentum", momentum);
  }

  @Override
  public OptimizerState start() {
    return new OptimizerState() {
      private final Map<String, double[]> velocities = new HashMap<>();

      @Override
      void updateInPlace(String name, double[] weights, double[] gradient) {
        double[] velocity = velocities.computeIfAbsent(name, added -> new double[weights.length]);
        for (int i = 0; i < weights.length; i++) {
          velocity[i] = momentum * velocity[i] + gradient[i];
          weights[i] -= learningRate * velocity[i];
        }
      }
    };
  }
}
