package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.LogVariance;
import io.gatecast.forecasting.evaluation.metric.VarianceTarget;
import io.gatecast.forecasting.inspection.Inspection;
import io.gatecast.forecasting.report.RunRecord;
import io.gatecast.forecasting.transform.WindowTransform;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves a job whose target is a log variance: what its file says, and a run to its forecasts. */
class LogVarianceJobTest {
  /** Three lines; the target comes in line 4. */
  private static final String HEAD =
      """
      job: range
      preset: stock
      source: {csv: p.csv, time: date}
      """;

  private static final String TARGET = "target: {log-variance: [High, Low]}\n";

  private static JobSpec parse(String text) {
    return JobFile.parse(HEAD + text, "f.yaml", Path.of("/x"));
  }

  @Test
  void theTargetIsComputedAndThePricesStayInputs() {
    JobSpec job = parse(TARGET + "inputs: [Close, High]\n");
    assertEquals("log_variance", job.target());
    assertEquals(VarianceTarget.LOG_VARIANCE, job.variance());
    assertEquals(Optional.of(new LogVariance("High", "Low")), job.data().logVariance());
    assertEquals(
        List.of("High", "Low", "Close"),
        job.data().columns().stream().map(ColumnSpec::name).toList());
    assertTrue(job.data().columns().stream().allMatch(ColumnSpec::required));
    assertEquals(List.of("log_variance", "High", "Low", "Close"), job.columns());
    assertEquals(VarianceTarget.NONE, parse("target: Close\n").variance());
  }

  @Test
  void itIsALevelWhateverThePresetTakesPricesFor() {
    JobSpec job = parse(TARGET + "inputs: [Close]\n");
    assertEquals("[standardise]", job.features().transformOf("log_variance").label());
    assertEquals("[log-return, standardise]", job.features().transformOf("Close").label());
    assertEquals(WindowTransform.SUBTRACT_LAST, job.features().window());
    JobSpec own = parse(TARGET + "columns: {log_variance: {transform: [difference]}}\n");
    assertEquals("[difference]", own.features().transformOf("log_variance").label());
    JobSpec all = parse(TARGET + "transform: [difference, standardise]\n");
    assertEquals("[difference, standardise]", all.features().transformOf("log_variance").label());
  }

  @Test
  void gapsCanBeCarriedOver() {
    assertEquals(
        Map.of("log_variance", 3),
        parse(TARGET + "columns: {log_variance: {fill: 3}}\n").features().fills());
    JobSpec all = parse(TARGET + "contract: {gaps: repair}\nnetwork: {lookback: 9}\n");
    assertEquals(Map.of("High", 9, "Low", 9, "log_variance", 9), all.features().fills());
    assertTrue(all.data().columns().stream().noneMatch(ColumnSpec::required));
  }

  @Test
  void aJobIsKnownByItsTarget() {
    assertNotEquals(parse(TARGET).canonical(), parse("target: High\ninputs: [Low]\n").canonical());
    assertTrue(parse(TARGET).canonical().contains("LogVariance[high=High, low=Low]"));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        // text from line 4 on, line, key, expected, found, action
        arguments("target: {}", 4, "target.log-variance", "high and low", "[]", "[High, Low]"),
        arguments(
            "target: {logvariance: [H, L]}",
            4,
            "target.logvariance",
            "a key of target",
            "\"logvariance\"",
            "\"log-variance\"?"),
        arguments(
            "target: {log-variance: H}", 4, "target.log-variance", "a list", "\"H\"", "[a, b]"),
        arguments(
            "target: {log-variance: [H]}",
            4,
            "target.log-variance",
            "high and low",
            "[H]",
            "[High, Low]"),
        arguments(
            "target: {log-variance: [H, L, C]}",
            4,
            "target.log-variance",
            "high and low",
            "[H, L, C]",
            "[High, Low]"),
        arguments(
            "target: {log-variance: [H, H]}",
            4,
            "target.log-variance",
            "once",
            "\"H\" again",
            "remove"),
        arguments(
            TARGET + "inputs: [log_variance]",
            5,
            "inputs",
            "beside the target",
            "log_variance",
            "remove"),
        arguments(
            TARGET + "derive: [{wind: [log_variance, x]}]",
            5,
            "derive",
            "columns of the source",
            "log_variance",
            "prices"),
        arguments(
            TARGET + "columns: {Low: {type: text}}",
            5,
            "columns.Low.type",
            "numbers",
            "text",
            "another"),
        arguments(
            TARGET + "columns: {log_variance: {least: 0}}",
            5,
            "columns.log_variance.least",
            "a key of columns.log_variance",
            "least",
            ""),
        arguments(
            TARGET + "columns: {log_variance: {role: past}}",
            5,
            "columns.log_variance.role",
            "one of the inputs",
            "past",
            ""),
        arguments(
            TARGET + "columns: {log_varianz: {fill: 1}}",
            5,
            "columns.log_varianz",
            "a column that the job reads",
            "log_varianz",
            "\"log_variance\"?"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void aWrongTargetIsNamedWithItsLine(
      String text, int line, String key, String expected, String found, String action) {
    JobFault fault = assertThrows(JobFault.class, () -> parse(text + "\n"), text);
    assertAll(
        () -> assertEquals(ExitCode.USAGE, fault.exit()),
        () -> assertEquals("f.yaml, line " + line + ", key " + key, fault.where()),
        () -> assertTrue(fault.expected().contains(expected), fault.expected()),
        () -> assertTrue(fault.found().contains(found), fault.found()),
        () -> assertTrue(fault.action().contains(action), fault.action()));
  }

  /** Sessions whose range clusters; one in fifty has none. */
  private static void prices(Path folder) {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("date,High,Low,Close\n");
    double log = -9;
    double close = 100;
    for (int day = 0; day < 420; day++) {
      log = -9 + 0.8 * (log + 9) + 0.4 * random.nextGaussian();
      close *= Math.exp(Math.exp(log / 2) * random.nextGaussian());
      double range = day % 50 == 49 ? 0 : Math.exp(log / 2) * (1 + random.nextDouble());
      csv.append(SmallJob.FIRST.plusDays(day));
      csv.append(
          String.format(
              Locale.ROOT, ",%.6f,%.6f,%.6f%n", close * (1 + range), close * (1 - range), close));
    }
    SmallJob.write(folder.resolve("p.csv"), csv.toString());
  }

  @Test
  void aRunForecastsIt(@TempDir Path folder) {
    prices(folder);
    JobSpec job =
        JobFile.parse(
            "job: range\nsource: {csv: p.csv, time: date}\n"
                + TARGET
                + "inputs: [Close]\nhorizon: 2\n"
                + "columns: {log_variance: {fill: 1}, Close: {transform: log-return}}\n"
                + SmallJob.STAYS,
            "range.yaml",
            folder);
    Dataset data = JobRunner.read(job);
    TimeSeries series = data.series().get(0);
    assertEquals(412, series.length() - absent(series));
    Map<String, String> settings = job.settings(data.axis());
    assertEquals("{log-variance: [High, Low]}", settings.get("target"));
    assertEquals(
        "number, not required, last value carried over 1 steps, with a mask, through [standardise]",
        settings.get("columns.log_variance"));
    Inspection inspection = Inspection.of(job, data);
    assertEquals("log_variance", inspection.series().get(0).columns().get(0).name());
    assertEquals(8, inspection.series().get(0).columns().get(0).missing());
    RunRecord run = SmallJob.run(folder.resolve("home"), job);
    RunRecord.Data about = run.data();
    assertNotNull(about);
    assertEquals("log_variance", about.target());
    List<String[]> rows =
        SmallJob.text(SmallJob.file(run)).lines().skip(1).map(line -> line.split(",", -1)).toList();
    assertEquals(2, rows.size());
    for (String[] row : rows) {
      double mean = Double.parseDouble(row[4]);
      assertTrue(mean > -13 && mean < -5, "a log variance, not a price: " + mean);
    }
  }

  private static int absent(TimeSeries series) {
    int absent = 0;
    for (int step = 0; step < series.length(); step++) {
      absent += series.present(step) ? 0 : 1;
    }
    return absent;
  }
}
