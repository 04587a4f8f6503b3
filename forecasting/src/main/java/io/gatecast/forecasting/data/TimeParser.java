package io.gatecast.forecasting.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column's times, all of the same form: a date, a local date and time, or one with an
 * offset. java.time does the work; DataVec's Joda rules are of 2013.
 */
final class TimeParser {
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']HH:mm[:ss]")
          .optionalStart()
          .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalStart()
          .appendPattern("[XXX][XX][X]")
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private final DateTimeFormatter format;
  private final String description;
  private final ZoneId zone;
  private @Nullable TimeUnit unit;

  TimeParser(@Nullable String pattern, ZoneId zone) {
    this.format = pattern == null ? ISO : DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    this.description =
        pattern == null
            ? "an ISO time such as 2024-01-31 or 2024-01-31 23:00"
            : "a time like the pattern " + pattern;
    this.zone = zone;
  }

  /** What a time must look like. */
  String description() {
    return description;
  }

  /** Days or seconds, as the first time read has it; days where none was. */
  TimeUnit unit() {
    return unit == null ? TimeUnit.DAY : unit;
  }

  /**
   * Reads a time.
   *
   * @return days or seconds since 1970-01-01 (UTC)
   * @throws DateTimeException if it is no time, or of another form than the first one
   */
  long parse(String text) {
    TemporalAccessor time =
        format.parseBest(text.trim(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    TimeUnit found =
        time.query(TemporalQueries.localTime()) == null ? TimeUnit.DAY : TimeUnit.SECOND;
    if (unit == null) {
      unit = found;
    } else if (unit != found) {
      throw new DateTimeException("a date among times, or a time among dates");
    }
    if (time instanceof LocalDate date) {
      return date.toEpochDay();
    }
    if (time instanceof LocalDateTime local) {
      return ZonedDateTime.of(local, zone).toEpochSecond();
    }
    return OffsetDateTime.from(time).toEpochSecond();
  }
}
