package io.gatecast.forecasting.data.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.check.WeatherCheckSet;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.time.AxisSpec;
import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.data.time.TimeSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves corners in which rows went to the wrong step, to the wrong series or too early. */
class ReviewedCasesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private DataSpec spec(boolean known, String... lines) {
    Path file = Fixtures.file(folder, "hours.csv", lines);
    return new DataSpec(
        CsvSpec.of(file),
        new TimeSpec(List.of("date"), new TimeForm.Iso(), BERLIN),
        known
            ? Optional.of(new TimeSpec(List.of("known"), new TimeForm.Iso(), BERLIN))
            : Optional.empty(),
        new SeriesSpec.PerFile(),
        List.of(ColumnSpec.number("y")),
        AxisSpec.auto(),
        ContractSpec.usual(0.5));
  }

  private static double at(TimeSeries series, String instant) {
    long time = Instant.parse(instant).getEpochSecond();
    return series.value(0, (int) ((time - series.time(0)) / 3600));
  }

  @Test
  void aRejectedFirstPassLeavesTheSecondWhereItBelongs() {
    TimeSeries series =
        Contract.read(
                spec(
                    false,
                    "date,y",
                    "2023-10-29 01:00,1",
                    "2023-10-29 02:00,",
                    "2023-10-29 02:00,22",
                    "2023-10-29 03:00,3"))
            .series()
            .get(0);
    assertEquals(22, at(series, "2023-10-29T01:00:00Z"));
    assertTrue(Double.isNaN(at(series, "2023-10-29T00:00:00Z")));
  }

  @Test
  void aRevisionIsNoSecondPassThroughTheRepeatedHour() {
    TimeSeries series =
        Contract.read(
                spec(
                    true,
                    "date,known,y",
                    "2023-10-29 01:00,2023-10-29 06:00,1",
                    "2023-10-29 02:00,2023-10-29 06:00,2",
                    "2023-10-29 02:00,2023-10-29 06:00,21",
                    "2023-10-29 03:00,2023-10-29 06:00,3",
                    "2023-10-29 02:00,2023-10-30 06:00,99",
                    "2023-10-29 02:00,2023-10-30 06:00,98"))
            .series()
            .get(0);
    assertEquals(99, at(series, "2023-10-29T00:00:00Z"));
    assertEquals(98, at(series, "2023-10-29T01:00:00Z"));
    assertEquals(2, series.value(0, 1, Instant.parse("2023-10-29T12:00:00Z").getEpochSecond()));
  }

  @Test
  void whatIsNotSaidToBeKnownEarlierIsKnownAtItsOwnTime() {
    TimeSeries series =
        Contract.read(
                spec(
                    true,
                    "date,known,y",
                    "2023-05-01,2023-05-01,1",
                    "2023-05-02,2023-05-01,2",
                    "2023-05-03,2023-05-03,3",
                    "2023-05-04,2023-05-06,4"))
            .series()
            .get(0);
    assertArrayEquals(
        new double[] {1, 2, Double.NaN, Double.NaN}, series.column(0, 0, 4, series.time(0)));
    assertArrayEquals(new double[] {1, 2, 3, Double.NaN}, series.column(0, 0, 4, series.time(2)));
  }

  @Test
  void aMidnightAtWhichSomethingBecameKnownIsItsDay() {
    TimeSeries series =
        Contract.read(
                spec(
                    true,
                    "date,known,y",
                    "2023-05-01 22:00,2023-05-02 00:00:00,1",
                    "2023-05-01 23:00,2023-05-02 00:00:00,2",
                    "2023-05-02 00:00,2023-05-02 00:00:00,3",
                    "2023-05-02 01:00,2023-05-02 00:00:00,4"))
            .series()
            .get(0);
    long midnightAfter = Instant.parse("2023-05-02T22:00:00Z").getEpochSecond();
    assertTrue(Double.isNaN(series.value(0, 0, midnightAfter - 1)));
    assertEquals(1, series.value(0, 0, midnightAfter));
  }

  @Test
  void twoFilesOfOneNameAreNotOneSeries() {
    Path one = Fixtures.file(folder, "x.csv", "date,y", "2023-05-01,1", "2023-05-02,2");
    Path below = folder.resolve("below");
    assertTrue(below.toFile().mkdir());
    Path two = Fixtures.file(below, "x.csv", "date,y", "2023-05-03,1000", "2023-05-04,2000");
    DataSpec both = spec(false, "date,y").with(CsvSpec.of(List.of(one.toString(), two.toString())));
    JobFault fault = Fixtures.fault(ExitCode.DATA, () -> Contract.read(both));
    assertTrue(fault.action().contains("series_of: all"), fault::getMessage);
    TimeSeries all = Contract.read(both.with(new SeriesSpec.One("x"))).series().get(0);
    assertEquals(4, all.length());
  }

  @Test
  void aConflictAcrossFilesNamesBoth() {
    Path one = Fixtures.file(folder, "a.csv", "date,y", "2023-05-01,1", "2023-05-02,2");
    Path two = Fixtures.file(folder, "b.csv", "date,y", "2023-05-02,3");
    DataSpec both =
        spec(false, "date,y")
            .with(CsvSpec.of(List.of(one.toString(), two.toString())))
            .with(new SeriesSpec.One("x"));
    JobFault fault = Fixtures.fault(ExitCode.DATA, () -> Contract.read(both));
    assertTrue(fault.where().endsWith("a.csv, line 3 and " + two + ", line 2"), fault::getMessage);
  }

  @Test
  void aColumnThatStandsStillIsNotFarFromItsNeighbours() {
    StringBuilder csv = new StringBuilder("date,temp,rh\n");
    for (int day = 1; day <= 28; day++) {
      csv.append("2020-02-%02d,%d,%s%n".formatted(day, day, day > 25 ? "99" : "100"));
    }
    Path file = Fixtures.file(folder, "fog.csv", csv.toString());
    DataSpec fog =
        spec(false, "date,y")
            .with(CsvSpec.of(file))
            .with(ColumnSpec.number("rh"))
            .with(ContractSpec.usual(0).with(new WeatherCheckSet(Map.of())));
    DataSpec onlyRh =
        new DataSpec(
            fog.source(),
            fog.time(),
            fog.knownAt(),
            fog.series(),
            List.of(ColumnSpec.number("rh")),
            fog.axis(),
            fog.contract());
    assertEquals(28, Contract.read(onlyRh).report().accepted());
  }
}
