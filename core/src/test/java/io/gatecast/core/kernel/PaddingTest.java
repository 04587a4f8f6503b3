package io.gatecast.core.kernel;

import org.junit.jupiter.api.Nested;
import org.nd4j.linalg.api.buffer.DataType;

/** Padding in every kernel. */
class PaddingTest {
  @Nested
  class Portable extends PaddingContract {
    @Override
    LayerKernel kernel() {
      return new PortableKernel();
    }

    @Override
    DataType type() {
      return DataType.DOUBLE;
    }

    @Override
    double tolerance() {
      return 1e-13;
    }
  }

  @Nested
  class Vector extends InFloat {
    @Override
    LayerKernel kernel() {
      return new FloatLayerKernel(Kernels.vector(2));
    }
  }

  @Nested
  class Blas extends InFloat {
    @Override
    LayerKernel kernel() {
      return new FloatLayerKernel(Kernels.blas());
    }
  }

  abstract static class InFloat extends PaddingContract {
    @Override
    DataType type() {
      return DataType.FLOAT;
    }

    @Override
    double tolerance() {
      return 1e-5;
    }
  }
}
