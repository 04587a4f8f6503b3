package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.data.contract.Problem.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what the contract finds, and keeps the first of each outcome. Used by one thread. */
final class ProblemLog {
  private static final int KEPT = 1000;

  /** Longer than what checks say, whose advice comes last. */
  private static final int SHOWN = 160;

  private final Files files;
  private final Map<Outcome, List<Problem>> kept = new EnumMap<>(Outcome.class);
  private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
  private int rejected;

  /** Names the files of a source by index. */
  interface Files {
    String name(int file);
  }

  ProblemLog(Files files) {
    this.files = files;
    for (Outcome outcome : Outcome.values()) {
      kept.put(outcome, new ArrayList<>());
    }
  }

  /** A row is left out; call it once for a row. */
  void reject(int file, long line, String column, Kind kind, String found) {
    rejected++;
    add(file, line, column, kind, found, Outcome.REJECTED);
  }

  void repair(int file, long line, String column, Kind kind, String found) {
    add(file, line, column, kind, found, Outcome.REPAIRED);
  }

  void suspect(int file, long line, String column, Kind kind, String found) {
    add(file, line, column, kind, found, Outcome.SUSPECTED);
  }

  private void add(int file, long line, String column, Kind kind, String found, Outcome outcome) {
    kinds.merge(kind, 1, Integer::sum);
    List<Problem> list = kept.getOrDefault(outcome, List.of());
    if (list.size() < KEPT) {
      list.add(new Problem(files.name(file), line, column, kind, shortened(found), outcome));
    }
  }

  /** Rows that were left out. */
  int rejected() {
    return rejected;
  }

  /** The first rejected rows, in order of files and lines. */
  List<Problem> rejects() {
    return inOrder(kept.getOrDefault(Outcome.REJECTED, List.of()).stream());
  }

  /** The first problems of every outcome, in order of files and lines. */
  List<Problem> all() {
    return inOrder(kept.values().stream().flatMap(List::stream));
  }

  private static List<Problem> inOrder(Stream<Problem> problems) {
    return problems
        .sorted(Comparator.comparing(Problem::file).thenComparingLong(Problem::line))
        .toList();
  }

  /** How often each kind was met, the most frequent first. */
  Map<Kind, Integer> kinds() {
    return kinds.entrySet().stream()
        .sorted(Map.Entry.<Kind, Integer>comparingByValue().reversed())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  private static String shortened(String text) {
    String clean =
        text.codePoints()
            .limit(SHOWN)
            .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return clean.length() < text.length() ? clean + "…" : clean;
  }
}
