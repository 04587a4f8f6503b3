package io.gatecast.core.training;

import io.gatecast.core.spec.OptimiserSpec;
import java.util.Map;

/**
 * An optimiser at work on a flat vector of parameters: the settings of an {@link OptimiserSpec} and
 * what is remembered from step to step. It belongs to one training and one thread.
 *
 * <p>It computes in float; what depends on the step alone is computed once a step, in double.
 */
sealed interface Optimiser permits AdamOptimiser, SgdOptimiser {

  /**
   * One step.
   *
   * @param parameters moved in place
   * @param gradient ∂loss/∂parameters, as long; not changed
   * @param scale what the gradient is multiplied by before all else, as clipping asks
   * @param learningRate η of this step
   */
  void update(float[] parameters, float[] gradient, double scale, double learningRate);

  /** Steps made so far. */
  long steps();

  /** What is remembered, by name: the live arrays, each as long as the parameters. */
  Map<String, float[]> memory();

  /**
   * Goes on from another optimiser's place, whose memory has been copied into this one's.
   *
   * @param steps its steps
   */
  void resume(long steps);

  /**
   * The start of a training.
   *
   * @param spec settings
   * @param parameters how many there are
   * @return an optimiser that remembers nothing yet
   */
  static Optimiser of(OptimiserSpec spec, int parameters) {
    if (spec instanceof OptimiserSpec.Adam adam) {
      return new AdamOptimiser(adam.beta1(), adam.beta2(), adam.epsilon(), 0, parameters);
    }
    if (spec instanceof OptimiserSpec.AdamW adam) {
      return new AdamOptimiser(
          adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay(), parameters);
    }
    return new SgdOptimiser(((OptimiserSpec.Sgd) spec).momentum(), parameters);
  }
}
