package io.gatecast.forecasting.data.check;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;

/** Frames of real files, their rows in order of time; and the plainest way to apply repairs. */
final class RealFrames {
  private RealFrames() {}

  /** What a check told of. */
  record Found(Kind kind, int row, String column, String text, List<Findings.Mend> mends) {}

  /** Under the folder of real data; the test is skipped, saying why, where that is not set. */
  static Path real(String path) {
    String folder = System.getenv("GATECAST_DATA");
    Assumptions.assumeTrue(folder != null, "GATECAST_DATA is not set: real data is not here");
    return Path.of(String.valueOf(folder), path);
  }

  static Frame read(Path file, Predicate<String> wanted) {
    return read(file, StandardCharsets.UTF_8, wanted, record -> true);
  }

  /**
   * A file's numeric columns.
   *
   * @param wanted column names to keep
   * @param rows which rows
   */
  static Frame read(
      Path file, Charset charset, Predicate<String> wanted, Predicate<List<String>> rows) {
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder().ofCsvRecord(Files.newBufferedReader(file, charset))) {
      List<List<String>> records = new ArrayList<>();
      csv.forEach(record -> records.add(record.getFields()));
      List<String> header = records.remove(0);
      List<Integer> kept = new ArrayList<>();
      for (int column = 0; column < header.size(); column++) {
        if (wanted.test(header.get(column))) {
          kept.add(column);
        }
      }
      Frame frame =
          new Frame(file.getFileName().toString(), kept.stream().map(header::get).toList());
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < records.size(); i++) {
        order.add(i);
      }
      int time = timeColumn(header);
      if (time >= 0) {
        order.sort(Comparator.comparing(i -> records.get(i).get(time)));
      }
      for (int i : order) {
        List<String> fields = records.get(i);
        if (rows.test(fields)) {
          double[] cells = kept.stream().mapToDouble(c -> number(fields.get(c))).toArray();
          frame.add(frame.rows(), 0, i + 2, cells);
        }
      }
      return frame;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int timeColumn(List<String> header) {
    for (String name : List.of("Date", "Datetime", "date", "time_hour")) {
      if (header.contains(name)) {
        return header.indexOf(name);
      }
    }
    return -1;
  }

  private static double number(String field) {
    try {
      return Double.parseDouble(field);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  static List<Found> check(List<SeriesCheck> checks, Frame frame) {
    List<Found> found = new ArrayList<>();
    for (SeriesCheck check : checks) {
      check.check(
          frame,
          (kind, row, column, text, mends) ->
              found.add(new Found(kind, row, column, text, List.copyOf(mends))));
    }
    return found;
  }

  /** Check by check, the next one on what the ones before repaired. */
  static Frame repair(List<SeriesCheck> checks, Frame frame) {
    Frame result = frame;
    for (SeriesCheck check : checks) {
      result = mended(result, check(List.of(check), result));
    }
    return result;
  }

  private static Frame mended(Frame frame, List<Found> found) {
    double[][] cells = new double[frame.rows()][frame.columns().size()];
    for (int row = 0; row < frame.rows(); row++) {
      for (int column = 0; column < frame.columns().size(); column++) {
        cells[row][column] = frame.value(column, row);
      }
    }
    for (Found each : found) {
      for (Findings.Mend mend : each.mends()) {
        cells[mend.row()][mend.column()] = mend.value();
      }
    }
    Frame result = new Frame(frame.series(), frame.columns());
    for (int row = 0; row < frame.rows(); row++) {
      result.add(frame.time(row), frame.file(row), frame.line(row), cells[row]);
    }
    return result;
  }
}
