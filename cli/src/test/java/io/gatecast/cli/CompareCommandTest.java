package io.gatecast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.report.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that cells are compared in the order asked for, by figures that a run agrees with. */
class CompareCommandTest {
  private static final List<String> SPREADS =
      List.of(
          "epochs",
          "train_seconds",
          "forecast_micros",
          "mae",
          "mase",
          "coverage80",
          "oracle_difference");

  private Shell shell = new Shell(Path.of(System.getProperty("java.io.tmpdir")));

  @BeforeEach
  void ownFolder(@TempDir Path folder) {
    shell = new Shell(folder);
    shell.write("small.yaml", Shell.JOB + "seed: 5\nhorizon: 3\n");
  }

  private Shell.Ended compare(String... words) {
    String[] all = new String[words.length + 4];
    all[0] = "--home";
    all[1] = "home";
    all[2] = "compare";
    all[3] = "small.yaml";
    System.arraycopy(words, 0, all, 4, words.length);
    Shell.Ended ended = shell.type(all);
    assertEquals(0, ended.exit(), ended.err());
    assertFalse(Files.exists(shell.path("home")), "nothing is kept");
    return ended;
  }

  /** Least, mean and most of a figure, in this order or a fault of the test. */
  private static void ordered(Answer answer, String at) {
    double least = answer.number(at + "/least");
    double mean = answer.number(at + "/mean");
    double most = answer.number(at + "/most");
    double slack = 1e-12 * Math.abs(mean);
    assertTrue(least <= mean + slack && mean <= most + slack, at);
    assertTrue(least >= 0, at);
  }

  @Test
  void cellsComeInTheOrderAskedForWithEveryFigure() {
    Shell.Ended ended = compare("--json", "--cells", "lstm,rnn", "--seeds", "2");
    Answer answer = new Answer(ended);
    assertEquals("small", answer.text("/job"));
    assertEquals(0, answer.number("/exit"));
    assertEquals("5 6", answer.text("/seeds/0") + " " + answer.text("/seeds/1"));
    assertEquals(2, answer.size("/seeds"));
    assertEquals(7, answer.number("/lookback"));
    assertEquals(131, answer.number("/windows/0"), "to train: 140 days, 7 read and 3 forecast");
    assertEquals(28, answer.number("/windows/1"));
    assertEquals(28, answer.number("/windows/2"));
    assertEquals(2, answer.size("/cells"));
    assertEquals("lstm", answer.text("/cells/0/cell"));
    assertEquals("rnn-tanh", answer.text("/cells/1/cell"));
    assertTrue(answer.number("/cells/0/parameters") > 3 * answer.number("/cells/1/parameters") / 2);
    for (int cell = 0; cell < 2; cell++) {
      String at = "/cells/" + cell;
      SPREADS.forEach(figure -> ordered(answer, at + "/" + figure));
      assertEquals(3, answer.size(at + "/mae_by_steps"));
      assertEquals(7, answer.size(at + "/gradient_flow"));
      for (int step = 0; step < 3; step++) {
        ordered(answer, at + "/mae_by_steps/" + step);
      }
      for (int lag = 0; lag < 7; lag++) {
        ordered(answer, at + "/gradient_flow/" + lag);
      }
      assertTrue(
          answer.number(at + "/mae/least") < answer.number(at + "/mae/most"), "two seeds, two");
      assertEquals(2, answer.number(at + "/epochs/mean"));
      assertEquals("true", answer.text(at + "/oracle_passed"));
      assertTrue(answer.has(at + "/effective_memory"));
    }
    assertEquals(3, answer.size("/best_baseline_mae_by_steps"));
    assertTrue(answer.number("/seconds") > 0);
    assertEquals(
        List.of("lstm, seed 5", "lstm, seed 6", "rnn, seed 5", "rnn, seed 6"),
        ended
            .err()
            .lines()
            .filter(line -> line.startsWith("· training "))
            .map(line -> line.substring("· training ".length()))
            .toList());
  }

  @Test
  void theJobsOwnCellComesToWhatARunOfTheJobComesTo() {
    Answer answer = new Answer(compare("--json", "--cells", "rnn", "--seeds", "1"));
    RunRecord run = shell.type("--home", "home", "--json", "run", "small.yaml").json();
    List<RunRecord.Model> models = run.models();
    assertNotNull(models);
    RunRecord.Model network = models.get(0);
    assertEquals((double) network.parameters(), answer.number("/cells/0/parameters"));
    assertEquals(network.epochs(), answer.number("/cells/0/epochs/mean"));
    assertEquals(network.mae(), answer.number("/cells/0/mae/mean"), 1e-3 * network.mae());
    assertEquals(network.mase(), answer.number("/cells/0/mase/mean"), 1e-3 * network.mase());
    RunRecord.Model best =
        models.stream()
            .filter(model -> model.name().equals(answer.text("/best_baseline")))
            .findFirst()
            .orElseThrow();
    assertEquals(best.mase(), answer.number("/best_baseline_mase"), 1e-12);
    assertEquals(best.maeByHorizon().get(2), answer.number("/best_baseline_mae_by_steps/2"), 1e-12);
    models.stream().skip(1).forEach(model -> assertTrue(best.mase() <= model.mase(), model.name()));
  }

  @Test
  void tableHasAColumnForEachOfTheThreeCells() {
    String text = compare("--seeds", "1").out().replaceAll(" +", " ");
    for (String part :
        List.of(
            "job small: 131 windows to train, 28 to validate, 28 to test; 1 seed\n",
            " rnn-tanh gru-before lstm\n",
            "\nparameters ",
            "\nepochs 2 2 2\n",
            "\nMASE ",
            "\nThe best baseline is ",
            "\nMAE at step 1 2 3\n",
            "\ngradient flow at lag 0 1 2 3 4 6\n",
            "oracle passed by all networks; ")) {
      assertTrue(text.contains(part), part + " in " + text);
    }
  }

  @Test
  void theJobsVariantOfItsCellIsTheOneCompared() {
    shell.write(
        "small.yaml",
        Shell.JOB
            .replace("cell: rnn", "cell: gru, reset: after")
            .replace("epochs: 2", "epochs: 1"));
    Answer answer = new Answer(compare("--json", "--cells", "gru,rnn", "--seeds", "1"));
    assertEquals("gru-after", answer.text("/cells/0/cell"));
    assertEquals("rnn-tanh", answer.text("/cells/1/cell"));
  }

  @Test
  void networksOfSegmentsAreComparedWithoutAFlowThatStepsDoNotHave() {
    shell.write("small.yaml", Shell.JOB.replace("hidden: 4", "hidden: 4, segment: 3"));
    Answer answer = new Answer(compare("--json", "--cells", "rnn,lstm", "--seeds", "1"));
    for (String at : List.of("/cells/0", "/cells/1")) {
      assertEquals("true", answer.text(at + "/oracle_passed"));
      assertEquals(0, answer.size(at + "/gradient_flow"));
      assertTrue(answer.number(at + "/mae/mean") > 0);
    }
    String text = compare("--cells", "rnn,lstm", "--seeds", "1").out().replaceAll(" +", " ");
    assertTrue(text.contains("\neffective memory, steps - -\n"), text);
    assertFalse(text.contains("gradient flow"), text);
  }

  @Test
  void aNetworkThatDivergesIsAFaultOfItsSetting() {
    shell.write(
        "small.yaml",
        Shell.JOB
            .replace("cell: rnn", "cell: rnn, activation: relu")
            .replace("batch: 128", "learning_rate: 1.0e+30"));
    Shell.Ended ended = shell.type("compare", "--cells", "rnn", "--seeds", "1", "small.yaml");
    assertEquals(2, ended.exit(), ended.err());
    assertTrue(ended.err().contains("key training.learning_rate"), ended.err());
  }

  @Test
  void aNetworkTooLargeIsRefusedAtItsKey() {
    shell.write("small.yaml", Shell.JOB.replace("hidden: 4", "hidden: 65536"));
    Shell.Ended ended = shell.type("compare", "--cells", "rnn", "--seeds", "1", "small.yaml");
    assertEquals(2, ended.exit(), ended.err());
    assertTrue(ended.err().contains("small.yaml, line 4, key network.hidden"), ended.err());
  }
}
