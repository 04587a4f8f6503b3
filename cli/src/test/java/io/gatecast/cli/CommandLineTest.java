package io.gatecast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.kernel.Kernels;
import io.gatecast.forecasting.Version;
import io.gatecast.forecasting.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that each command answers in full, for people and as JSON, and keeps to its home. */
class CommandLineTest {
  private Shell shell = new Shell(Path.of(System.getProperty("java.io.tmpdir")));

  @BeforeEach
  void ownFolder(@TempDir Path folder) {
    shell = new Shell(folder);
  }

  private static void contains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), "expected \"" + part + "\" in:\n" + text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "run --help",
        "backtest --help",
        "compare --help",
        "inspect --help",
        "trace --help",
        "doctor --help",
        "init --help"
      })
  void helpGoesToStandardOutput(String line) {
    Shell.Ended ended = shell.type(line.split(" ", -1));
    assertEquals(0, ended.exit());
    assertEquals("", ended.err());
    contains(ended.out(), "Usage: gatecast", "--home", "--json", "--debug");
    if (line.startsWith("-")) {
      contains(
          ended.out(),
          "run",
          "backtest",
          "compare",
          "inspect",
          "trace",
          "doctor",
          "Exit codes: 0 done",
          "99 nothing new");
    }
  }

  @Test
  void versionIsTheBuilds() {
    Shell.Ended ended = shell.type("--version");
    assertEquals(0, ended.exit());
    assertEquals("gatecast " + Version.text() + "\n", ended.out().replace("\r", ""));
    assertTrue(Version.text().matches("\\d+\\.\\d+.*"), Version.text());
  }

  @Test
  void noWordsAtAllIsWrongUsageAndShowsIt() {
    Shell.Ended ended = shell.type();
    assertEquals(2, ended.exit());
    assertEquals("", ended.out());
    contains(ended.err(), "Usage: gatecast", "run", "doctor");
  }

  @Test
  void inspectShowsEveryDefaultAndTheDataAndMakesNoHome() {
    Shell.Ended ended = shell.type("--home", "home", "inspect", "small.yaml");
    assertEquals(0, ended.exit(), ended.err());
    contains(
        ended.out().replaceAll(" +", " "),
        "job small",
        "preset none",
        "training.learning_rate 0.003",
        "season 7",
        "calendar [week]",
        "rows 200 read: 200 kept, 0 repaired, 0 rejected",
        "step 1 day",
        "small 2020-01-01 2020-07-18 200 0",
        "least mean most");
    assertFalse(Files.exists(shell.path("home")));
  }

  @Test
  void inspectAsJsonIsOneObject() {
    Shell.Ended ended = shell.type("inspect", "--json", "small.yaml");
    assertEquals(0, ended.exit());
    ended.oneObject();
    contains(
        ended.out(),
        "\"job\" : \"small\"",
        "\"settings\" : {",
        "\"training.learning_rate\" : \"0.003\"",
        "\"read\" : 200",
        "\"step\" : \"1 day\"",
        "\"from\" : \"2020-01-01\"",
        "\"missing\" : 0");
  }

  @Test
  void doctorNamesWhatItRunsOn() {
    Shell.Ended ended = shell.type("--home", "home", "doctor");
    assertEquals(0, ended.exit(), ended.out());
    contains(ended.out(), "java ", "processor", "natives", "blas", "threads", "heap", "off-heap");
    contains(ended.out(), shell.path("home") + ", writable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run small.yaml", "doctor"})
  void aKernelThatThereIsNotIsWrongUsage(String line) {
    String before = System.getProperty("gatecast.kernel");
    System.setProperty("gatecast.kernel", "nonsense");
    try {
      Shell.Ended ended = shell.type(("--json --home home " + line).split(" ", -1));
      assertEquals(2, ended.exit());
      contains(
          ended.err(),
          "expected  one of " + String.join(", ", Kernels.available()) + "\n",
          "found     nonsense\n",
          "where     system property gatecast.kernel\n",
          "do        name one of these");
      assertEquals(2, ended.json().exit());
      assertFalse(Files.exists(shell.path("home")), "the home was touched");
    } finally {
      if (before == null) {
        System.clearProperty("gatecast.kernel");
      } else {
        System.setProperty("gatecast.kernel", before);
      }
    }
  }

  @Test
  void doctorAsJsonTellsAHomeThatCannotBeUsed() {
    shell.write("home", "a file in the way");
    Shell.Ended ended = shell.type("--json", "--home", "home", "doctor");
    assertEquals(6, ended.exit());
    assertEquals(6, ended.json().exit());
    contains(ended.out(), "\"natives\" : \"", "\"home\" : \"UNUSABLE: ", "\"exit\" : 6");
  }

  @Test
  void runsTableSaysWhatWasReadComparedAndWritten() {
    Shell.Ended ended = shell.type("--home", "home", "run", "small.yaml");
    assertTrue(ended.exit() == 0 || ended.exit() == 4, ended.err());
    RunRecord record = shell.type("--home", "home", "--json", "run", "small.yaml").json();
    assertNotNull(record.winner());
    assertNotNull(record.forecasts());
    contains(
        ended.out().replaceAll(" +", " "),
        "job small, run " + record.run(),
        "span 2020-01-01 to 2020-07-18, step 1 day",
        "rows 200 read: 200 kept, 0 repaired, 0 rejected; 0 steps missing",
        "\n> " + record.winner() + " ",
        "oracle passed: largest relative difference",
        "decision ",
        "forecasts " + record.forecasts(),
        "exit " + ended.exit());
    long marks =
        ended.out().lines().filter(l -> l.matches("> +" + record.winner() + " .*")).count();
    assertEquals(2, marks, "one winner in the table of errors, one in that of steps");
    contains(ended.out().replaceAll(" +", " "), "\nsmall 2020-07-19 ");
    assertTrue(Files.exists(Path.of(record.forecasts())));
  }

  @Test
  void runAsJsonIsTheRecordItKept() throws IOException {
    Shell.Ended ended = shell.type("--home", "home", "--json", "run", "small.yaml");
    RunRecord record = ended.json();
    assertEquals(ended.exit(), record.exit());
    assertNotNull(record.forecasts());
    Path kept = Path.of(record.forecasts()).resolveSibling("run.json");
    assertEquals(Files.readString(kept), ended.out());
    contains(
        ended.out(),
        "\"report\" : null",
        "\"max_relative_difference\" : ",
        "\"mae_by_horizon\" : [",
        "\"kind\" : \"network\"",
        "\"total\" : ");
    contains(ended.err(), "· reading ", "· training rnn");
  }

  @Test
  void secondRunEndsWith99AndForceRunsAgain() {
    Shell.Ended first = shell.type("--home", "home", "run", "small.yaml");
    Shell.Ended second = shell.type("--home", "home", "run", "small.yaml");
    assertEquals(99, second.exit());
    contains(second.out(), "decision   nothing new: run ", "exit       99");
    assertEquals(1, shell.runs().size());
    assertEquals(first.exit(), shell.type("--home", "home", "run", "--force", "small.yaml").exit());
    assertEquals(2, shell.runs().size());
  }

  @Test
  void homeComesFromTheOptionOnEitherSideThenFromTheEnvironment() {
    Map<String, String> environment = Map.of("GATECAST_HOME", shell.path("home-e").toString());
    contains(
        shell.type(environment, "--home", shell.path("home-1").toString(), "doctor").out(),
        shell.path("home-1") + ", writable");
    contains(
        shell.type(environment, "doctor", "--home", shell.path("home-2").toString()).out(),
        shell.path("home-2") + ", writable");
    contains(shell.type(environment, "doctor").out(), shell.path("home-e") + ", writable");
    assertFalse(Files.exists(shell.path("home-e")), "looking leaves nothing");
  }
}
