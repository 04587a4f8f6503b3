package io.gatecast.benchmarks;

import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.benchmarks.timing.Paired;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One comparison as a line for people and as an object for programs. */
final class Row {
  private static final MathContext DIGITS = new MathContext(4);

  private Row() {}

  /**
   * The object.
   *
   * @param work the benchmark's name
   * @param workload what was timed
   * @param threads of either side
   * @param engine the kernel of ours
   * @param peer the peer
   * @param times of both
   * @return fields in the order of the design, and then the engine
   */
  static Map<String, Object> of(
      String work, Workload workload, int threads, String engine, String peer, Paired times) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("work", work);
    row.put("cell", Cells.label(workload.cell()));
    row.put("size", workload.size().name());
    row.put("batch", workload.size().batch());
    row.put("threads", threads);
    row.put("ours_ms", digits(times.oursMs()));
    row.put("peer", peer);
    row.put("peer_ms", digits(times.peerMs()));
    row.put("ratio", digits(times.ratio()));
    row.put("spread", digits(times.spread()));
    row.put("engine", engine);
    return row;
  }

  /** The line, to standard error: standard output belongs to the objects. */
  static void tell(String what, int threads, Side ours, String peer, Paired times) {
    System.err.printf(
        Locale.ROOT,
        "%-32s %d thread%s  %s %.4g ms, %s %.4g ms, ratio %.3f (quartiles apart %.3f)%n",
        what,
        threads,
        threads == 1 ? " " : "s",
        ours.name(),
        times.oursMs(),
        peer,
        times.peerMs(),
        times.ratio(),
        times.spread());
  }

  /** Four significant digits. */
  static double digits(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }
}
