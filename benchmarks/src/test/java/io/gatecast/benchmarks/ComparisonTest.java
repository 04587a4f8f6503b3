package io.gatecast.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.Side.Work;
import io.gatecast.benchmarks.recurrent.StepFlops;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.sides.Dl4jPeer;
import io.gatecast.benchmarks.sides.OnnxRuntimePeer;
import io.gatecast.benchmarks.sides.OracleSide;
import io.gatecast.benchmarks.sides.Sgemm;
import io.gatecast.benchmarks.timing.Paired;
import io.gatecast.benchmarks.timing.Turns;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The oracle in our place, as it can do everything, on a clock that ticks when it is asked. */
@DisabledOnOs(
    value = OS.MAC,
    architectures = "x86_64",
    disabledReason = "ONNX Runtime 1.29 has no native library for macOS on x86-64")
class ComparisonTest {
  private static final WorkSize SMALL = WorkSize.AWKWARD;

  private final AtomicLong clock = new AtomicLong();
  private final Comparison comparison =
      new Comparison(
          new OracleSide(),
          "none",
          new Turns(new Turns.Effort(3, 1, 0, 1), () -> clock.addAndGet(1_000_000)));

  @Test
  void trainingIsProvenAndTimed() {
    assertEquals(1, comparison.training(Cells.LSTM.spec(), SMALL, 1, new Dl4jPeer()).ratio());
  }

  @Test
  void inferenceIsProvenAndTimed() {
    assertEquals(
        1,
        comparison.inference(Cells.GRU_BEFORE, SMALL, 1, new OnnxRuntimePeer()).times().oursMs());
  }

  @Test
  void aStepIsTimedAgainstAsManyOperationsOfSgemm() {
    double flops = StepFlops.of(Cells.LSTM.spec(), SMALL);
    Paired times = comparison.sgemm(Cells.LSTM.spec(), SMALL, 1);
    assertEquals(1, times.oursMs());
    assertEquals(flops / Sgemm.flops(), times.peerMs(), 1e-12);
  }

  @Test
  void bothResetsAreProvenAndTimed() {
    assertEquals(1, comparison.resets(SMALL, 1).peerMs());
  }

  @Test
  void oneSideThatLacksTheCellIsEnoughToLeaveItOut() {
    Dl4jPeer dl4j = new Dl4jPeer();
    assertTrue(comparison.able(Work.TRAINING, Cells.LSTM.spec(), comparison.ours(), dl4j));
    assertTrue(comparison.able(Work.TRAINING, Cells.GRU.spec(), comparison.ours()));
    assertFalse(comparison.able(Work.TRAINING, Cells.GRU.spec(), comparison.ours(), dl4j));
  }
}
