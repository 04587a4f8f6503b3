package io.gatecast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.training.EpochReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proves that progress is plain lines in a log and one moving line on a terminal. */
class ProgressTest {

  private static String shown(boolean terminal, int epochs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Progress progress =
        new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
    progress.stage("training");
    for (int epoch = 1; epoch <= epochs; epoch++) {
      progress.epoch(
          new EpochReport(
              epoch, epochs, epoch, 2.0 / epoch, 3.0 / epoch, epoch % 2 == 0, 0.1, 1, 2, 0, 0.5));
    }
    progress.stage("testing");
    progress.done();
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void logHasPlainLinesOneForEachStageAndTenthEpoch() {
    String text = shown(false, 25);
    assertFalse(text.contains("\r") || text.contains("\u001b"), "no control characters in a log");
    assertEquals(
        List.of(
            "· training",
            "  epoch 1 of at most 25, loss 2.0000, validation 3.0000",
            "  epoch 11 of at most 25, loss 0.1818, validation 0.2727",
            "  epoch 21 of at most 25, loss 0.0952, validation 0.1429",
            "· testing"),
        text.lines().toList());
  }

  @Test
  void terminalHasOneLineThatMovesAndEndsBeforeTheNextStage() {
    String text = shown(true, 25);
    assertEquals(25, text.chars().filter(c -> c == '\r').count());
    assertEquals(3, text.chars().filter(c -> c == '\n').count());
    assertTrue(text.startsWith("· training\n\r  [#-----"), text);
    assertTrue(
        text.contains("epoch 2 of at most 25, loss 1.0000, validation 1.5000, best\u001b[K"));
    assertTrue(text.contains("\r  [" + "#".repeat(30) + "] epoch 25 of"), text);
    assertTrue(text.endsWith("\u001b[K\n· testing\n"), text);
  }

  private static String fitted(boolean terminal) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Progress progress =
        new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
    progress.stage("testing");
    progress.fitted(
        1,
        2,
        "gru",
        Duration.ofMillis(62_340),
        Duration.ofSeconds(63),
        Optional.of(Duration.ofSeconds(3601)));
    progress.fitted(2, 2, "drift", Duration.ofMillis(4), Duration.ofSeconds(64), Optional.empty());
    progress.done();
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void logHasALineForEachFitWithTheTimeThatIsLeft() {
    assertEquals(
        List.of(
            "· testing",
            "  1 of 2 fits done (gru in 62.3 s), 1:03 elapsed, about 60:01 left",
            "  2 of 2 fits done (drift in 0.0 s), 1:04 elapsed"),
        fitted(false).lines().toList());
  }

  @Test
  void terminalHasOneLineOfFitsThatMoves() {
    String text = fitted(true);
    assertTrue(
        text.contains("\r  [" + "#".repeat(15) + "-".repeat(15) + "] 1 of 2 fits done"), text);
    assertTrue(text.contains("\r  [" + "#".repeat(30) + "] 2 of 2 fits done"), text);
    assertEquals(2, text.chars().filter(c -> c == '\n').count());
    assertTrue(text.endsWith("1:04 elapsed\u001b[K\n"), text);
  }

  @Test
  void stageWithoutEpochsLeavesNoEmptyLine() {
    assertEquals("· training\n· testing\n", shown(true, 0));
  }
}
