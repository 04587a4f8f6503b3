package io.gatecast.forecasting.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.contract.ContractReport;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.Problem;
import io.gatecast.forecasting.data.time.TimeUnit;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves what the contract accepts, repairs and rejects, with line and reason, and fills never. */
class ContractTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Dataset read(Fixtures.Rows spec, String... lines) {
    return Fixtures.read(Fixtures.source(Fixtures.file(folder, "data.csv", lines)), spec);
  }

  private JobFault broken(Fixtures.Rows spec, String... lines) {
    return Fixtures.fault(ExitCode.DATA, () -> read(spec, lines));
  }

  private static void counts(Dataset data, int accepted, int repaired, int rejected) {
    ContractReport report = data.report();
    assertEquals(
        List.of(accepted + repaired + rejected, accepted, repaired, rejected),
        List.of(report.read(), report.accepted(), report.repaired(), report.rejected()));
  }

  @Test
  void acceptsCleanRowsAsTheyAre() {
    Dataset data =
        read(
            Fixtures.strict("y", "x"),
            "x,date,y,note",
            "1,2020-01-01,-1.5,a",
            "2, 2020-01-02 ,2e3,b",
            "3,2020-01-03,0,NA");
    counts(data, 3, 0, 0);
    TimeSeries series = data.series().get(0);
    assertEquals("data", series.name(), "the file's name, where no column names the series");
    assertEquals(List.of("y", "x"), series.columns());
    assertArrayEquals(new double[] {-1.5, 2000, 0}, series.column(0));
    assertArrayEquals(new double[] {1, 2, 3}, series.column(1));
    assertEquals("1 day", data.axis().label());
    assertEquals(TimeUnit.DAY, data.axis().unit());
    assertEquals("2020-01-03", data.axis().format(series.time(2)));
    assertEquals(Map.of(), data.report().kinds());
  }

  @Test
  void anEmptyFileOrAHeaderOnlyIsBroken() {
    assertTrue(broken(Fixtures.lenient("y")).found().contains("empty file"));
    JobFault header = broken(Fixtures.lenient("y"), "date,y");
    assertTrue(header.found().contains("header only"), header::getMessage);
    assertTrue(header.where().endsWith("data.csv"), header::getMessage);
  }

  @ParameterizedTest
  @CsvSource({"temp_mx, x, target", "y, temp_mx, inputs"})
  void aColumnThatIsNotThereIsAUsageFaultWithTheNearestName(String y, String x, String key) {
    JobFault fault =
        Fixtures.fault(
            ExitCode.USAGE,
            () -> read(Fixtures.lenient(y, x), "date,temp_min,temp_max,y,x", "2020-01-01,1,2,3,4"));
    assertTrue(fault.found().contains("temp_mx"), fault::getMessage);
    assertEquals("job:" + key, fault.where());
    assertTrue(fault.action().contains("\"temp_max\""), fault::getMessage);
  }

  @Test
  void timeAndSeriesColumnsAreFaultedAtTheirOwnKeys() {
    Path file = Fixtures.file(folder, "data.csv", "when,town,y", "2020-01-01,a,1");
    Fixtures.Source time = new Fixtures.Source(file, ',', "wen", null, ZoneOffset.UTC, "town");
    Fixtures.Source series = new Fixtures.Source(file, ',', "when", null, ZoneOffset.UTC, "tow");
    Fixtures.Rows spec = Fixtures.lenient("y");
    assertEquals(
        "job:source.time", Fixtures.fault(ExitCode.USAGE, () -> Fixtures.read(time, spec)).where());
    assertEquals(
        "job:source.series",
        Fixtures.fault(ExitCode.USAGE, () -> Fixtures.read(series, spec)).where());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "'', MISSING",
        "NA, MISSING",
        "n/a, MISSING",
        "null, MISSING",
        "-, MISSING",
        "NaN, NOT_FINITE",
        "nan, NOT_FINITE",
        "Infinity, NOT_FINITE",
        "-inf, NOT_FINITE",
        "+Inf, NOT_FINITE",
        "1e999, NOT_FINITE",
        "abc, NOT_A_NUMBER",
        "'1.234,5', NOT_A_NUMBER",
        "1 2, NOT_A_NUMBER",
        "--1, NOT_A_NUMBER",
        "12 °C, NOT_A_NUMBER",
      })
  void rejectsARowWhoseNumberIsNone(String cell, Kind kind) {
    Dataset data =
        read(
            Fixtures.lenient("y"),
            "date,y",
            "2020-01-01,1",
            "2020-01-02,\"" + cell + "\"",
            "2020-01-03,3",
            "2020-01-04,4");
    counts(data, 3, 0, 1);
    assertEquals(List.of(Fixtures.rejected(3, "y", kind, cell)), Fixtures.problems(data));
    assertEquals(Map.of(kind, 1), data.report().kinds());
    TimeSeries series = data.series().get(0);
    assertFalse(series.present(1));
    assertTrue(Double.isNaN(series.value(0, 1)), "a rejected value is never filled");
    assertEquals(1, data.report().missing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2020-01-02", "2020-01-02,2,3"})
  void rejectsARowWithAnotherNumberOfFields(String row) {
    Dataset data = read(Fixtures.lenient("y"), "date,y", "2020-01-01,1", row, "2020-01-03,3");
    counts(data, 2, 0, 1);
    assertEquals(Kind.FIELDS, Fixtures.problems(data).get(0).kind());
    assertEquals(3, Fixtures.problems(data).get(0).line());
  }

  @Test
  void saysWhatATimeMustLookLikeWhereTheFormatIsWrong() {
    JobFault fault = broken(Fixtures.lenient("y"), "date,y", "01.02.2020,1", "02.02.2020,2");
    assertTrue(fault.expected().contains("ISO"), fault::getMessage);
    assertTrue(fault.where().contains("line 2, column date (\"01.02.2020\")"), fault::getMessage);
    Path file = Fixtures.file(folder, "iso.csv", "date,y", "2020-02-01,1");
    Fixtures.Source custom =
        new Fixtures.Source(file, ',', "date", "dd.MM.yyyy", ZoneOffset.UTC, null);
    JobFault other =
        Fixtures.fault(ExitCode.DATA, () -> Fixtures.read(custom, Fixtures.lenient("y")));
    assertTrue(other.expected().contains("dd.MM.yyyy"), other::getMessage);
  }

  @Test
  void refusesMoreRejectsThanAllowedAndAllowsThatMany() {
    String[] lines = new String[11];
    lines[0] = "date,y";
    for (int row = 1; row <= 10; row++) {
      lines[row] = String.format("2020-01-%02d,%s", row, row == 3 || row == 6 ? "x" : "1");
    }
    counts(read(new Fixtures.Rows(List.of("y"), false, 0.2), lines), 8, 0, 2);
    JobFault fault = broken(new Fixtures.Rows(List.of("y"), false, 0.19), lines);
    assertTrue(fault.found().contains("2 of 10 rows rejected"), fault::getMessage);
    assertTrue(fault.where().contains("line 4, column y"), fault::getMessage);
    assertTrue(fault.where().contains("line 7, column y"), fault::getMessage);
    assertTrue(fault.action().contains("max_rejected"), fault::getMessage);
  }

  @Test
  void refusesAFileOfRejectsHoweverManyAreAllowed() {
    broken(Fixtures.lenient("y"), "date,y", "2020-01-01,x", "2020-01-02,y");
  }

  @Test
  void rejectsExactDuplicatesOnce() {
    Dataset data =
        read(
            Fixtures.lenient("y"),
            "date,y,note",
            "2020-01-01,1,a",
            "2020-01-02,2,b",
            "2020-01-01,1.0,c",
            "2020-01-03,3,d",
            "2020-01-03,3,d");
    counts(data, 3, 0, 2);
    assertEquals(List.of(4L, 6L), Fixtures.problems(data).stream().map(Problem::line).toList());
    assertEquals(Map.of(Kind.DUPLICATE, 2), data.report().kinds());
    assertArrayEquals(new double[] {1, 2, 3}, data.series().get(0).column(0));
  }

  @Test
  void twoRowsOfOneTimeThatDifferAreBrokenAndBothLinesNamed() {
    JobFault fault =
        broken(Fixtures.lenient("y"), "date,y", "2020-01-01,1", "2020-01-02,2", "2020-01-01,1.5");
    assertTrue(fault.where().endsWith("lines 2 and 4"), fault::getMessage);
    assertTrue(fault.found().contains("1.5"), fault::getMessage);
  }

  @Test
  void leavesGapsOpenAndCountsThem() {
    Dataset data =
        read(
            Fixtures.strict("y", "x"),
            "date,y,x",
            "2020-01-01,1,1",
            "2020-01-02,2,1",
            "2020-01-06,6,1",
            "2020-01-07,7,1");
    TimeSeries series = data.series().get(0);
    assertEquals(7, series.length());
    assertEquals(3, series.missing());
    assertEquals(3, data.report().missing());
    assertArrayEquals(
        new double[] {1, 2, Double.NaN, Double.NaN, Double.NaN, 6, 7}, series.column(0));
    assertTrue(Double.isNaN(series.value(1, 3)));
    assertFalse(series.present(4));
    assertTrue(series.present(5));
  }

  @Test
  void rejectsTimesBetweenTheSteps() {
    Dataset data =
        read(
            Fixtures.lenient("y"),
            "date,y",
            "2020-01-01 00:00,1",
            "2020-01-01 01:00,2",
            "2020-01-01 01:07,9",
            "2020-01-01 02:00,3",
            "2020-01-01 03:00,4");
    counts(data, 4, 0, 1);
    Problem problem = Fixtures.problems(data).get(0);
    assertEquals(Fixtures.rejected(4, "", Kind.OFF_AXIS, "2020-01-01T01:07:00Z"), problem);
    assertEquals("PT1H", data.axis().label());
    assertArrayEquals(new double[] {1, 2, 3, 4}, data.series().get(0).column(0));
  }

  @Test
  void refusesACenturyThatIsOff() {
    JobFault fault =
        broken(
            Fixtures.lenient("y"),
            "date,y",
            "2020-01-01,1",
            "1920-01-02,2",
            "2020-01-03,3",
            "2020-01-04,4");
    assertTrue(fault.found().contains("1920-01-02"), fault::getMessage);
    assertTrue(fault.action().contains("century"), fault::getMessage);
  }

  @Test
  void sessionsFollowOneAnotherWhateverLiesBetween() {
    Fixtures.Rows sessions = new Fixtures.Rows(List.of("y"), true, 0);
    Dataset data =
        read(sessions, "date,y", "2020-01-02,1", "2020-01-03,2", "2020-01-06,3", "2020-02-03,4");
    TimeSeries series = data.series().get(0);
    assertEquals(4, series.length());
    assertEquals(0, data.report().missing());
    assertEquals("1 session", data.axis().label());
    JobFault fault = broken(sessions, "date,y", "2020-01-02 16:00,1", "2020-01-03 16:00,2");
    assertTrue(fault.found().contains("times of day"), fault::getMessage);
  }

  @Test
  void separatesSeriesThatStartAndEndRagged() {
    Path file =
        Fixtures.file(
            folder,
            "towns.csv",
            "town,date,y",
            "Bern,2020-01-03,3",
            "Rome,2020-01-01,10",
            "Bern,2020-01-04,4",
            "Rome,2020-01-02,20",
            "Rome,2020-01-04,40",
            ",2020-01-04,5",
            "Bern,2020-01-05,5");
    Fixtures.Source source = new Fixtures.Source(file, ',', "date", null, ZoneOffset.UTC, "town");
    Dataset data = Fixtures.read(source, Fixtures.lenient("y"));
    counts(data, 6, 0, 1);
    assertEquals(List.of(Fixtures.rejected(7, "town", Kind.MISSING, "")), Fixtures.problems(data));
    assertEquals(List.of("Bern", "Rome"), data.series().stream().map(TimeSeries::name).toList());
    assertArrayEquals(new double[] {3, 4, 5}, data.series().get(0).column(0));
    assertArrayEquals(new double[] {10, 20, Double.NaN, 40}, data.series().get(1).column(0));
    assertEquals(Fixtures.day("2020-01-03"), data.series().get(0).time(0));
    assertEquals(1, data.report().missing());
  }
}
