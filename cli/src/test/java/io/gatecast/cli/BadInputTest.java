package io.gatecast.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatecast.forecasting.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that bad input ends with its exit code, a message that helps, and nothing half-written.
 */
class BadInputTest {

  private static String broken(int every, String value) {
    StringBuilder csv = new StringBuilder("date,y\n");
    for (int day = 0; day < Shell.DAYS; day++) {
      csv.append(Shell.date(day)).append(',').append(day % every == 1 ? value : "" + day % 9);
      csv.append('\n');
    }
    return csv.toString();
  }

  static Stream<Arguments> badData() {
    String day50 = Shell.date(48);
    return Stream.of(
        // what, the file's text, exit, what is found, where
        arguments("empty file", "", 3, "an empty file", "small.csv"),
        arguments("blank lines", "\n\n", 3, "an empty file", "small.csv"),
        arguments("header only", "date,y\n", 3, "a header only", "small.csv"),
        arguments("binary", "\u0000\u0001\u0002ELF\n\u0000", 3, "control characters", "small.csv"),
        arguments("wrong column", "date,z\n2020-01-01,1\n", 2, "\"y\"", "line 3, key target"),
        arguments("no time", "day,y\n2020-01-01,1\n", 2, "\"date\"", "key source.time"),
        arguments(
            "other dates",
            Shell.csv().replaceAll("(?m)^(\\d+)-(\\d+)-(\\d+)", "$3.$2.$1"),
            3,
            "a time of another form",
            "line 2, column date (\"01.01.2020\")"),
        arguments(
            "duplicate that differs",
            Shell.csvWith(51, day50 + ",99"),
            3,
            "two that differ",
            "lines 50 and 51"),
        arguments("constant", broken(1000, "").replaceAll(",\\d", ",5"), 3, "a constant", "y"),
        arguments(
            "gap in the last look-back",
            Shell.csvWith(Shell.DAYS - 1, ""),
            3,
            "no usable row at " + Shell.date(Shell.DAYS - 3),
            "series small"),
        arguments("text", broken(9, "n.v."), 3, "text in a number", "line 3, column y (\"n.v.\")"),
        arguments("decimal comma", broken(9, "\"1,5\""), 3, "text in a number", "(\"1,5\")"),
        arguments("missing", broken(9, ""), 3, "a missing value", "line 3, column y"),
        arguments("NaN", broken(9, "NaN"), 3, "not finite", "line 3, column y (\"NaN\")"),
        arguments("infinity", broken(9, "-Infinity"), 3, "not finite", "(\"-Infinity\")"),
        arguments("overflow", broken(9, "1e999"), 3, "not finite", "(\"1e999\")"),
        arguments("more fields", broken(9, "1,2"), 3, "number of fields", "line 3"),
        arguments(
            "open quote",
            "date,y\n\"2020-01-01,1\n2020-01-02,2\n",
            3,
            "cannot be parsed",
            "small.csv"),
        arguments(
            "too short",
            Shell.csv().lines().limit(40).collect(Collectors.joining("\n")),
            3,
            " steps",
            "series small, 2020-01-01"),
        arguments("one row", "date,y\n2020-01-01,1\n", 3, "1 steps", "series small"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badData")
  void badDataStopsTheRun(
      String what, String csv, int exit, String found, String where, @TempDir Path folder) {
    Shell shell = new Shell(folder);
    shell.write("small.csv", csv);
    for (String command : List.of("run", "--debug")) {
      boolean debug = command.equals("--debug");
      Shell.Ended ended =
          debug
              ? shell.type("--debug", "--home", "home", "--json", "run", "small.yaml")
              : shell.type("--home", "home", "--json", "run", "small.yaml");
      assertAll(
          what,
          () -> helps(ended, exit, found, where),
          () -> assertEquals(debug, ended.err().contains("\tat "), "stack trace"),
          () -> assertEquals("small", ended.json().job()),
          () -> assertEquals(List.of(), shell.runs()));
    }
    Shell.Ended plain = shell.type("--home", "home", "run", "small.yaml");
    assertEquals(exit, plain.exit());
    assertEquals("", plain.out());
  }

  /** Four labelled lines on standard error, the same in JSON on standard output. */
  private static void helps(Shell.Ended ended, int exit, String found, String where) {
    assertEquals(exit, ended.exit(), ended.err());
    RunRecord record = ended.json();
    RunRecord.Failure error = record.error();
    assertNotNull(error);
    assertEquals(exit, record.exit());
    assertTrue(ended.err().contains("(exit " + exit + ")\n"), ended.err());
    assertTrue(ended.err().contains("\n  expected  " + error.expected() + "\n"), ended.err());
    assertTrue(ended.err().contains("\n  found     " + error.found() + "\n"), ended.err());
    assertTrue(ended.err().contains("\n  where     " + error.where() + "\n"), ended.err());
    assertTrue(ended.err().contains("\n  do        " + error.action() + "\n"), ended.err());
    assertTrue(error.found().contains(found), error.found());
    assertTrue(error.where().contains(where), error.where());
    assertFalse(error.expected().isBlank() || error.action().isBlank());
  }

  @Test
  void missingDataFileIsNamedWithTheKeyThatAsksForIt(@TempDir Path folder) throws IOException {
    Shell shell = new Shell(folder);
    Files.delete(shell.path("small.csv"));
    Shell.Ended ended = shell.type("--home", "home", "--json", "run", "small.yaml");
    helps(ended, 3, "no such file", "small.yaml, line 2, key source.csv");
    assertFalse(Files.exists(shell.path("small.csv")), "looking for a file must not make one");
    assertTrue(ended.err().contains(shell.path("small.csv").toString()));
    Files.createDirectory(shell.path("small.csv"));
    helps(shell.type("--home", "home", "--json", "run", "small.yaml"), 3, "a folder", "source.csv");
    assertEquals(List.of(), shell.runs());
  }

  @Test
  void homeThatCannotBeWrittenIsSaidBeforeAnyWork(@TempDir Path folder) {
    Shell shell = new Shell(folder);
    shell.write("home", "a file in the way");
    Shell.Ended ended = shell.type("--home", "home", "--json", "run", "small.yaml");
    helps(ended, 6, shell.path("home").toString(), shell.path("home").toString());
    assertFalse(ended.err().contains("training"), "no work before it is known where to keep it");
    assertFalse(ended.err().contains("\tat "));
  }

  static Stream<Arguments> badJob() {
    return Stream.of(
        arguments("job: small\n", "nothing", "source"),
        arguments("", "an empty file", "small.yaml"),
        arguments("job: [\n", "", "small.yaml, line "),
        arguments(Shell.JOB + "horizn: 3\n", "\"horizn\"", "small.yaml, line 6, key horizn"),
        arguments(Shell.JOB + "horizon: week\n", "\"week\"", "small.yaml, line 6, key horizon"),
        arguments(Shell.JOB + "inputs: " + "[".repeat(50_000), "levels", "small.yaml"));
  }

  @ParameterizedTest(name = "{index}: {2}")
  @MethodSource("badJob")
  void badJobFileIsRefusedByEveryCommandThatReadsOne(
      String yaml, String found, String where, @TempDir Path folder) {
    Shell shell = new Shell(folder);
    shell.write("small.yaml", yaml);
    for (String command : List.of("run", "backtest", "compare", "inspect")) {
      Shell.Ended ended = shell.type("--home", "home", "--json", command, "small.yaml");
      helps(ended, 2, found, where);
      assertFalse(ended.err().contains("\tat "));
      assertFalse(Files.exists(shell.path("home")), "a home for a job that cannot be read");
    }
  }

  @Test
  void missingJobFileIsNamed(@TempDir Path folder) {
    Shell shell = new Shell(folder);
    helps(shell.type("--json", "run", "none.yaml"), 2, "no such file", "none.yaml");
  }

  static Stream<Arguments> badWords() {
    return Stream.of(
        arguments("runn small.yaml --json", "runn", "run"),
        arguments("--json run small.yaml --frobnicate", "--frobnicate", "gatecast run --help"),
        arguments("run small.yaml second.yaml --json", "second.yaml", "gatecast run --help"),
        arguments("--json run", "JOB.yaml", "gatecast run --help"),
        arguments("--json backtest", "JOB.yaml", "gatecast backtest --help"),
        arguments("--json backtest small.yaml two.yaml", "found 2", "gatecast backtest --help"),
        arguments("--json backtest small.yaml --threads 0", "found 0", "gatecast backtest --help"),
        arguments("--json compare small.yaml --seeds 0", "found 0", "gatecast compare --help"),
        arguments("--json compare small.yaml --seeds x", "--seeds", "gatecast compare --help"),
        arguments("compare small.yaml --cells gru,elman --json", "elman", "gatecast compare"),
        arguments("--json", "subcommand", "gatecast --help"),
        arguments("--json doctor --home", "--home", "--help"));
  }

  @ParameterizedTest(name = "gatecast {0}")
  @MethodSource("badWords")
  void badCommandLineIsRefusedWithTheHelpToRead(
      String line, String found, String action, @TempDir Path folder) {
    Shell.Ended ended = new Shell(folder).type(line.split(" ", -1));
    helps(ended, 2, found, "command line");
    RunRecord.Failure error = ended.json().error();
    assertNotNull(error);
    assertTrue(error.action().contains(action), error.action());
    assertFalse(ended.err().contains("\tat "));
  }

  static Stream<Arguments> oddButUsable() {
    String sorted = Shell.csv();
    String last = sorted.lines().skip(Shell.DAYS).findFirst().orElse("");
    String late =
        Shell.csv().replace(last + "\n", "").replace("date,y\n", "date,y\n" + last + "\n");
    return Stream.of(
        // what, the file's text, repaired, rejected, missing, what the table says
        arguments("unsorted", late, Shell.DAYS - 1, 0, 0, "a row out of order"),
        arguments("same row twice", sorted + last + "\n", 0, 1, 0, "that was there already"),
        arguments("a gap", Shell.csvWith(90, ""), 0, 0, 1, "1 steps missing"),
        arguments("one bad cell", Shell.csvWith(90, Shell.date(88) + ",?"), 0, 1, 1, "(\"?\")"),
        arguments("byte order mark", "\uFEFF" + sorted, 0, 0, 0, "200 kept"),
        arguments("DOS lines", sorted.replace("\n", "\r\n"), 0, 0, 0, "200 kept"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oddButUsable")
  void oddRowsAreReportedAndTheRunGoesOn(
      String what,
      String csv,
      int repaired,
      int rejected,
      int missing,
      String says,
      @TempDir Path folder) {
    Shell shell = new Shell(folder);
    shell.write("small.csv", csv);
    Shell.Ended ended = shell.type("--home", "home", "run", "small.yaml");
    assertTrue(ended.exit() == 0 || ended.exit() == 4, what + ": " + ended.err());
    assertTrue(ended.out().contains(says), ended.out());
    RunRecord record = shell.type("--home", "home", "--json", "run", "small.yaml").json();
    assertEquals(99, record.exit());
    assertNotNull(record.rows());
    assertNotNull(record.data());
    assertEquals(repaired, record.rows().repaired());
    assertEquals(rejected, record.rows().rejected());
    assertEquals(missing, record.data().missing());
  }
}
