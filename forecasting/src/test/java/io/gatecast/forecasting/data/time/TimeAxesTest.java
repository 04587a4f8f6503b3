package io.gatecast.forecasting.data.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Proves how an axis is learned, and how a regular one goes on, writes times and names its step.
 */
class TimeAxesTest {
  private static final AxisSpec AUTO = AxisSpec.auto();

  private static TimeAxis days(AxisSpec spec, long[]... series) {
    return TimeAxes.learn(spec, TimeUnit.DAY, ZoneOffset.UTC, List.of(series), "data.csv");
  }

  private static TimeAxis seconds(AxisSpec spec, long[]... series) {
    return TimeAxes.learn(spec, TimeUnit.SECOND, Times.NEW_YORK, List.of(series), "data.csv");
  }

  private static long[] hours(String first, int count) {
    long start = Times.second(first);
    return LongStream.range(0, count).map(i -> start + i * 3600).toArray();
  }

  @Test
  void theMostFrequentStepOfRaggedSeriesHoldsForAll() {
    long[] early = hours("2013-11-02T00:00:00Z", 40);
    long[] late = hours("2013-11-03T00:00:00Z", 50);
    TimeAxis axis = seconds(AUTO, late, early);
    assertEquals("PT1H", axis.label());
    assertEquals(OptionalLong.of(0), axis.position(early[0]));
    assertEquals(OptionalLong.of(24), axis.position(late[0]));
    assertEquals(late[49], axis.time(73));
    assertEquals(late[49] + 5 * 3600, axis.plus(late[49], 5));
    assertEquals(early[39], axis.plus(late[49], -34));
  }

  @Test
  void aDayOf23Or25HoursHasAsManySteps() {
    TimeAxis axis = seconds(AUTO, hours("2013-03-10T05:00:00Z", 10));
    assertEquals("2013-03-10T00:00:00-05:00", axis.format(axis.time(0)));
    assertEquals("2013-03-11T00:00:00-04:00", axis.format(axis.time(23)));
    TimeAxis autumn = seconds(AUTO, hours("2013-11-03T04:00:00Z", 10));
    assertEquals("2013-11-03T01:00:00-04:00", autumn.format(autumn.time(1)));
    assertEquals("2013-11-03T01:00:00-05:00", autumn.format(autumn.time(2)));
    assertEquals("2013-11-04T00:00:00-05:00", autumn.format(autumn.time(25)));
    assertEquals(LocalDateTime.of(2013, 11, 3, 1, 0), autumn.local(autumn.time(2)));
  }

  @Test
  void oneOddRowNeitherDisplacesNorMisleads() {
    long[] rows = hours("2020-01-01T00:00:00Z", 24);
    long[] odd = LongStream.concat(LongStream.of(rows[0] - 1200), LongStream.of(rows)).toArray();
    TimeAxis axis = seconds(AUTO, odd);
    assertEquals(OptionalLong.empty(), axis.position(odd[0]));
    assertEquals(OptionalLong.empty(), axis.position(rows[3] + 1));
    assertEquals(OptionalLong.empty(), axis.position(rows[0] - 3600), "before the origin");
    assertEquals(OptionalLong.of(23), axis.position(rows[23]));
    assertThrows(IllegalArgumentException.class, () -> axis.time(-1));
    assertThrows(IllegalArgumentException.class, () -> axis.plus(rows[3] + 1, 1));
  }

  @Test
  void daysGoOnOverLeapDaysAndBefore1900() {
    TimeAxis axis = days(AUTO, Times.days("1582-10-04", "1582-10-05", "1899-12-31"));
    assertEquals("1900-03-01", axis.format(axis.plus(Times.day("1900-02-28"), 1)));
    assertEquals("2024-03-01", axis.format(axis.plus(Times.day("2024-02-28"), 2)));
    assertEquals("1582-10-15", axis.format(axis.time(11)), "java.time has no Julian calendar");
    assertEquals("1 day", axis.label());
    assertEquals("7 days", days(AUTO, Times.days("2024-01-01", "2024-01-08")).label());
    assertEquals("1 day", days(AUTO, Times.days("2024-01-01")).label());
  }

  @Test
  void longAxesDoNotOverflow() {
    TimeAxis axis = new RegularAxis(TimeUnit.SECOND, 86_400, 0, ZoneOffset.UTC);
    assertEquals(3_000_000L * 86_400, axis.time(3_000_000));
    assertEquals("1970-01-01T00:00:00Z", axis.format(0));
    assertThrows(ArithmeticException.class, () -> axis.time(Long.MAX_VALUE / 2));
  }

  @Test
  void aStepMayBeAskedFor() {
    long[] rows = hours("2020-01-01T00:00:00Z", 24);
    assertEquals("PT30M", seconds(AxisSpec.regular(Duration.ofMinutes(30)), rows).label());
    assertEquals("2 days", days(AxisSpec.regular(Duration.ofDays(2)), new long[] {1, 3}).label());
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA, () -> days(AxisSpec.regular(Duration.ofHours(1)), new long[] {1}));
    assertTrue(fault.expected().contains("PT1H"), fault::getMessage);
  }

  @Test
  void timesOfDayAreNeitherSessionsNorBusinessDays() {
    for (AxisSpec spec : List.of(AxisSpec.sessions(null), AxisSpec.businessDays(null))) {
      JobFault fault =
          Fixtures.fault(ExitCode.DATA, () -> seconds(spec, hours("2020-01-01T00:00:00Z", 3)));
      assertEquals("times of day", fault.found());
      assertEquals("data.csv", fault.where());
    }
  }

  @Test
  void specificationsThatDoNotFitAreRefused() {
    Set<DayOfWeek> week = AUTO.weekdays();
    Holidays us = Holidays.of("US");
    Duration day = Duration.ofDays(1);
    for (AxisSpec.Kind kind : List.of(AxisSpec.Kind.SESSIONS, AxisSpec.Kind.BUSINESS_DAYS)) {
      assertThrows(IllegalArgumentException.class, () -> new AxisSpec(kind, day, week, null));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new AxisSpec(AxisSpec.Kind.REGULAR, null, week, us));
    assertThrows(IllegalArgumentException.class, () -> AxisSpec.regular(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> AxisSpec.regular(Duration.ofMillis(1500)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new AxisSpec(AxisSpec.Kind.BUSINESS_DAYS, null, Set.of(), null));
    assertThrows(
        IllegalArgumentException.class, () -> new RegularAxis(TimeUnit.DAY, 0, 0, ZoneOffset.UTC));
  }

  @Test
  void timesMustBeThereAndAscend() {
    assertThrows(IllegalArgumentException.class, () -> days(AUTO, new long[0]));
    assertThrows(IllegalArgumentException.class, () -> days(AUTO, new long[] {2, 1}));
    assertThrows(IllegalArgumentException.class, () -> days(AUTO, new long[] {1, 1}));
    assertEquals(4, days(AUTO, new long[0], new long[] {4, 5}).time(0));
  }
}
