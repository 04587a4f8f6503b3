package io.gatecast.forecasting.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.contract.ContractReport;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Kind;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that one odd time neither displaces nor miscounts the sound rows around it. */
class OddTimesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Path file(List<String> lines) {
    return Fixtures.file(folder, "data.csv", lines.toArray(String[]::new));
  }

  private Dataset read(Fixtures.Rows spec, List<String> lines) {
    return Fixtures.read(Fixtures.source(file(lines)), spec);
  }

  private static List<String> hours(int count) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add("2020-01-%02d %02d:00,%d".formatted(1 + i / 24, i % 24, i));
    }
    return rows;
  }

  private static List<String> withHeader(List<String> rows) {
    List<String> lines = new ArrayList<>(List.of("date,y"));
    lines.addAll(rows);
    return lines;
  }

  @Test
  void anOddFirstOrLastRowIsRejectedAndTheOthersStay() {
    for (String odd : List.of("2019-12-31 23:40,5", "2020-01-02 00:20,5")) {
      List<String> rows = hours(24);
      rows.add(odd.startsWith("2019") ? 0 : 24, odd);
      Dataset data = read(Fixtures.lenient("y"), withHeader(rows));
      assertEquals(24, data.report().accepted(), odd);
      assertEquals(List.of(Kind.OFF_AXIS), List.copyOf(data.report().kinds().keySet()));
      assertEquals(24, data.series().get(0).length());
      assertTrue(data.series().get(0).present(23));
    }
  }

  @Test
  void aLateRowOffTheAxisIsRejectedAndNotAlsoRepaired() {
    List<String> rows = hours(6);
    rows.set(2, "2020-01-01 02:07,2");
    Collections.reverse(rows);
    ContractReport report = read(Fixtures.lenient("y"), withHeader(rows)).report();
    assertEquals(
        List.of(6, 1, 4, 1),
        List.of(report.read(), report.accepted(), report.repaired(), report.rejected()));
  }

  @Test
  void rejectsAreNamedHoweverManyRowsWereRepaired() {
    List<String> rows = new ArrayList<>();
    for (int day = 1; day <= 28; day++) {
      for (int hour = 0; hour < 24; hour++) {
        for (String month : List.of("01", "02", "03")) {
          rows.add("2021-%s-%02d %02d:%s,1".formatted(month, day, hour, hour == 5 ? "07" : "00"));
        }
      }
    }
    Collections.sort(rows, Collections.reverseOrder());
    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> read(Fixtures.strict("y"), withHeader(rows)));
    assertTrue(fault.found().contains("between the steps"), fault::getMessage);
    assertTrue(fault.where().contains("line "), fault::getMessage);
  }

  @Test
  void midnightsAreDaysAcrossDaylightSaving() {
    List<String> rows = new ArrayList<>();
    for (int day = 1; day <= 30; day++) {
      rows.add("2013-03-%02d 00:00:00,%d".formatted(day, day));
    }
    ZoneId newYork = ZoneId.of("America/New_York");
    Dataset data =
        Fixtures.read(Fixtures.source(file(withHeader(rows)), newYork), Fixtures.strict("y"));
    assertEquals(30, data.report().accepted());
    assertEquals("1 day", data.axis().label());
    assertEquals("2013-03-30", data.axis().format(data.series().get(0).time(29)));
  }

  @Test
  void twoRowsOfOneTimeAskForTheOneThatStands() {
    List<String> rows = List.of("2013-11-02 00:00,1", "2013-11-02 01:00,2", "2013-11-02 01:00,3");
    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> read(Fixtures.lenient("y"), withHeader(rows)));
    assertTrue(fault.where().endsWith("lines 3 and 4"), fault::getMessage);
    assertTrue(fault.action().contains("contract.conflict"), fault::getMessage);
  }

  @Test
  void aSessionACenturyAheadIsRefused() {
    Fixtures.Rows sessions = new Fixtures.Rows(List.of("y"), true, 0);
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA,
            () ->
                read(sessions, List.of("date,y", "2020-01-02,1", "2120-01-03,2", "2020-01-06,3")));
    assertTrue(fault.found().contains("2120-01-03"), fault::getMessage);
    assertTrue(fault.where().contains("lines 4 and 3"), fault::getMessage);
  }

  @Test
  void aYearThatIsOffIsRefusedEvenInALongSeries() {
    List<String> rows = new ArrayList<>();
    for (int day = 0; day < 2500; day++) {
      rows.add(java.time.LocalDate.of(2010, 1, 1).plusDays(day) + "," + day);
    }
    rows.set(100, "1919-04-11,100");
    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> read(Fixtures.lenient("y"), withHeader(rows)));
    assertTrue(fault.found().contains("1919-04-11"), fault::getMessage);
  }

  @Test
  void numbersThatOnlyJavaReadsAreText() {
    Dataset data =
        read(
            Fixtures.lenient("y"),
            List.of(
                "date,y", "2020-01-01,1", "2020-01-02,12d", "2020-01-03,5f", "2020-01-04,0x1p3"));
    assertEquals(1, data.report().accepted());
    assertEquals(3, data.report().kinds().get(Kind.NOT_A_NUMBER));
    assertArrayEquals(new double[] {1}, data.series().get(0).column(0));
  }

  @Test
  void aColumnNamedTwiceIsRefused() {
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA,
            () -> read(Fixtures.lenient("y"), List.of("date,y,y", "2020-01-01,1,2")));
    assertTrue(fault.found().contains("\"y\" twice"), fault::getMessage);
  }

  @Test
  void monthsAreRefusedForTheirUnevenStepsAndNotForTheirCentury() {
    List<String> rows = new ArrayList<>();
    for (int month = 0; month < 400; month++) {
      rows.add(java.time.LocalDate.of(1980, 1, 1).plusMonths(month) + "," + month);
    }
    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> read(Fixtures.strict("y"), withHeader(rows)));
    assertTrue(fault.found().contains("between the steps"), fault::getMessage);
  }
}
