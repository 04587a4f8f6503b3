package io.gatecast.benchmarks.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cells by row and column, in the order in which they came, as a Markdown table. */
final class Grid {
  private final List<String> heads;
  private final Set<String> columns = new LinkedHashSet<>();
  private final Map<List<String>, Map<String, String>> rows = new LinkedHashMap<>();

  /**
   * An empty one.
   *
   * @param heads of the columns that name a row
   */
  Grid(String... heads) {
    this.heads = List.of(heads);
  }

  /**
   * Adds a cell.
   *
   * @param row what names its row, one for each head
   * @param column its column
   * @param cell what it says
   */
  void put(List<String> row, String column, String cell) {
    columns.add(column);
    rows.computeIfAbsent(row, any -> new LinkedHashMap<>()).put(column, cell);
  }

  /** The table; a cell that never came is empty. */
  String markdown() {
    List<String> head = new ArrayList<>(heads);
    head.addAll(columns);
    StringBuilder text = new StringBuilder(line(head));
    text.append("|").append("---|".repeat(head.size())).append("\n");
    rows.forEach(
        (names, cells) -> {
          List<String> line = new ArrayList<>(names);
          columns.forEach(column -> line.add(cells.getOrDefault(column, "")));
          text.append(line(line));
        });
    return text.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
