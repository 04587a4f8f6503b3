package io.gatecast.forecasting.data;

import io.gatecast.forecasting.data.RowProblem.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what the contract finds, and keeps the first rows of it. Used by one thread. */
final class ProblemLog {
  private static final int KEPT = 1000;
  private static final int SHOWN = 40;

  private final List<RowProblem> rejects = new ArrayList<>();
  private final List<RowProblem> repairs = new ArrayList<>();
  private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
  private int rejected;
  private int repaired;

  void reject(long line, String column, Kind kind, String found) {
    rejected++;
    add(rejects, new RowProblem(line, column, kind, shortened(found), true));
  }

  void repair(long line, String column, Kind kind, String found) {
    repaired++;
    add(repairs, new RowProblem(line, column, kind, shortened(found), false));
  }

  private void add(List<RowProblem> list, RowProblem problem) {
    kinds.merge(problem.kind(), 1, Integer::sum);
    if (list.size() < KEPT) {
      list.add(problem);
    }
  }

  int rejected() {
    return rejected;
  }

  int repaired() {
    return repaired;
  }

  /** The first rejected rows, in order of their lines. */
  List<RowProblem> rejects() {
    return byLine(rejects.stream());
  }

  /** The first rejected and repaired rows, in order of their lines. */
  List<RowProblem> all() {
    return byLine(Stream.concat(rejects.stream(), repairs.stream()));
  }

  private static List<RowProblem> byLine(Stream<RowProblem> problems) {
    return problems.sorted(Comparator.comparingLong(RowProblem::line)).toList();
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
