package io.gatecast.cli;

import io.gatecast.forecasting.report.RunJson;
import io.gatecast.forecasting.report.RunRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** One folder with a small job, and the command as a user types it there. */
public final class Shell {
  static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  static final int DAYS = 200;

  static final String JOB =
      """
      job: small
      source: {csv: small.csv, time: date}
      target: y
      network: {cell: rnn, hidden: 4, lookback: 7}
      training: {epochs: 2, batch: 128}
      """;

  /** How a command ended. */
  public record Ended(int exit, String out, String err) {

    /** A fault of the test unless the answer is one JSON object and nothing else. */
    public void oneObject() {
      // Indented as it is, only the end of the outermost object stands in the first column.
      if (!out.startsWith("{\n") || out.indexOf("\n}") != out.length() - 3 || !out.endsWith("\n")) {
        throw new AssertionError("expected one JSON object and nothing else, found:\n" + out);
      }
    }

    /** The answer as a run's record. */
    RunRecord json() {
      oneObject();
      return RunJson.parse(out);
    }
  }

  private final Path folder;

  public Shell(Path folder) {
    this.folder = folder;
    write("small.csv", csv());
    write("small.yaml", JOB);
  }

  /** Noise around a week's cycle, a value a day. */
  static String csv() {
    Random random = new Random(4);
    StringBuilder csv = new StringBuilder("date,y\n");
    for (int day = 0; day < DAYS; day++) {
      double y = 10 + 3 * Math.sin(2 * Math.PI * day / 7) + random.nextGaussian();
      csv.append(String.format(Locale.ROOT, "%s,%.3f\n", FIRST.plusDays(day), y));
    }
    return csv.toString();
  }

  /** The file with one line, counted from 1 with the header, replaced; empty to leave it out. */
  static String csvWith(int line, String text) {
    List<String> lines = new ArrayList<>(csv().lines().toList());
    if (text.isEmpty()) {
      lines.remove(line - 1);
    } else {
      lines.set(line - 1, text);
    }
    return String.join("\n", lines) + "\n";
  }

  static String date(int day) {
    return FIRST.plusDays(day).toString();
  }

  public void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path(String name) {
    return folder.resolve(name);
  }

  /**
   * Types a command; {@code small.yaml}, {@code case.json} and {@code home} stand for the files of
   * this folder.
   */
  public Ended type(String... words) {
    return type(Map.of(), words);
  }

  public Ended type(Map<String, String> environment, String... words) {
    String[] args =
        Stream.of(words)
            .map(w -> w.matches("home\\S*|\\S*\\.(yaml|json)") ? path(w).toString() : w)
            .toArray(String[]::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Main.run(
            args,
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ended(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Everything in the folders of runs, staging folders included. */
  List<Path> runs() {
    return kept("runs");
  }

  /** Everything in the folders of backtests, staging folders included. */
  List<Path> backtests() {
    return kept("backtests");
  }

  private List<Path> kept(String what) {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(path -> path.resolveSibling(".").normalize().endsWith(what)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
