package io.gatecast.forecasting.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.contract.Dataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that any path leads to a series or to a fault, and local times to the right steps. */
class CsvSourceTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static JobFault broken(Path file) {
    return Fixtures.fault(
        ExitCode.DATA, () -> Fixtures.read(Fixtures.source(file), Fixtures.lenient("y")));
  }

  @Test
  void saysThatAFileIsNotThereAndDoesNotMakeIt() {
    Path missing = folder.resolve("missing.csv");
    JobFault fault = broken(missing);
    assertEquals("no such file", fault.found());
    assertEquals("job:source.csv", fault.where());
    assertFalse(Files.exists(missing), "reading must not create the file");
    assertEquals("no such file", broken(folder.resolve("no/such/folder.csv")).found());
  }

  @Test
  void saysThatAFolderIsNoFile() {
    JobFault fault = broken(folder);
    assertEquals("a folder", fault.found());
    assertEquals("job:source.csv", fault.where());
  }

  @Test
  void saysThatAFileMayNotBeRead() throws IOException {
    Path file = Fixtures.file(folder, "secret.csv", "date,y", "2020-01-01,1");
    assertTrue(file.toFile().setReadable(false, false));
    if (Files.isReadable(file)) {
      String reason = "this user (root?) may read every file";
      System.out.println("skipped: " + reason);
      Assumptions.abort(reason);
    }
    assertTrue(broken(file).found().contains("permission"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zürich.csv", "a b#c%20.csv", "東京.csv", "NA.csv", "null.csv", "plain"})
  void readsAFileOfAnyNameAndNamesItsSeriesAfterIt(String name) {
    Path file = Fixtures.file(folder, name, "date,y", "2020-01-01,1", "2020-01-02,2");
    Dataset data = Fixtures.read(Fixtures.source(file), Fixtures.strict("y"));
    assertEquals(2, data.report().accepted());
    assertEquals(name.replaceFirst("\\.csv$", ""), data.series().get(0).name());
  }

  @Test
  void aFaultInTheBytesIsOneInTheData() {
    byte[] latin1 = "date,y,°C\n2020-01-01,1,2\n".getBytes(StandardCharsets.ISO_8859_1);
    JobFault fault = broken(Fixtures.bytes(folder, "latin1.csv", latin1));
    assertTrue(fault.expected().contains("UTF-8"), fault::getMessage);
  }

  @Test
  void aQuoteThatIsNeverClosedDoesNotSwallowTheRest() {
    StringBuilder text = new StringBuilder("date,y\n");
    for (int day = 0; day < 400; day++) {
      text.append(Fixtures.DAYS.format(day)).append(day == 200 ? ",\"1\n" : ",1\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    JobFault fault = broken(Fixtures.bytes(folder, "open.csv", bytes));
    assertTrue(fault.action().contains("quote"), fault::getMessage);
  }

  @Test
  void localHoursOverTheStartOfDaylightSavingHaveNoGap() {
    Path file =
        Fixtures.file(
            folder,
            "spring.csv",
            "date,y",
            "2013-03-10 00:00,0",
            "2013-03-10 01:00,1",
            "2013-03-10 03:00,2",
            "2013-03-10 04:00,3");
    Dataset data = Fixtures.read(Fixtures.source(file, NEW_YORK), Fixtures.strict("y"));
    assertEquals("PT1H", data.axis().label());
    assertEquals(0, data.report().missing());
    assertArrayEquals(new double[] {0, 1, 2, 3}, data.series().get(0).column(0));
    assertEquals("2013-03-10T03:00:00-04:00", data.axis().format(data.series().get(0).time(2)));
  }

  @Test
  void theRepeatedHourIsTwoHoursWithAnOffsetAndWithout() {
    Path local =
        Fixtures.file(
            folder,
            "local.csv",
            "date,y",
            "2013-11-03 00:00,0",
            "2013-11-03 01:00,1",
            "2013-11-03 01:00,2",
            "2013-11-03 02:00,3");
    Dataset twice = Fixtures.read(Fixtures.source(local, NEW_YORK), Fixtures.strict("y"));
    assertArrayEquals(new double[] {0, 1, 2, 3}, twice.series().get(0).column(0));
    assertEquals("2013-11-03T01:00:00-05:00", twice.axis().format(twice.series().get(0).time(2)));
    Path offsets =
        Fixtures.file(
            folder,
            "offsets.csv",
            "date,y",
            "2013-11-03 00:00-04:00,0",
            "2013-11-03 01:00-04:00,1",
            "2013-11-03 01:00-05:00,2",
            "2013-11-03 02:00-05:00,3");
    Dataset data = Fixtures.read(Fixtures.source(offsets, NEW_YORK), Fixtures.strict("y"));
    assertArrayEquals(new double[] {0, 1, 2, 3}, data.series().get(0).column(0));
    assertEquals(0, data.report().missing());
  }
}
