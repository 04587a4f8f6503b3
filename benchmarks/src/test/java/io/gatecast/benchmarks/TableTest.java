package io.gatecast.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.benchmarks.table.MarkedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts as commands, and the place that they are written to. */
class TableTest {
  static List<String> parts() {
    return Table.PARTS;
  }

  @ParameterizedTest
  @MethodSource("parts")
  void everyPartIsACommand(String part) {
    for (boolean quick : new boolean[] {true, false}) {
      String[] line = Table.line(part, quick).toArray(String[]::new);
      assertDoesNotThrow(() -> Benchmarks.commandLine().parseArgs(line));
    }
  }

  @Test
  void aPartTakesAsMuchTroubleAsTheTable() {
    assertEquals(List.of("memory", "--quick"), Table.line("memory", true));
    assertEquals(List.of("memory", "--brief"), Table.line("memory", false));
  }

  @Test
  void onlyMemoryHasAllOfItsHeapFromTheStart() {
    List<String> memory = Table.command(List.of("memory", "--quick"));
    assertTrue(memory.contains("-XX:+AlwaysPreTouch"), memory::toString);
    assertTrue(memory.indexOf("-Xmx512m") > memory.indexOf("-Xmx2g"), memory::toString);
    assertEquals(List.of("memory", "--quick"), memory.subList(memory.size() - 2, memory.size()));
    assertFalse(Table.command(List.of("kernels")).contains("-XX:+AlwaysPreTouch"));
  }

  @Test
  void theReadmeHasThePlace() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    assertTrue(MarkedText.replace(readme, "a table").contains("\na table\n"));
  }
}
