package io.gatecast.forecasting.data.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of one source, all of the same form: dates, local times, or times with an offset.
 * java.time says what they mean; the common ISO forms are read without it, to the same result.
 * Times that are all midnight are days, as many vendors write them.
 *
 * <p>A local time that clocks show twice is read as the earlier instant; {@link RepeatedHour} moves
 * those that are the later one, once a series is complete. Not thread-safe.
 */
public final class TimeParser {
  private static final long DAY_SECONDS = 86_400;
  private static final long MILLIS = 1_000;

  /** Times lie in the years 1 to 9999; numbers beyond are in another unit, texts are damaged. */
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();

  private static final long END_DAY = LocalDate.of(10_000, 1, 1).toEpochDay();

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

  private static final ChronoField[] PARTS = {
    ChronoField.YEAR,
    ChronoField.MONTH_OF_YEAR,
    ChronoField.DAY_OF_MONTH,
    ChronoField.HOUR_OF_DAY,
    ChronoField.MINUTE_OF_HOUR,
    ChronoField.SECOND_OF_MINUTE
  };
  private static final List<String> PART_NAMES =
      List.of("year", "month", "day", "hour", "minute", "second");

  private final TimeSpec spec;
  private final LocalClock clock;
  private final PlainIso iso = new PlainIso();
  private final DateTimeFormatter format;
  private @Nullable Form seen;
  private boolean allMidnight = true;

  /** What is written: a day, a time of the zone, or a time of an offset or zone beside it. */
  private enum Form {
    DATE,
    LOCAL,
    OFFSET
  }

  /**
   * Prepares.
   *
   * @param spec how the source writes time
   */
  public TimeParser(TimeSpec spec) {
    this.spec = spec;
    this.clock = new LocalClock(spec.zone());
    this.format = spec.form() instanceof TimeForm.Pattern pattern ? pattern.formatter() : ISO;
  }

  /** What a time must look like, for errors. */
  public String description() {
    if (spec.form() instanceof TimeForm.Pattern pattern) {
      return "a time like the pattern " + pattern.pattern();
    }
    if (spec.form() instanceof TimeForm.Iso) {
      return spec.columns().size() == 1
          ? "an ISO time such as 2024-01-31 or 2024-01-31 23:00"
          : "an ISO date such as 2024-01-31 and a time of day such as 23:00";
    }
    if (spec.form() instanceof TimeForm.Parts) {
      return "whole numbers of "
          + String.join(", ", PART_NAMES.subList(0, spec.columns().size()))
          + " in "
          + spec.zone();
    }
    return "whole "
        + (spec.form() instanceof TimeForm.EpochMillis ? "milliseconds" : "seconds")
        + " since 1970-01-01T00:00Z";
  }

  /** Days where all times read were dates or local midnights; seconds otherwise. */
  public TimeUnit unit() {
    return allMidnight ? TimeUnit.DAY : TimeUnit.SECOND;
  }

  /** Whether the times read were dates, written without a time of day. */
  public boolean dates() {
    return seen == Form.DATE;
  }

  /**
   * Reads a row's time. A row that is refused leaves no trace.
   *
   * @param record the row
   * @param fields where the specification's columns are in the row, in its order
   * @param into receives the time
   * @throws DateTimeException if it is no time, one that the zone's clocks skip, finer than a
   *     second, outside the years 1 to 9999, or of another form than the first one
   */
  public void parse(List<Writable> record, int[] fields, Moment into) {
    TimeForm form = spec.form();
    if (form instanceof TimeForm.Parts) {
      parts(record, fields, into);
    } else if (form instanceof TimeForm.EpochSeconds) {
      epoch(WholeNumber.read(record.get(fields[0])), into);
    } else if (form instanceof TimeForm.EpochMillis) {
      long millis = WholeNumber.read(record.get(fields[0]));
      if (Math.floorMod(millis, MILLIS) != 0) {
        throw new DateTimeException("finer than a second");
      }
      epoch(Math.floorDiv(millis, MILLIS), into);
    } else if (fields.length == 1) {
      Writable cell = record.get(fields[0]);
      if (form instanceof TimeForm.Iso && cell instanceof Text text && iso.read(text)) {
        plain(into);
      } else {
        written(WholeNumber.text(cell), into);
      }
    } else {
      String date = WholeNumber.text(record.get(fields[0]));
      written(date + " " + WholeNumber.text(record.get(fields[1])), into);
    }
  }

  private void plain(Moment into) {
    if (iso.secondOfDay() < 0) {
      date(iso.day(), into);
    } else if (iso.hasOffset()) {
      offset(iso.day(), iso.secondOfDay(), iso.offset(), into);
    } else {
      local(iso.day(), iso.secondOfDay(), into);
    }
  }

  private void written(String text, Moment into) {
    TemporalAccessor time = format.parse(text);
    long day = LocalDate.from(time).toEpochDay();
    LocalTime ofDay = time.query(TemporalQueries.localTime());
    if (ofDay == null) {
      date(day, into);
      return;
    }
    if (!ofDay.equals(ofDay.truncatedTo(ChronoUnit.SECONDS))) {
      throw new DateTimeException("finer than a second");
    }
    ZoneOffset offset = time.query(TemporalQueries.offset());
    ZoneId zone = time.query(TemporalQueries.zoneId());
    if (offset != null) {
      offset(day, ofDay.toSecondOfDay(), offset.getTotalSeconds(), into);
    } else if (zone != null) {
      require(Form.OFFSET, day);
      new LocalClock(zone).read(day * DAY_SECONDS + ofDay.toSecondOfDay(), into);
      accept(Form.OFFSET, ofDay.toSecondOfDay());
    } else {
      local(day, ofDay.toSecondOfDay(), into);
    }
  }

  private void parts(List<Writable> record, int[] fields, Moment into) {
    LocalDate date =
        LocalDate.of(part(record, fields, 0), part(record, fields, 1), part(record, fields, 2));
    if (fields.length == 3) {
      date(date.toEpochDay(), into);
      return;
    }
    int second = 0;
    for (int i = 3; i < PARTS.length; i++) {
      second = second * 60 + (i < fields.length ? part(record, fields, i) : 0);
    }
    local(date.toEpochDay(), second, into);
  }

  private static int part(List<Writable> record, int[] fields, int index) {
    return PARTS[index].checkValidIntValue(WholeNumber.read(record.get(fields[index])));
  }

  private void epoch(long seconds, Moment into) {
    if (seconds < FIRST_DAY * DAY_SECONDS || seconds >= END_DAY * DAY_SECONDS) {
      throw new DateTimeException(
          seconds + " seconds are not in the years 1 to 9999: is it another unit?");
    }
    ZoneRules rules = spec.zone().getRules();
    long local = seconds + rules.getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    into.set(seconds, Math.floorDiv(local, DAY_SECONDS), 0);
    accept(Form.OFFSET, Math.floorMod(local, DAY_SECONDS));
  }

  private void date(long day, Moment into) {
    require(Form.DATE, day);
    into.set(day * DAY_SECONDS, day, 0);
    accept(Form.DATE, 0);
  }

  private void local(long day, int secondOfDay, Moment into) {
    require(Form.LOCAL, day);
    clock.read(day * DAY_SECONDS + secondOfDay, into);
    accept(Form.LOCAL, secondOfDay);
  }

  private void offset(long day, int secondOfDay, int offset, Moment into) {
    require(Form.OFFSET, day);
    into.set(day * DAY_SECONDS + secondOfDay - offset, day, 0);
    accept(Form.OFFSET, secondOfDay);
  }

  private void require(Form found, long day) {
    if (day < FIRST_DAY || day >= END_DAY) {
      throw new DateTimeException("outside the years 1 to 9999");
    }
    if (seen != null && seen != found) {
      throw new DateTimeException("dates, local times and times with an offset do not mix");
    }
  }

  private void accept(Form found, long secondOfDay) {
    seen = found;
    allMidnight &= secondOfDay == 0;
  }
}
