package io.gatecast.benchmarks.sides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.training.Trainer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the kernel asked for is the one that computes. */
class EngineTest {
  private static final NetworkSpec SPEC =
      Workload.draw(Cells.RNN.spec(), WorkSize.AWKWARD, 0).spec();

  @ParameterizedTest
  @ValueSource(strings = {"vector", "blas"})
  void theNetworkHasTheKernelAskedFor(String kernel) {
    try (DifferentiableNetwork network =
        new Engine(kernel, 1).making(() -> Trainer.network(SPEC))) {
      assertEquals(kernel, network.kernel());
    }
    assertEquals(kernel, Gatecast.engine(Optional.of(kernel)));
  }

  @Test
  void theNumberOfThreadsIsThere() {
    assertEquals(3, new Engine("vector", 3).making(Kernels::threads));
  }

  @Test
  void whatWasSetBeforeIsSetAgain() {
    String kernel = Kernels.chosen();
    int threads = Kernels.threads();
    new Engine("blas", threads + 1)
        .making(() -> new Engine("vector", threads + 2).making(Kernels::chosen));
    assertThrows(
        IllegalStateException.class,
        () ->
            new Engine("blas", threads + 1)
                .making(
                    () -> {
                      throw new IllegalStateException("not made");
                    }));
    assertEquals(kernel, Kernels.chosen());
    assertEquals(threads, Kernels.threads());
  }

  @Test
  void withoutOneItIsTheKernelThatTrainingTakes() {
    assertEquals(Kernels.chosen(), Gatecast.engine(Optional.empty()));
  }

  @Test
  void anotherKernelIsRefusedWithThoseThatThereAre() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> Gatecast.engine(Optional.of("portable")));
    assertEquals(
        "--engine: expected any of [vector, blas], found \"portable\"", error.getMessage());
  }
}
