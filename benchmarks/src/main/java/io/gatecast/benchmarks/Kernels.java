package io.gatecast.benchmarks;

import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.Side.Work;
import io.gatecast.benchmarks.recurrent.StepFlops;
import io.gatecast.benchmarks.recurrent.WorkSize.Named;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.benchmarks.timing.Paired;
import io.gatecast.core.spec.CellSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One training step: forward from zero states, mean squared error of the head at the last step,
 * backward through all of time, Adam's update. The same work on both sides; it measures no reading
 * of data, no making of batches, no early stopping.
 */
final class Kernels {
  private static final String NAME = "kernels";

  private final Choice choice;
  private final Comparison comparison;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  private Kernels(Choice choice) {
    this.choice = choice;
    this.comparison = new Comparison(choice);
  }

  /**
   * Runs.
   *
   * @param choice sizes, cells, threads and peers
   * @return a row for each comparison
   */
  static List<Map<String, Object>> run(Choice choice) {
    return new Kernels(choice).rows();
  }

  private List<Map<String, Object>> rows() {
    Named[] all = choice.quick() ? new Named[] {Named.S, Named.M} : Named.values();
    List<String> peers = choice.peersOr("pytorch", "dl4j");
    for (Cells cell : choice.cellsOrAll()) {
      for (int threads : choice.threadsOr(1)) {
        for (Named size : choice.sizesOr(all)) {
          for (String peer : peers) {
            if (peer.equals(Peers.SGEMM)) {
              sgemm(cell.spec(), size, threads);
            } else {
              against(cell.spec(), size, threads, Peers.named(peer, choice.engine()));
            }
          }
          if (cell == Cells.GRU && choice.peers().isEmpty()) {
            resets(size, threads);
          }
        }
      }
    }
    return rows;
  }

  private void against(CellSpec cell, Named size, int threads, Side peer) {
    if (comparison.able(Work.TRAINING, cell, comparison.ours(), peer)) {
      Paired times = comparison.training(cell, size.size(), threads, peer);
      add(cell, size, threads, peer.name(), times);
    } else if (peer.lacks(Work.TRAINING, cell).isEmpty()) {
      comparison.proveByOracle(Work.TRAINING, cell, peer);
    }
  }

  private void sgemm(CellSpec cell, Named size, int threads) {
    Paired times = comparison.sgemm(cell, size.size(), threads);
    double gigaflops = StepFlops.of(cell, size.size()) / 1e9;
    Map<String, Object> row = add(cell, size, threads, Peers.SGEMM, times);
    row.put("step_gflop", Row.digits(gigaflops));
    row.put("ours_gflop_per_s", Row.digits(gigaflops / times.oursMs() * 1000));
    row.put("peer_gflop_per_s", Row.digits(gigaflops / times.peerMs() * 1000));
  }

  /** No peer resets before the product: that row's peer is our own GRU that resets after it. */
  private void resets(Named size, int threads) {
    Side ours = comparison.ours();
    if (comparison.able(Work.TRAINING, Cells.GRU_BEFORE, ours)
        && comparison.able(Work.TRAINING, Cells.GRU.spec(), ours)) {
      Paired times = comparison.resets(size.size(), threads);
      add(Cells.GRU_BEFORE, size, threads, ours.name() + " gru", times);
    }
  }

  private Map<String, Object> add(
      CellSpec cell, Named size, int threads, String peer, Paired times) {
    Workload workload = Workload.draw(cell, size.size(), 0);
    Map<String, Object> row = Row.of(NAME, workload, threads, comparison.engine(), peer, times);
    rows.add(row);
    Row.tell(NAME + " " + workload, threads, comparison.ours(), peer, times);
    return row;
  }
}
