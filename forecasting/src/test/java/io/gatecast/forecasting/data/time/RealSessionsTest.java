package io.gatecast.forecasting.data.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Proves sessions and the calendar of the NYSE on real exchange days; needs GATECAST_DATA. */
class RealSessionsTest {
  private static final Holidays NYSE = Holidays.of("NYSE");
  private static final Set<DayOfWeek> MONDAY_TO_FRIDAY =
      EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  /** Not holidays but closures; the calendar has them all the same. */
  private static final List<LocalDate> CLOSURES =
      dates(
          "2001-09-11", // attacks
          "2001-09-12",
          "2001-09-13",
          "2001-09-14",
          "2004-06-11", // funeral of President Reagan
          "2007-01-02", // funeral of President Ford
          "2012-10-29", // hurricane Sandy
          "2012-10-30");

  /** The exchange keeps Martin Luther King's day since 1998, the calendar since ever. */
  private static final List<LocalDate> KING_BEFORE_1998 =
      dates(
          "1990-01-15",
          "1991-01-21",
          "1992-01-20",
          "1993-01-18",
          "1994-01-17",
          "1995-01-16",
          "1996-01-15",
          "1997-01-20");

  private static List<LocalDate> dates(String... dates) {
    return Arrays.stream(dates).map(LocalDate::parse).toList();
  }

  private static long[] days(String file) {
    TimeParser parser = Times.iso(ZoneOffset.UTC);
    return Times.real(file).stream().mapToLong(row -> Times.read(parser, row[0]).day()).toArray();
  }

  private static List<long[]> stocks() throws IOException {
    try (Stream<Path> files = Files.list(Fixtures.real("stocks-36"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".csv"))
          .sorted()
          .map(name -> days("stocks-36/" + name))
          .toList();
    }
  }

  private static List<LocalDate> since1990(SessionAxis axis, LongPredicate day) {
    return LongStream.rangeClosed(Times.day("1990-01-01"), axis.lastKnown())
        .filter(day)
        .mapToObj(LocalDate::ofEpochDay)
        .toList();
  }

  @Test
  void theCalendarOfTheNyseIsThatOf36StocksButForNineDays() throws IOException {
    List<long[]> stocks = stocks();
    assertEquals(36, stocks.size());
    SessionAxis axis = SessionAxis.of(stocks, NYSE, ZoneOffset.UTC);
    assertEquals(MONDAY_TO_FRIDAY, axis.weekdays());
    assertEquals(7_023, since1990(axis, day -> axis.position(day).isPresent()).size());
    List<LocalDate> absent =
        since1990(
            axis,
            day ->
                axis.position(day).isEmpty()
                    && MONDAY_TO_FRIDAY.contains(LocalDate.ofEpochDay(day).getDayOfWeek()));
    assertEquals(247, absent.size());
    assertTrue(absent.containsAll(CLOSURES));
    assertEquals(
        dates("1994-04-27"), // funeral of President Nixon
        absent.stream().filter(day -> !NYSE.isHoliday(day)).toList());
    assertEquals(
        dates("1994-04-27"), axis.suspectedMissing(Times.day("1990-01-01"), axis.lastKnown()));
    assertEquals(
        KING_BEFORE_1998,
        since1990(
            axis,
            day -> axis.position(day).isPresent() && NYSE.isHoliday(LocalDate.ofEpochDay(day))));
  }

  @Test
  void raggedStocksLieOnOneAxis() throws IOException {
    List<long[]> stocks = stocks();
    SessionAxis axis = SessionAxis.of(stocks, NYSE, ZoneOffset.UTC);
    int absent = 0;
    for (long[] stock : stocks) {
      long first = axis.position(stock[0]).orElseThrow();
      long before = first - 1;
      for (long day : stock) {
        long position = axis.position(day).orElseThrow();
        assertTrue(position > before);
        assertEquals(day, axis.time(position));
        before = position;
      }
      absent += Math.toIntExact(before - first + 1 - stock.length);
      assertEquals("2017-11-10", axis.format(axis.time(before)));
    }
    assertEquals(198, absent, "sessions that a stock lacks and another one has");
    assertEquals("2017-11-13", axis.format(axis.plus(axis.lastKnown(), 1)));
    assertEquals("2017-11-24", axis.format(axis.plus(axis.lastKnown(), 9)), "over Thanksgiving");
  }

  @Test
  void oilHasSessionsOfItsOwn() {
    long[] days = days("dirty/wti-daily.csv");
    SessionAxis axis = SessionAxis.of(List.of(days), NYSE, ZoneOffset.UTC);
    assertEquals(MONDAY_TO_FRIDAY, axis.weekdays());
    assertEquals(days.length - 1, axis.position(days[days.length - 1]).orElseThrow());
    // Days after Thanksgiving, before Christmas and the like: no calendar of Jollyday is that of
    // oil.
    List<LocalDate> suspected = axis.suspectedMissing(days[0], days[days.length - 1]);
    assertEquals(39, suspected.size());
    assertTrue(suspected.containsAll(dates("1994-11-25", "2001-12-24", "2024-11-11")));
    List<LocalDate> onHolidays = new ArrayList<>();
    for (long day : days) {
      if (NYSE.isHoliday(LocalDate.ofEpochDay(day))) {
        onHolidays.add(LocalDate.ofEpochDay(day));
      }
    }
    assertEquals(41, onHolidays.size());
    assertTrue(onHolidays.containsAll(dates("2001-09-11", "2012-10-29", "2018-12-05")));
    assertEquals("2026-09-08", axis.format(axis.plus(Times.day("2026-08-18"), 14)), "Labor Day");
  }
}
