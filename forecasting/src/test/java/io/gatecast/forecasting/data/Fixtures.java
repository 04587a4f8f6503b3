package io.gatecast.forecasting.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.ContractReport;
import io.gatecast.forecasting.data.contract.ContractSpec;
import io.gatecast.forecasting.data.contract.DataSpec;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.Problem;
import io.gatecast.forecasting.data.contract.SeriesSpec;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.time.AxisSpec;
import io.gatecast.forecasting.data.time.RegularAxis;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.data.time.TimeSpec;
import io.gatecast.forecasting.data.time.TimeUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.function.Executable;

/** Small builders that the tests of this module share: series, files, faults, real data. */
public final class Fixtures {
  /** Days, one after the other, from 1970-01-01 on. */
  public static final TimeAxis DAYS = new RegularAxis(TimeUnit.DAY, 1, 0, ZoneOffset.UTC);

  /**
   * A CSV file and its columns.
   *
   * @param csv the file
   * @param delimiter between fields
   * @param time the column with the time
   * @param format of the time, or null for ISO
   * @param zone of local times
   * @param series the column that names the series, or null
   */
  public record Source(
      Path csv,
      char delimiter,
      String time,
      @Nullable String format,
      ZoneId zone,
      @Nullable String series) {}

  /**
   * What rows must satisfy.
   *
   * @param columns numbers that each row must have
   * @param sessions whether each row is an exchange session
   * @param maxRejected share of rows that may be rejected
   */
  public record Rows(List<String> columns, boolean sessions, double maxRejected) {}

  private Fixtures() {}

  /** A day as the contract counts it. */
  public static long day(String date) {
    return LocalDate.parse(date).toEpochDay();
  }

  /** A series of the target alone from day 0; NaN is an absent step. */
  public static TimeSeries daily(String name, double... target) {
    return daily(name, 0, new double[][] {target});
  }

  /** A series of several columns, the target first; NaN in the target is an absent step. */
  public static TimeSeries daily(String name, long first, double[][] columns) {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < columns.length; c++) {
      names.add(c == 0 ? "target" : "input" + c);
    }
    return TimeSeries.of(name, DAYS, names, first, columns);
  }

  /** The series as the only ones of a data set; the report is empty. */
  public static Dataset dataset(TimeSeries... series) {
    return new Dataset(List.of(series), new ContractReport(0, 0, 0, 0, Map.of(), List.of(), 0), "");
  }

  /** A positive random walk. */
  public static double[] walk(long seed, int length) {
    Random random = new Random(seed);
    double[] values = new double[length];
    double level = 100;
    for (int t = 0; t < length; t++) {
      level *= Math.exp(0.02 * random.nextGaussian());
      values[t] = level;
    }
    return values;
  }

  /** The values with about that share of the steps absent in every column. */
  public static double[][] withGaps(double[][] columns, double share, long seed) {
    Random random = new Random(seed);
    double[][] gappy = Arrays.stream(columns).map(double[]::clone).toArray(double[][]::new);
    for (int t = 0; t < gappy[0].length; t++) {
      if (random.nextDouble() < share) {
        for (double[] column : gappy) {
          column[t] = Double.NaN;
        }
      }
    }
    return gappy;
  }

  /** Every number after a step replaced by another one; what is absent stays absent. */
  public static double[][] changedAfter(double[][] columns, int step, long seed) {
    Random random = new Random(seed);
    double[][] changed = Arrays.stream(columns).map(double[]::clone).toArray(double[][]::new);
    for (double[] column : changed) {
      for (int t = step + 1; t < column.length; t++) {
        column[t] *= 2 + random.nextDouble();
      }
    }
    return changed;
  }

  /** Writes a file of lines. */
  public static Path file(Path folder, String name, String... lines) {
    return bytes(folder, name, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file of bytes. */
  public static Path bytes(Path folder, String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of one series whose time is in column {@code date}, in UTC. */
  public static Source source(Path csv) {
    return source(csv, ZoneOffset.UTC);
  }

  /** The same with local times of a zone. */
  public static Source source(Path csv, ZoneId zone) {
    return new Source(csv, ',', "date", null, zone, null);
  }

  /** Regular steps; any share of rows but not all may be rejected. */
  public static Rows lenient(String... columns) {
    return new Rows(List.of(columns), false, 1);
  }

  /** Regular steps; no row may be rejected. */
  public static Rows strict(String... columns) {
    return new Rows(List.of(columns), false, 0);
  }

  /** Reads a file through the contract; a key of the job file is where {@code job:<key>} says. */
  public static Dataset read(Source source, Rows rows) {
    return Contract.read(spec(source, rows), key -> "job:" + key);
  }

  /** The whole specification. */
  public static DataSpec spec(Source source, Rows rows) {
    String series = source.series();
    String format = source.format();
    return new DataSpec(
        CsvSpec.of(source.csv()).withDelimiter(source.delimiter()),
        new TimeSpec(
            List.of(source.time()), TimeForm.of(format == null ? "iso" : format), source.zone()),
        Optional.empty(),
        series == null ? new SeriesSpec.PerFile() : new SeriesSpec.InColumn(series),
        rows.columns().stream().map(ColumnSpec::number).toList(),
        rows.sessions() ? AxisSpec.sessions(null) : AxisSpec.auto(),
        ContractSpec.usual(rows.maxRejected()));
  }

  /** A problem that left its row out, wherever its file is. */
  public static Problem rejected(long line, String column, Kind kind, String found) {
    return new Problem("", line, column, kind, found, Problem.Outcome.REJECTED);
  }

  /** A problem whose row was kept after a repair, wherever its file is. */
  public static Problem repaired(long line, String column, Kind kind, String found) {
    return new Problem("", line, column, kind, found, Problem.Outcome.REPAIRED);
  }

  /** The problems of a report without their files. */
  public static List<Problem> problems(Dataset data) {
    return data.report().problems().stream()
        .map(p -> new Problem("", p.line(), p.column(), p.kind(), p.found(), p.outcome()))
        .toList();
  }

  /** Runs something that must end in a fault with this exit code. */
  public static JobFault fault(ExitCode exit, Executable body) {
    JobFault fault = assertThrows(JobFault.class, body);
    assertEquals(exit, fault.exit(), fault::getMessage);
    return fault;
  }

  /** A folder or file of the real data; without it the test ends here and says so. */
  public static Path real(String relative) {
    String root = System.getenv("GATECAST_DATA");
    Path path = root == null ? null : Path.of(root, relative);
    if (path == null || !Files.exists(path)) {
      String reason =
          root == null ? "GATECAST_DATA is not set" : relative + " is not in GATECAST_DATA";
      System.out.println("skipped: " + reason);
      Assumptions.abort(reason);
      throw new AssertionError("abort returns never");
    }
    return path;
  }
}
