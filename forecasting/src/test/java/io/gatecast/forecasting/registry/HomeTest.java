package io.gatecast.forecasting.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that a job is held once, and that a run's folder appears complete or not at all. */
class HomeTest {
  private static final Instant NOW = Instant.parse("2024-05-17T08:09:10.123Z");
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path root;

  private Path runs() {
    return root.resolve("jobs/job/runs");
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> list = Files.list(runs())) {
      return list.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static String commit(JobStore store, Instant at) {
    try (StagedRun run = store.stage(at)) {
      run.write("run.json", TEXT);
      run.commit();
      return run.run();
    }
  }

  @Test
  void aJobIsHeldByOneRunUntilItIsClosed() {
    Home home = new Home(root);
    JobStore store = home.open("job");
    try (JobStore other = home.open("another")) {
      assertEquals(Optional.empty(), other.newest(), "another job is free");
    }
    JobFault busy = Fixtures.fault(ExitCode.BUSY, () -> home.open("job"));
    assertEquals(root.resolve("jobs/job/lock").toString(), busy.where());
    Fixtures.fault(ExitCode.BUSY, () -> new Home(root).open("job"));
    store.close();
    home.open("job").close();
  }

  @Test
  void aBacktestAndARunOfOneJobGoOnAtOnceButNotTwoBacktests() throws IOException {
    Home home = new Home(root);
    try (JobStore run = home.open("job");
        JobStore backtest = home.openBacktests("job")) {
      JobFault busy = Fixtures.fault(ExitCode.BUSY, () -> home.openBacktests("job"));
      assertEquals(root.resolve("jobs/job/backtests.lock").toString(), busy.where());
      Fixtures.fault(ExitCode.BUSY, () -> home.open("job"));
      String tested = commit(backtest, NOW);
      assertEquals(Optional.empty(), run.newest(), "a backtest is no run");
      assertEquals(
          Optional.of(root.resolve("jobs/job/backtests").resolve(tested)), backtest.newest());
      assertEquals(List.of(), entries());
    }
    home.openBacktests("job").close();
    home.open("job").close();
  }

  @Test
  void whatADeadBacktestLeftIsSweptByTheNextBacktestAndByNoRun() throws IOException {
    Home home = new Home(root);
    home.openBacktests("job").close();
    Path dead =
        Files.createDirectory(root.resolve("jobs/job/backtests/.staging-20240517T080911.000Z"));
    Files.write(dead.resolve("forecasts.csv"), TEXT);
    home.open("job").close();
    assertTrue(Files.exists(dead));
    try (JobStore backtests = home.openBacktests("job")) {
      assertFalse(Files.exists(dead));
      assertEquals(Optional.empty(), backtests.newest());
    }
  }

  @Test
  void aFileWrittenBitByBitIsThereWithTheCommitAndGoneWithoutIt() throws IOException {
    try (JobStore store = new Home(root).open("job")) {
      Path whole;
      try (StagedRun run = store.stage(NOW)) {
        whole = run.path("rows.csv");
        OutputStream out = run.stream("rows.csv");
        for (int i = 0; i < 10_000; i++) {
          out.write(TEXT);
          out.write('\n');
        }
        assertFalse(Files.exists(whole));
        out.close();
        out.close();
        run.commit();
      }
      assertEquals("text\n".repeat(10_000), Files.readString(whole));
      try (StagedRun run = store.stage(NOW)) {
        try (OutputStream out = run.stream("rows.csv")) {
          out.write(TEXT);
        }
        Fixtures.fault(ExitCode.OUTPUT, () -> run.stream("rows.csv"));
      }
      assertEquals(List.of("20240517T080910.123Z"), entries());
    }
  }

  @Test
  void aJobReachedThroughALinkIsTheSameJob() throws IOException {
    Path link =
        Files.createSymbolicLink(root.resolve("link"), Files.createDirectory(root.resolve("real")));
    try (JobStore held = new Home(root.resolve("real")).open("job")) {
      assertEquals(
          ExitCode.BUSY, assertThrows(JobFault.class, () -> new Home(link).open("job")).exit());
      assertTrue(held.newest().isEmpty());
    }
  }

  @Test
  void aHomeIsNotTouchedBeforeItIsNeeded() {
    Path fresh = root.resolve("fresh/home");
    Home home = new Home(fresh);
    assertFalse(Files.exists(fresh));
    home.probe();
    assertFalse(Files.exists(fresh), "a probe leaves nothing");
    home.open("job").close();
    home.probe();
    assertTrue(Files.isDirectory(fresh.resolve("jobs/job")), "nor does it remove anything");
  }

  @Test
  void aRunIsInvisibleUntilItsCommitAndCompleteAfterIt() throws IOException {
    try (JobStore store = new Home(root).open("job");
        StagedRun run = store.stage(NOW)) {
      assertEquals("20240517T080910.123Z", run.run());
      run.write("run.json", TEXT);
      run.write("model/weights.bin", new byte[100_000]);
      assertEquals(Optional.empty(), store.newest());
      assertFalse(Files.exists(run.path("run.json")));
      run.commit();
      assertEquals(Optional.of(runs().resolve(run.run())), store.newest());
      assertArrayEquals(TEXT, Files.readAllBytes(run.path("run.json")));
      assertEquals(100_000, Files.size(run.path("model/weights.bin")));
    }
    assertEquals(List.of("20240517T080910.123Z"), entries(), "closing keeps what is committed");
  }

  @Test
  void aRunThatIsClosedWithoutACommitLeavesNothing() throws IOException {
    try (JobStore store = new Home(root).open("job")) {
      try (StagedRun run = store.stage(NOW)) {
        run.write("run.json", TEXT);
        run.write("model/weights.bin", TEXT);
        assertEquals(1, entries().size());
      }
      assertEquals(List.of(), entries());
    }
  }

  @Test
  void whatADeadRunLeftIsSweptWhenTheJobIsOpenedAgain() throws IOException {
    try (JobStore store = new Home(root).open("job")) {
      commit(store, NOW);
    }
    Path dead = Files.createDirectories(runs().resolve(".staging-20240517T080911.000Z/model"));
    Files.write(dead.resolve("weights.bin"), TEXT);
    try (JobStore store = new Home(root).open("job")) {
      assertEquals(List.of("20240517T080910.123Z"), entries());
      assertEquals(Optional.of(runs().resolve("20240517T080910.123Z")), store.newest());
    }
  }

  @Test
  void theNewestRunIsTheLatest() throws IOException {
    try (JobStore store = new Home(root).open("job")) {
      assertEquals(Optional.empty(), store.newest());
      commit(store, Instant.parse("2024-05-17T08:09:10.999Z"));
      String latest = commit(store, Instant.parse("2024-11-02T00:00:00Z"));
      commit(store, Instant.parse("2024-05-17T08:09:11Z"));
      commit(store, Instant.parse("2023-12-31T23:59:59Z"));
      assertEquals("20241102T000000.000Z", latest);
      Files.writeString(runs().resolve("notes.txt"), "not a run");
      assertEquals(Optional.of(runs().resolve(latest)), store.newest());
    }
  }

  @Test
  void twoRunsOfOneMillisecondAreTwoRuns() throws IOException {
    try (JobStore store = new Home(root).open("job")) {
      String first = commit(store, NOW);
      String second = commit(store, NOW);
      assertNotEquals(first, second);
      assertEquals(List.of(first, second), entries(), "in the order of their commits");
    }
  }

  @Test
  void aFileIsWrittenOnceOnly() {
    try (JobStore store = new Home(root).open("job");
        StagedRun run = store.stage(NOW)) {
      run.write("run.json", TEXT);
      Fixtures.fault(ExitCode.OUTPUT, () -> run.write("run.json", TEXT));
    }
  }

  @Test
  void aHomeThatCannotBeWrittenIsAnOutputFault() throws IOException {
    Path file = Files.write(root.resolve("file"), TEXT);
    for (Path inTheWay : List.of(file, file.resolve("below"))) {
      Home home = new Home(inTheWay);
      JobFault open = Fixtures.fault(ExitCode.OUTPUT, () -> home.open("job"));
      assertTrue(open.where().startsWith(file.toString()), open::getMessage);
      assertTrue(open.action().contains("--home"), open::getMessage);
      Fixtures.fault(ExitCode.OUTPUT, home::probe);
    }
    Files.createDirectories(root.resolve("jobs"));
    Files.write(root.resolve("jobs/blocked"), TEXT);
    Fixtures.fault(ExitCode.OUTPUT, () -> new Home(root).open("blocked"));
  }

  @Test
  void aFailedOpenLetsTheJobGo() throws IOException {
    Path runs = Files.createDirectories(root.resolve("jobs/job")).resolve("runs");
    Files.write(runs, TEXT);
    Home home = new Home(root);
    Fixtures.fault(ExitCode.OUTPUT, () -> home.open("job"));
    Files.delete(runs);
    home.open("job").close();
  }
}
