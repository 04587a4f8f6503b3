package io.gatecast.benchmarks;

import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.Side.Work;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.WorkSize.Named;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.benchmarks.timing.Paired;
import io.gatecast.core.spec.CellSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Forward alone, one window at a time and 32 at a time, weights and input in place: the network's
 * time, not that of reading a model or scaling a series.
 */
final class Inference {
  private static final String NAME = "inference";
  private static final int[] BATCHES = {1, 32};

  private Inference() {}

  /**
   * Runs.
   *
   * @param choice sizes, cells, threads and peers
   * @return a row for each comparison
   */
  static List<Map<String, Object>> run(Choice choice) {
    Comparison comparison = new Comparison(choice);
    Named[] all = choice.quick() ? new Named[] {Named.S, Named.M} : Named.values();
    List<Side> peers =
        choice.peersOr("onnxruntime").stream()
            .map(name -> Peers.named(name, choice.engine()))
            .toList();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (CellSpec cell : cells(choice)) {
      for (int threads : choice.threadsOr(1)) {
        for (Named size : choice.sizesOr(all)) {
          for (int batch : BATCHES) {
            for (Side peer : peers) {
              if (comparison.able(Work.INFERENCE, cell, comparison.ours(), peer)) {
                WorkSize batched = size.size().withBatch(batch);
                Comparison.Inferred found = comparison.inference(cell, batched, threads, peer);
                Paired times = found.times();
                Workload workload = Workload.draw(cell, batched, 0);
                Map<String, Object> row =
                    Row.of(NAME, workload, threads, comparison.engine(), peer.name(), times);
                row.put("bytes_per_forecast", found.bytes());
                rows.add(row);
                String what = NAME + " " + workload + ", batch " + batch;
                Row.tell(what, threads, comparison.ours(), peer.name(), times);
              } else if (peer.lacks(Work.INFERENCE, cell).isEmpty()) {
                comparison.proveByOracle(Work.INFERENCE, cell, peer);
              }
            }
          }
        }
      }
    }
    return rows;
  }

  /** Those chosen; with the GRU both of its variants. */
  private static List<CellSpec> cells(Choice choice) {
    List<CellSpec> cells = new ArrayList<>();
    for (Cells cell : choice.cellsOrAll()) {
      cells.add(cell.spec());
      if (cell == Cells.GRU) {
        cells.add(Cells.GRU_BEFORE);
      }
    }
    return cells;
  }
}
