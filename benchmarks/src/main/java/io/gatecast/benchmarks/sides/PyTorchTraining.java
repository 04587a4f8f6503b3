package io.gatecast.benchmarks.sides;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.spec.OptimiserSpec;
import io.gatecast.core.weights.NamedWeights;

/** Training in PyTorch. */
final class PyTorchTraining implements TrainingStep {
  private final Workload workload;
  private final NDManager manager;
  private final PyTorchNetwork network;
  private final NDArray target;
  private final NDArray slope;
  private final PyTorchAdam adam;

  PyTorchTraining(Workload workload, NDManager manager) {
    this.workload = workload;
    this.manager = manager;
    this.network = new PyTorchNetwork(workload, manager);
    WorkSize size = workload.size();
    this.target = PyTorchModule.array(manager, workload.target(), size.batch(), size.outputs());
    this.slope =
        PyTorchModule.array(manager, new float[] {2f / (size.batch() * size.outputs())}, 1);
    this.adam =
        new PyTorchAdam(network.trained(), new OptimiserSpec.AdamW(workload.learningRate(), 0));
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
      adam.update(workload.learningRate(), 1);
      return error.square().mean().getFloat();
    }
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
