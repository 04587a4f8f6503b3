package io.gatecast.forecasting.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that times are read as java.time means them, in every form that is promised. */
class TimeParserTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static Instant instant(@Nullable String pattern, ZoneId zone, String text) {
    return Instant.ofEpochSecond(new TimeParser(pattern, zone).parse(text).seconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1962-01-02", "1970-01-01", "2000-02-29", "2024-12-31"})
  void readsDatesAsDaysWhateverTheZone(String text) {
    for (ZoneId zone : new ZoneId[] {ZoneOffset.UTC, NEW_YORK, ZoneId.of("Pacific/Apia")}) {
      TimeParser parser = new TimeParser(null, zone);
      assertEquals(LocalDate.parse(text).toEpochDay(), parser.parse(" " + text + " ").day());
      assertEquals(TimeUnit.DAY, parser.unit());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2013-01-01 06:00, 2013-01-01T11:00:00Z",
    "2013-07-01T06:00:30, 2013-07-01T10:00:30Z",
    "2013-01-01T06:00:00Z, 2013-01-01T06:00:00Z",
    "2013-01-01 06:00:00+01:00, 2013-01-01T05:00:00Z",
    "2013-01-01T06:00:00-0430, 2013-01-01T10:30:00Z",
    "2013-01-01T06:00+02, 2013-01-01T04:00:00Z",
  })
  void readsLocalTimesInTheZoneAndOffsetsAsTheyAre(String text, String instant) {
    assertEquals(Instant.parse(instant), instant(null, NEW_YORK, text));
  }

  @Test
  void knowsTheRulesOfTodayNotThoseOf2013() {
    // Turkey stays at +03 since 2016; Joda 2.2, which DataVec has, says +02 in winter.
    ZoneId istanbul = ZoneId.of("Europe/Istanbul");
    assertEquals(
        Instant.parse("2020-01-15T09:00:00Z"), instant(null, istanbul, "2020-01-15 12:00"));
    assertEquals(
        Instant.parse("2015-01-15T10:00:00Z"), instant(null, istanbul, "2015-01-15 12:00"));
  }

  @ParameterizedTest
  @CsvSource({
    "2013-03-10 01:00, 2013-03-10T06:00:00Z",
    "2013-03-10 03:00, 2013-03-10T07:00:00Z",
    "2013-11-03 00:00, 2013-11-03T04:00:00Z",
    "2013-11-03 02:00, 2013-11-03T07:00:00Z",
  })
  void changesOffsetWithDaylightSaving(String text, String instant) {
    assertEquals(Instant.parse(instant), instant(null, NEW_YORK, text));
  }

  @Test
  void tellsTheRepeatedHourApartByItsOffset() {
    assertEquals(
        Instant.parse("2013-11-03T05:30:00Z"), instant(null, NEW_YORK, "2013-11-03 01:30-04:00"));
    assertEquals(
        Instant.parse("2013-11-03T06:30:00Z"), instant(null, NEW_YORK, "2013-11-03 01:30-05:00"));
  }

  @Test
  void readsCustomPatterns() {
    TimeParser dates = new TimeParser("dd.MM.yyyy", NEW_YORK);
    assertEquals(LocalDate.of(2020, 12, 31).toEpochDay(), dates.parse("31.12.2020").day());
    assertEquals(TimeUnit.DAY, dates.unit());
    assertEquals(
        LocalDate.of(2008, 3, 7).toEpochDay(),
        new TimeParser("d-MMM-uuuu", NEW_YORK).parse("7-Mar-2008").day(),
        "English month names whatever the machine's locale");
    assertEquals(
        Instant.parse("2013-07-01T10:05:00Z"),
        instant("MM/dd/yyyy HH:mm", NEW_YORK, "07/01/2013 06:05"));
    assertEquals(
        Instant.parse("2013-07-01T04:05:00Z"),
        instant("yyyyMMdd HHmmX", NEW_YORK, "20130701 0605+02"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "31.12.2020", "2020-13-01", "2020-01-32", "2020-1-1", "20200101"})
  void refusesWhatIsNoIsoTime(String text) {
    TimeParser parser = new TimeParser(null, ZoneOffset.UTC);
    assertThrows(DateTimeException.class, () -> parser.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    ", 2021-02-29",
    ", 2021-02-30 12:00",
    ", 2021-04-31",
    "dd.MM.yyyy, 31.04.2021",
    "uuuu/MM/dd HH:mm, 2021/02/29 12:00",
  })
  void refusesADayThatIsNotInTheCalendar(@Nullable String pattern, String text) {
    TimeParser parser = new TimeParser(pattern, ZoneOffset.UTC);
    assertThrows(DateTimeException.class, () -> parser.parse(text));
  }

  @Test
  void readsAZoneThatIsWrittenRatherThanTheDefault() {
    assertEquals(
        Instant.parse("2020-01-01T11:00:00Z"),
        instant("yyyy-MM-dd HH:mm VV", ZoneOffset.UTC, "2020-01-01 06:00 America/New_York"));
  }

  @Test
  void refusesADateAmongTimesAndATimeAmongDates() {
    TimeParser dates = new TimeParser(null, ZoneOffset.UTC);
    dates.parse("2020-01-01");
    assertThrows(DateTimeException.class, () -> dates.parse("2020-01-02 00:00"));
    TimeParser times = new TimeParser(null, ZoneOffset.UTC);
    times.parse("2020-01-01 00:00");
    assertThrows(DateTimeException.class, () -> times.parse("2020-01-02"));
  }

  @Test
  void takesTimesThatAreAllMidnightForDays() {
    TimeParser parser = new TimeParser(null, NEW_YORK);
    for (String day : new String[] {"2013-03-09", "2013-03-10", "2013-11-03", "2013-11-04"}) {
      long written = LocalDate.parse(day).toEpochDay();
      assertEquals(written, parser.parse(day + " 00:00:00").day());
    }
    assertEquals(TimeUnit.DAY, parser.unit());
    long unused = parser.parse("2013-11-04 06:00:00").seconds();
    assertEquals(TimeUnit.SECOND, parser.unit());
  }

  @Test
  void refusesATimeThatClocksSkip() {
    assertThrows(
        DateTimeException.class, () -> new TimeParser(null, NEW_YORK).parse("2013-03-10 02:30"));
  }

  @Test
  void refusesALocalTimeAmongOffsetsAndFractionsOfASecond() {
    TimeParser parser = new TimeParser(null, NEW_YORK);
    long unused = parser.parse("2013-01-01 06:00:00-05:00").seconds();
    assertThrows(DateTimeException.class, () -> parser.parse("2013-01-01 07:00:00"));
    assertThrows(
        DateTimeException.class,
        () -> new TimeParser(null, NEW_YORK).parse("2013-01-01 06:00:00.5"));
  }
}
