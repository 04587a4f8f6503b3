package io.gatecast.forecasting.data.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves axes that skip days: exchange sessions and business days. */
class WorkingDaysTest {
  private static final Holidays NYSE = Holidays.of("NYSE");

  private static TimeAxis learn(AxisSpec spec, long[]... series) {
    return TimeAxes.learn(spec, TimeUnit.DAY, ZoneOffset.UTC, List.of(series), "data.csv");
  }

  private static SessionAxis sessions(Holidays holidays, long[]... series) {
    return SessionAxis.of(List.of(series), holidays, ZoneOffset.UTC);
  }

  /** Weekdays but the holidays of the NYSE. */
  private static long[] december2024() {
    return LongStream.rangeClosed(Times.day("2024-11-25"), Times.day("2024-12-24"))
        .filter(day -> DayTable.expected(day, AxisSpec.auto().weekdays(), NYSE))
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-12-23, 1, 2024-12-24",
    "2024-12-24, 0, 2024-12-24",
    "2024-12-24, 1, 2024-12-26",
    "2024-12-24, 3, 2024-12-30",
    "2024-12-24, 5, 2025-01-02",
    "2024-12-24, 9, 2025-01-08",
    "2024-12-24, 10, 2025-01-10", // the mourning for President Carter
    "2024-12-24, -1, 2024-12-23",
  })
  void sessionsGoOnOverWeekendsAndHolidays(String from, int steps, String to) {
    TimeAxis axis = learn(AxisSpec.sessions(NYSE), december2024());
    assertEquals(to, axis.format(axis.plus(Times.day(from), steps)));
    OptionalLong position = axis.position(Times.day(to));
    assertEquals(Times.day(to), axis.time(position.orElseThrow()));
    assertTrue(axis.sessions());
    assertEquals("1 session", axis.label());
  }

  @Test
  void withoutACalendarSessionsSkipOnlyWeekdaysThatTheDataSkips() {
    TimeAxis axis = learn(AxisSpec.sessions(null), december2024());
    assertEquals("2024-12-25", axis.format(axis.plus(Times.day("2024-12-24"), 1)));
    assertEquals("2024-12-30", axis.format(axis.plus(Times.day("2024-12-24"), 4)));
  }

  @Test
  void weekdaysAreLearnedFromTheLastYear() {
    long first = Times.day("2020-01-01");
    long[] days =
        LongStream.range(first, first + 1500)
            .filter(
                day -> {
                  DayOfWeek weekday = LocalDate.ofEpochDay(day).getDayOfWeek();
                  boolean saturdays = day < first + 1000 || day > first + 1490;
                  return weekday != DayOfWeek.FRIDAY
                      && (weekday != DayOfWeek.SATURDAY || saturdays);
                })
            .toArray();
    SessionAxis axis = sessions(NYSE, days);
    assertEquals(
        EnumSet.complementOf(EnumSet.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY)), axis.weekdays());
    assertEquals(
        Set.of(DayOfWeek.WEDNESDAY),
        sessions(NYSE, Times.days("2024-01-03", "2024-01-10")).weekdays());
  }

  @Test
  void raggedSeriesShareTheUnionOfTheirSessions() {
    long[] longer = Times.days("2024-01-02", "2024-01-03", "2024-01-05");
    long[] other = Times.days("2024-01-04", "2024-01-05", "2024-01-08");
    SessionAxis axis = sessions(NYSE, longer, other);
    assertEquals(OptionalLong.of(0), axis.position(longer[0]));
    assertEquals(OptionalLong.of(2), axis.position(other[0]), "a gap of the longer one");
    assertEquals(OptionalLong.of(3), axis.position(longer[2]));
    assertEquals(OptionalLong.of(4), axis.position(other[2]));
    assertEquals(OptionalLong.empty(), axis.position(Times.day("2024-01-06")));
    assertEquals(OptionalLong.empty(), axis.position(Times.day("2024-01-01")));
    assertEquals(OptionalLong.empty(), axis.position(Times.day("2024-01-15")), "holiday");
    assertEquals(OptionalLong.of(9), axis.position(Times.day("2024-01-16")));
    assertEquals(Times.day("2024-01-08"), axis.lastKnown());
  }

  @Test
  void aWeekdayWithoutSessionIsSuspectedOnlyWithACalendar() {
    long[] days = december2024();
    long[] gappy = LongStream.of(days).filter(day -> day != Times.day("2024-12-11")).toArray();
    SessionAxis axis = sessions(NYSE, gappy);
    assertEquals(
        List.of(LocalDate.of(2024, 12, 11)),
        axis.suspectedMissing(days[0], Times.day("2025-02-01")));
    assertEquals(List.of(), axis.suspectedMissing(Times.day("2024-12-12"), axis.lastKnown()));
    assertEquals(List.of(), sessions(NYSE, gappy, days).suspectedMissing(days[0], days[5]));
    SessionAxis unnamed = SessionAxis.of(List.of(gappy), null, ZoneOffset.UTC);
    assertEquals(List.of(), unnamed.suspectedMissing(days[0], unnamed.lastKnown()));
  }

  @Test
  void anAbsentBusinessDayIsAGapAndARowOnAHolidayIsOffTheAxis() {
    long[] rows = Times.days("2024-03-23", "2024-03-25", "2024-03-29", "2024-04-02", "2024-04-10");
    TimeAxis axis = learn(AxisSpec.businessDays(Holidays.of("GB-ENG")), rows);
    assertEquals(OptionalLong.empty(), axis.position(rows[0]), "a Saturday");
    assertEquals(OptionalLong.of(0), axis.position(rows[1]));
    assertEquals(OptionalLong.empty(), axis.position(rows[2]), "Good Friday");
    assertEquals(OptionalLong.of(4), axis.position(rows[3]), "after Easter Monday");
    assertEquals(Times.day("2024-05-07"), axis.plus(Times.day("2024-05-03"), 1));
    assertEquals(OptionalLong.of(10), axis.position(rows[4]));
    assertEquals("1 business day", axis.label());
    assertEquals(1, axis.step());
  }

  @Test
  void theWeekOfBusinessDaysIsTheJobs() {
    Set<DayOfWeek> week = EnumSet.complementOf(EnumSet.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY));
    AxisSpec spec = new AxisSpec(AxisSpec.Kind.BUSINESS_DAYS, null, week, null);
    TimeAxis axis = learn(spec, Times.days("2024-01-04", "2024-01-07"));
    assertEquals(OptionalLong.of(1), axis.position(Times.day("2024-01-07")));
    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> learn(spec, Times.days("2024-01-05", "2024-01-06")));
    assertTrue(fault.action().contains("weekdays"), fault::getMessage);
  }

  @Test
  void anEmptyAxisIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> sessions(NYSE, new long[0]));
    Set<DayOfWeek> week = AxisSpec.auto().weekdays();
    assertThrows(
        IllegalArgumentException.class,
        () -> BusinessDayAxis.of(2, 3, week, null, ZoneOffset.UTC),
        "1970-01-03 was a Saturday");
  }
}
