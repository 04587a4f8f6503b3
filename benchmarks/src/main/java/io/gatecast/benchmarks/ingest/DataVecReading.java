package io.gatecast.benchmarks.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.writable.Writable;

/** DataVec's own {@code CSVRecordReader}, one file after the other, its header skipped. */
final class DataVecReading {
  private DataVecReading() {}

  /** Hears of records. */
  private interface Records {
    void record(List<Writable> record);
  }

  /** All cells as text, in {@code Writable}s; how many. */
  static long text(IngestWork work) {
    long[] cells = {0};
    each(work, record -> cells[0] += record.size());
    return cells[0];
  }

  /**
   * The columns of numbers as doubles, each cell from its text; the other cells stay text.
   *
   * @param work the files
   * @param header names of all columns
   */
  static NumberTable numbers(IngestWork work, List<String> header) {
    NumberTable table = new NumberTable(work.numbers());
    int[] fields = work.numbers().stream().mapToInt(header::indexOf).toArray();
    each(
        work,
        record -> {
          table.row();
          for (int i = 0; i < fields.length; i++) {
            table.set(i, NumberTable.number(record.get(fields[i]).toString()));
          }
        });
    return table;
  }

  private static void each(IngestWork work, Records records) {
    for (Path file : work.files()) {
      try (CSVRecordReader reader = new CSVRecordReader(1, work.csv().delimiter())) {
        // Not FileSplit: it creates a file that is not there.
        reader.initialize(new CollectionInputSplit(List.of(file.toUri())));
        while (reader.hasNext()) {
          records.record(reader.next());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(file + ": interrupted while DataVec read it", e);
      }
    }
  }
}
