package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that a job is done once for the same job and data, and again when either has changed. */
class JobRunnerAgainTest {
  private Path folder = Path.of("");
  private Path home = Path.of("");

  @BeforeEach
  void ownHome(@TempDir Path temporary) {
    folder = temporary;
    home = temporary.resolve("home");
  }

  private JobSpec job() {
    return SmallJob.seasonal(folder, SmallJob.STAYS);
  }

  private void runsAnew(RunRecord first, JobSpec job) {
    RunRecord second = SmallJob.run(home, job);
    assertTrue(second.exit() == 0 || second.exit() == 4, second.reason());
    assertNotEquals(first.run(), second.run());
    assertNotEquals(first.forecasts(), second.forecasts());
    assertEquals(2, SmallJob.runs(home).size());
  }

  @Test
  void secondRunFindsNothingNewAndPointsAtTheFirst() {
    RunRecord first = SmallJob.run(home, job());
    String forecasts = SmallJob.text(SmallJob.file(first));
    RunRecord second = SmallJob.run(home, job());
    assertEquals(99, second.exit());
    assertEquals(first.run(), second.run());
    assertEquals(first.forecasts(), second.forecasts());
    assertEquals(forecasts, SmallJob.text(SmallJob.file(second)));
    assertTrue(second.reason().contains("nothing new"), second.reason());
    assertTrue(second.reason().contains(String.valueOf(first.run())), second.reason());
    assertEquals(List.of(String.valueOf(first.run())), SmallJob.runs(home));
  }

  @Test
  void movedHomeAndJobFileAreStillTheSameJob() throws IOException {
    SmallJob.run(home, job());
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path moved = Files.move(home, elsewhere.resolve("home"));
    RunRecord second = SmallJob.run(moved, SmallJob.seasonal(elsewhere, SmallJob.STAYS));
    assertEquals(99, second.exit());
    assertTrue(SmallJob.file(second).startsWith(moved), "the path is where the file is now");
    assertTrue(Files.exists(SmallJob.file(second)));
  }

  @Test
  void changedDataRunsAnew() {
    RunRecord first = SmallJob.run(home, job());
    JobSpec job = job();
    SmallJob.write(
        folder.resolve("small.csv"),
        SmallJob.seasonal() + "2020-10-27,North,9,0\n2020-10-27,South,19,0\n");
    runsAnew(first, job);
    assertEquals("2020-10-27", SmallJob.rows(SmallJob.run(home, job)).get(0)[1]);
  }

  @Test
  void changedJobRunsAnew() {
    RunRecord first = SmallJob.run(home, job());
    runsAnew(first, SmallJob.seasonal(folder, "season: 14\n" + SmallJob.STAYS));
  }

  @Test
  void whoAsksForItRunsAgainWithTheSameForecasts() {
    RunRecord first = SmallJob.run(home, job());
    RunRecord second = new JobRunner(new Home(home)).run(job(), true, JobListener.SILENT);
    assertNotEquals(99, second.exit());
    assertEquals(2, SmallJob.runs(home).size());
    assertEquals(SmallJob.text(SmallJob.file(first)), SmallJob.text(SmallJob.file(second)));
  }

  @Test
  void tamperedForecastsAreNotPassedOff() {
    RunRecord first = SmallJob.run(home, job());
    String good = SmallJob.text(SmallJob.file(first));
    SmallJob.write(SmallJob.file(first), good.replaceFirst("North", "north"));
    runsAnew(first, job());
    assertEquals(good, SmallJob.text(SmallJob.file(SmallJob.run(home, job()))));
  }

  @Test
  void lostForecastsAreMadeAgain() throws IOException {
    RunRecord first = SmallJob.run(home, job());
    Files.delete(SmallJob.file(first));
    runsAnew(first, job());
  }

  @ParameterizedTest(name = "run.json = {0}")
  @ValueSource(strings = {" ", "null", "{}", "[1]", "{\"job\": ", "{\"exit\": \"x\"}"})
  void damagedRecordStopsNothing(String damaged) {
    RunRecord first = SmallJob.run(home, job());
    SmallJob.write(SmallJob.file(first).resolveSibling("run.json"), damaged);
    runsAnew(first, job());
  }

  @Test
  void whatADeadRunLeftIsSweptAwayAndNotTakenForARun() throws IOException {
    Path runs = Files.createDirectories(home.resolve("jobs/small/runs"));
    Path staging = Files.createDirectory(runs.resolve(".staging-20990101T000000.000Z"));
    SmallJob.write(staging.resolve("forecasts.csv"), "half a li");
    RunRecord run = SmallJob.run(home, job());
    assertNotEquals(99, run.exit());
    assertEquals(List.of(String.valueOf(run.run())), SmallJob.runs(home));
  }
}
