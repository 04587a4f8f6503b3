package io.gatecast.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.benchmarks.timing.Footprint;
import org.junit.jupiter.api.Test;

/** The row's arithmetic. */
class MemoryTest {
  private static final long MIB = 1 << 20;

  @Test
  void aRowIsInMebibytesAndGrowthIsAShare() {
    Workload workload = Workload.draw(Cells.LSTM.spec(), WorkSize.Named.S.size(), 0);
    Footprint early = new Footprint(20 * MIB, MIB / 2, 400 * MIB);
    Footprint late = new Footprint(21 * MIB, 3 * MIB, 410 * MIB);
    assertEquals(
        "{work=memory, what=dl4j-fit, cell=lstm, size=S, batch=32, threads=1, count=2000,"
            + " heap_mb_early=20.0, heap_mb_late=21.0, native_mb_early=0.5, native_mb_late=3.0,"
            + " rss_mb_early=400.0, rss_mb_late=410.0, growth=0.025, engine=vector}",
        Memory.row(Memory.What.DL4J_FIT, workload, 1, "vector", 2000, early, late).toString());
  }

  @Test
  void aShortRoundIsATenth() {
    assertEquals(10_000, Memory.What.TRAINING.count(false));
    assertEquals(1_000_000, Memory.What.FORECASTS.count(false));
    assertEquals(2_000, Memory.What.DL4J_FIT.count(false));
    assertEquals(1_000, Memory.What.TRAINING.count(true));
  }
}
