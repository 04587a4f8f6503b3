package io.gatecast.benchmarks;

import io.gatecast.forecasting.data.CsvRecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.writable.Writable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Reading a CSV file record by record: our reader against DataVec's own, which is first shown to
 * give the same text. It measures no parsing of numbers, no contract and no windows.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Ingest {
  private static final int ROUNDS = 5;
  private static final Path EXAMPLE = Path.of("examples/data/weather.csv");

  /** The file to read. */
  @Param("")
  public String file = "";

  /**
   * Proves that both readers give the same text.
   *
   * @throws IOException if the file cannot be read
   * @throws InterruptedException if DataVec is interrupted
   */
  @Setup
  public void sameText() throws IOException, InterruptedException {
    try (RecordReader ours = open(new CsvRecordReader(','));
        RecordReader peer = open(new CSVRecordReader(1, ','))) {
      int row = 0;
      while (ours.hasNext() && peer.hasNext()) {
        row++;
        String left = ours.next().toString();
        String right = peer.next().toString();
        if (!left.equals(right)) {
          throw new IllegalStateException(
              file + ", row " + row + ": expected " + right + ", found " + left);
        }
      }
      if (row == 0 || ours.hasNext() || peer.hasNext()) {
        throw new IllegalStateException(file + ": expected as many rows from both, at least one");
      }
    }
  }

  /**
   * Our reader.
   *
   * @return characters read, so that nothing is optimised away
   * @throws IOException if the file cannot be read
   * @throws InterruptedException never
   */
  @Benchmark
  public long gatecast() throws IOException, InterruptedException {
    return characters(new CsvRecordReader(','));
  }

  /**
   * DataVec's reader.
   *
   * @return characters read, so that nothing is optimised away
   * @throws IOException if the file cannot be read
   * @throws InterruptedException if DataVec is interrupted
   */
  @Benchmark
  public long datavec() throws IOException, InterruptedException {
    return characters(new CSVRecordReader(1, ','));
  }

  private long characters(RecordReader reader) throws IOException, InterruptedException {
    long characters = 0;
    try (RecordReader open = open(reader)) {
      while (open.hasNext()) {
        for (Writable value : open.next()) {
          characters += value.toString().length();
        }
      }
    }
    return characters;
  }

  private RecordReader open(RecordReader reader) throws IOException, InterruptedException {
    // Not FileSplit: it creates a file that is not there.
    reader.initialize(new CollectionInputSplit(List.of(Path.of(file).toUri())));
    return reader;
  }

  /** Rounds of ours and the peer's in turn, and their medians. */
  static List<Map<String, Object>> run(boolean quick) throws RunnerException, IOException {
    List<Map<String, Object>> results = new ArrayList<>();
    for (Path file : files()) {
      int rounds = quick ? 1 : ROUNDS;
      double[] ours = new double[rounds];
      double[] peer = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ours[round] = milliseconds("gatecast", file, quick);
        peer[round] = milliseconds("datavec", file, quick);
      }
      results.add(result(file, median(ours), median(peer)));
    }
    return results;
  }

  private static List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(EXAMPLE));
    String data = System.getenv("GATECAST_DATA");
    if (data == null) {
      System.err.println("benchmarks: GATECAST_DATA is not set: only " + EXAMPLE + " is read");
    } else {
      for (String name :
          List.of("ett/ETTm1.csv", "prsa-beijing/PRSA_Data_Dongsi_20130301-20170228.csv")) {
        Path file = Path.of(data).resolve(name);
        if (Files.isRegularFile(file)) {
          files.add(file);
        } else {
          System.err.println("benchmarks: " + file + " is not there and is left out");
        }
      }
    }
    return files;
  }

  private static double milliseconds(String side, Path file, boolean quick) throws RunnerException {
    TimeValue time = TimeValue.milliseconds(quick ? 200 : 1000);
    Options options =
        new OptionsBuilder()
            .include(Ingest.class.getName() + "." + side + "$")
            .param("file", file.toAbsolutePath().toString())
            .forks(1)
            .warmupIterations(quick ? 1 : 3)
            .warmupTime(time)
            .measurementIterations(quick ? 1 : 3)
            .measurementTime(time)
            .output("benchmarks/target/jmh.log")
            .build();
    return new Runner(options).runSingle().getPrimaryResult().getScore();
  }

  private static Map<String, Object> result(Path file, double ours, double peer)
      throws IOException {
    long rows;
    long cells;
    try (Stream<String> lines = Files.lines(file)) {
      List<String> data = lines.skip(1).toList();
      rows = data.size();
      cells = rows * data.get(0).split(",", -1).length;
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", String.valueOf(file.getFileName()));
    result.put("rows_per_s", Math.round(rows / ours * 1000));
    result.put("cells_per_s", Math.round(cells / ours * 1000));
    result.put("peer", "DataVec CSVRecordReader");
    result.put("ratio", Double.parseDouble(String.format(Locale.ROOT, "%.3f", ours / peer)));
    return result;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
