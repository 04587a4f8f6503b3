package io.gatecast.benchmarks.sides;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.weights.NamedWeights;

/**
 * A workload's network in PyTorch: its module and its windows.
 *
 * <p>Arrays are PyTorch's own, copied once, with time outermost, which spares it a transposition.
 * They belong to the manager, and what {@link #forward} makes belongs to the caller's scope.
 */
final class PyTorchNetwork {
  private final PyTorchModule module;
  private final NDArray x;
  private final NDList states;

  PyTorchNetwork(Workload workload, NDManager manager) {
    WorkSize size = workload.size();
    module = new PyTorchModule(workload.spec(), workload.weights(), manager);
    x =
        PyTorchModule.array(
            manager, workload.timeMajor(), size.steps(), size.batch(), size.inputs());
    states = module.zeroStates(size.batch());
  }

  /** The arrays that training moves. */
  Iterable<NDArray> trained() {
    return module.trained();
  }

  /**
   * Runs forward from zero states.
   *
   * @param training whether gradients will be asked for
   * @return {@code [batch][output]}
   */
  NDArray forward(boolean training) {
    return module.head(module.recurrent(x, states, training).get(0).squeeze(0));
  }

  /** The weights as they now are, in canonical form. */
  NamedWeights weights() {
    return module.weights();
  }
}
