package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.window.Fold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The job files that ship as examples: all of them parse, and on the real data (where GATECAST_DATA
 * is set) each reads so many rows and lays so many windows.
 */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
  private static final Set<String> SHIPPED = Set.of("stock.yaml", "weather.yaml");

  static List<Path> jobs() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static JobSpec parse(Path file, @Nullable String data) throws IOException {
    Environment environment = new Environment(name -> name.equals("GATECAST_DATA") ? data : null);
    return JobFile.parse(Files.readString(file), file.toString(), EXAMPLES, environment);
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void parsesAndIsNamedAsItsFile(Path file) throws IOException {
    JobSpec job = parse(file, "/data");
    assertEquals(name(file), job.name() + ".yaml");
    String folder = SHIPPED.contains(name(file)) ? EXAMPLES + "/data/" : "/data/";
    String source = job.data().source().description();
    assertTrue(source.startsWith(folder), source);
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void withoutGatecastDataItSaysWhatToSet(Path file) throws IOException {
    if (SHIPPED.contains(name(file))) {
      assertEquals(name(file), parse(file, null).name() + ".yaml", "needs nothing");
      return;
    }
    JobFault fault = Fixtures.fault(ExitCode.USAGE, () -> parse(file, null));
    assertTrue(fault.where().endsWith("key source.csv"), fault::getMessage);
    assertTrue(fault.action().contains("export GATECAST_DATA="), fault::getMessage);
    assertTrue(
        Files.readString(file).contains("# Needs GATECAST_DATA, a folder with "), "in its head");
  }

  @ParameterizedTest
  @CsvSource({
    // rows read, accepted, repaired, missing steps, series; windows to train, validate, test
    "etth1,       17420,  17420, 0,     0,  1,  12099,  2590,  2590",
    "exchange,     7588,   7588, 0,     0,  1,   5276,  1132,  1133",
    "jena,        52696,  52695, 0,     9,  1,  36537,  7895,  7895",
    "nycflights,  26115,  26114, 1,    75,  3,  16097,  2504,  2947",
    "prsa,       140256, 140256, 0,     0,  4,  86898, 19418, 19414",
    "stock,        1047,   1047, 0,     0,  1,    707,   153,   154",
    "stocks36,   336561, 336561, 0,   198, 36, 249024, 40048, 40392",
    "volatility,    3201,   3201, 0,     0,  1,   2191,   476,   477",
    "weather,      2922,   2922, 0,     0,  2,   1976,   426,   428",
    "wti,         10226,  10226, 0,     0,  1,   7133,  1530,  1530",
  })
  void readsAllRowsAndLaysTheWindows(
      String name,
      int read,
      int accepted,
      int repaired,
      int missing,
      int series,
      int train,
      int validation,
      int test)
      throws IOException {
    String data = Fixtures.real("").toString();
    JobSpec job = parse(EXAMPLES.resolve(name + ".yaml"), data);
    Dataset rows = JobRunner.read(job);
    assertEquals(
        List.of(read, accepted, repaired, missing, series),
        List.of(
            rows.report().read(),
            rows.report().accepted(),
            rows.report().repaired(),
            rows.report().missing(),
            rows.series().size()));
    Fold prepared = PreparedData.of(job, rows);
    assertEquals(
        List.of(train, validation, test),
        List.of(prepared.train().size(), prepared.validation().size(), prepared.test().size()));
    assertEquals(series, prepared.windowing().lastOrigins().size(), "to forecast from");
  }

  @Test
  void thereIsOneForEachSetOfRealData() throws IOException {
    Set<String> names = new TreeSet<>();
    jobs().forEach(file -> names.add(name(file)));
    assertEquals(
        Set.of(
            "etth1.yaml",
            "exchange.yaml",
            "jena.yaml",
            "nycflights.yaml",
            "prsa.yaml",
            "stock.yaml",
            "stocks36.yaml",
            "volatility.yaml",
            "weather.yaml",
            "wti.yaml"),
        names);
  }
}
