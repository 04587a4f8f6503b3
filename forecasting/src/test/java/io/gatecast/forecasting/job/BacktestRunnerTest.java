package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.report.BacktestPage;
import io.gatecast.forecasting.report.BacktestRecord;
import io.gatecast.forecasting.report.RunJson;
import io.gatecast.forecasting.report.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that a backtest tells of its progress, is kept whole or not at all, and adds up. */
class BacktestRunnerTest {
  private static final String BASELINES = "baselines: [persistence, seasonal-naive, drift]\n";
  private static final String ROLLING =
      SmallJob.STAYS + BASELINES + "backtest: {refit_every: 15}\n";

  /** Remembers stages and fits; may break off at a fit. */
  private static final class Heard implements BacktestRunner.Listener {
    private final List<String> stages = new ArrayList<>();
    private final List<String> fits = new ArrayList<>();
    private final int breakAt;
    private int open;

    Heard(int breakAt) {
      this.breakAt = breakAt;
    }

    @Override
    public void stage(String stage) {
      stages.add(stage);
    }

    @Override
    public void fitted(
        int done, int of, String model, Duration took, Duration elapsed, Optional<Duration> left) {
      fits.add(done + "/" + of);
      open += left.isPresent() ? 1 : 0;
      if (done == breakAt) {
        throw new IllegalStateException("broken off");
      }
    }
  }

  private static BacktestRecord run(Path home, JobSpec job, int threads, Heard heard) {
    return new BacktestRunner(new Home(home)).run(job, threads, heard);
  }

  private static List<Path> kept(Path home) {
    try (Stream<Path> list = Files.list(home.resolve("jobs/small/backtests"))) {
      return list.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {1, 2})
  void eachFitIsToldOnceAndTheLastHasNothingLeft(int threads, @TempDir Path folder) {
    Heard heard = new Heard(-1);
    BacktestRecord record =
        run(folder.resolve("home"), SmallJob.seasonal(folder, ROLLING), threads, heard);
    assertEquals(3, record.folds().size());
    assertEquals(
        List.of("testing 4 models on 3 folds"), heard.stages.subList(1, heard.stages.size()));
    assertEquals(12, heard.fits.size());
    assertEquals(List.of("1/12", "12/12"), List.of(heard.fits.get(0), heard.fits.get(11)));
    assertEquals(11, heard.open);
    assertTrue(record.models().stream().allMatch(model -> model.seconds() > 0));
  }

  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {1, 2})
  void aBacktestThatBreaksOffLeavesNothingAndLetsTheJobGo(int threads, @TempDir Path folder) {
    Path home = folder.resolve("home");
    JobSpec job = SmallJob.seasonal(folder, ROLLING);
    assertThrows(IllegalStateException.class, () -> run(home, job, threads, new Heard(6)));
    assertEquals(List.of(), kept(home));
    BacktestRecord record = run(home, job, threads, new Heard(-1));
    assertEquals(List.of(Path.of(record.file()).getParent()), kept(home));
  }

  @Test
  void seriesAreScoredByThemselvesAndTogether(@TempDir Path folder) {
    BacktestRecord record =
        run(folder.resolve("home"), SmallJob.seasonal(folder, ROLLING), 2, new Heard(-1));
    assertEquals(2L * 3 * record.origins(), record.forecasts());
    for (BacktestRecord.Model model : record.models()) {
      assertEquals(List.of("North", "South"), List.copyOf(model.maseBySeries().keySet()));
      double mean =
          model.maseBySeries().values().stream().mapToDouble(d -> d).average().orElseThrow();
      assertEquals(mean, model.measures().getOrDefault("mase", -1.0), 1e-9, "as many of each");
      assertEquals(3, model.maeBySteps().size());
      assertEquals(3, model.coverage80BySteps().size());
    }
    long rows = SmallJob.text(Path.of(record.file())).lines().count() - 1;
    assertEquals(record.models().size() * record.forecasts(), rows);
  }

  @Test
  void aBacktestWithoutRefitsComesToWhatARunComesTo(@TempDir Path folder) {
    Path home = folder.resolve("home");
    JobSpec job = SmallJob.seasonal(folder, SmallJob.LEARNS);
    BacktestRecord record = run(home, job, 1, new Heard(-1));
    RunRecord run = SmallJob.run(home, job);
    List<RunRecord.Model> models = run.models() == null ? List.of() : run.models();
    assertEquals(models.size(), record.models().size());
    for (int i = 0; i < models.size(); i++) {
      double mae = models.get(i).mae();
      assertEquals(models.get(i).name(), record.models().get(i).name());
      // A network may learn on more threads in a run, and then adds up in another order.
      double slack = i == 0 ? 1e-2 : 1e-12;
      assertEquals(mae, record.models().get(i).measures().getOrDefault("mae", -1.0), slack * mae);
    }
  }

  @Test
  void recordAsJsonLeavesOutWhatDoesNotApplyAndAsAPageHasWholeTables(@TempDir Path folder) {
    BacktestRecord record =
        run(folder.resolve("home"), SmallJob.seasonal(folder, ROLLING), 2, new Heard(-1));
    String json = RunJson.text(record);
    for (String name :
        List.of(
            "\"mae_by_steps\" : [",
            "\"coverage80_by_steps\" : [",
            "\"mase_by_series\" : {",
            "\"directional_accuracy\" : ",
            "\"winkler_95\" : ",
            "\"better\" : null")) {
      assertTrue(json.contains(name), name + " in " + json);
    }
    assertTrue(!json.contains("qlike") && !json.contains("NaN"), "the target is no variance");
    String page = BacktestPage.markdown(List.of(record));
    assertTrue(page.startsWith("## small\n\n`y`, 3 steps ahead, from "), page);
    assertTrue(page.contains("\n| **" + record.best() + "** | "), page);
    Predicate<String> row = line -> line.startsWith("|");
    List<String> lines = page.lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      if (row.test(lines.get(i)) && row.test(lines.get(i - 1))) {
        assertEquals(cells(lines.get(i - 1)), cells(lines.get(i)), lines.get(i));
      }
    }
    assertEquals(3, lines.stream().filter(line -> line.matches("\\| [123] \\|.*")).count());
  }

  private static long cells(String row) {
    return row.chars().filter(c -> c == '|').count();
  }
}
