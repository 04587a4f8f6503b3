package io.gatecast.core.kernel;

import io.gatecast.reference.contract.RecurrentContract;
import io.gatecast.reference.contract.RecurrentEngine;
import org.nd4j.linalg.api.buffer.DataType;

/** The oracle's contract on the kernel of ND4J's BLAS. */
class BlasContractTest extends RecurrentContract {
  @Override
  protected RecurrentEngine engine() {
    return new LayerKernelEngine(new FloatLayerKernel(Kernels.blas()), DataType.FLOAT);
  }

  @Override
  protected double tolerance() {
    return 1e-5;
  }
}
