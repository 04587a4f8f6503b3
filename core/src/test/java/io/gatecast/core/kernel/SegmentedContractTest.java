package io.gatecast.core.kernel;

import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.network.Outputs;
import io.gatecast.core.spec.NetworkSpec;
import org.junit.jupiter.api.Nested;
import org.nd4j.linalg.api.buffer.DataType;

/** The contract on every engine: ND4J operations in double and float, and plain arrays in float. */
class SegmentedContractTest {
  @Nested
  class PortableDouble extends Portable {
    PortableDouble() {
      super(DataType.DOUBLE, 1e-7); // outputs and gradients are handed over as floats
    }
  }

  @Nested
  class PortableFloat extends Portable {
    PortableFloat() {
      super(DataType.FLOAT, 4e-6);
    }
  }

  private abstract static class Portable extends SegmentedContract {
    private final DataType type;
    private final double tolerance;

    Portable(DataType type, double tolerance) {
      this.type = type;
      this.tolerance = tolerance;
    }

    @Override
    DifferentiableNetwork network(NetworkSpec spec) {
      return new SegmentedNd4jNetwork(spec, new PortableKernel(), type);
    }

    @Override
    Outputs outputs(NetworkSpec spec, float[] parameters) {
      SegmentArrays weights = new SegmentArrays(spec, type);
      weights.load(parameters);
      return new SegmentedForward(spec, new PortableKernel(), weights, SegmentedForward.NUMBERS);
    }

    @Override
    double tolerance() {
      return tolerance;
    }
  }

  @Nested
  class VectorOneThread extends PlainArrays {
    VectorOneThread() {
      super(Kernels.vector(1));
    }
  }

  @Nested
  class VectorTwoThreads extends PlainArrays {
    VectorTwoThreads() {
      super(Kernels.vector(2));
    }
  }

  @Nested
  class Blas extends PlainArrays {
    Blas() {
      super(Kernels.blas());
    }
  }

  private abstract static class PlainArrays extends SegmentedContract {
    private final FloatKernel kernel;

    PlainArrays(FloatKernel kernel) {
      this.kernel = kernel;
    }

    @Override
    DifferentiableNetwork network(NetworkSpec spec) {
      return new FloatNetwork(spec, kernel);
    }

    @Override
    Outputs outputs(NetworkSpec spec, float[] parameters) {
      return new FloatInference(spec, kernel, parameters);
    }

    @Override
    double tolerance() {
      return 4e-6;
    }
  }
}
