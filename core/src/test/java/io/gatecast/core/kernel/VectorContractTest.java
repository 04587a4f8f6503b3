package io.gatecast.core.kernel;

import io.gatecast.reference.contract.RecurrentContract;
import io.gatecast.reference.contract.RecurrentEngine;
import org.junit.jupiter.api.Nested;
import org.nd4j.linalg.api.buffer.DataType;

/** The oracle's contract on the Vector API's kernel, alone and with the rows over two threads. */
class VectorContractTest {
  @Nested
  class OneThread extends RecurrentContract {
    @Override
    protected RecurrentEngine engine() {
      return new LayerKernelEngine(new FloatLayerKernel(Kernels.vector(1)), DataType.FLOAT);
    }

    @Override
    protected double tolerance() {
      return 1e-5;
    }
  }

  @Nested
  class TwoThreads extends RecurrentContract {
    @Override
    protected RecurrentEngine engine() {
      return new LayerKernelEngine(new FloatLayerKernel(Kernels.vector(2)), DataType.FLOAT);
    }

    @Override
    protected double tolerance() {
      return 1e-5;
    }
  }
}
