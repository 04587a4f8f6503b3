package io.gatecast.benchmarks;

import io.gatecast.benchmarks.ingest.EndToEnd;
import io.gatecast.benchmarks.ingest.Heap;
import io.gatecast.benchmarks.ingest.IngestSides;
import io.gatecast.benchmarks.ingest.IngestWork;
import io.gatecast.benchmarks.timing.Paired;
import io.gatecast.benchmarks.timing.Turns;
import io.gatecast.benchmarks.timing.Turns.Effort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * From CSV files to windows: ours end to end against DataVec's reader and DuckDB, which only read,
 * and our reader alone against DataVec's; and the heap that ours takes. The sides first prove that
 * they read the same numbers.
 *
 * <p>Cells are rows times the columns that our side reads: numbers, directions, time and series.
 * Both sides' rates count the same cells, whatever else a side reads.
 */
final class Ingest {
  /** Mebibytes that are enough for every work. */
  private static final int MOST_HEAP = 512;

  /** Of less, a heap that is known to a mebibyte says nothing. */
  private static final long LEAST_PARSED = 1 << 20;

  private final boolean quick;
  private final Turns turns;
  private final Optional<Path> folder;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  private Ingest(boolean quick) {
    this.quick = quick;
    this.turns = new Turns(quick ? Effort.QUICK : Effort.BRIEF, System::nanoTime);
    this.folder = Optional.ofNullable(System.getenv("GATECAST_DATA")).map(Path::of);
  }

  /**
   * Runs.
   *
   * @param quick one short round, without the heap
   * @return a row for each file and peer
   * @throws IOException if a file cannot be read
   */
  static List<Map<String, Object>> run(boolean quick) throws IOException {
    Ingest ingest = new Ingest(quick);
    if (ingest.folder.isEmpty()) {
      System.err.println("benchmarks: GATECAST_DATA is not set: only the example is read");
    }
    for (IngestWork work : IngestWork.found(Path.of(""), ingest.folder)) {
      ingest.measure(work);
    }
    return ingest.rows;
  }

  private void measure(IngestWork work) throws IOException {
    try (IngestSides sides = new IngestSides(work)) {
      long read = sides.prove();
      int windows = EndToEnd.run(work).windows();
      long parsed = Double.BYTES * read * work.valueColumns();
      Map<String, Object> memory = quick || parsed < LEAST_PARSED ? Map.of() : heap(work, parsed);
      for (IngestSides.Pair pair : sides.pairs()) {
        Paired times = turns.time(pair.ours(), pair.peer());
        Map<String, Object> row = row(work, read, pair, times);
        if (pair.endToEnd()) {
          row.put("windows", windows);
          row.putAll(memory);
        }
        rows.add(row);
        tell(row);
      }
    }
  }

  private Map<String, Object> heap(IngestWork work, long parsed) throws IOException {
    Heap heap = Heap.of(work, folder, MOST_HEAP);
    Map<String, Object> memory = new LinkedHashMap<>();
    memory.put("heap_bytes", heap.bytes());
    memory.put("heap_bytes_of_ten_rows", heap.base());
    memory.put("parsed_bytes", parsed);
    memory.put("heap_ratio", Row.digits(heap.bytes() / (double) parsed));
    return memory;
  }

  /**
   * The object.
   *
   * @param work what was read
   * @param read rows of it
   * @param pair who did what
   * @param times of both
   * @return the fields; rates are ours, the ratio is ours by the peer's in time
   */
  static Map<String, Object> row(IngestWork work, long read, IngestSides.Pair pair, Paired times) {
    double seconds = times.oursMs() / 1000;
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("file", work.name());
    row.put("rows", read);
    row.put("columns", work.columns());
    row.put("ours", pair.oursDoes());
    row.put("rows_per_s", Math.round(read / seconds));
    row.put("cells_per_s", Math.round(read * work.columns() / seconds));
    row.put("peer", pair.peerName());
    row.put("peer_does", pair.peerDoes());
    row.put("ours_ms", Row.digits(times.oursMs()));
    row.put("peer_ms", Row.digits(times.peerMs()));
    row.put("ratio", Row.digits(times.ratio()));
    row.put("spread", Row.digits(times.spread()));
    return row;
  }

  private static void tell(Map<String, Object> row) {
    System.err.printf(
        Locale.ROOT,
        "%-26s %-33s %10s rows/s %11s cells/s  %s: ratio %s (quartiles apart %s)%s%n",
        row.get("file"),
        row.get("ours"),
        row.get("rows_per_s"),
        row.get("cells_per_s"),
        row.get("peer"),
        row.get("ratio"),
        row.get("spread"),
        row.containsKey("heap_ratio") ? ", heap " + row.get("heap_ratio") + " x parsed" : "");
  }
}
