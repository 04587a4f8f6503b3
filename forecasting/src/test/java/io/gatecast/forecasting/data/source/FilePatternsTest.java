package io.gatecast.forecasting.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves which files a path or a pattern means, and that a fault names what is not there. */
class FilePatternsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("2020/01"));
    Files.createDirectories(folder.resolve("2021/01"));
    Files.createDirectories(folder.resolve(".old"));
    Files.createDirectories(folder.resolve("folder.csv"));
    for (String name :
        List.of(
            "b.csv",
            "a.csv",
            "a.txt",
            ".hidden.csv",
            "odd[1].csv",
            "2020/01/x.csv",
            "2020/y.csv",
            "2021/01/x.csv",
            ".old/z.csv")) {
      Fixtures.file(folder, name, "date,y", "1,2");
    }
  }

  private String names(String... patterns) {
    List<String> files = Arrays.stream(patterns).map(one -> folder + "/" + one).toList();
    return Sources.files(CsvSpec.of(files), key -> "job:" + key).stream()
        .map(file -> folder.relativize(file).toString())
        .collect(Collectors.joining(" "));
  }

  private JobFault fault(String pattern) {
    return Fixtures.fault(ExitCode.DATA, () -> names(pattern));
  }

  @ParameterizedTest
  @CsvSource({
    "a.csv, a.csv",
    "?.csv, a.csv b.csv",
    "'{b,a}.csv', a.csv b.csv",
    "[a-b].*, a.csv a.txt b.csv",
    "*.csv, a.csv b.csv odd[1].csv",
    "odd[1].csv, odd[1].csv",
    "202?/01/*.csv, 2020/01/x.csv 2021/01/x.csv",
    "2020/*.csv, 2020/y.csv",
    "2020/**/*.csv, 2020/01/x.csv 2020/y.csv",
    "**.csv, 2020/01/x.csv 2020/y.csv 2021/01/x.csv a.csv b.csv odd[1].csv",
    ".h*.csv, .hidden.csv",
    ".old/*, .old/z.csv",
  })
  void resolves(String pattern, String expected) {
    assertEquals(expected, names(pattern));
  }

  @Test
  void givesEachFileOfSeveralPatternsOnceAndInOrder() {
    assertEquals("2020/y.csv a.csv b.csv", names("b.csv", "?.csv", "2020/y.csv"));
  }

  @Test
  void followsLinksAndEndsInALoop() throws IOException {
    Files.createSymbolicLink(folder.resolve("2020/loop"), folder.resolve("2020"));
    Files.createSymbolicLink(folder.resolve("2020/link.csv"), folder.resolve("a.csv"));
    assertEquals("2020/01/x.csv 2020/link.csv 2020/y.csv", names("2020/**.csv"));
  }

  @Test
  void aPatternWithoutFilesIsAFault() {
    JobFault fault = fault("*.parquet");
    assertEquals("none", fault.found());
    assertTrue(fault.expected().endsWith("*.parquet"), fault::getMessage);
    assertEquals("job:source.csv", fault.where());
    assertEquals("no folder " + folder.resolve("2019"), fault("2019/*.csv").found());
  }

  @Test
  void aPatternThatIsNoneIsAFaultOfTheJob() {
    JobFault fault = Fixtures.fault(ExitCode.USAGE, () -> names("{a,b.csv"));
    assertEquals("job:source.csv", fault.where());
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.csv", "no/such/folder.csv"})
  void aFileThatIsNotThereIsAFaultAndStaysSo(String name) {
    JobFault fault = fault(name);
    assertEquals("no such file", fault.found());
    assertEquals("job:source.csv", fault.where());
    assertFalse(Files.exists(folder.resolve(name)), "reading must not create the file");
  }

  @Test
  void aFolderIsNoFile() {
    assertEquals("a folder", fault("2020").found());
  }

  @Test
  void saysThatAFileMayNotBeRead() {
    assertTrue(folder.resolve("b.csv").toFile().setReadable(false, false));
    if (Files.isReadable(folder.resolve("b.csv"))) {
      String reason = "this user (root?) may read every file";
      System.out.println("skipped: " + reason);
      Assumptions.abort(reason);
    }
    assertTrue(fault("*.csv").found().contains("permission"));
  }
}
