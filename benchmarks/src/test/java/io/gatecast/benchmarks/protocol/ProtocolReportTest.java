package io.gatecast.benchmarks.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of runs, beside what was published. */
class ProtocolReportTest {
  private final List<ProtocolRun> runs = new ArrayList<>();

  private void add(
      ProtocolSet set, int lookback, String model, long seed, double validation, double test) {
    ProtocolRun.Key key = new ProtocolRun.Key(new ProtocolCell(set, lookback, 96), model, seed);
    Map<Counting, Score> scores =
        Map.of(
            Counting.ALL, new Score(test, test / 2, 100),
            Counting.DROP_LAST_32, new Score(test + 0.01, test / 2, 96));
    Score onValidation = new Score(validation, validation / 2, 50);
    runs.add(new ProtocolRun(key, model + " as it is", scores, onValidation, 61, Map.of()));
  }

  private void three(ProtocolSet set, int lookback, String model, double validation, double test) {
    for (int seed = 1; seed <= 3; seed++) {
      add(set, lookback, model, seed, validation, test + (seed - 2) * 0.002);
    }
  }

  private String line(String... starts) {
    String text = ProtocolReport.markdown(runs, Published.all(), ProtocolModels.YARDSTICKS);
    return text.lines()
        .filter(line -> line.startsWith("| " + String.join(" | ", starts) + " |"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected " + List.of(starts) + " in\n" + text));
  }

  @Test
  void aRowHasMeansWithLeastAndMostSeedsSettingsTimeAndVerdicts() {
    three(ProtocolSet.ETTH1, 96, "net", 0.5, 0.360);
    assertEquals(
        "| 96 | **net** | 96 | 0.3600 (0.3580 to 0.3620) | 0.1800 (0.1790 to 0.1810) "
            + "| 0.3700 (0.3680 to 0.3720) | 0.1800 (0.1790 to 0.1810) | 1, 2, 3 | s1 | 1:01 "
            + "| ≤ 0.368 reached; < 0.351 missed by 0.0190 |",
        line("96", "**net**"));
    String text = ProtocolReport.markdown(runs, Published.all(), ProtocolModels.YARDSTICKS);
    assertTrue(text.contains("\n- s1: net as it is\n"), text);
  }

  /** SegRNN (720) does not say which windows count: .351 is to be reached by both rules. */
  @Test
  void whereNoRuleIsStatedTheWorseOneCounts() {
    three(ProtocolSet.ETTH1, 96, "net", 0.5, 0.345);
    assertTrue(line("96", "**net**").endsWith("< 0.351 missed by 0.0040 |"));
    three(ProtocolSet.ETTH1, 192, "net", 0.5, 0.340);
    assertTrue(line("96", "**net**", "192").endsWith("| < 0.351 reached |"));
  }

  @Test
  void aBoundItselfIsEnoughOnlyWhereBelowIsNotAskedFor() {
    add(ProtocolSet.ETTH1, 96, "rule-like", 0, 0.5, 0.368);
    assertTrue(line("96", "**rule-like**").contains("≤ 0.368 reached;"));
    add(ProtocolSet.ETTM1, 336, "rule-like", 0, 0.5, 0.282);
    assertTrue(line("96", "**rule-like**", "336").contains("< 0.292 missed by 0.0000"));
  }

  @Test
  void goalsAreHeldAgainstTheBestOnValidationNotOnTest() {
    three(ProtocolSet.WEATHER, 96, "better-on-test", 0.41, 0.150);
    three(ProtocolSet.WEATHER, 96, "better-on-validation", 0.40, 0.170);
    add(ProtocolSet.WEATHER, 96, "one-seed", 1, 0.30, 0.100);
    add(ProtocolSet.WEATHER, 96, "dlinear", 0, 0.20, 0.090);
    assertEquals(
        "| Weather | 96 | 96 | ≤ 0.165 | SegRNN (96) | all | better-on-validation (96) | 0.1700 "
            + "| missed by 0.0050 |",
        line("Weather", "96", "96"));
    assertEquals(
        "| Weather | 192 | 96 | ≤ 0.211 | SegRNN (96) | all | – | – | not run |",
        line("Weather", "192", "96"));
    assertTrue(line("96", "**one-seed**").contains("reached (1 of 3 seeds)"));
    assertTrue(line("96", "**dlinear**").endsWith("|  |"), "no goal is a linear model's");
  }

  @Test
  void publishedNumbersStandUnderTheirRule() {
    assertEquals(
        "| 96 | *SegRNN* | 96 | 0.368 | 0.395 |  |  |  | *SegRNN readme* |  |  |",
        line("96", "*SegRNN*", "96"));
    assertEquals(
        "| 96 | *repeat last* | any |  |  | 1.295 | 0.713 |  | *LTSF-Linear table 2* |  |  |",
        line("96", "*repeat last*"));
  }

  @Test
  void rowsAreSortedByHorizonAndError() {
    add(ProtocolSet.ETTM1, 96, "good", 1, 0.1, 0.2);
    add(ProtocolSet.ETTM1, 96, "middling", 1, 0.1, 0.5);
    String text = ProtocolReport.markdown(runs, Published.all(), ProtocolModels.YARDSTICKS);
    List<String> order =
        text.lines()
            .dropWhile(line -> !line.equals("**ETTm1**"))
            .filter(line -> line.startsWith("| 96 |"))
            .map(line -> line.split(" \\| ", -1)[1])
            .limit(4)
            .toList();
    assertEquals(List.of("**good**", "*P-sLSTM*", "**middling**", "*LSTM*"), order);
  }

  @Test
  void aTextWithoutThePlaceIsRefused() {
    String text = "a\n" + ProtocolReport.BEGIN + "\nold\n" + ProtocolReport.END + "\nb\n";
    String written = ProtocolReport.into(text, runs);
    assertTrue(written.startsWith("a\n" + ProtocolReport.BEGIN + "\n**Goals"), written);
    assertTrue(written.endsWith("\n" + ProtocolReport.END + "\nb\n"), written);
    assertEquals(written, ProtocolReport.into(written, runs));
    assertThrows(IllegalArgumentException.class, () -> ProtocolReport.into("a", runs));
  }
}
