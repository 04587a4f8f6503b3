package io.gatecast.benchmarks.sides;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** That the product is made, and that it leaves OpenBLAS as it was. */
class SgemmTest {
  @Test
  void itMultipliesAndPutsTheNumberOfThreadsBack() {
    Nd4j.factory().blas().setMaxThreads(1);
    try (Sgemm sgemm = new Sgemm(2)) {
      assertEquals(0, sgemm.product());
      sgemm.run();
      assertEquals(1, sgemm.product(), 1e-5);
    }
    assertEquals(1, Nd4j.factory().blas().getMaxThreads());
    assertEquals(2.0 * (1 << 30), Sgemm.flops());
  }
}
