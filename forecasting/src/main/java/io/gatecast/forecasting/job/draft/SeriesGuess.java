package io.gatecast.forecasting.job.draft;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.source.Sources;
import io.gatecast.forecasting.data.time.Moment;
import io.gatecast.forecasting.data.time.TimeParser;
import io.gatecast.forecasting.data.time.TimeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.writable.Writable;

/**
 * Finds what tells one series from another: a column across whose values times repeat and within
 * whose values they do not, or the file.
 *
 * @param column that names the series, or empty where each file is one
 * @param because why
 */
record SeriesGuess(Optional<String> column, String because) {
  private static final double MOSTLY = 0.99;
  private static final int MOST_ROWS = 500_000;
  private static final Set<String> NAMES =
      Set.of(
          "station",
          "symbol",
          "ticker",
          "location",
          "site",
          "series",
          "name",
          "sensor",
          "city",
          "origin",
          "stationid",
          "uniqueid",
          "item",
          "store",
          "id",
          "code",
          "stock");

  static SeriesGuess of(TableProfile table, TimeSpec time) {
    List<String> candidates = candidates(table, time);
    Counts counts = count(table, time, candidates);
    boolean single = table.files().size() == 1;
    List<String> fitting =
        candidates.stream()
            .filter(name -> counts.distinct(name) >= MOSTLY * counts.rows)
            .sorted(
                Comparator.comparing((String name) -> !named(name))
                    .thenComparing(name -> !table.column(name).isText())
                    .thenComparingInt(name -> table.column(name).different()))
            .toList();
    if (counts.distinctInFiles() >= MOSTLY * counts.rows) {
      Optional<String> constant =
          table.columns().stream()
              .filter(c -> c.isText() && named(c.name()) && c.present() == table.rows())
              .filter(c -> c.different() == table.files().size() && c.different() == 1)
              .map(ColumnProfile::name)
              .findFirst();
      if (constant.isPresent()) {
        return new SeriesGuess(constant, "its one value names the series; no time repeats");
      }
      if (!single && !fitting.isEmpty() && named(fitting.get(0))) {
        return found(table, fitting.get(0));
      }
      return new SeriesGuess(
          Optional.empty(),
          single ? "one series: no time repeats" : "times repeat across files and not within one");
    }
    if (fitting.isEmpty()) {
      throw new JobFault(
          ExitCode.DATA,
          "each time once, or a column of names within which each time is there once",
          counts.rows
              + " rows of "
              + counts.distinctInFiles()
              + " different times in "
              + String.join(", ", time.columns())
              + ", and no such column",
          table.files().get(0).toString(),
          "give each series a file or a column with its name, or write the job file by hand");
    }
    return found(table, fitting.get(0));
  }

  private static SeriesGuess found(TableProfile table, String name) {
    return new SeriesGuess(
        Optional.of(name),
        String.format(
            Locale.ROOT,
            "%,d rows, %,d values, times repeat across them and not within one",
            table.rows(),
            table.column(name).different()));
  }

  private static boolean named(String column) {
    return NAMES.contains(column.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
  }

  /** Columns of names: few different texts, or few whole numbers. */
  private static List<String> candidates(TableProfile table, TimeSpec time) {
    return table.columns().stream()
        .filter(column -> !time.columns().contains(column.name()))
        .filter(column -> column.present() == table.rows() && column.varies())
        .filter(
            column ->
                ((column.isText() || column.isCompass()) // also places called north and south
                        && column.different() <= ColumnProfile.MOST_TEXTS)
                    || (named(column.name()) && column.different() <= table.rows() / 3))
        .filter(column -> column.different() <= Math.max(2, table.rows() / 2))
        .map(ColumnProfile::name)
        .toList();
  }

  /** How many different times there are, within each value of each candidate and each file. */
  private static final class Counts {
    private final Map<String, Set<Long>> seen = new HashMap<>();
    private final Map<String, Integer> values = new HashMap<>();
    private final Set<Long> inFiles = new HashSet<>();
    private int rows;

    void add(long seconds, int file, List<String> names, List<String> cells) {
      rows++;
      inFiles.add(key(seconds, file));
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        int value = values.computeIfAbsent(name + "\0" + cells.get(i), any -> values.size());
        seen.computeIfAbsent(name, any -> new HashSet<>()).add(key(seconds, value));
      }
    }

    private static long key(long seconds, int value) {
      return seconds * 1_000_003 + value;
    }

    int distinct(String name) {
      return seen.getOrDefault(name, Set.of()).size();
    }

    int distinctInFiles() {
      return inFiles.size();
    }
  }

  private static Counts count(TableProfile table, TimeSpec time, List<String> candidates) {
    CsvSpec source = table.layout().source(table.files());
    int[] fields = time.columns().stream().mapToInt(table::index).toArray();
    int[] cells = candidates.stream().mapToInt(table::index).toArray();
    TimeParser parser = new TimeParser(time);
    Moment moment = new Moment();
    Counts counts = new Counts();
    List<URI> files = new ArrayList<>();
    try (RecordReader reader = Sources.open(source, key -> String.join(", ", source.files()))) {
      while (reader.hasNext() && counts.rows < MOST_ROWS) {
        Record record = reader.nextRecord();
        List<Writable> row = record.getRecord();
        URI file = ((RecordMetaDataLine) record.getMetaData()).getURI();
        if (files.isEmpty() || !files.get(files.size() - 1).equals(file)) {
          files.add(file);
        }
        if (row.size() == table.columns().size() && read(parser, row, fields, moment)) {
          List<String> names = new ArrayList<>();
          for (int cell : cells) {
            names.add(row.get(cell).toString().trim());
          }
          counts.add(moment.seconds(), files.size(), candidates, names);
        }
      }
      return counts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean read(TimeParser parser, List<Writable> row, int[] fields, Moment moment) {
    try {
      parser.parse(row, fields, moment);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
