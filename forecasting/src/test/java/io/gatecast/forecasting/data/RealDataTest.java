package io.gatecast.forecasting.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the contract on files as they came from their origins; needs GATECAST_DATA. */
class RealDataTest {
  private static Fixtures.Source source(Path csv, String time, ZoneId zone) {
    return new Fixtures.Source(csv, ',', time, null, zone, null);
  }

  private static Fixtures.Rows sessions(double maxRejected, String... columns) {
    return new Fixtures.Rows(List.of(columns), true, maxRejected);
  }

  @ParameterizedTest
  @CsvSource({"ibm, 14059", "aapl, 8364", "spy, 3201", "tlt, 3201", "unh, 6964", "ge, 14058"})
  void everyRowOfATickerIsASession(String ticker, int rows) {
    Path file = Fixtures.real("stocks-36/" + ticker + ".us.csv");
    Dataset data =
        Fixtures.read(source(file, "Date", ZoneOffset.UTC), sessions(0, "Close", "Open", "Volume"));
    TimeSeries series = data.series().get(0);
    assertEquals(rows, data.report().read());
    assertEquals(rows, data.report().accepted());
    assertEquals(rows, series.length());
    assertEquals(0, data.report().missing());
    assertEquals("2017-11-10", data.axis().format(series.time(rows - 1)));
  }

  @Test
  void etth1IsHourlyWithNothingMissing() {
    Path file = Fixtures.real("ett/ETTh1.csv");
    Dataset data = Fixtures.read(Fixtures.source(file), Fixtures.strict("OT", "HUFL", "LULL"));
    assertEquals(17_420, data.report().accepted());
    assertEquals(17_420, data.report().read());
    assertEquals(0, data.report().missing());
    assertEquals("PT1H", data.axis().label());
    TimeSeries series = data.series().get(0);
    assertEquals("2016-07-01T00:00:00Z", data.axis().format(series.time(0)));
    assertEquals(30.5310001373291, series.value(0, 0));
    assertEquals(9.56700038909912, series.value(0, 17_419));
  }

  @Test
  void nycWeatherHasGapsAndOneMissingTemperature() {
    Path file = Fixtures.real("nycflights13-weather/weather.csv");
    Fixtures.Source source =
        new Fixtures.Source(file, ',', "time_hour", null, ZoneId.of("America/New_York"), "origin");
    Dataset data = Fixtures.read(source, new Fixtures.Rows(List.of("temp"), false, 0.01));
    assertEquals(26_115, data.report().read());
    assertEquals(26_114, data.report().accepted());
    assertEquals(Map.of(Kind.MISSING, 1), data.report().kinds());
    assertEquals("NA", Fixtures.problems(data).get(0).found());
    assertEquals("PT1H", data.axis().label());
    // 27, 24 and 24 hours are not in the file, one more was rejected.
    assertEquals(27 + 24 + 24 + 1, data.report().missing());
    assertEquals(
        List.of("EWR", "JFK", "LGA"), data.series().stream().map(TimeSeries::name).toList());
    TimeSeries ewr = data.series().get(0);
    assertEquals("2013-01-01T01:00:00-05:00", data.axis().format(ewr.time(0)));
    assertTwoHoursAtOneOfTheClock(ewr);
    // Four gusts in five are missing: far more than may be rejected.
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA,
            () ->
                Fixtures.read(source, new Fixtures.Rows(List.of("temp", "wind_gust"), false, 0.5)));
    assertTrue(fault.where().contains("column wind_gust (\"NA\")"), fault::getMessage);
  }

  private static void assertTwoHoursAtOneOfTheClock(TimeSeries series) {
    long first = Instant.parse("2013-11-03T05:00:00Z").getEpochSecond();
    int step = Math.toIntExact((first - series.time(0)) / 3600);
    assertTrue(series.present(step));
    assertTrue(series.present(step + 1));
    assertEquals("2013-11-03T01:00:00-04:00", series.axis().format(series.time(step)));
    assertEquals("2013-11-03T01:00:00-05:00", series.axis().format(series.time(step + 1)));
  }

  @Test
  void jenaHasOneRowTwiceAndAGap() {
    Path file = Fixtures.real("weather-jena-2020/weather.csv");
    Dataset data =
        Fixtures.read(Fixtures.source(file), new Fixtures.Rows(List.of("T (degC)"), false, 0.01));
    assertEquals(52_696, data.report().read());
    assertEquals(52_695, data.report().accepted());
    assertEquals(
        List.of(Fixtures.rejected(19_046, "", Kind.DUPLICATE, "as in line 19045")),
        Fixtures.problems(data));
    assertEquals("PT10M", data.axis().label());
    TimeSeries series = data.series().get(0);
    assertEquals(series.length() - 52_695, data.report().missing());
    long gap = Instant.parse("2020-05-29T09:40:00Z").getEpochSecond();
    assertFalse(series.present(Math.toIntExact((gap - series.time(0)) / 600)));
  }

  @Test
  void jenaWithAHeaderInLatin1IsToldToBecomeUtf8(@TempDir Path folder) throws IOException {
    // The copy at hand has replacement characters in UTF-8 where the origin has latin-1.
    String text = Files.readString(Fixtures.real("weather-jena-2020/weather.csv"));
    byte[] latin1 = text.replace('\uFFFD', 'µ').getBytes(StandardCharsets.ISO_8859_1);
    Path file = Fixtures.bytes(folder, "weather.csv", latin1);
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA,
            () -> Fixtures.read(Fixtures.source(file), Fixtures.lenient("T (degC)")));
    assertTrue(fault.expected().contains("UTF-8"), fault::getMessage);
    assertTrue(fault.action().contains("iconv"), fault::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PTR", "REX", "SNP"})
  void theNullRowOfThreeStocknetTickersIsRejected(String ticker) {
    Path file = Fixtures.real("stocknet-88/" + ticker + ".csv");
    Dataset data =
        Fixtures.read(source(file, "Date", ZoneOffset.UTC), sessions(0.01, "Close", "Volume"));
    assertEquals(
        List.of(Fixtures.rejected(962, "Close", Kind.MISSING, "null")), Fixtures.problems(data));
    assertEquals(data.report().read() - 1, data.report().accepted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ASAI-L-1h-bad-unit.csv", "EA-15m-no-bad-divs.csv"})
  void vendorFramesWithOffsetsAreReadAcrossTheChangeOfOffset(String name) {
    Path file = Fixtures.real("dirty/" + name);
    Dataset data =
        Fixtures.read(
            source(file, "Datetime", ZoneId.of("Europe/London")), Fixtures.strict("Close"));
    assertEquals(data.report().read(), data.report().accepted() + data.report().repaired());
    assertEquals(name.contains("1h") ? "PT1H" : "PT15M", data.axis().label());
  }
}
