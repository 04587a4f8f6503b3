package io.gatecast.forecasting.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column's times, all of the same form: a date, a local date and time, or one with an
 * offset. java.time does the work; DataVec's Joda rules are of 2013. Times that are all midnight
 * are days, as many vendors write them.
 */
final class TimeParser {
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']HH:mm[:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalStart()
          .appendPattern("[XXX][XX][X]")
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final DateTimeFormatter format;
  private final String description;
  private final ZoneId zone;
  private @Nullable Form form;
  private boolean allMidnight = true;

  /** What is written: a day, a time of the zone, or a time of an offset or zone beside it. */
  private enum Form {
    DATE,
    LOCAL,
    OFFSET
  }

  /**
   * A time.
   *
   * @param seconds since 1970-01-01T00:00Z; of a date, its midnight in UTC
   * @param day days since 1970-01-01, as written
   */
  record Moment(long seconds, long day) {}

  TimeParser(@Nullable String pattern, ZoneId zone) {
    this.format = pattern == null ? ISO : strict(pattern);
    this.description =
        pattern == null
            ? "an ISO time such as 2024-01-31 or 2024-01-31 23:00"
            : "a time like the pattern " + pattern;
    this.zone = zone;
  }

  /** A day that is not in the calendar is an error, not the last one of its month. */
  private static DateTimeFormatter strict(String pattern) {
    return new DateTimeFormatterBuilder()
        .appendPattern(pattern)
        .parseDefaulting(ChronoField.ERA, 1) // for a year written as yyyy
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** What a time must look like. */
  String description() {
    return description;
  }

  /** Days where all times read were dates or midnights; seconds otherwise. */
  TimeUnit unit() {
    return allMidnight ? TimeUnit.DAY : TimeUnit.SECOND;
  }

  /**
   * Reads a time.
   *
   * @return when it is
   * @throws DateTimeException if it is no time, one that the zone's clocks skip, finer than a
   *     second, or of another form than the first one
   */
  Moment parse(String text) {
    TemporalAccessor time = format.parse(text.trim());
    LocalDate date = LocalDate.from(time);
    LocalTime clock = time.query(TemporalQueries.localTime());
    ZoneId written = time.query(TemporalQueries.zone());
    Form found = clock == null ? Form.DATE : written == null ? Form.LOCAL : Form.OFFSET;
    if (form == null) {
      form = found;
    } else if (form != found) {
      throw new DateTimeException("dates, local times and times with an offset do not mix");
    }
    if (clock == null) {
      return new Moment(date.atStartOfDay(ZoneOffset.UTC).toEpochSecond(), date.toEpochDay());
    }
    if (!clock.equals(clock.truncatedTo(ChronoUnit.SECONDS))) {
      throw new DateTimeException("finer than a second");
    }
    ZoneId in = written == null ? zone : written;
    boolean midnight = clock.equals(LocalTime.MIDNIGHT);
    // A day may begin without its midnight; that is no error, as a midnight may stand for the day.
    if (!midnight && in.getRules().getValidOffsets(date.atTime(clock)).isEmpty()) {
      throw new DateTimeException("a time that clocks skip");
    }
    allMidnight &= midnight;
    return new Moment(ZonedDateTime.of(date, clock, in).toEpochSecond(), date.toEpochDay());
  }
}
