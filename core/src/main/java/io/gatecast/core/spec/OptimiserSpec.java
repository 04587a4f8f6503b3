package io.gatecast.core.spec;

/**
 * How parameters follow their gradient: settings only, immutable and valid by construction. What an
 * optimiser remembers from step to step is not here.
 *
 * <p>Below, g is the gradient, η the learning rate of the step, w a parameter.
 */
public sealed interface OptimiserSpec {
  /** The learning rate η that a {@link ScheduleSpec} scales; positive. */
  double learningRate();

  /**
   * Adam: {@code m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − η m̂ / (√v̂ + ε)} with {@code m̂ =
   * m / (1−β₁ᵗ), v̂ = v / (1−β₂ᵗ)} (Kingma and Ba, 2015, algorithm 1). No weight decay.
   *
   * @param learningRate η, positive
   * @param beta1 β₁, in [0, 1)
   * @param beta2 β₂, in [0, 1)
   * @param epsilon ε, positive
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon)
      implements OptimiserSpec {
    /**
     * Checks every bound.
     *
     * @throws IllegalArgumentException naming the argument, its bound and the value found
     */
    public Adam {
      Bounds.positive("learningRate", learningRate);
      Bounds.shareBelowOne("beta1", beta1);
      Bounds.shareBelowOne("beta2", beta2);
      Bounds.positive("epsilon", epsilon);
    }

    /**
     * Adam with the paper's β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
     *
     * @param learningRate η, positive
     */
    public Adam(double learningRate) {
      this(learningRate, 0.9, 0.999, 1e-8);
    }
  }

  /**
   * Adam with decoupled weight decay: {@code w ← w − ηλw} beside Adam's step (Loshchilov and
   * Hutter, 2019, algorithm 2, in PyTorch's form: λ is scaled by the scheduled η). All parameters
   * decay, biases too.
   *
   * @param learningRate η, positive
   * @param beta1 β₁, in [0, 1)
   * @param beta2 β₂, in [0, 1)
   * @param epsilon ε, positive
   * @param weightDecay λ, at least 0
   */
  record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
      implements OptimiserSpec {
    /**
     * Checks every bound.
     *
     * @throws IllegalArgumentException naming the argument, its bound and the value found
     */
    public AdamW {
      Bounds.positive("learningRate", learningRate);
      Bounds.shareBelowOne("beta1", beta1);
      Bounds.shareBelowOne("beta2", beta2);
      Bounds.positive("epsilon", epsilon);
      Bounds.notNegative("weightDecay", weightDecay);
    }

    /**
     * AdamW with Adam's usual β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
     *
     * @param learningRate η, positive
     * @param weightDecay λ, at least 0
     */
    public AdamW(double learningRate, double weightDecay) {
      this(learningRate, 0.9, 0.999, 1e-8, weightDecay);
    }
  }

  /**
   * Stochastic gradient descent: {@code v ← μv + g, w ← w − ηv} (Sutskever et al., 2013, in
   * PyTorch's form: η stands outside v). No dampening, no Nesterov momentum.
   *
   * @param learningRate η, positive
   * @param momentum μ, in [0, 1); 0 is plain gradient descent
   */
  record Sgd(double learningRate, double momentum) implements OptimiserSpec {
    /**
     * Checks every bound.
     *
     * @throws IllegalArgumentException naming the argument, its bound and the value found
     */
    public Sgd {
      Bounds.positive("learningRate", learningRate);
      Bounds.shareBelowOne("momentum", momentum);
    }
  }
}
