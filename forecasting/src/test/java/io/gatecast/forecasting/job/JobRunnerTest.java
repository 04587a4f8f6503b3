package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.training.EpochReport;
import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.report.RunJson;
import io.gatecast.forecasting.report.RunRecord;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that a whole run gives complete, ordered forecasts that only job and data decide. */
class JobRunnerTest {
  private static final String HEADER =
      "series,issued_at,target_time,horizon,mean,lo80,hi80,lo95,hi95,model";

  @Test
  void wholeRunGivesACompleteRecordAndForecasts(@TempDir Path folder) {
    Path home = folder.resolve("home");
    JobSpec job =
        SmallJob.seasonal(folder, "inputs: [x]\n" + SmallJob.LEARNS.replace("rnn", "lstm"));
    List<String> stages = new ArrayList<>();
    int[] epochs = {0};
    RunRecord run =
        new JobRunner(new Home(home))
            .run(
                job,
                false,
                new JobListener() {
                  @Override
                  public void stage(String stage) {
                    stages.add(stage.split(" ", 2)[0]);
                  }

                  @Override
                  public void epoch(EpochReport report) {
                    epochs[0]++;
                  }
                });
    assertEquals(List.of("reading", "training", "checking", "testing", "forecasting"), stages);
    assertTrue(SmallJob.file(run).endsWith(run.run() + "/forecasts.csv"), run.forecasts());
    recordIsComplete(run, epochs[0]);
    forecastsAreOrdered(run);
    assertEquals(List.of(String.valueOf(run.run())), SmallJob.runs(home));
    assertEquals(run, RunJson.parse(SmallJob.text(SmallJob.file(run).resolveSibling("run.json"))));
  }

  private static void recordIsComplete(RunRecord run, int epochs) {
    assertEquals("small", run.job());
    assertTrue(run.exit() == 0 || run.exit() == 4, "exit " + run.exit());
    assertEquals(run.exit() == 0 ? "network" : "baseline", SmallJob.kindOfWinner(run));
    assertEquals(List.of("North", "South"), run.series());
    RunRecord.Rows rows = run.rows();
    assertNotNull(rows);
    assertEquals(2 * SmallJob.DAYS, rows.read());
    assertEquals(2 * SmallJob.DAYS, rows.accepted());
    RunRecord.Data data = run.data();
    assertNotNull(data);
    assertEquals("2020-01-01 2020-10-26", data.from() + " " + data.to());
    assertTrue(data.trainWindows() > data.testWindows() && data.testWindows() > 0);
    List<RunRecord.Model> models = run.models();
    assertNotNull(models);
    assertEquals(
        List.of("lstm", "persistence", "seasonal-naive", "drift"),
        models.stream().map(RunRecord.Model::name).toList());
    assertEquals(epochs, models.get(0).epochs());
    assertTrue(models.get(0).parameters() > 0);
    for (RunRecord.Model model : models) {
      assertTrue(model.mae() > 0 && model.rmse() >= model.mae() && model.mase() > 0, model.name());
      assertEquals(3, model.maeByHorizon().size());
      double mean = model.maeByHorizon().stream().mapToDouble(d -> d).average().orElse(-1);
      assertEquals(model.mae(), mean, 1e-9 * mean);
      assertTrue(model.coverage80() <= model.coverage95() && model.coverage95() <= 1);
    }
    RunRecord.Oracle oracle = run.oracle();
    assertNotNull(oracle);
    assertTrue(oracle.passed() && oracle.maxRelativeDifference() <= oracle.tolerance());
    assertEquals(data.testWindows(), oracle.windows());
    RunRecord.Seconds seconds = run.seconds();
    assertNotNull(seconds);
    assertTrue(seconds.total() >= seconds.train() && seconds.train() > 0);
    RunRecord.Machine runtime = run.runtime();
    assertNotNull(runtime);
    assertEquals(Kernels.chosen(), runtime.kernel());
    assertEquals(
        "vector".equals(runtime.kernel()) ? Kernels.threads() : 1, runtime.kernelThreads());
  }

  private static void forecastsAreOrdered(RunRecord run) {
    assertEquals(HEADER, SmallJob.text(SmallJob.file(run)).lines().findFirst().orElse(""));
    List<String[]> rows = SmallJob.rows(run);
    assertEquals(2 * 3, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      String[] row = rows.get(i);
      assertEquals(10, row.length);
      int h = i % 3 + 1;
      assertEquals(i < 3 ? "North" : "South", row[0]);
      assertEquals(SmallJob.FIRST.plusDays(SmallJob.DAYS - 1), LocalDate.parse(row[1]));
      assertEquals(SmallJob.FIRST.plusDays(SmallJob.DAYS - 1 + h).toString(), row[2]);
      assertEquals(String.valueOf(h), row[3]);
      double mean = Double.parseDouble(row[4]);
      double[] lo = {Double.parseDouble(row[7]), Double.parseDouble(row[5])};
      double[] hi = {Double.parseDouble(row[6]), Double.parseDouble(row[8])};
      assertTrue(lo[0] <= lo[1] && lo[1] <= mean && mean <= hi[0] && hi[0] <= hi[1], row[2]);
      assertTrue(hi[0] > lo[1], "an interval of no width");
      assertEquals(run.winner(), row[9]);
    }
  }

  @Test
  void seedDecidesTheForecastsToTheLastByte(@TempDir Path folder) {
    JobSpec one = SmallJob.seasonal(folder, "seed: 1\n" + SmallJob.LEARNS);
    JobSpec two = SmallJob.seasonal(folder, "seed: 2\n" + SmallJob.LEARNS);
    RunRecord first = SmallJob.run(folder.resolve("home-1"), one);
    RunRecord again = SmallJob.run(folder.resolve("home-2"), one);
    RunRecord other = SmallJob.run(folder.resolve("home-3"), two);
    assertEquals("network", SmallJob.kindOfWinner(first), first.reason());
    assertEquals("network", SmallJob.kindOfWinner(other), other.reason());
    assertEquals(SmallJob.text(SmallJob.file(first)), SmallJob.text(SmallJob.file(again)));
    assertEquals(first.fingerprint(), again.fingerprint());
    assertNotEquals(SmallJob.text(SmallJob.file(first)), SmallJob.text(SmallJob.file(other)));
  }

  @Test
  void intervalsAreAsWideForOneSeriesAndStepAsTheirLevelsAsk(@TempDir Path folder) {
    JobSpec job = SmallJob.seasonal(folder, SmallJob.STAYS + "intervals: split\n");
    RunRecord run = SmallJob.run(folder.resolve("home"), job);
    for (String[] row : SmallJob.rows(run)) {
      double mean = Double.parseDouble(row[4]);
      double below = mean - Double.parseDouble(row[5]);
      double above = Double.parseDouble(row[6]) - mean;
      assertArrayEquals(new double[] {below}, new double[] {above}, 2e-6);
      assertTrue(Double.parseDouble(row[8]) - mean > above, "95 % is wider than 80 %");
    }
  }
}
