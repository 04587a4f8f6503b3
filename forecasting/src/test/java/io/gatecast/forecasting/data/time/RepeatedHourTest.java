package io.gatecast.forecasting.data.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that the order of rows tells the two passes through a repeated hour apart. */
class RepeatedHourTest {
  private static String[] resolved(String... local) {
    Times.Rows rows = Times.rows(local);
    RepeatedHour.resolve(rows.seconds(), rows.laterBy());
    return Arrays.stream(rows.seconds())
        .mapToObj(second -> Instant.ofEpochSecond(second).toString().substring(11, 16))
        .toArray(String[]::new);
  }

  private static Times.Rows reversed(Times.Rows rows) {
    int last = rows.seconds().length - 1;
    Times.Rows reversed = new Times.Rows(new long[last + 1], new int[last + 1]);
    for (int i = 0; i <= last; i++) {
      reversed.seconds()[i] = rows.seconds()[last - i];
      reversed.laterBy()[i] = rows.laterBy()[last - i];
    }
    return reversed;
  }

  /** Local times of real instants, as a clock on the wall writes them. */
  private static Times.Rows written(long[] instants, ZoneId zone) {
    TimeParser parser = Times.iso(zone);
    Times.Rows rows = new Times.Rows(new long[instants.length], new int[instants.length]);
    for (int i = 0; i < instants.length; i++) {
      String text = LocalDateTime.ofInstant(Instant.ofEpochSecond(instants[i]), zone).toString();
      Moment moment = Times.read(parser, text);
      rows.seconds()[i] = moment.seconds();
      rows.laterBy()[i] = moment.laterBy();
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York, 2013-11-03T00:00:00Z, 3600",
    "America/New_York, 2013-11-03T00:00:00Z, 600",
    "America/New_York, 2013-03-10T00:00:00Z, 600",
    "Australia/Sydney, 2024-04-06T00:00:00Z, 900",
    "Australia/Lord_Howe, 2024-04-06T00:00:00Z, 600",
    "America/Havana, 2023-11-05T00:00:00Z, 1800",
  })
  void aDayOfAnyLengthComesBackWhole(ZoneId zone, String from, int step) {
    long start = Times.second(from);
    long[] instants = LongStream.range(0, 2 * 86_400 / step).map(i -> start + i * step).toArray();
    Times.Rows oldestFirst = written(instants, zone);
    Times.Rows newestFirst = reversed(oldestFirst);
    int moved = RepeatedHour.resolve(oldestFirst.seconds(), oldestFirst.laterBy());
    assertArrayEquals(instants, oldestFirst.seconds());
    assertEquals(moved, RepeatedHour.resolve(newestFirst.seconds(), newestFirst.laterBy()));
    assertArrayEquals(instants, reversed(newestFirst).seconds());
  }

  @Test
  void gapsOutsideTheRepeatedHourChangeNothing() {
    ZoneId zone = Times.NEW_YORK;
    long start = Times.second("2013-11-01T00:00:00Z");
    long hour = Times.second("2013-11-03T05:00:00Z");
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      long[] instants =
          LongStream.range(0, 500)
              .map(i -> start + i * 600)
              .filter(t -> (t >= hour && t < hour + 7200) || random.nextInt(3) > 0)
              .toArray();
      Times.Rows rows = written(instants, zone);
      assertEquals(6, RepeatedHour.resolve(rows.seconds(), rows.laterBy()));
      assertArrayEquals(instants, rows.seconds());
    }
  }

  @Test
  void aTimeThatComesOnceIsLaterWhereOnlyThatFits() {
    // 01:20 lacks its first reading, 01:40 its second.
    assertArrayEquals(
        new String[] {"04:40", "05:00", "05:40", "06:00", "06:20", "07:00"},
        resolved(
            "2013-11-03T00:40",
            "2013-11-03T01:00",
            "2013-11-03T01:40",
            "2013-11-03T01:00",
            "2013-11-03T01:20",
            "2013-11-03T02:00"));
    assertArrayEquals(
        new String[] {"07:00", "06:20", "06:00", "05:40", "05:00", "04:40"},
        resolved(
            "2013-11-03T02:00",
            "2013-11-03T01:20",
            "2013-11-03T01:00",
            "2013-11-03T01:40",
            "2013-11-03T01:00",
            "2013-11-03T00:40"));
  }

  @Test
  void aLoneHourStaysTheEarlierOne() {
    assertArrayEquals(
        new String[] {"04:00", "05:00", "07:00"},
        resolved("2013-11-03T00:00", "2013-11-03T01:00", "2013-11-03T02:00"));
  }

  @Test
  void rowsOutOfOrderWithinTheHourDoNotDisplaceOthers() {
    assertArrayEquals(
        new String[] {"05:00", "05:40", "05:20", "06:00", "06:20", "06:40", "07:00"},
        resolved(
            "2013-11-03T01:00",
            "2013-11-03T01:40",
            "2013-11-03T01:20",
            "2013-11-03T01:00",
            "2013-11-03T01:20",
            "2013-11-03T01:40",
            "2013-11-03T02:00"));
  }

  @Test
  void twoYearsAreToldApart() {
    assertArrayEquals(
        new String[] {"05:00", "06:00", "05:00", "06:00"},
        resolved("2012-11-04T01:00", "2012-11-04T01:00", "2013-11-03T01:00", "2013-11-03T01:00"));
  }

  @Test
  void wantsAnOffsetForEachTime() {
    assertThrows(
        IllegalArgumentException.class, () -> RepeatedHour.resolve(new long[2], new int[1]));
  }
}
