package io.gatecast.benchmarks.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Rows of results as Markdown: a table for each work, kernel and peer. It reads the rows' fields
 * and knows nothing of how they came about.
 */
public final class Report {
  private final Map<String, List<Map<String, Object>>> byWork;

  private Report(List<Map<String, Object>> rows) {
    this.byWork =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> text(row, "work"), LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * Writes all of it.
   *
   * @param environment where it was measured, text by name
   * @param rows of {@code kernels}, {@code inference}, {@code scaling} and {@code memory}
   * @return Markdown without a last line break
   */
  public static String markdown(Map<String, String> environment, List<Map<String, Object>> rows) {
    List<String> parts = new ArrayList<>();
    parts.add(
        environment.entrySet().stream()
                .map(fact -> fact.getKey().replace('_', ' ') + ": " + fact.getValue())
                .collect(Collectors.joining("; "))
            + ".");
    Report report = new Report(rows);
    report.kernels(parts);
    report.inference(parts);
    report.scaling(parts);
    report.memory(parts);
    return String.join("\n\n", parts).stripTrailing();
  }

  private void kernels(List<String> parts) {
    bySides("kernels")
        .forEach(
            (sides, rows) -> {
              Grid grid = new Grid("cell", "threads");
              for (Map<String, Object> row : rows) {
                grid.put(
                    List.of(text(row, "cell"), text(row, "threads")),
                    text(row, "size"),
                    comparison(row));
              }
              add(parts, "Training step, " + sides + spread(rows), grid);
            });
  }

  private void inference(List<String> parts) {
    bySides("inference")
        .forEach(
            (sides, rows) -> {
              Grid grid = new Grid("cell", "threads");
              for (Map<String, Object> row : rows) {
                List<String> name = List.of(text(row, "cell"), text(row, "threads"));
                String column = text(row, "size") + ", batch " + text(row, "batch");
                String bytes = text(row, "bytes_per_forecast");
                grid.put(name, column, comparison(row) + ", " + bytes + " B");
              }
              add(
                  parts,
                  "Inference, " + sides + spread(rows) + "; last the heap that a run of ours takes",
                  grid);
            });
  }

  private void scaling(List<String> parts) {
    bySides("scaling")
        .forEach(
            (sides, rows) -> {
              Grid grid = new Grid("cell", "size", "over", "at", "threads");
              for (Map<String, Object> row : rows) {
                List<String> name =
                    List.of(
                        text(row, "cell"),
                        text(row, "size"),
                        text(row, "over"),
                        text(row, "at"),
                        text(row, "threads"));
                grid.put(name, "ratio (ours / peer)", comparison(row));
                grid.put(name, "exponent, ours", rounded(row, "ours_exponent"));
                grid.put(name, "exponent, peer", rounded(row, "peer_exponent"));
              }
              add(parts, "Growth of a training step, " + sides + spread(rows), grid);
            });
  }

  private void memory(List<String> parts) {
    Grid grid = new Grid("run", "cell", "size", "count");
    for (Map<String, Object> row : byWork.getOrDefault("memory", List.of())) {
      List<String> name =
          List.of(
              text(row, "what") + ", batch " + text(row, "batch"),
              text(row, "cell"),
              text(row, "size"),
              text(row, "count"));
      for (String kind : List.of("heap", "native", "rss")) {
        grid.put(
            name,
            kind + " MiB, early → late",
            text(row, kind + "_mb_early") + " → " + text(row, kind + "_mb_late"));
      }
      grid.put(name, "growth", String.format(Locale.ROOT, "%+.1f %%", 100 * number(row, "growth")));
    }
    if (byWork.containsKey("memory")) {
      add(parts, "Memory after a tenth of a run and at its end", grid);
    }
  }

  private static void add(List<String> parts, String title, Grid grid) {
    parts.add("**" + title + ".**");
    parts.add(grid.markdown().stripTrailing());
  }

  /** Rows of a work by what names their sides. */
  private Map<String, List<Map<String, Object>>> bySides(String work) {
    return byWork.getOrDefault(work, List.of()).stream()
        .collect(
            Collectors.groupingBy(
                row -> "ours (" + text(row, "engine") + ") / " + text(row, "peer"),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  /** The ratio with two digits after the point, and both times. */
  static String comparison(Map<String, Object> row) {
    return String.format(
        Locale.ROOT,
        "**%.2f** (%s / %s ms)",
        number(row, "ratio"),
        milliseconds(number(row, "ours_ms")),
        milliseconds(number(row, "peer_ms")));
  }

  /** Three significant digits. */
  static String milliseconds(double value) {
    int before = value < 1 ? 0 : (int) Math.floor(Math.log10(value)) + 1;
    int leadingZeros = value < 1 && value > 0 ? (int) -Math.floor(Math.log10(value)) - 1 : 0;
    int after = Math.max(0, 3 - before + leadingZeros);
    return String.format(Locale.ROOT, "%." + after + "f", value);
  }

  private static String spread(List<Map<String, Object>> rows) {
    double largest = rows.stream().mapToDouble(row -> number(row, "spread")).max().orElse(0);
    return String.format(Locale.ROOT, " (quartiles apart by at most %.2f)", largest);
  }

  private static String rounded(Map<String, Object> row, String field) {
    return String.format(Locale.ROOT, "%.2f", number(row, field));
  }

  private static String text(Map<String, Object> row, String field) {
    return Objects.requireNonNull(row.get(field), () -> "row: expected a field " + field)
        .toString();
  }

  private static double number(Map<String, Object> row, String field) {
    Object value = row.get(field);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(field + ": expected a number, found " + value);
  }
}
