package io.gatecast.forecasting.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves how an axis goes on, writes its times and names its step. */
class TimeAxisTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final TimeAxis HOURS = new TimeAxis(TimeUnit.SECOND, 3600, false, NEW_YORK);

  @ParameterizedTest
  @CsvSource({
    "2024-01-05, 0, 2024-01-05",
    "2024-01-04, 1, 2024-01-05",
    "2024-01-05, 1, 2024-01-08",
    "2024-01-05, 5, 2024-01-12",
    "2024-01-05, 6, 2024-01-15",
    "2024-01-06, 1, 2024-01-08",
  })
  void sessionsSkipWeekends(String from, int steps, String to) {
    assertEquals(Fixtures.day(to), Fixtures.SESSIONS.plus(Fixtures.day(from), steps));
  }

  @Test
  void regularStepsGoOnOverWeekendsAndLeapDays() {
    assertEquals(Fixtures.day("2024-03-01"), Fixtures.DAYS.plus(Fixtures.day("2024-02-28"), 2));
    TimeAxis weeks = new TimeAxis(TimeUnit.DAY, 7, false, ZoneOffset.UTC);
    assertEquals(Fixtures.day("2024-01-22"), weeks.plus(Fixtures.day("2024-01-01"), 3));
    long late = Instant.parse("2013-11-03T04:00:00Z").getEpochSecond();
    assertEquals(late + 3 * 3600, HOURS.plus(late, 3));
  }

  @Test
  void longHorizonsDoNotOverflow() {
    TimeAxis slow = new TimeAxis(TimeUnit.SECOND, 86_400, false, ZoneOffset.UTC);
    assertEquals(100_000L * 86_400, slow.plus(0, 100_000));
  }

  @Test
  void writesDatesAndTimesWithTheirOffset() {
    assertEquals("2024-01-05", Fixtures.DAYS.format(Fixtures.day("2024-01-05")));
    long first = Instant.parse("2013-11-03T05:30:00Z").getEpochSecond();
    assertEquals("2013-11-03T01:30:00-04:00", HOURS.format(first));
    assertEquals("2013-11-03T01:30:00-05:00", HOURS.format(first + 3600));
    assertEquals(
        "1970-01-01T00:00:00Z", new TimeAxis(TimeUnit.SECOND, 60, false, ZoneOffset.UTC).format(0));
  }

  @Test
  void tellsLocalTimeForTheCalendar() {
    assertEquals(
        LocalDate.of(2024, 1, 5).atStartOfDay(), Fixtures.DAYS.local(Fixtures.day("2024-01-05")));
    assertEquals(
        LocalDateTime.of(2013, 11, 3, 1, 30),
        HOURS.local(Instant.parse("2013-11-03T06:30:00Z").getEpochSecond()));
  }

  @Test
  void namesItsStep() {
    assertEquals("1 day", Fixtures.DAYS.label());
    assertEquals("1 session", Fixtures.SESSIONS.label());
    assertEquals("7 days", new TimeAxis(TimeUnit.DAY, 7, false, ZoneOffset.UTC).label());
    assertEquals("PT1H", HOURS.label());
    assertEquals("PT10M", new TimeAxis(TimeUnit.SECOND, 600, false, ZoneOffset.UTC).label());
  }
}
