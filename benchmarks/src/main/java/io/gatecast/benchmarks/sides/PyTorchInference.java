package io.gatecast.benchmarks.sides;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.Workload;

/** Inference in PyTorch: gradients are off, as DJL has them unless asked. */
final class PyTorchInference implements InferenceRun {
  private final NDManager manager;
  private final PyTorchNetwork network;
  private float[] outputs = {};

  PyTorchInference(Workload workload, NDManager manager) {
    this.manager = manager;
    this.network = new PyTorchNetwork(workload, manager);
  }

  @Override
  public void run() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray y = network.forward(false);
      outputs = y.toFloatArray();
    }
  }

  @Override
  public float[] outputs() {
    if (outputs.length == 0) {
      throw new IllegalStateException("outputs: expected a run before, found none");
    }
    return outputs.clone();
  }

  @Override
  public void close() {
    manager.close();
  }
}
