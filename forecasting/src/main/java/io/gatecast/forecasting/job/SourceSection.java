package io.gatecast.forecasting.job;

import io.gatecast.forecasting.data.contract.SeriesSpec;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.source.DataVecSpec;
import io.gatecast.forecasting.data.source.JdbcSpec;
import io.gatecast.forecasting.data.source.SourceSpec;
import io.gatecast.forecasting.data.source.Sources;
import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.data.time.TimeSpec;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Reads a job file's {@code source}: where records come from, their time and their series. */
final class SourceSection {
  private static final String EXAMPLE = "source: {csv: data/weather.csv, time: date}";

  private final YamlSection section;
  private final Path folder;
  private final Environment environment;

  SourceSection(YamlSection top, Path folder, Environment environment) {
    this.section = top.section("source", EXAMPLE);
    this.folder = folder;
    this.environment = environment;
  }

  /** What it says. */
  record Read(SourceSpec source, TimeSpec time, Optional<TimeSpec> knownAt, SeriesSpec series) {}

  Read read(String job) {
    Optional<Path> process =
        Optional.ofNullable(section.textOr("transform_process", null))
            .map(text -> Path.of(path("transform_process", text)));
    SourceSpec source = source(process);
    ZoneId zone =
        section.made(
            "zone",
            "a time zone such as America/Los_Angeles or UTC",
            () -> ZoneId.of(String.valueOf(section.textOr("zone", "UTC"))));
    List<String> columns = section.textOrTexts("time");
    if (columns.isEmpty()) {
      section.text("time", EXAMPLE);
    }
    TimeSpec time =
        section.made(
            section.has("time_format") ? "time_format" : "time",
            "a pattern such as yyyy-MM-dd HH:mm, epoch-seconds or epoch-millis, and columns for it",
            () -> new TimeSpec(columns, form("time_format"), zone));
    Optional<TimeSpec> knownAt =
        Optional.ofNullable(section.textOr("known_at", null))
            .map(
                column ->
                    section.made(
                        "known_at_format",
                        "a pattern such as yyyy-MM-dd HH:mm, epoch-seconds or epoch-millis",
                        () -> new TimeSpec(List.of(column), form("known_at_format"), zone)));
    SeriesSpec series = series(source, job);
    section.rejectUnknown();
    return new Read(source, time, knownAt, series);
  }

  private TimeForm form(String key) {
    return TimeForm.of(String.valueOf(section.textOr(key, "iso")));
  }

  private SeriesSpec series(SourceSpec source, String job) {
    String column = section.textOr("series", null);
    String[] choices = {"file", "all"};
    boolean files = !(source instanceof JdbcSpec);
    String of = section.choiceOr("series_of", files ? "file" : "all", choices, one -> one);
    if (column != null && section.has("series_of")) {
      throw section.faultAt(
          "series_of", "either a column that names the series, or this", "remove one of the two");
    }
    if (column != null) {
      return new SeriesSpec.InColumn(column);
    }
    return of.equals("file") ? new SeriesSpec.PerFile() : new SeriesSpec.One(job);
  }

  private SourceSpec source(Optional<Path> process) {
    List<String> kinds = List.of("csv", "jdbc", "reader");
    List<String> given = kinds.stream().filter(section::has).toList();
    if (given.size() > 1) {
      throw section.faultAt(
          given.get(1), "one of csv, jdbc and reader", given.toString(), "remove all but one");
    }
    return switch (given.isEmpty() ? "csv" : given.get(0)) {
      case "jdbc" -> jdbc(process);
      case "reader" -> new DataVecSpec(section.text("reader", EXAMPLE), paths("files"), process);
      default -> csv(process);
    };
  }

  private CsvSpec csv(Optional<Path> process) {
    List<String> files = paths("csv");
    if (files.isEmpty()) {
      section.text("csv", EXAMPLE);
    }
    char delimiter = character("delimiter", ',', "one character, neither quote nor line break");
    char quote = character("quote", '"', "one character that is no line break");
    Optional<Character> comment =
        section.has("comment")
            ? Optional.of(character("comment", '#', "one character that is no line break"))
            : Optional.empty();
    Charset encoding =
        Sources.encoding(
            String.valueOf(section.textOr("encoding", "utf-8")), key -> section.where("encoding"));
    return section.made(
        "csv",
        "readable CSV files",
        () -> new CsvSpec(files, delimiter, quote, encoding, comment, process));
  }

  private char character(String key, char fallback, String expected) {
    String text = section.textOr(key, String.valueOf(fallback));
    if (text == null || text.length() != 1 || "\r\n".contains(text)) {
      throw section.faultAt(key, expected, "write it like \";\" or \"\\t\"");
    }
    if (key.equals("delimiter") && text.equals("\"") && !section.has("quote")) {
      throw section.faultAt(key, expected, "write it like \";\" or \"\\t\"");
    }
    return text.charAt(0);
  }

  private JdbcSpec jdbc(Optional<Path> process) {
    YamlSection jdbc =
        section.section("jdbc", "jdbc: {url: \"jdbc:sqlite:data.db\", query: SELECT * FROM w}");
    String url = environment.expand(jdbc, "url", jdbc.text("url", "url: \"jdbc:sqlite:data.db\""));
    String query = jdbc.text("query", "query: SELECT * FROM weather");
    Optional<String> user = Optional.ofNullable(jdbc.textOr("user", null));
    Optional<String> variable = Optional.ofNullable(jdbc.textOr("password_variable", null));
    jdbc.rejectUnknown();
    if (!url.startsWith("jdbc:")) {
      // Without the URL itself: what is none may hold a password.
      throw jdbc.faultAt(
          "url", "a URL that begins with jdbc:", "another", "write it like jdbc:sqlite:data.db");
    }
    return jdbc.made("query", "SQL", () -> new JdbcSpec(url, query, user, variable, process));
  }

  private List<String> paths(String key) {
    return section.textOrTexts(key).stream().map(text -> path(key, text)).toList();
  }

  /** Absolute; relative ones start at the job file's folder. Patterns stay patterns. */
  private String path(String key, String text) {
    String expanded = environment.expand(section, key, text);
    try {
      return folder.resolve(expanded).normalize().toString();
    } catch (InvalidPathException e) {
      throw section.faultAt(key, "a path", "change it").because(e);
    }
  }
}
