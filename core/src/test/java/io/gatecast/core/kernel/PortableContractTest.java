package io.gatecast.core.kernel;

import io.gatecast.reference.contract.RecurrentContract;
import io.gatecast.reference.contract.RecurrentEngine;
import org.nd4j.linalg.api.buffer.DataType;

/** The oracle's contract on {@link PortableKernel} in double. */
class PortableContractTest extends RecurrentContract {
  @Override
  protected RecurrentEngine engine() {
    return new LayerKernelEngine(new PortableKernel(), DataType.DOUBLE);
  }

  @Override
  protected double tolerance() {
    return 1e-12;
  }

  @Override
  protected double gradientTolerance() {
    return 1e-10;
  }
}
