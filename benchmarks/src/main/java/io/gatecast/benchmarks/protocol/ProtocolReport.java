package io.gatecast.benchmarks.protocol;

import io.gatecast.benchmarks.protocol.ProtocolSummary.Spread;
import io.gatecast.benchmarks.table.MarkedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Stored runs as Markdown, with the published numbers beside them: first the goals, then a table
 * for each set, by horizon and error. It reads runs and knows nothing of how they came about.
 */
public final class ProtocolReport {
  /** The line before its place in a text. */
  public static final String BEGIN =
      "<!-- protocol: begin, written by ./benchmarks/run protocol --report -->";

  /** The line after it. */
  public static final String END = "<!-- protocol: end -->";

  private static final String NONE = "–";

  private final List<ProtocolSummary> summaries;
  private final List<Published> published;
  private final List<ProtocolGoal> goals;

  /** Models that no goal is for. */
  private final Set<String> yardsticks;

  /** Labels of settings, in the order in which they are met. */
  private final Map<String, String> labels = new LinkedHashMap<>();

  private ProtocolReport(
      List<ProtocolRun> runs, List<Published> published, Set<String> yardsticks) {
    this.summaries = ProtocolSummary.of(runs);
    this.published = published;
    this.goals = ProtocolGoal.of(published).stream().map(goal -> goal.measured(summaries)).toList();
    this.yardsticks = yardsticks;
  }

  /**
   * Writes the place anew.
   *
   * @param text with both comments, each once
   * @param runs that are stored
   * @throws IllegalArgumentException if a comment is missing
   */
  public static String into(String text, List<ProtocolRun> runs) {
    String content = markdown(runs, Published.all(), ProtocolModels.YARDSTICKS);
    return MarkedText.replace(text, BEGIN, END, content);
  }

  /**
   * Writes all of it.
   *
   * @param runs that are stored
   * @param published that they are held against
   * @param yardsticks names of models that are no networks, and that no goal is for
   * @return Markdown without a last line break
   */
  static String markdown(
      List<ProtocolRun> runs, List<Published> published, Set<String> yardsticks) {
    ProtocolReport report = new ProtocolReport(runs, published, yardsticks);
    List<String> parts = new ArrayList<>();
    parts.add("**Goals of networks**, each by the one with the least error on validation.");
    parts.add(report.goals());
    for (ProtocolSet set : ProtocolSet.values()) {
      parts.add("**" + set.label() + "**");
      parts.add(report.set(set));
    }
    parts.add(report.settings());
    return String.join("\n\n", parts);
  }

  private String goals() {
    List<ProtocolSummary> networks =
        summaries.stream().filter(each -> !yardsticks.contains(each.model())).toList();
    List<String> lines = new ArrayList<>();
    head(lines, "set", "horizon", "look-back", "goal", "of", "counting", "model", "MSE", "");
    for (ProtocolGoal goal : goals) {
      Optional<ProtocolSummary> chosen = goal.chosen(networks);
      String lookback =
          goal.lookback().isPresent() ? Integer.toString(goal.lookback().getAsInt()) : "any";
      line(
          lines,
          goal.set().label(),
          Integer.toString(goal.horizon()),
          lookback,
          goal.text(),
          goal.of(),
          counting(goal.counting()),
          chosen.map(each -> each.model() + " (" + each.cell().lookback() + ")").orElse(NONE),
          chosen
              .map(goal::error)
              .filter(error -> error.isPresent())
              .map(error -> rounded(error.getAsDouble()))
              .orElse(NONE),
          chosen.map(goal::verdict).orElse("not run"));
    }
    return String.join("\n", lines);
  }

  /** A line of a set's table, and what it is sorted by. */
  private record Entry(int horizon, double error, List<String> cells) {}

  private String set(ProtocolSet set) {
    List<Entry> entries = new ArrayList<>();
    published.stream().filter(each -> each.set() == set).map(this::entry).forEach(entries::add);
    summaries.stream()
        .filter(each -> each.cell().set() == set)
        .map(this::entry)
        .forEach(entries::add);
    entries.sort(Comparator.comparingInt(Entry::horizon).thenComparingDouble(Entry::error));
    List<String> lines = new ArrayList<>();
    head(
        lines,
        "horizon",
        "model",
        "look-back",
        "MSE, all",
        "MAE, all",
        "MSE, drop-last-32",
        "MAE, drop-last-32",
        "seeds",
        "settings",
        "a run",
        "goal");
    entries.forEach(entry -> line(lines, entry.cells().toArray(String[]::new)));
    return String.join("\n", lines);
  }

  private Entry entry(Published each) {
    String mae = each.mae().isPresent() ? published(each.mae().getAsDouble()) : NONE;
    String mse = published(each.mse());
    boolean dropped = each.counting().equals(Optional.of(Counting.DROP_LAST_32));
    String lookback =
        each.lookback().isPresent() ? Integer.toString(each.lookback().getAsInt()) : "any";
    String source =
        each.counting().isPresent() ? each.source() : each.source() + " (rule not stated)";
    return new Entry(
        each.horizon(),
        each.mse(),
        List.of(
            Integer.toString(each.horizon()),
            "*" + each.model() + "*",
            lookback,
            dropped ? "" : mse,
            dropped ? "" : mae,
            dropped ? mse : "",
            dropped ? mae : "",
            "",
            "*" + source + (each.note().isEmpty() ? "" : "; " + each.note()) + "*",
            "",
            ""));
  }

  private Entry entry(ProtocolSummary each) {
    String seeds =
        each.seeded()
            ? String.join(
                ", ", each.runs().stream().map(run -> Long.toString(run.key().seed())).toList())
            : NONE;
    List<String> verdicts = new ArrayList<>();
    if (!yardsticks.contains(each.model())) {
      goals.stream()
          .filter(goal -> goal.concerns(each))
          .forEach(goal -> verdicts.add(goal.text() + " " + goal.verdict(each)));
    }
    return new Entry(
        each.cell().horizon(),
        error(each),
        List.of(
            Integer.toString(each.cell().horizon()),
            "**" + each.model() + "**",
            Integer.toString(each.cell().lookback()),
            spread(each, Counting.ALL, Score::mse),
            spread(each, Counting.ALL, Score::mae),
            spread(each, Counting.DROP_LAST_32, Score::mse),
            spread(each, Counting.DROP_LAST_32, Score::mae),
            seeds,
            label(each.settings()),
            TimeLeft.clock(each.seconds()),
            String.join("; ", verdicts)));
  }

  private static double error(ProtocolSummary summary) {
    for (Counting counting : Counting.values()) {
      Optional<Spread> spread = summary.test(counting, Score::mse);
      if (spread.isPresent()) {
        return spread.get().mean();
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private static String spread(
      ProtocolSummary summary, Counting counting, ToDoubleFunction<Score> error) {
    return summary
        .test(counting, error)
        .map(
            spread ->
                summary.runs().size() == 1
                    ? rounded(spread.mean())
                    : String.format(
                        Locale.ROOT,
                        "%s (%.4f to %.4f)",
                        rounded(spread.mean()),
                        spread.least(),
                        spread.most()))
        .orElse(NONE);
  }

  private String label(String settings) {
    return labels.computeIfAbsent(settings, any -> "s" + (labels.size() + 1));
  }

  private String settings() {
    List<String> lines = new ArrayList<>();
    lines.add("Settings:");
    lines.add("");
    labels.forEach((settings, label) -> lines.add("- " + label + ": " + settings));
    Set<String> unstated = new TreeSet<>();
    published.stream()
        .filter(each -> each.counting().isEmpty())
        .forEach(each -> unstated.add(each.source()));
    lines.add("");
    lines.add(
        "Which windows these count is not stated: "
            + String.join("; ", unstated)
            + ". Goals made of them are to be reached by both rules.");
    return String.join("\n", lines);
  }

  private static String counting(Optional<Counting> counting) {
    return counting.map(Counting::label).orElse("both");
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String published(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static void head(List<String> lines, String... cells) {
    line(lines, cells);
    lines.add("|" + "---|".repeat(cells.length));
  }

  private static void line(List<String> lines, String... cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
  }
}
