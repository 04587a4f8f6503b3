package io.gatecast.forecasting.job.draft;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.time.Moment;
import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.data.time.TimeParser;
import io.gatecast.forecasting.data.time.TimeSpec;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.datavec.api.writable.Writable;

/**
 * Finds the column or columns that tell the time, and how it is written: what reads nearly all of
 * the sample's rows as times of the years 1800 to 2200. A whole instant is better than local parts.
 *
 * @param spec columns and form
 * @param because why
 */
record TimeGuess(TimeSpec spec, String because) {
  private static final double MOSTLY = 0.95;
  private static final int HOPELESS = 20;

  /** Numbers below are of no epoch but of hours, days or rows: in March 1973. */
  private static final long LEAST_EPOCH = 100_000_000;

  private static final long FIRST = LocalDate.of(1800, 1, 1).toEpochDay();
  private static final long LAST = LocalDate.of(2200, 1, 1).toEpochDay();

  private static final List<String> DATES =
      List.of(
          "yyyy/M/d",
          "d.M.yyyy",
          "M/d/yyyy",
          "d/M/yyyy",
          "M-d-yyyy",
          "d-M-yyyy",
          "d-MMM-yyyy",
          "MMM d, yyyy",
          "d MMM yyyy");
  private static final List<String> CLOCKS = List.of(" H:mm", " H:mm:ss", "'T'H:mm", "'T'H:mm:ss");
  private static final List<String> DIGITS =
      List.of(
          "yyyyMMdd",
          "yyyyMMddHH",
          "yyyyMMddHHmm",
          "yyyyMMdd HHmm",
          "yyyyMMdd HH:mm",
          "yyyyMMdd HH",
          "yyyy-MM-dd HH",
          "yyyyMMdd'T'HHmmss",
          "yyyyMMdd'T'HHmmss'Z'");
  private static final Set<String> TIME_NAMES =
      Set.of(
          "date",
          "time",
          "datetime",
          "timestamp",
          "ts",
          "day",
          "dt",
          "epoch",
          "unix",
          "unixtime",
          "datum",
          "zeit",
          "ds",
          "when",
          "observed",
          "valid",
          "dates",
          "times",
          "timehour");
  private static final List<Set<String>> PARTS =
      List.of(
          Set.of("year", "yr", "yyyy", "jahr"),
          Set.of("month", "mon", "mo", "mm", "monat"),
          Set.of("day", "dd", "dom", "tag"),
          Set.of("hour", "hr", "hh", "stunde"),
          Set.of("minute", "min", "mi"),
          Set.of("second", "sec", "ss"));

  /** A way to read time: better ones first. */
  private record Candidate(TimeSpec spec, int rank, boolean named, int order, double ascending) {}

  static TimeGuess of(TableProfile table) {
    List<Candidate> found = new ArrayList<>();
    for (ColumnProfile column : table.columns()) {
      forms(table, column).stream()
          .map(form -> candidate(table, List.of(column.name()), form))
          .flatMap(Optional::stream)
          .forEach(found::add);
    }
    found.addAll(pairs(table, List.copyOf(found)));
    parts(table).ifPresent(found::add);
    Candidate best =
        found.stream()
            .min(
                Comparator.comparingInt(Candidate::rank)
                    .thenComparing(Candidate::named, Comparator.reverseOrder())
                    .thenComparingInt(Candidate::order)
                    .thenComparing(Candidate::ascending, Comparator.reverseOrder()))
            .orElseThrow(() -> none(table));
    return new TimeGuess(best.spec(), because(best, found));
  }

  private static JobFault none(TableProfile table) {
    return new JobFault(
        ExitCode.DATA,
        "a column whose cells are times, or columns year, month and day",
        "none among " + String.join(", ", table.names()),
        table.files().get(0).toString(),
        "write a job file by hand with source.time and source.time_format; start from"
            + " examples/weather.yaml");
  }

  private static String because(Candidate best, List<Candidate> found) {
    String how =
        switch (best.rank()) {
          case 0 -> "every cell is an instant with its offset";
          case 1 -> "dates with a time of day";
          case 2 -> "a date and a time of day beside it";
          case 3 -> "parts of the time in columns of their own";
          case 4 -> "dates";
          default -> "numbers that are times";
        };
    List<String> others =
        found.stream()
            .map(one -> String.join(", ", one.spec().columns()))
            .filter(name -> !name.equals(String.join(", ", best.spec().columns())))
            .distinct()
            .toList();
    List<String> forms =
        found.stream()
            .filter(one -> !one.equals(best) && one.spec().columns().equals(best.spec().columns()))
            .map(one -> one.spec().form().label())
            .toList();
    return how
        + (forms.isEmpty()
            ? ""
            : "; " + String.join(" and ", forms) + " would fit too, but less in order")
        + (others.isEmpty() ? "" : "; also times: " + String.join("; ", others));
  }

  private static List<String> forms(TableProfile table, ColumnProfile column) {
    List<String> forms = new ArrayList<>();
    if (column.present() == 0) {
      return forms;
    }
    boolean named = named(column.name());
    if (column.isNumber()) {
      boolean first = table.index(column.name()) == 0;
      if (named || (first && column.different() > table.rows() / 2)) {
        forms.add("epoch-seconds");
        forms.add("epoch-millis");
        forms.addAll(DIGITS.subList(0, 3));
      }
      return forms;
    }
    forms.add("iso");
    for (String date : DATES) {
      forms.add(date);
      CLOCKS.forEach(clock -> forms.add(date + clock));
    }
    forms.addAll(DIGITS.subList(3, DIGITS.size()));
    return forms;
  }

  private static boolean named(String column) {
    String plain = column.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return TIME_NAMES.contains(plain)
        || plain.startsWith("date")
        || plain.startsWith("time")
        || plain.endsWith("date")
        || plain.endsWith("time")
        || plain.endsWith("timestamp");
  }

  private static Optional<Candidate> candidate(
      TableProfile table, List<String> columns, String form) {
    TimeSpec spec = new TimeSpec(columns, TimeForm.of(form), ZoneOffset.UTC);
    int[] fields = columns.stream().mapToInt(table::index).toArray();
    TimeParser parser = new TimeParser(spec);
    Moment moment = new Moment();
    boolean epoch = form.startsWith("epoch");
    int read = 0;
    int refused = 0;
    int up = 0;
    boolean offset = false;
    boolean clock = false;
    long before = Long.MIN_VALUE;
    int allowed = (int) ((1 - MOSTLY) * table.sample().size());
    for (List<Writable> row : table.sample()) {
      try {
        parser.parse(row, fields, moment);
        boolean early = epoch && moment.seconds() < LEAST_EPOCH;
        if (early || moment.day() < FIRST || moment.day() >= LAST) {
          throw new DateTimeException("a year that few data is of");
        }
      } catch (DateTimeException e) {
        if (++refused > allowed || (read == 0 && refused > HOPELESS)) {
          return Optional.empty();
        }
        continue;
      }
      read++;
      long gap = moment.seconds() - before;
      up += before != Long.MIN_VALUE && Math.abs(gap) <= 31 * 86_400L ? 1 : 0;
      before = moment.seconds();
      String text = row.get(fields[0]).toString();
      offset |= text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)\\s*") && text.length() > 12;
      clock |= text.contains(":");
    }
    if (read == 0) {
      return Optional.empty();
    }
    boolean digits = !epoch && DIGITS.contains(form);
    boolean hours = clock || (digits && form.contains("HH"));
    int rank = columns.size() > 1 ? 2 : epoch ? 5 : offset ? 0 : hours ? 1 : 4;
    boolean named = columns.stream().anyMatch(TimeGuess::named);
    return Optional.of(
        new Candidate(spec, rank, named, table.index(columns.get(0)), (double) up / read));
  }

  /** A date column and a column with the time of day. */
  private static List<Candidate> pairs(TableProfile table, List<Candidate> single) {
    List<Candidate> pairs = new ArrayList<>();
    for (Candidate date : single) {
      if (date.rank() != 4) {
        continue;
      }
      for (ColumnProfile clock : table.columns()) {
        if (clock.isText()
            && clock.texts().stream()
                .limit(100)
                .allMatch(t -> t.matches("\\d?\\d:\\d\\d(:\\d\\d)?"))) {
          String form = date.spec().form().label();
          boolean seconds = clock.texts().stream().anyMatch(t -> t.length() > 5);
          String joined = form.equals("iso") ? form : form + (seconds ? " H:mm:ss" : " H:mm");
          List<String> columns = List.of(date.spec().columns().get(0), clock.name());
          candidate(table, columns, joined).ifPresent(pairs::add);
        }
      }
    }
    return pairs;
  }

  private static Optional<Candidate> parts(TableProfile table) {
    List<String> columns = new ArrayList<>();
    for (Set<String> part : PARTS) {
      Optional<String> name =
          table.columns().stream()
              .filter(c -> part.contains(c.name().trim().toLowerCase(Locale.ROOT)) && c.isNumber())
              .map(ColumnProfile::name)
              .findFirst();
      if (name.isEmpty()) {
        break;
      }
      columns.add(name.get());
    }
    if (columns.size() < 3) {
      return Optional.empty();
    }
    boolean hours = columns.size() > 3;
    return candidate(table, columns, "parts")
        .map(one -> new Candidate(one.spec(), hours ? 3 : 4, true, 0, one.ascending()));
  }
}
