package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.weights.NamedWeights;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.oracle.ReferenceOracle;
import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.report.RunRecord;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.SeriesTransforms;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that runs are honest on each kind of data: no leak, gaps left out, true last closes. */
class JobRunnerDataTest {
  private static final int HOURS = 400;
  private static final LocalDateTime FIRST_HOUR = LocalDateTime.of(2024, 3, 1, 0, 0);

  /** What training saw: the trained weights, the fitted transforms, the forecasts issued. */
  private record Seen(NamedWeights weights, List<SeriesTransforms> fitted, String forecasts) {}

  private static Seen seen(Path home, JobSpec job) {
    List<NamedWeights> weights = new ArrayList<>();
    RunRecord run =
        new JobRunner(
                new Home(home),
                (spec, live, windows, outputs) -> {
                  weights.add(live);
                  return new ReferenceOracle().check(spec, live, windows, outputs);
                })
            .run(job, true, JobListener.SILENT);
    Fold prepared = PreparedData.of(job, JobRunner.read(job));
    List<SeriesTransforms> fitted = new ArrayList<>();
    for (TimeSeries series : prepared.data().series()) {
      fitted.add(prepared.windowing().of(series).transforms());
    }
    return new Seen(weights.get(0), fitted, SmallJob.text(SmallJob.file(run)));
  }

  /** The same rows with those from one day on moved far away. */
  private static String changedFrom(LocalDate day, LocalDate until) {
    StringBuilder csv = new StringBuilder();
    SmallJob.seasonal()
        .lines()
        .forEach(
            line -> {
              String[] cells = line.split(",", -1);
              boolean change =
                  !cells[0].equals("date")
                      && !LocalDate.parse(cells[0]).isBefore(day)
                      && LocalDate.parse(cells[0]).isBefore(until);
              csv.append(change ? cells[0] + "," + cells[1] + ",9" + cells[2] + ",7" : line);
              csv.append('\n');
            });
    return csv.toString();
  }

  @Test
  void nothingAfterTheValidationPartReachesTraining(@TempDir Path folder) {
    JobSpec job = SmallJob.seasonal(folder, "inputs: [x]\n" + SmallJob.LEARNS);
    Fold prepared = PreparedData.of(job, JobRunner.read(job));
    LocalDate test = LocalDate.ofEpochDay(prepared.split().validationEnd()).plusDays(1);
    LocalDate validation = LocalDate.ofEpochDay(prepared.split().trainEnd()).plusDays(1);
    Seen before = seen(folder, job);

    SmallJob.write(folder.resolve("small.csv"), changedFrom(test, LocalDate.MAX));
    Seen future = seen(folder, job);
    assertEquals(before.weights(), future.weights());
    assertEquals(before.fitted(), future.fitted());
    assertNotEquals(before.forecasts(), future.forecasts(), "the change has to matter at all");

    SmallJob.write(folder.resolve("small.csv"), changedFrom(validation, test));
    assertEquals(
        before.fitted(), seen(folder, job).fitted(), "transforms know the train part only");

    SmallJob.write(folder.resolve("small.csv"), changedFrom(validation.minusDays(1), validation));
    Seen past = seen(folder, job);
    assertNotEquals(before.fitted(), past.fitted(), "the last day of the train part does count");
    assertNotEquals(before.weights(), past.weights());
  }

  @Test
  void fileOfOneSeriesIsNamedAfterItself(@TempDir Path folder) {
    StringBuilder csv = new StringBuilder("date,y\n");
    SmallJob.seasonal()
        .lines()
        .filter(line -> line.contains("North"))
        .forEach(line -> csv.append(line.replace("North,", "").replaceFirst(",[^,]*$", "\n")));
    SmallJob.write(folder.resolve("alone.csv"), csv.toString());
    JobSpec job = SmallJob.job(folder, "source: {csv: alone.csv, time: date}", SmallJob.STAYS);
    RunRecord run = SmallJob.run(folder.resolve("home"), job);
    assertEquals(List.of("alone"), run.series());
    assertEquals(3, SmallJob.rows(run).size());
  }

  /**
   * Lines of a random walk on weekdays that first tends up and then down, so that none foresees it.
   */
  private static List<String> walk() {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>();
    double level = 100;
    for (LocalDate day = SmallJob.FIRST; lines.size() < SmallJob.DAYS; day = day.plusDays(1)) {
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        double drift = lines.size() < 0.7 * SmallJob.DAYS ? 0.005 : -0.005;
        level *= Math.exp(drift + 0.02 * random.nextGaussian());
        lines.add(String.format(Locale.ROOT, "%s,%.6f", day, level));
      }
    }
    return lines;
  }

  @Test
  void randomWalkOfPricesIsForecastByItsLastClose(@TempDir Path folder) {
    List<String> lines = walk();
    SmallJob.write(folder.resolve("walk.csv"), "date,y\n" + String.join("\n", lines) + "\n");
    JobSpec job =
        SmallJob.job(
            folder,
            "preset: stock\nsource: {csv: walk.csv, time: date}",
            SmallJob.STAYS + "intervals: split\n");
    RunRecord run = SmallJob.run(folder.resolve("home"), job);
    assertEquals(4, run.exit(), run.reason());
    assertEquals("persistence", run.winner(), run.reason());
    String[] last = lines.get(lines.size() - 1).split(",", -1);
    LocalDate day = LocalDate.parse(last[0]);
    for (String[] row : SmallJob.rows(run)) {
      do {
        day = day.plusDays(1);
      } while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY);
      assertEquals(last[0], row[1]);
      assertEquals(day.toString(), row[2]);
      assertEquals(last[1], row[4], "the last close, to the last digit");
      double close = Double.parseDouble(last[1]);
      double up = Double.parseDouble(row[6]) / close;
      assertEquals(up, close / Double.parseDouble(row[5]), 1e-6, "as far up as down, in ratio");
    }
  }

  private static String hourly(Set<Integer> absent) {
    Random random = new Random(2);
    StringBuilder csv = new StringBuilder("at,y\n");
    for (int hour = 0; hour < HOURS; hour++) {
      double y = 5 * Math.sin(2 * Math.PI * hour / 24) + random.nextGaussian();
      if (!absent.contains(hour)) {
        csv.append(FIRST_HOUR.plusHours(hour).toString().replace('T', ' '));
        csv.append(String.format(Locale.ROOT, ",%.3f\n", y));
      }
    }
    return csv.toString();
  }

  @Test
  void gapsInHoursAreCountedAndLeftOut(@TempDir Path folder) {
    JobSpec job =
        SmallJob.job(folder, "preset: weather\nsource: {csv: h.csv, time: at}", SmallJob.STAYS);
    SmallJob.write(folder.resolve("h.csv"), hourly(Set.of()));
    RunRecord.Data whole = SmallJob.run(folder.resolve("home-1"), job).data();
    SmallJob.write(folder.resolve("h.csv"), hourly(Set.of(100, 101, 390)));
    RunRecord run = SmallJob.run(folder.resolve("home-2"), job);
    RunRecord.Data holed = run.data();
    assertNotNull(whole);
    assertNotNull(holed);
    assertEquals(0, whole.missing());
    assertEquals(3, holed.missing());
    assertEquals("PT1H", holed.step());
    // A window is 7 + 3 steps: two gaps side by side touch 11 of them, and one in the test part 10.
    assertEquals(whole.trainWindows() - 11, holed.trainWindows());
    assertEquals(whole.validationWindows(), holed.validationWindows());
    assertTrue(holed.testWindows() < whole.testWindows());
    assertEquals("2024-03-17T15:00:00Z", SmallJob.rows(run).get(0)[1]);
    assertEquals("2024-03-17T16:00:00Z", SmallJob.rows(run).get(0)[2]);
  }

  @Test
  void gapInTheLastLookBackStopsTheRunBeforeTraining(@TempDir Path folder) {
    SmallJob.write(folder.resolve("h.csv"), hourly(Set.of(HOURS - 3)));
    JobSpec job =
        SmallJob.job(folder, "preset: weather\nsource: {csv: h.csv, time: at}", SmallJob.STAYS);
    Path home = folder.resolve("home");
    JobFault fault = assertThrows(JobFault.class, () -> SmallJob.run(home, job));
    assertEquals(ExitCode.DATA, fault.exit());
    assertTrue(fault.found().contains("2024-03-17T13:00:00Z"), fault.found());
    assertEquals("series h", fault.where());
    assertEquals(List.of(), SmallJob.runs(home));
  }
}
