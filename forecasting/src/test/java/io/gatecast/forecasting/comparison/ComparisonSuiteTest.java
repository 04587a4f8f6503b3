package io.gatecast.forecasting.comparison;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.job.Comparison;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobListener;
import io.gatecast.forecasting.job.JobSpec;
import io.gatecast.forecasting.report.ComparisonRecord;
import io.gatecast.forecasting.report.ComparisonRecord.Cell;
import io.gatecast.forecasting.report.OutputFile;
import io.gatecast.forecasting.report.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RNN, GRU and LSTM on whole jobs, each held against the oracle: {@code mvn -Pcompare verify}. The
 * jobs are the examples; {@code -Dgatecast.jobs=a.yaml,b.yaml} names others, {@code
 * -Dgatecast.seeds=5} more trainings of each. Each job's figures are left in {@code
 * target/compare/<job>.json}.
 */
@Tag("compare")
class ComparisonSuiteTest {
  private static final List<String> CELLS = List.of("rnn", "gru", "lstm");
  private static final Path EXAMPLES = Path.of("../examples");

  static List<Path> jobs() throws IOException {
    String own = System.getProperty("gatecast.jobs", "");
    if (!own.isBlank()) {
      return Arrays.stream(own.split(",")).map(ComparisonSuiteTest::named).toList();
    }
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** As a user names it who stands in the project's folder, above this module's. */
  private static Path named(String file) {
    Path path = Path.of(file.trim());
    return Files.exists(path) ? path : Path.of("..").resolve(path);
  }

  private static JobSpec read(Path file) {
    try {
      return JobFile.read(file);
    } catch (JobFault fault) {
      boolean needsData = fault.action().contains("export GATECAST_DATA=");
      if (needsData && file.startsWith(EXAMPLES)) {
        System.out.println("skipped: " + file + " needs GATECAST_DATA");
      }
      Assumptions.assumeFalse(needsData && file.startsWith(EXAMPLES), fault::getMessage);
      throw fault;
    }
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void everyCellTrainsOnTheJobAndTheOracleAgrees(Path file) throws IOException {
    JobSpec job = read(file);
    int seeds = Integer.getInteger("gatecast.seeds", 2);
    ComparisonRecord record =
        Comparison.run(job, Comparison.cells(job, CELLS), seeds, JobListener.SILENT);
    Path folder = Files.createDirectories(Path.of("target/compare"));
    OutputFile.write(folder.resolve(job.name() + ".json"), RunJson.text(record));
    assertEquals(CELLS.size(), record.cells().size());
    assertAll(record.cells().stream().map(cell -> holds(cell, job, record)));
    assertTrue(
        parameters(record, 0) < parameters(record, 1)
            && parameters(record, 1) < parameters(record, 2),
        "an RNN has one gate, a GRU three, an LSTM four");
  }

  private static Executable holds(Cell cell, JobSpec job, ComparisonRecord record) {
    return () ->
        assertAll(
            cell.cell() + " on " + job.name(),
            () ->
                assertTrue(cell.oraclePassed(), () -> "off the oracle " + cell.oracleDifference()),
            () -> assertTrue(cell.epochs().least() >= 1),
            () -> assertEquals(job.horizon(), cell.maeBySteps().size()),
            () -> assertTrue(cell.mae().least() > 0 && Double.isFinite(cell.mae().most())),
            () ->
                assertTrue(
                    cell.mase().most() < 3 * record.bestBaselineMase(),
                    () -> "did it learn? MASE " + cell.mase()),
            () -> assertEquals(record.lookback(), cell.gradientFlow().size()),
            () -> assertEquals(1, cell.gradientFlow().get(0).mean(), 1e-5),
            () ->
                assertTrue(
                    cell.gradientFlow().stream()
                        .allMatch(norm -> norm.least() >= 0 && Double.isFinite(norm.most()))));
  }

  private static long parameters(ComparisonRecord record, int cell) {
    return record.cells().get(cell).parameters();
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void theSameSeedGivesTheSameErrorsAgain(Path file) {
    JobSpec job = read(file);
    List<CellSpec> cells = Comparison.cells(job, List.of("rnn"));
    Cell first = Comparison.run(job, cells, 1, JobListener.SILENT).cells().get(0);
    Cell again = Comparison.run(job, cells, 1, JobListener.SILENT).cells().get(0);
    assertEquals(first.maeBySteps(), again.maeBySteps());
    assertEquals(first.gradientFlow(), again.gradientFlow());
    assertEquals(first.oracleDifference(), again.oracleDifference());
  }
}
