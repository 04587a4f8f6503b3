package io.gatecast.benchmarks;

import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.Side.Work;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.WorkSize.Named;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.benchmarks.timing.Exponent;
import io.gatecast.benchmarks.timing.Paired;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a training step's cost grows with the steps of a window, with the windows of a batch, and
 * with the threads: one of them varied, the rest as the size has it. Each row carries its series'
 * exponent for both sides: 1 is linear growth, and for threads −1 is perfect sharing and 0 none.
 */
final class Scaling {
  private static final String NAME = "scaling";

  /** What is varied. */
  enum Over {
    STEPS(24, 48, 96, 192),
    BATCH(8, 16, 32, 64),
    THREADS(1, 2);

    @SuppressWarnings("ImmutableEnumChecker") // never written
    private final int[] points;

    Over(int... points) {
      this.points = points;
    }

    WorkSize size(WorkSize base, int point) {
      return switch (this) {
        case STEPS -> base.withSteps(point);
        case BATCH -> base.withBatch(point);
        case THREADS -> base;
      };
    }
  }

  private final Choice choice;
  private final Comparison comparison;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  private Scaling(Choice choice) {
    this.choice = choice;
    this.comparison = new Comparison(choice);
  }

  /**
   * Runs.
   *
   * @param choice sizes, cells and peers; the series over steps and batch have each of its threads
   * @return a row for each point of each series
   */
  static List<Map<String, Object>> run(Choice choice) {
    return new Scaling(choice).rows();
  }

  private List<Map<String, Object>> rows() {
    List<Side> peers =
        choice.peersOr("pytorch").stream().map(name -> Peers.named(name, choice.engine())).toList();
    for (Cells cell : choice.cellsOrAll()) {
      for (Named size : choice.sizesOr(choice.quick() ? Named.S : Named.M)) {
        for (Side peer : peers) {
          if (comparison.able(Work.TRAINING, cell.spec(), comparison.ours(), peer)) {
            for (Over over : choice.overOrAll()) {
              if (over == Over.THREADS) {
                series(cell, size.size(), peer, over, 0);
              } else {
                choice
                    .threadsOr(1)
                    .forEach(threads -> series(cell, size.size(), peer, over, threads));
              }
            }
          }
        }
      }
    }
    return rows;
  }

  private void series(Cells cell, WorkSize base, Side peer, Over over, int threads) {
    int count = over.points.length;
    double[] points = new double[count];
    double[] ours = new double[count];
    double[] theirs = new double[count];
    List<Map<String, Object>> series = new ArrayList<>();
    String name = over.name().toLowerCase(Locale.ROOT);
    for (int i = 0; i < count; i++) {
      int point = over.points[i];
      int use = over == Over.THREADS ? point : threads;
      WorkSize size = over.size(base, point);
      Paired times = comparison.training(cell.spec(), size, use, peer);
      points[i] = point;
      ours[i] = times.oursMs();
      theirs[i] = times.peerMs();
      Workload workload = Workload.draw(cell.spec(), size, 0);
      Map<String, Object> row =
          Row.of(NAME, workload, use, comparison.engine(), peer.name(), times);
      row.put("over", name);
      row.put("at", point);
      series.add(row);
      String what = NAME + " " + workload + ", " + name + " " + point;
      Row.tell(what, use, comparison.ours(), peer.name(), times);
    }
    for (Map<String, Object> row : series) {
      row.put("ours_exponent", Row.digits(Exponent.of(points, ours)));
      row.put("peer_exponent", Row.digits(Exponent.of(points, theirs)));
    }
    rows.addAll(series);
  }
}
