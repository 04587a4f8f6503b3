package io.gatecast.core.kernel;

import io.gatecast.core.fixtures.NetworkEngine;
import io.gatecast.reference.contract.RecurrentContract;
import io.gatecast.reference.contract.RecurrentEngine;
import org.junit.jupiter.api.Nested;

/** The oracle's contract on whole networks in float: each kernel, and the rows over two threads. */
class FloatNetworkContractTest {
  @Nested
  class VectorOneThread extends FloatContract {
    VectorOneThread() {
      super(Kernels.vector(1));
    }
  }

  @Nested
  class VectorTwoThreads extends FloatContract {
    VectorTwoThreads() {
      super(Kernels.vector(2));
    }
  }

  @Nested
  class Blas extends FloatContract {
    Blas() {
      super(Kernels.blas());
    }
  }

  private abstract static class FloatContract extends RecurrentContract {
    private final FloatKernel kernel;

    FloatContract(FloatKernel kernel) {
      this.kernel = kernel;
    }

    @Override
    protected RecurrentEngine engine() {
      return new NetworkEngine(spec -> new FloatNetwork(spec, kernel));
    }

    @Override
    protected double tolerance() {
      return 1e-5;
    }
  }
}
