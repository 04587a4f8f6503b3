package io.gatecast.core.kernel;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.network.Outputs;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.FlatLayout;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Proves which kernel is taken: by data type, by wish, and by where ND4J's arrays lie. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class KernelsTest {
  @Test
  void fastestIsTakenForFloatOnTheCpu() {
    assertEquals(List.of("vector", "blas", "portable"), Kernels.available(true));
    assertEquals("vector", Kernels.best(DataType.FLOAT, true).name());
    assertEquals("portable", Kernels.best(DataType.DOUBLE, true).name());
  }

  @Test
  void portableIsTakenWhereArraysLieOnADevice() {
    assertEquals(List.of("portable"), Kernels.available(false));
    assertEquals("portable", Kernels.best(DataType.FLOAT, false).name());
    assertEquals("portable", Kernels.best(DataType.DOUBLE, false).name());
  }

  @Test
  void wishThatTheBackendCannotFulfilIsRefused() {
    assertEquals("blas", wish("blas", true));
    assertContains(
        Messages.of(KernelUnavailableException.class, () -> wish("blas", false)),
        "system property gatecast.kernel: expected one of portable, found blas; name one of these");
    assertContains(
        Messages.of(KernelUnavailableException.class, () -> Kernels.of("vector", false)),
        "kernel: expected one of portable, found vector; name one of these");
  }

  @Test
  void networkTakesTheThreadsThatAreAskedFor() {
    NetworkSpec spec = NetworkSpec.uniform(new CellSpec.Lstm(), 1, 2, 1, 1, 0, new Loss.Squared());
    float[] parameters = new float[FlatLayout.of(spec).length()];
    for (int threads = 1; threads <= 3; threads++) {
      assertEquals(threads, threads(Kernels.outputs(spec, parameters, threads)));
    }
    assertEquals(Kernels.threads(), threads(Kernels.outputs(spec, parameters)));
  }

  private static int threads(Optional<Outputs> outputs) {
    try (FloatInference network = (FloatInference) outputs.orElseThrow()) {
      return network.threads();
    }
  }

  private static String wish(String kernel, boolean arraysOnHost) {
    System.setProperty("gatecast.kernel", kernel);
    try {
      return Kernels.best(DataType.FLOAT, arraysOnHost).name();
    } finally {
      System.clearProperty("gatecast.kernel");
    }
  }

  @Test
  void backendSaysWhereArraysLie() {
    boolean cuda = Nd4j.getBackend().getClass().getSimpleName().equals("JCublasBackend");
    assertEquals(!cuda, NativeRuntime.hasArraysOnHost());
    assertEquals(Kernels.available(!cuda), Kernels.available());
    assertFalse(Kernels.available().isEmpty());
  }
}
