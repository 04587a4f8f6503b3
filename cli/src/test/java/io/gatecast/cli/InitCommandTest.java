package io.gatecast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init}, and what {@code inspect} makes of it. */
final class InitCommandTest {
  private final Shell shell;

  InitCommandTest(@TempDir Path folder) {
    this.shell = new Shell(folder);
  }

  private String csvPath() {
    return shell.path("small.csv").toString();
  }

  @Test
  void whatIsDraftedCanBeInspected() throws IOException {
    Shell.Ended ended = shell.type("init", csvPath(), "--output", "draft.yaml");
    assertEquals(0, ended.exit(), ended.err());
    assertEquals("", ended.out());
    assertTrue(ended.err().contains("guessed"), ended.err());
    String text = Files.readString(shell.path("draft.yaml"));
    assertTrue(text.contains("csv: small.csv"), text);
    assertTrue(text.contains("target: \"y\""), text);
    Shell.Ended seen =
        shell.type(
            Map.of("LC_ALL", "C.UTF-8"),
            "inspect",
            "draft.yaml",
            "--html",
            shell.path("page.html").toString());
    assertEquals(0, seen.exit(), seen.err());
    assertTrue(seen.out().contains("▁") && seen.out().contains("█"), seen.out());
    assertTrue(Files.readString(shell.path("page.html")).contains("<svg"));
    Shell.Ended plain = shell.type(Map.of("LC_ALL", "C"), "inspect", "draft.yaml");
    assertFalse(plain.out().contains("▁"), plain.out());
    assertTrue(plain.out().matches("(?s).*small +y +[_.:=+*#-]{60}\n.*"), plain.out());
  }

  @Test
  void nothingIsReplacedUnlessForced() throws IOException {
    shell.write("kept.yaml", "mine");
    Shell.Ended refused = shell.type("init", csvPath(), "--output", "kept.yaml");
    assertEquals(6, refused.exit());
    assertTrue(refused.err().contains("--force"), refused.err());
    assertEquals("mine", Files.readString(shell.path("kept.yaml")));
    assertEquals(0, shell.type("init", csvPath(), "--output", "kept.yaml", "--force").exit());
    assertTrue(Files.readString(shell.path("kept.yaml")).contains("job: small"));
  }

  @Test
  void withoutAnOutputTheJobIsTheAnswer() {
    Shell.Ended ended = shell.type("init", csvPath());
    assertEquals(0, ended.exit(), ended.err());
    assertTrue(ended.out().contains("csv: "), ended.out());
    assertTrue(ended.out().contains(csvPath()), ended.out());
    Shell.Ended json = shell.type("init", "--json", csvPath());
    json.oneObject();
    assertTrue(json.out().contains("\"job_file\" : \"# Drafted"), json.out());
    assertTrue(json.out().contains("\"because\" : "), json.out());
    assertEquals("", json.err());
  }

  @Test
  void whatCannotBeGuessedWritesNothing() {
    shell.write("no-time.csv", "a,b\n1,2\n3,4\n");
    Shell.Ended ended =
        shell.type("init", shell.path("no-time.csv").toString(), "--output", "none.yaml");
    assertEquals(3, ended.exit(), ended.err());
    assertFalse(Files.exists(shell.path("none.yaml")));
    assertEquals(2, shell.type("init").exit());
    assertEquals(2, shell.type("init", shell.path("absent.csv").toString()).exit());
  }

  @Test
  void aPageThatCannotBeWrittenIsAnOutputFault() {
    Shell.Ended ended = shell.type("inspect", "small.yaml", "--html", shell.path(".").toString());
    assertEquals(6, ended.exit());
    assertEquals("", ended.out());
  }
}
