package io.gatecast.benchmarks.sides;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.gatecast.core.spec.OptimiserSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam in PyTorch. The update is the operator behind DJL's {@code Adam}, on moments of our own, as
 * that class would make them within the step's scope and lose them. The operator adds ε to the
 * uncorrected root; it is given an ε that makes this PyTorch's own Adam, and the paper's.
 */
final class PyTorchAdam {
  private static final float NO_CLIPPING = -1; // of single numbers

  private final OptimiserSpec.AdamW settings;
  private final Map<NDArray, NDList> moments = new LinkedHashMap<>();
  private int updates;

  /**
   * Begins with moments of zeros, and has PyTorch keep gradients of the weights.
   *
   * @param weights what it moves
   * @param settings without decay they are Adam's
   */
  PyTorchAdam(Iterable<NDArray> weights, OptimiserSpec.AdamW settings) {
    this.settings = settings;
    for (NDArray weight : weights) {
      moments.put(weight, new NDList(weight.zerosLike(), weight.zerosLike()));
      weight.setRequiresGradient(true);
    }
  }

  /** Updates made so far. */
  int updates() {
    return updates;
  }

  /** The L2 norm of all gradients together, as {@code clip_grad_norm_} has it. */
  double norm() {
    NDList norms = new NDList(moments.size());
    for (NDArray weight : moments.keySet()) {
      norms.add(weight.getGradient().norm());
    }
    return NDArrays.stack(norms).norm().getFloat();
  }

  /**
   * Moves the weights along their gradients, and sets these to zero.
   *
   * @param rate the learning rate of this step
   * @param scale what gradients are multiplied by first
   */
  void update(double rate, double scale) {
    updates++;
    double correction1 = 1 - Math.pow(settings.beta1(), updates);
    double correction2 = 1 - Math.pow(settings.beta2(), updates);
    float corrected = (float) (rate * Math.sqrt(correction2) / correction1);
    float epsilon = (float) (settings.epsilon() * Math.sqrt(correction2));
    moments.forEach(
        (weight, moment) ->
            weight
                .getNDArrayInternal()
                .adamUpdate(
                    new NDList(weight, weight.getGradient(), moment.get(0), moment.get(1)),
                    new NDList(weight),
                    (float) rate,
                    corrected,
                    (float) settings.weightDecay(),
                    (float) scale,
                    NO_CLIPPING,
                    (float) settings.beta1(),
                    (float) settings.beta2(),
                    epsilon,
                    true,
                    settings.weightDecay() > 0));
  }
}
