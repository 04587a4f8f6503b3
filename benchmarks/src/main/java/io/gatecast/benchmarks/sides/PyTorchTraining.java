package io.gatecast.benchmarks.sides;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.weights.NamedWeights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Training in PyTorch. The update is the operator behind DJL's {@code Adam}, on moments of our own,
 * as that class would make them within the step's scope and lose them. The operator adds ε to the
 * uncorrected root; it is given an ε that makes this PyTorch's own Adam, and the paper's.
 */
final class PyTorchTraining implements TrainingStep {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final double EPSILON = 1e-8;
  private static final float NO_CLIPPING = -1;

  private final Workload workload;
  private final NDManager manager;
  private final PyTorchNetwork network;
  private final NDArray target;
  private final NDArray slope;
  private final Map<NDArray, NDList> moments = new LinkedHashMap<>();
  private int updates;

  PyTorchTraining(Workload workload, NDManager manager) {
    this.workload = workload;
    this.manager = manager;
    this.network = new PyTorchNetwork(workload, manager);
    WorkSize size = workload.size();
    this.target = network.array(workload.target(), size.batch(), size.outputs());
    this.slope = network.array(new float[] {2f / (size.batch() * size.outputs())}, 1);
    for (NDArray weight : network.trained()) {
      moments.put(weight, new NDList(weight.zerosLike(), weight.zerosLike()));
      weight.setRequiresGradient(true);
    }
  }

  @Override
  public double step() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray y;
      JniUtils.setGradMode(true);
      try {
        y = network.forward(true);
      } finally {
        JniUtils.setGradMode(false);
      }
      // ∂loss/∂y by hand: DJL has no operator for the squared error, and autograd through several
      // would cost some percent of a small step that are not PyTorch's.
      NDArray error = y.sub(target);
      JniUtils.backward((PtNDArray) y, (PtNDArray) error.mul(slope), false, false);
      update();
      return error.square().mean().getFloat();
    }
  }

  private void update() {
    updates++;
    double correction1 = 1 - Math.pow(BETA1, updates);
    double correction2 = 1 - Math.pow(BETA2, updates);
    float rate = (float) workload.learningRate();
    float corrected = (float) (workload.learningRate() * Math.sqrt(correction2) / correction1);
    float epsilon = (float) (EPSILON * Math.sqrt(correction2));
    moments.forEach(
        (weight, moment) ->
            weight
                .getNDArrayInternal()
                .adamUpdate(
                    new NDList(weight, weight.getGradient(), moment.get(0), moment.get(1)),
                    new NDList(weight),
                    rate,
                    corrected,
                    0,
                    1,
                    NO_CLIPPING,
                    BETA1,
                    BETA2,
                    epsilon,
                    true,
                    false));
  }

  @Override
  public NamedWeights weights() {
    return network.weights();
  }

  @Override
  public void close() {
    manager.close();
  }
}
