package io.gatecast.forecasting.data.time;

import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;

/** Small builders that the tests of time share. */
final class Times {
  static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private Times() {}

  /** A parser of one ISO column. */
  static TimeParser iso(ZoneId zone) {
    return parser("iso", zone, "time");
  }

  /** A parser of a form that a job file names. */
  static TimeParser parser(String form, ZoneId zone, String... columns) {
    return new TimeParser(new TimeSpec(List.of(columns), TimeForm.of(form), zone));
  }

  /** Reads a record that has the time's columns alone. */
  static Moment read(TimeParser parser, Writable... cells) {
    Moment moment = new Moment();
    parser.parse(List.of(cells), IntStream.range(0, cells.length).toArray(), moment);
    return moment;
  }

  /** The same of text. */
  static Moment read(TimeParser parser, String... cells) {
    return read(parser, Arrays.stream(cells).map(Text::new).toArray(Writable[]::new));
  }

  /** The same as an instant. */
  static Instant instant(TimeParser parser, String... cells) {
    return Instant.ofEpochSecond(read(parser, cells).seconds());
  }

  static long day(String date) {
    return LocalDate.parse(date).toEpochDay();
  }

  static long[] days(String... dates) {
    return Arrays.stream(dates).mapToLong(Times::day).toArray();
  }

  static long second(String instant) {
    return Instant.parse(instant).getEpochSecond();
  }

  /** Local times of New York as they would be read: instants and offsets to the later reading. */
  static Rows rows(String... local) {
    TimeParser parser = iso(NEW_YORK);
    Rows rows = new Rows(new long[local.length], new int[local.length]);
    for (int i = 0; i < local.length; i++) {
      Moment moment = read(parser, LocalDateTime.parse(local[i]).toString());
      rows.seconds()[i] = moment.seconds();
      rows.laterBy()[i] = moment.laterBy();
    }
    return rows;
  }

  /** One series' times in the file's order. */
  @SuppressWarnings("ArrayRecordComponent")
  record Rows(long[] seconds, int[] laterBy) {}

  /** The rows of a real file without its header, cells without quotes. */
  static List<String[]> real(String file) {
    Path path = Fixtures.real(file);
    try (Stream<String> lines = Files.lines(path)) {
      return lines.skip(1).map(line -> line.replace("\"", "").split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
