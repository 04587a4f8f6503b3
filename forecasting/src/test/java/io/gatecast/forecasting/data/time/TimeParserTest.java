package io.gatecast.forecasting.data.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.LongWritable;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that times are read as java.time means them, in every form that is promised. */
class TimeParserTest {
  private static final ZoneId NEW_YORK = Times.NEW_YORK;

  private static void refused(TimeParser parser, String reason, String... cells) {
    DateTimeException fault =
        assertThrows(DateTimeException.class, () -> Times.read(parser, cells));
    assertTrue(String.valueOf(fault.getMessage()).contains(reason), fault::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01", "1582-10-10", "1899-12-31", "1970-01-01", "2024-02-29"})
  void readsDatesAsDaysWhateverTheZone(String text) {
    for (ZoneId zone : new ZoneId[] {ZoneOffset.UTC, NEW_YORK, ZoneId.of("Pacific/Apia")}) {
      TimeParser parser = Times.iso(zone);
      Moment moment = Times.read(parser, " " + text + " ");
      assertEquals(LocalDate.parse(text).toEpochDay(), moment.day());
      assertEquals(moment.day() * 86_400, moment.seconds());
      assertFalse(moment.ambiguous());
      assertEquals(TimeUnit.DAY, parser.unit());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2013-01-01 06:00, 2013-01-01T11:00:00Z",
    "2013-07-01T06:00:30, 2013-07-01T10:00:30Z",
    "2013-01-01T06:00:00Z, 2013-01-01T06:00:00Z",
    "2013-01-01 06:00:00+01:00, 2013-01-01T05:00:00Z",
    "2013-01-01 06:00:00-09:30, 2013-01-01T15:30:00Z",
    "2013-01-01T06:00:00-0430, 2013-01-01T10:30:00Z",
    "2013-01-01T06:00+02, 2013-01-01T04:00:00Z",
    "1883-01-01 06:00, 1883-01-01T10:56:02Z",
    "2013-03-10 01:00, 2013-03-10T06:00:00Z",
    "2013-03-10 03:00, 2013-03-10T07:00:00Z",
    "2013-11-03 00:00, 2013-11-03T04:00:00Z",
    "2013-11-03 02:00, 2013-11-03T07:00:00Z",
  })
  void readsLocalTimesInTheZoneAndOffsetsAsTheyAre(String text, String instant) {
    assertEquals(Instant.parse(instant), Times.instant(Times.iso(NEW_YORK), text));
  }

  @ParameterizedTest
  @CsvSource({
    "Asia/Kolkata, 2024-01-15 12:00, 2024-01-15T06:30:00Z",
    "Asia/Kathmandu, 2024-01-15 12:00, 2024-01-15T06:15:00Z",
    "Australia/Sydney, 2024-10-06 03:00, 2024-10-05T16:00:00Z",
    "Australia/Sydney, 2024-01-15 12:00, 2024-01-15T01:00:00Z",
    "Europe/Istanbul, 2020-01-15 12:00, 2020-01-15T09:00:00Z", // Joda 2.2 says 10:00
  })
  void knowsTheRulesOfOtherZones(ZoneId zone, String text, String instant) {
    assertEquals(Instant.parse(instant), Times.instant(Times.iso(zone), text));
  }

  @Test
  void aRepeatedLocalTimeIsTheEarlierInstantAndSaysSo() {
    Moment moment = Times.read(Times.iso(NEW_YORK), "2013-11-03 01:30");
    assertEquals(Times.second("2013-11-03T05:30:00Z"), moment.seconds());
    assertEquals(3600, moment.laterBy());
    Moment half = Times.read(Times.iso(ZoneId.of("Australia/Lord_Howe")), "2024-04-07 01:45");
    assertEquals(Times.second("2024-04-06T14:45:00Z"), half.seconds());
    assertEquals(1800, half.laterBy());
  }

  @Test
  void anOffsetOrAZoneBesideItTellsTheRepeatedHourApart() {
    TimeParser offsets = Times.iso(NEW_YORK);
    Moment moment = Times.read(offsets, "2013-11-03 01:30-05:00");
    assertEquals(Times.second("2013-11-03T06:30:00Z"), moment.seconds());
    assertFalse(moment.ambiguous());
    TimeParser both = Times.parser("uuuu-MM-dd HH:mmXXX'['VV']'", ZoneOffset.UTC, "time");
    assertEquals(
        Instant.parse("2013-11-03T06:30:00Z"),
        Times.instant(both, "2013-11-03 01:30-05:00[America/New_York]"));
    TimeParser zone = Times.parser("yyyy-MM-dd HH:mm VV", ZoneOffset.UTC, "time");
    assertEquals(3600, Times.read(zone, "2013-11-03 01:30 America/New_York").laterBy());
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York, 2013-03-10 02:00",
    "America/New_York, 2013-03-10 02:59:59",
    "Australia/Sydney, 2024-10-06 02:30",
    "Australia/Lord_Howe, 2024-10-06 02:15",
  })
  void refusesATimeThatClocksSkip(ZoneId zone, String text) {
    refused(Times.iso(zone), "clocks skip", text);
  }

  @Test
  void aDayThatBeginsWithoutItsMidnightIsADayStill() {
    TimeParser parser = Times.iso(ZoneId.of("America/Havana"));
    for (String day : new String[] {"2024-03-09", "2024-03-10", "2024-03-11"}) {
      assertEquals(Times.day(day), Times.read(parser, day + " 00:00:00").day());
    }
    assertEquals(TimeUnit.DAY, parser.unit());
    refused(parser, "clocks skip", "2024-03-10 00:30:00");
  }

  @Test
  void midnightsAreDaysUntilATimeOfDayComes() {
    TimeParser parser = Times.iso(NEW_YORK);
    for (String day : new String[] {"2013-03-10", "2013-11-03", "2013-11-04"}) {
      assertEquals(Times.day(day), Times.read(parser, day + " 00:00:00").day());
    }
    assertEquals(TimeUnit.DAY, parser.unit());
    Times.read(parser, "2013-11-04 06:00:00");
    assertEquals(TimeUnit.SECOND, parser.unit());
  }

  @Test
  void midnightsOfOffsetsAreDaysAsWritten() {
    TimeParser parser = Times.iso(ZoneOffset.UTC);
    Moment moment = Times.read(parser, "2023-04-14 00:00:00+09:00");
    assertEquals(Times.day("2023-04-14"), moment.day());
    assertEquals(Times.second("2023-04-13T15:00:00Z"), moment.seconds());
    assertEquals(TimeUnit.DAY, parser.unit());
  }

  @Test
  void formsDoNotMixAndARefusedRowLeavesNoTrace() {
    TimeParser dates = Times.iso(ZoneOffset.UTC);
    refused(dates, "finer than a second", "2020-01-02 10:00:00.5");
    refused(dates, "could not be parsed", "2020-02-30 10:00");
    Times.read(dates, "2020-01-01");
    refused(dates, "do not mix", "2020-01-02 12:00");
    assertEquals(TimeUnit.DAY, dates.unit());
    TimeParser offsets = Times.iso(ZoneOffset.UTC);
    Times.read(offsets, "2020-01-01 06:00:00-05:00");
    refused(offsets, "do not mix", "2020-01-01 07:00:00");
    TimeParser local = Times.iso(NEW_YORK);
    refused(local, "clocks skip", "2013-03-10 02:30");
    Times.read(local, "2020-01-01");
    assertEquals(TimeUnit.DAY, local.unit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "31.12.2020",
        "2020-13-01",
        "2020-00-01",
        "2020-01-32",
        "2020-1-1",
        "20200101",
        "2021-02-29",
        "1900-02-29",
        "2021-04-31",
        "2021-02-30 12:00",
        "2021-01-01 24:00",
        "2021-01-01 12:60",
        "2021-01-01 12:00:00+19:00"
      })
  void refusesWhatIsNoIsoTime(String text) {
    refused(Times.iso(ZoneOffset.UTC), "could not be parsed", text);
  }

  @ParameterizedTest
  @CsvSource({
    "dd.MM.yyyy, 31.12.2020, 2020-12-31T00:00:00Z",
    "d-MMM-uuuu, 7-Mar-2008, 2008-03-07T00:00:00Z",
    "MM/dd/yyyy HH:mm, 07/01/2013 06:05, 2013-07-01T10:05:00Z",
    "yyyyMMdd HHmmX, 20130701 0605+02, 2013-07-01T04:05:00Z",
    "yyyyMMdd HH, 20130701 06, 2013-07-01T10:00:00Z",
  })
  void readsPatterns(String pattern, String text, String instant) {
    TimeParser parser = Times.parser(pattern, NEW_YORK, "time");
    assertEquals(Instant.parse(instant), Times.instant(parser, text));
    assertTrue(parser.description().contains(pattern));
    refused(parser, "", "31.04.2021");
  }

  @Test
  void numbersOfAnyTypeAreRead() {
    TimeParser dates = Times.parser("yyyyMMdd", ZoneOffset.UTC, "time");
    Writable[] cells = {
      new LongWritable(20_240_229), new IntWritable(20_240_229), new DoubleWritable(20_240_229)
    };
    for (Writable cell : cells) {
      assertEquals(Times.day("2024-02-29"), Times.read(dates, cell).day());
    }
    TimeParser parts = Times.parser("iso", NEW_YORK, "y", "m", "d", "h", "min", "s");
    Moment moment =
        Times.read(
            parts,
            new IntWritable(2013),
            new LongWritable(7),
            new DoubleWritable(1),
            new Text("06"),
            new Text(" 5.0 "),
            new Text("30"));
    assertEquals(Times.second("2013-07-01T10:05:30Z"), moment.seconds());
    assertThrows(
        DateTimeException.class, () -> Times.read(dates, new DoubleWritable(20_240_229.5)));
    assertThrows(DateTimeException.class, () -> Times.read(dates, new DoubleWritable(Double.NaN)));
    assertThrows(DateTimeException.class, () -> Times.read(dates, NullWritable.INSTANCE));
  }

  @Test
  void partsAreDatesOrLocalTimes() {
    TimeParser dates = Times.parser("iso", NEW_YORK, "year", "month", "day");
    assertEquals(Times.day("2024-02-29"), Times.read(dates, "2024", "2", "29").day());
    assertEquals(TimeUnit.DAY, dates.unit());
    refused(dates, "leap year", "2023", "2", "29");
    TimeParser hours = Times.parser("parts", NEW_YORK, "year", "month", "day", "hour");
    assertEquals(3600, Times.read(hours, "2013", "11", "3", "1").laterBy());
    assertEquals(
        "whole numbers of year, month, day, hour in America/New_York", hours.description());
    refused(hours, "HourOfDay", "2013", "11", "3", "24");
    refused(hours, "MonthOfYear", "2013", "13", "3", "2");
    refused(hours, "Year", "99999999999", "1", "3", "2");
    refused(hours, "clocks skip", "2013", "3", "10", "2");
    refused(hours, "found \"NA\"", "2013", "3", "10", "NA");
    refused(hours, "found \"1.5\"", "2013", "3", "10", "1.5");
    refused(hours, "found \"99999999999999999999\"", "2013", "3", "10", "99999999999999999999");
  }

  @Test
  void dateAndTimeOfDayMayStandApart() {
    TimeParser iso = Times.parser("iso", NEW_YORK, "date", "clock");
    assertEquals(
        Instant.parse("2013-07-01T10:05:00Z"), Times.instant(iso, " 2013-07-01", "06:05 "));
    refused(iso, "could not be parsed", "2013-07-01", "noon");
    TimeParser pattern = Times.parser("dd/MM/yyyy HHmm", ZoneOffset.UTC, "date", "clock");
    assertEquals(
        Instant.parse("2013-07-01T06:05:00Z"), Times.instant(pattern, "01/07/2013", "0605"));
  }

  @Test
  void secondsAndMillisecondsSince1970() {
    TimeParser seconds = Times.parser("epoch-seconds", NEW_YORK, "time");
    assertEquals(1_372_672_800, Times.read(seconds, "1372672800").seconds());
    assertEquals(-86_400, Times.read(seconds, new LongWritable(-86_400)).seconds());
    assertEquals(TimeUnit.SECOND, seconds.unit());
    refused(seconds, "another unit", "1372672800000");
    refused(seconds, "whole number", "2013-07-01");
    TimeParser millis = Times.parser("epoch-millis", NEW_YORK, "time");
    Moment midnight = Times.read(millis, new LongWritable(1_372_651_200_000L));
    assertEquals(Times.second("2013-07-01T04:00:00Z"), midnight.seconds());
    assertEquals(Times.day("2013-07-01"), midnight.day());
    assertEquals(TimeUnit.DAY, millis.unit(), "midnight of the zone");
    refused(millis, "finer than a second", "1372651200001");
    refused(millis, "finer than a second", "-1");
  }
}
