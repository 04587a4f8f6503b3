package io.gatecast.benchmarks;

import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.Side.Work;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.WorkSize.Named;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.benchmarks.timing.Footprint;
import io.gatecast.core.spec.CellSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the process holds early and late in a long run: training steps and forecasts of ours, and
 * training inside DL4J's {@code fit}. It has no peer, and whether a growth is too much is not for
 * it to say. All three run one after the other in one process.
 */
final class Memory {
  private static final String NAME = "memory";
  private static final int QUICK = 10;

  /** Until all is compiled: a compiler takes more memory than what it compiles. */
  private static final long WARM_UP = 10_000_000_000L;

  private static final double MIB = 1 << 20;

  /** What is repeated. */
  enum What {
    TRAINING(10_000),
    FORECASTS(1_000_000),
    DL4J_FIT(2_000);

    private final int full;

    What(int full) {
      this.full = full;
    }

    /** How often, a tenth of it in a short round. */
    int count(boolean quick) {
      return quick ? full / QUICK : full;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Choice choice;
  private final Comparison comparison;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  private Memory(Choice choice) {
    this.choice = choice;
    this.comparison = new Comparison(choice);
  }

  /**
   * Runs.
   *
   * @param choice sizes (S unless chosen), cells (LSTM unless chosen) and threads
   * @return a row for each run
   */
  static List<Map<String, Object>> run(Choice choice) {
    return new Memory(choice).rows();
  }

  private List<Map<String, Object>> rows() {
    List<Cells> cells = choice.cells().isEmpty() ? List.of(Cells.LSTM) : choice.cells();
    for (Cells cell : cells) {
      for (Named size : choice.sizesOr(Named.S)) {
        for (int threads : choice.threadsOr(1)) {
          training(What.TRAINING, comparison.ours(), cell.spec(), size.size(), threads);
          forecasts(cell.spec(), size.size().withBatch(1), threads);
          Side inside = Peers.named("gatecast-dl4j", choice.engine());
          training(What.DL4J_FIT, inside, cell.spec(), size.size(), threads);
        }
      }
    }
    return rows;
  }

  private void training(What what, Side side, CellSpec cell, WorkSize size, int threads) {
    comparison.proveByOracle(Work.TRAINING, cell, side);
    Workload workload = Workload.draw(cell, size, Comparison.STANDSTILL);
    try (TrainingStep step = side.training(workload, threads)) {
      repeat(what, workload, threads, step::step);
    }
  }

  private void forecasts(CellSpec cell, WorkSize size, int threads) {
    comparison.proveByOracle(Work.INFERENCE, cell, comparison.ours());
    Workload workload = Workload.draw(cell, size, Comparison.STANDSTILL);
    try (InferenceRun run = comparison.ours().inference(workload, threads)) {
      repeat(What.FORECASTS, workload, threads, run::run);
    }
  }

  private void repeat(What what, Workload workload, int threads, Runnable call) {
    int count = what.count(choice.quick());
    long warm = System.nanoTime() + (choice.quick() ? WARM_UP / QUICK : WARM_UP);
    while (System.nanoTime() < warm) {
      call.run();
    }
    int early = count / 10;
    for (int i = 0; i < early; i++) {
      call.run();
    }
    Footprint first = Footprint.now();
    for (int i = early; i < count; i++) {
      call.run();
    }
    Map<String, Object> row =
        row(what, workload, threads, choice.engine(), count, first, Footprint.now());
    rows.add(row);
    System.err.println(row);
  }

  /**
   * The object.
   *
   * @param what was repeated
   * @param workload on which work
   * @param threads of the kernel
   * @param engine the kernel
   * @param count how often
   * @param early after the first tenth
   * @param late at the end
   * @return the fields; memory in MiB, growth as the share by which resident memory has grown from
   *     early to late
   */
  static Map<String, Object> row(
      What what,
      Workload workload,
      int threads,
      String engine,
      int count,
      Footprint early,
      Footprint late) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("work", NAME);
    row.put("what", what.toString());
    row.put("cell", Cells.label(workload.cell()));
    row.put("size", workload.size().name());
    row.put("batch", workload.size().batch());
    row.put("threads", threads);
    row.put("count", count);
    row.put("heap_mb_early", Row.digits(early.heapBytes() / MIB));
    row.put("heap_mb_late", Row.digits(late.heapBytes() / MIB));
    row.put("native_mb_early", Row.digits(early.nativeBytes() / MIB));
    row.put("native_mb_late", Row.digits(late.nativeBytes() / MIB));
    row.put("rss_mb_early", Row.digits(early.residentBytes() / MIB));
    row.put("rss_mb_late", Row.digits(late.residentBytes() / MIB));
    row.put("growth", Row.digits(late.residentBytes() / (double) early.residentBytes() - 1));
    row.put("engine", engine);
    return row;
  }
}
