package io.gatecast.forecasting.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
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
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.function.Executable;

/** Small builders that the tests of this module share: series, files, faults, real data. */
public final class Fixtures {
  /** Days, one after the other. */
  public static final TimeAxis DAYS = new TimeAxis(TimeUnit.DAY, 1, false, ZoneOffset.UTC);

  /** Exchange sessions. */
  public static final TimeAxis SESSIONS = new TimeAxis(TimeUnit.DAY, 1, true, ZoneOffset.UTC);

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
    int length = columns[0].length;
    long[] times = new long[length];
    boolean[] present = new boolean[length];
    List<String> names = new ArrayList<>();
    for (int c = 0; c < columns.length; c++) {
      names.add(c == 0 ? "target" : "input" + c);
    }
    for (int t = 0; t < length; t++) {
      times[t] = first + t;
      present[t] = !Double.isNaN(columns[0][t]);
    }
    return new TimeSeries(name, DAYS, names, times, columns, present);
  }

  /** The series as the only ones of a data set; the report is empty. */
  public static Dataset dataset(TimeSeries... series) {
    return new Dataset(List.of(series), new ContractReport(0, 0, 0, 0, Map.of(), List.of(), 0));
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
  public static SourceSpec source(Path csv) {
    return source(csv, ZoneOffset.UTC);
  }

  /** The same with local times of a zone. */
  public static SourceSpec source(Path csv, ZoneId zone) {
    return new SourceSpec(csv, ',', "date", null, zone, null);
  }

  /** Regular steps; any share of rows but not all may be rejected. */
  public static ContractSpec lenient(String... columns) {
    return new ContractSpec(List.of(columns), false, 1);
  }

  /** Regular steps; no row may be rejected. */
  public static ContractSpec strict(String... columns) {
    return new ContractSpec(List.of(columns), false, 0);
  }

  /** Reads a file through the contract; a key of the job file is where {@code job:<key>} says. */
  public static Dataset read(SourceSpec source, ContractSpec spec) {
    return CsvSource.read(source, spec, key -> "job:" + key);
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
