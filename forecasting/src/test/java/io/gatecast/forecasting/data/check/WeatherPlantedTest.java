package io.gatecast.forecasting.data.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.check.RealFrames.Found;
import io.gatecast.forecasting.data.check.WeatherColumns.Role;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors planted in made-up weather are found where they are, and nowhere else. */
class WeatherPlantedTest {
  private static final List<String> COLUMNS =
      List.of("T (degC)", "rh (%)", "wv (m/s)", "wd (deg)", "rain (mm)");

  private static final int HOURS = 24 * 90;

  /** A season: the temperature of a day, fog, gusts, showers. */
  private static double[][] season(long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[HOURS][];
    double weather = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      weather = 0.98 * weather + 0.5 * random.nextGaussian();
      double temperature = 10 + weather + 5 * Math.sin(2 * Math.PI * hour / 24);
      double humidity = Math.min(100, 90 - 5 * (temperature - 10) + random.nextGaussian());
      double wind = Math.abs(3 + random.nextGaussian());
      double rain = random.nextInt(30) == 0 ? 0.1 * (1 + random.nextInt(20)) : 0;
      rows[hour] =
          new double[] {
            tenths(temperature),
            tenths(Math.max(5, humidity)),
            tenths(wind),
            random.nextInt(361),
            tenths(rain)
          };
    }
    return rows;
  }

  private static double tenths(double value) {
    return Math.rint(10 * value) / 10;
  }

  private static List<Found> check(double[][] rows) {
    Frame frame = new Frame("season", COLUMNS);
    for (double[] row : rows) {
      frame.add(frame.rows(), 0, frame.rows() + 2, row);
    }
    return RealFrames.check(WeatherChecks.of(WeatherColumns.guess(COLUMNS)), frame);
  }

  @Test
  void seasonsPass() {
    for (int seed = 0; seed < 50; seed++) {
      assertEquals(List.of(), check(season(seed)), "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-9999, -999, -999.9, 9999, 999.9, -99})
  void sentinelsAreToldOfOnce(double sentinel) {
    for (int column : new int[] {0, 1, 2, 4}) {
      double[][] rows = season(column);
      rows[0][column] = sentinel;
      for (int row = 40; row < 80; row++) {
        rows[row][column] = sentinel;
      }
      List<Found> found = check(rows);
      assertEquals(41, found.size());
      assertTrue(found.stream().allMatch(each -> each.kind() == Kind.OUT_OF_RANGE));
      assertEquals(0, found.get(0).row());
    }
  }

  @Test
  void aTemperatureOf99IsNoSentinelWhereOthersAreNear() {
    double[][] rows = season(1);
    for (double[] row : rows) {
      row[0] = tenths(row[0] * 9 / 5 + 50);
    }
    rows[5][0] = 99;
    assertEquals(List.of(), check(rows));
  }

  @ParameterizedTest
  @CsvSource({"1, -0.1, NaN", "1, 100.4, 100", "1, 110, NaN", "3, -10, NaN", "3, 361, NaN"})
  void physicalRanges(int column, double value, double mended) {
    double[][] rows = season(2);
    rows[7][column] = value;
    List<Found> found = check(rows);
    assertEquals(1, found.size());
    assertEquals(Kind.OUT_OF_RANGE, found.get(0).kind());
    assertEquals(7, found.get(0).row());
    assertEquals(mended, found.get(0).mends().get(0).value());
  }

  @Test
  void stuckSensorsButNotDryWeather() {
    for (int seed = 0; seed < 50; seed++) {
      double[][] rows = season(seed);
      int from = 1 + new Random(seed).nextInt(HOURS - 50);
      for (int row = from; row < from + 40; row++) {
        rows[row][0] = 12.3;
        rows[row][4] = 0;
      }
      List<Found> found = check(rows);
      assertTrue(found.size() >= 39 && found.size() <= 41, "seed " + seed);
      assertTrue(found.stream().allMatch(each -> each.kind() == Kind.STUCK));
      assertTrue(found.stream().allMatch(each -> each.column().equals("T (degC)")));
    }
  }

  @Test
  void stormsPassAndImpossibleWindsDoNot() {
    double[][] rows = season(3);
    for (int row = 100; row < 110; row++) {
      rows[row][2] = 33 - 3 * Math.abs(row - 105);
    }
    assertEquals(List.of(), check(rows));
    rows[500][2] = 466;
    List<Found> found = check(rows);
    assertEquals(1, found.size());
    assertEquals(Kind.OUTLIER, found.get(0).kind());
    assertEquals(500, found.get(0).row());
  }

  @Test
  void headersAreRecognised() {
    WeatherColumns jena = WeatherColumns.guess(COLUMNS);
    assertEquals(
        Map.of(
            Role.TEMPERATURE, "T (degC)",
            Role.HUMIDITY, "rh (%)",
            Role.WIND_SPEED, "wv (m/s)",
            Role.WIND_DIRECTION, "wd (deg)"),
        jena.names());
    WeatherColumns other =
        WeatherColumns.guess(
            List.of("humid", "wind_dir", "wind_speed", "wind_gust", "pressure", "temp_c"));
    assertEquals(Optional.of("humid"), other.name(Role.HUMIDITY));
    assertEquals(Optional.of("wind_dir"), other.name(Role.WIND_DIRECTION));
    assertEquals(Optional.of("wind_speed"), other.name(Role.WIND_SPEED));
    assertEquals(Optional.of("pressure"), other.name(Role.PRESSURE));
    assertEquals(Optional.of("temp_c"), other.name(Role.TEMPERATURE));
    assertEquals(Map.of(), WeatherColumns.guess(List.of("t", "p", "dewp", "Tdew (degC)")).names());
  }

  @Test
  void rolesCanBeSaid() {
    WeatherColumns said = WeatherColumns.guess(COLUMNS).with(Map.of("humidity", "feuchte"));
    assertEquals(Optional.of("feuchte"), said.name(Role.HUMIDITY));
    assertThrows(
        IllegalArgumentException.class,
        () -> WeatherColumns.guess(COLUMNS).with(Map.of("mood", "rh")));
  }
}
