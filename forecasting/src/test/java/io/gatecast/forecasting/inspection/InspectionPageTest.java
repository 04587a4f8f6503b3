package io.gatecast.forecasting.inspection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobRunner;
import io.gatecast.forecasting.job.JobSpec;
import io.gatecast.forecasting.report.OutputFile;
import io.gatecast.forecasting.report.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inspections of a file with a gap, a broken cell, a missing one and unfriendly names. */
final class InspectionPageTest {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  private static final int DAYS = 1_000;

  /** Days 100 to 104 are absent; day 200 has text in the target, day 300 no input. */
  private static Inspection inspection(Path folder) throws IOException {
    StringBuilder csv = new StringBuilder("date,where,y,\"<x>\",sky\n");
    for (int day = 0; day < DAYS; day++) {
      if (day < 100 || day > 104) {
        csv.append(FIRST.plusDays(day)).append(",a<b>&\"c\",");
        csv.append(day == 200 ? "<script>" : String.valueOf(day)).append(',');
        csv.append(day == 300 ? "" : String.valueOf(day % 10)).append(',');
        csv.append(day % 4 == 0 ? "rain" : "sun").append('\n');
      }
    }
    Files.writeString(folder.resolve("odd.csv"), csv);
    String yaml =
        """
        job: odd
        source: {csv: odd.csv, time: date, series: where}
        target: y
        inputs: ["<x>", sky]
        columns: {"<x>": {required: false, unit: m/s}, sky: {type: text}}
        """;
    JobSpec job = JobFile.parse(yaml, "odd.yaml", folder);
    Dataset data = JobRunner.read(job);
    return Inspection.placed(job, data);
  }

  @Test
  void countsGapsMissingCellsCategoriesAndFindings(@TempDir Path folder) throws IOException {
    Inspection seen = inspection(folder);
    Inspection.Series series = seen.series().get(0);
    assertEquals(DAYS, series.steps());
    assertEquals(6, series.missing()); // the rejected row's step too
    assertEquals(2, series.gaps());
    assertEquals(new Inspection.Gap("2020-04-10", "2020-04-14", 5), series.longestGap());
    Inspection.Column input = series.columns().get(1);
    assertEquals(1, input.missing());
    assertEquals(1.0 / (DAYS - 6), input.missingShare(), 1e-12);
    assertEquals("m/s", input.unit());
    assertEquals(60, input.means().size());
    assertEquals(400, input.curve().mean().size());
    Inspection.Column sky = series.columns().get(2);
    assertEquals(
        List.of("sun", "rain"), sky.categories().stream().map(Inspection.Category::name).toList());
    assertEquals(DAYS - 6, sky.categories().stream().mapToInt(Inspection.Category::count).sum());
    assertEquals(List.of(), sky.means());
    assertEquals(1, seen.findings().size());
    Inspection.Finding finding = seen.findings().get(0);
    assertEquals("not_a_number", finding.kind());
    assertEquals("rejected", finding.outcome());
    assertEquals(1, finding.count());
    assertEquals(197, finding.first().line());
    assertEquals(
        List.of(200), series.drawing().marks().stream().map(Inspection.Mark::step).toList());
  }

  @Test
  void jsonHasTheMeansAndLeavesDrawingsOut(@TempDir Path folder) throws IOException {
    String json = RunJson.text(inspection(folder));
    assertTrue(json.contains("\"missing_share\""), json);
    assertTrue(json.contains("\"longest_gap\""), json);
    assertFalse(json.contains("\"curve\""), json);
    assertFalse(json.contains("\"drawing\""), json);
    assertFalse(json.contains("NaN"), json);
  }

  @Test
  void nothingOfTheDataIsMarkup(@TempDir Path folder) throws IOException {
    String page = InspectionPage.of(inspection(folder));
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("<x>"), page);
    assertFalse(page.contains("a<b>"), page);
    assertFalse(page.contains("http"), page);
    assertTrue(page.contains("a&lt;b&gt;&amp;&quot;c&quot;"), page);
    assertTrue(page.contains("class=\"gap\""), page);
    assertTrue(page.contains("class=\"mark rejected\""), page);
    assertTrue(page.length() < 100_000);
  }

  @Test
  void outputsAreWholeOrNotThere(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("page.html");
    OutputFile.write(file, "first");
    OutputFile.write(file, "second");
    assertEquals("second", Files.readString(file));
    for (JobFault fault :
        List.of(
            assertThrows(JobFault.class, () -> OutputFile.write(file, "third", false)),
            assertThrows(JobFault.class, () -> OutputFile.write(folder, "a folder")),
            assertThrows(
                JobFault.class, () -> OutputFile.write(folder.resolve("no/page.html"), "x")))) {
      assertEquals(ExitCode.OUTPUT, fault.exit());
    }
    assertEquals("second", Files.readString(file));
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(List.of(file), all.toList());
    }
  }
}
