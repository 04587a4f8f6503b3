package io.gatecast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.registry.JobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that a backtest keeps every forecast beside what came true, that its figures follow from
 * them, and that it stands in nobody's way.
 */
class BacktestCommandTest {
  private static final String HEADER =
      "series,origin,target_time,horizon,model,fold,actual,mean,"
          + "q0.025,q0.1,q0.2,q0.3,q0.4,q0.5,q0.6,q0.7,q0.8,q0.9,q0.975";
  private static final List<String> MODELS =
      List.of("rnn", "persistence", "seasonal-naive", "drift");
  private static final String FORECASTS = Shell.JOB + "horizon: 2\n";
  private static final String TWO_STEPS =
      FORECASTS + "baselines: [persistence, seasonal-naive, drift]\n";
  private static final String ROLLING = TWO_STEPS + "backtest: {refit_every: 10}\n";

  /** The first day of the test part: 15 % of the days are its. */
  private static final int CUT = 170;

  private Shell shell = new Shell(Path.of(System.getProperty("java.io.tmpdir")));

  @BeforeEach
  void ownFolder(@TempDir Path folder) {
    shell = new Shell(folder);
    shell.write("small.yaml", ROLLING);
  }

  private Shell.Ended backtest(String... words) {
    Shell.Ended ended = shell.type(backtestOf(words));
    assertEquals(0, ended.exit(), ended.err());
    return ended;
  }

  private static String[] backtestOf(String... words) {
    return Stream.concat(Stream.of("--home", "home", "backtest", "small.yaml"), Stream.of(words))
        .toArray(String[]::new);
  }

  private static List<String> lines(Answer answer) {
    try {
      return Files.readAllLines(Path.of(answer.text("/file")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String[]> rows(Answer answer) {
    return lines(answer).stream().skip(1).map(line -> line.split(",", -1)).toList();
  }

  private static List<String> models(Answer answer) {
    return IntStream.range(0, answer.size("/models"))
        .mapToObj(i -> answer.text("/models/" + i + "/name"))
        .toList();
  }

  private static void contains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), "expected \"" + part + "\" in:\n" + text);
    }
  }

  @ParameterizedTest(name = "stride {0}, refit every {1}")
  @CsvSource({"1, 10", "3, 4", "1, 1000"})
  void fileHasEveryOriginOfTheTestPartOnceForEachModelAndStep(int stride, int refitEvery) {
    shell.write(
        "small.yaml",
        TWO_STEPS + "backtest: {stride: " + stride + ", refit_every: " + refitEvery + "}\n");
    Answer answer = new Answer(backtest("--json"));
    Map<String, String> actual =
        Shell.csv()
            .lines()
            .map(line -> line.split(",", -1))
            .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1]));
    List<String> expected = new ArrayList<>();
    int origins = 0;
    for (int target = CUT; target + 1 < Shell.DAYS; target += stride, origins++) {
      for (int step = 1; step <= 2; step++) {
        for (String model : MODELS) {
          String date = Shell.date(target - 1 + step);
          String[] cells = {
            "small", Shell.date(target - 1), date, "" + step, model, "" + origins / refitEvery
          };
          expected.add(
              String.join(",", cells) + "," + Double.parseDouble(actual.getOrDefault(date, "?")));
        }
      }
    }
    List<String> found =
        rows(answer).stream()
            .map(
                cells ->
                    Stream.of(cells).limit(6).collect(Collectors.joining(","))
                        + ","
                        + Double.parseDouble(cells[6]))
            .toList();
    assertEquals(HEADER, lines(answer).get(0));
    assertEquals(expected.stream().sorted().toList(), found.stream().sorted().toList());
    assertEquals(origins, answer.number("/origins"));
    assertEquals(2 * origins, answer.number("/forecasts"));
    assertEquals((origins + refitEvery - 1) / refitEvery, answer.size("/folds"));
    assertEquals(MODELS, models(answer));
    assertEquals(List.of(Path.of(answer.text("/file")).getParent()), shell.backtests());
  }

  @Test
  void figuresOfTheRecordFollowFromTheFile() {
    Answer answer = new Answer(backtest("--json"));
    double naive = 0;
    List<String> values = Shell.csv().lines().skip(1).map(line -> line.split(",", -1)[1]).toList();
    for (int day = 1; day < 140; day++) { // the first fold's train part
      naive +=
          Math.abs(Double.parseDouble(values.get(day)) - Double.parseDouble(values.get(day - 1)));
    }
    for (int model = 0; model < MODELS.size(); model++) {
      String at = "/models/" + model;
      double[] steps = new double[2];
      double squares = 0;
      double sum = 0;
      double inside = 0;
      int n = 0;
      for (String[] row : rows(answer)) {
        if (row[4].equals(MODELS.get(model))) {
          double y = Double.parseDouble(row[6]);
          double error = Double.parseDouble(row[7]) - y;
          steps[Integer.parseInt(row[3]) - 1] += Math.abs(error);
          squares += error * error;
          sum += error;
          inside += Double.parseDouble(row[9]) <= y && y <= Double.parseDouble(row[17]) ? 1 : 0;
          n++;
          for (int level = 9; level < row.length; level++) {
            assertTrue(
                Double.parseDouble(row[level - 1]) <= Double.parseDouble(row[level]), row[2]);
          }
        }
      }
      double mae = (steps[0] + steps[1]) / n;
      assertEquals(mae, answer.number(at + "/measures/mae"), 1e-7);
      assertEquals(Math.sqrt(squares / n), answer.number(at + "/measures/rmse"), 1e-7);
      assertEquals(sum / n, answer.number(at + "/measures/bias"), 1e-7);
      assertEquals(inside / n, answer.number(at + "/measures/coverage_80"), 1e-12);
      assertEquals(2 * steps[0] / n, answer.number(at + "/mae_by_steps/0"), 1e-7);
      assertEquals(2 * steps[1] / n, answer.number(at + "/mae_by_steps/1"), 1e-7);
      assertTrue(answer.number(at + "/measures/mase") < mae / (naive / 139) * 1.2);
      assertTrue(answer.number(at + "/measures/mase") > mae / (naive / 139) / 1.2);
    }
  }

  @Test
  void recordSaysWhatIsKeptBesideTheForecastsAndWhoIsTheBest() throws IOException {
    Shell.Ended ended = backtest("--json");
    Answer answer = new Answer(ended);
    Path file = Path.of(answer.text("/file"));
    assertEquals(ended.out(), Files.readString(file.resolveSibling("backtest.json")));
    assertEquals("small", answer.text("/job"));
    assertEquals("y", answer.text("/target"));
    assertEquals(
        file,
        file.resolveSibling("../" + answer.text("/run")).resolve(file.getFileName()).normalize());
    assertEquals("the start", answer.text("/folds/0/train_from"));
    assertEquals(Shell.date(139), answer.text("/folds/0/train_to"));
    assertEquals(Shell.date(169), answer.text("/folds/0/validation_to"));
    assertEquals(Shell.date(170), answer.text("/folds/0/test_from"));
    assertEquals(Shell.date(149), answer.text("/folds/1/train_to"));
    assertEquals("network", answer.text("/models/0/kind"));
    assertTrue(answer.number("/models/0/parameters") > 0);
    int best = models(answer).indexOf(answer.text("/best"));
    for (int model = 1; model < MODELS.size(); model++) {
      assertEquals("baseline", answer.text("/models/" + model + "/kind"));
      assertTrue(
          answer.number("/models/" + best + "/measures/mase")
              <= answer.number("/models/" + model + "/measures/mase"));
    }
    assertEquals("null", answer.text("/models/" + best + "/better"), "it beats not itself");
    assertEquals(0, answer.number("/models/" + best + "/skill"));
    assertTrue(answer.text("/gates/rnn/verdict").matches("passes|fails"));
    contains(ended.err(), "· reading ", "· testing 4 models on 3 folds", "12 of 12 fits done");
    assertEquals(12, ended.err().lines().filter(line -> line.contains(" fits done")).count());
  }

  @Test
  void sameBytesHoweverManyFoldsRunAtOnce() {
    Answer one = new Answer(backtest("--json", "--threads", "1"));
    Answer two = new Answer(backtest("--json", "--threads", "2"));
    assertEquals(lines(one), lines(two));
    String ownToEachRun = "/run|/file|.*/?seconds";
    assertEquals(one.without(ownToEachRun), two.without(ownToEachRun));
    assertNotEquals(one.text("/run"), two.text("/run"));
  }

  @Test
  void warmRefitsForecastFromTheSameOriginsAsColdOnes() {
    List<String> cold = baselineLines(new Answer(backtest("--json")));
    shell.write("small.yaml", TWO_STEPS + "backtest: {refit_every: 10, refit: warm}\n");
    Answer warm = new Answer(backtest("--json", "--threads", "2"));
    assertEquals(cold, baselineLines(warm));
    assertEquals(MODELS, models(warm));
    assertEquals(4 * 2 * 29, rows(warm).size());
  }

  private static List<String> baselineLines(Answer answer) {
    return lines(answer).stream().filter(line -> !line.contains(",rnn,")).toList();
  }

  @Test
  void baselinesVariantsAndTheWindowAreTheJobFiles() {
    shell.write(
        "small.yaml",
        FORECASTS
            + """
            baselines: [seasonal-naive]
            backtest:
              {refit_every: 15, window: sliding, embargo: 4, variants: [ensemble, direct, recursive], baselines: [drift, persistence]}
            """);
    Answer answer = new Answer(backtest("--json"));
    assertEquals(
        List.of("rnn", "rnn-ensemble", "rnn-recursive", "drift", "persistence"),
        models(answer),
        "direct is the job's own form");
    assertTrue(answer.has("/gates/rnn") && answer.has("/gates/rnn-ensemble"));
    assertEquals(Shell.date(0), answer.text("/folds/0/train_from"));
    assertEquals(Shell.date(169), answer.text("/folds/0/validation_to"));
    assertEquals(Shell.date(174), answer.text("/folds/0/test_from"), "four days apart");
    assertEquals(Shell.date(15), answer.text("/folds/1/train_from"));
    assertEquals(Shell.date(173), rows(answer).get(0)[1]);
  }

  @Test
  void tableSaysWhatWasTestedAndWhereTheForecastsAre() {
    String text = backtest().out().replaceAll(" +", " ");
    Path kept = shell.backtests().get(0);
    contains(
        text,
        "job small, backtest " + kept.getFileName(),
        "origins 29 times, 58 forecasts a model, 2 steps ahead; target y",
        "fold train the start to " + Shell.date(139) + ", validate to " + Shell.date(169),
        "model parameters MAE RMSE MASE",
        "\nmodel intervals in 80 % width Winkler in 95 %",
        "gate rnn ",
        "forecasts " + kept.resolve("forecasts.csv"));
    assertEquals(2, text.lines().filter(l -> l.startsWith("* ")).count(), "the best, and the key");
    for (String model : MODELS) {
      assertEquals(1, text.lines().filter(l -> l.matches("[ *]*" + model + " [-\\d].*")).count());
    }
  }

  @Test
  void pageKeepsEverythingOutsideTheMarks() throws IOException {
    Path page = shell.path("page.md");
    shell.write(
        "page.md",
        "# Ours\n<!-- backtests: begin -->\nold\n<!-- backtests: end -->\n\nWords after.\n");
    backtest("--markdown", page.toString());
    String first = Files.readString(page);
    assertTrue(first.startsWith("# Ours\n<!-- backtests: begin -->\n\n## small\n"), first);
    assertTrue(first.endsWith("<!-- backtests: end -->\n\nWords after.\n"), first);
    assertFalse(first.contains("\nold\n"));
    contains(first, "\n| fold | train | validation to | test |\n", "\n| rnn | ");
    backtest("--markdown", page.toString());
    assertEquals(withoutSeconds(first), withoutSeconds(Files.readString(page)));
  }

  /** The last cell of a row of models and the words at the top tell how long it took. */
  private static String withoutSeconds(String page) {
    return page.replaceAll("in \\d+ s\\.", "").replaceAll("\\| [\\d.]+ \\|\n", "|\n");
  }

  @Test
  void pageWithoutMarksIsTheTablesOfAllJobsInTheirOrder() throws IOException {
    shell.write("second.yaml", ROLLING.replace("job: small", "job: second"));
    shell.write("page.md", "an older page\n");
    Path page = shell.path("page.md");
    Shell.Ended ended = backtest("second.yaml", "--markdown", page.toString());
    String text = Files.readString(page);
    assertTrue(text.startsWith("## small\n"), text);
    assertFalse(text.contains("older"), text);
    assertTrue(text.indexOf("\n## second\n") > text.indexOf("| rnn |"), text);
    assertTrue(ended.out().indexOf("second, backtest") > ended.out().indexOf("small, backtest"));
    assertEquals(2, shell.backtests().size());
    Path fresh = shell.path("fresh.md");
    backtest("--markdown", fresh.toString());
    assertTrue(Files.readString(fresh).startsWith("## small\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- backtests: begin -->\nno end\n",
        "no begin\n<!-- backtests: end -->\n",
        "<!-- backtests: end -->\n<!-- backtests: begin -->\n"
      })
  void pageThatLostAMarkIsLeftAsItIsBeforeAnyWork(String damaged) throws IOException {
    shell.write("page.md", damaged);
    Shell.Ended ended = shell.type(backtestOf("--markdown", shell.path("page.md").toString()));
    assertEquals(6, ended.exit(), ended.err());
    contains(ended.err(), "<!-- backtests: begin -->", "page.md");
    assertEquals(damaged, Files.readString(shell.path("page.md")));
    assertFalse(Files.exists(shell.path("home")));
  }

  @Test
  void pageThatCannotBeWrittenIsSaidBeforeAnyWork() {
    for (Path page : List.of(shell.path("none").resolve("page.md"), shell.path("."))) {
      Shell.Ended ended = shell.type(backtestOf("--markdown", page.toString()));
      assertEquals(6, ended.exit(), ended.err());
      assertFalse(ended.err().contains("· "), ended.err());
    }
    assertFalse(Files.exists(shell.path("home")));
  }

  @Test
  void jsonOfTwoJobsIsRefusedAndNeitherIsRun() {
    Shell.Ended ended =
        shell.type("--json", "--home", "home", "backtest", "small.yaml", "small.yaml");
    assertEquals(2, ended.exit());
    contains(ended.err(), "--json: expected one job file, found 2");
    assertFalse(Files.exists(shell.path("home")));
  }

  @Test
  void aBacktestPromotesAndIssuesNothing() {
    backtest();
    assertEquals(List.of(), shell.runs());
    int exit = shell.type("--home", "home", "run", "small.yaml").exit();
    assertTrue(exit == 0 || exit == 4, "exit " + exit);
    assertEquals(99, shell.type("--home", "home", "run", "small.yaml").exit());
    backtest();
    assertEquals(2, shell.backtests().size(), "a backtest is asked for, and done again");
  }

  @Test
  void aRunNeedNotWaitForABacktestButAnotherBacktestMust() {
    Home home = new Home(shell.path("home"));
    try (JobStore held = home.openBacktests("small")) {
      Shell.Ended busy = shell.type(backtestOf("--json"));
      assertEquals(7, busy.exit(), busy.err());
      assertEquals(7, busy.json().exit());
      contains(busy.err(), shell.path("home").resolve("jobs/small/backtests.lock").toString());
      int exit = shell.type("--home", "home", "run", "small.yaml").exit();
      assertTrue(exit == 0 || exit == 4, "exit " + exit);
      assertEquals(Optional.empty(), held.newest());
    }
    try (JobStore held = home.open("small")) {
      assertTrue(held.newest().isPresent());
      backtest();
    }
    assertEquals(1, shell.backtests().size());
  }

  @Test
  void dataThatBreaksTheContractLeavesNoFolder() {
    shell.write("small.csv", "date,y\n2020-01-01,1\n");
    Shell.Ended ended = shell.type(backtestOf("--json"));
    assertEquals(3, ended.exit(), ended.err());
    assertEquals("small", ended.json().job());
    assertEquals(List.of(), shell.backtests());
  }

  @ParameterizedTest(name = "--threads {0}")
  @ValueSource(strings = {"1", "2"})
  void aNetworkThatDivergesOnAFoldIsAFaultOfItsSettingAndLeavesNoFolder(String threads) {
    shell.write(
        "small.yaml",
        """
        job: small
        source: {csv: small.csv, time: date}
        target: y
        network: {cell: rnn, activation: relu, hidden: 4, lookback: 7}
        training: {epochs: 2, learning_rate: 1.0e+30}
        backtest: {refit_every: 10}
        """);
    Shell.Ended ended = shell.type(backtestOf("--threads", threads));
    assertEquals(2, ended.exit(), ended.err());
    contains(ended.err(), "training diverged", "small.yaml, line 5, key training.learning_rate");
    assertEquals(List.of(), shell.backtests());
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "network: {hidden: 65536}; network.hidden",
        "backtest: {embargo: 29}; backtest.embargo",
        "backtest: {embargo: 500, window: sliding, refit_every: 5}; backtest.embargo"
      })
  void whatCannotBeTestedIsRefusedAtItsKey(String setting, String key) {
    String job = "job: small\nsource: {csv: small.csv, time: date}\ntarget: y\nhorizon: 2\n";
    String rest = "training: {epochs: 1}\nnetwork: {cell: rnn, hidden: 2, lookback: 3}\n";
    String own = setting.substring(0, setting.indexOf(':') + 1);
    String others = rest.lines().filter(l -> !l.startsWith(own)).collect(Collectors.joining("\n"));
    shell.write("small.yaml", job + setting + "\n" + others + "\n");
    Shell.Ended ended = shell.type(backtestOf());
    assertEquals(2, ended.exit(), ended.err());
    contains(ended.err(), "small.yaml, line 5, key " + key);
    assertEquals(List.of(), shell.backtests());
  }

  @Test
  void theLongestEmbargoThatLeavesAnOriginIsAllowed() {
    shell.write("small.yaml", TWO_STEPS + "backtest: {embargo: 28}\n");
    Answer answer = new Answer(backtest("--json"));
    assertEquals(1, answer.number("/origins"));
    assertEquals(Shell.date(197), rows(answer).get(0)[1]);
  }
}
