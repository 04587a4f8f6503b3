package io.gatecast.benchmarks.protocol;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One finished run, and its rows in JSON: one for each counting rule, alike but for {@code mse},
 * {@code mae}, {@code windows} and {@code counting}. A value.
 *
 * @param key what was run
 * @param settings the model's, at the time
 * @param test scores by rule; a rule that counts no window has none
 * @param validation score of all windows of the validation part
 * @param seconds of the whole run: fit, validation and test; not reading the file
 * @param facts what the model tells of its fit
 */
public record ProtocolRun(
    Key key,
    String settings,
    Map<Counting, Score> test,
    Score validation,
    double seconds,
    Map<String, Object> facts) {

  /** What a run is told by; a store holds one run of each. */
  public record Key(ProtocolCell cell, String model, long seed) {
    @Override
    public String toString() {
      return cell + ", " + model + (seed == 0 ? "" : ", seed " + seed);
    }
  }

  /** Fields of a row; all others are facts. */
  private static final List<String> FIELDS =
      List.of(
          "set",
          "lookback",
          "horizon",
          "model",
          "seed",
          "mse",
          "mae",
          "windows",
          "counting",
          "seconds",
          "settings",
          "validation_mse",
          "validation_mae",
          "validation_windows");

  /** Copies. */
  public ProtocolRun {
    test = Map.copyOf(test);
    facts = Map.copyOf(facts);
  }

  /** Its rows, in the order of {@link Counting}. */
  public List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Counting counting : Counting.values()) {
      Score score = test.get(counting);
      if (score == null) {
        continue;
      }
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("set", key.cell().set().label());
      row.put("lookback", key.cell().lookback());
      row.put("horizon", key.cell().horizon());
      row.put("model", key.model());
      row.put("seed", key.seed());
      row.put("mse", rounded(score.mse(), 1e6));
      row.put("mae", rounded(score.mae(), 1e6));
      row.put("windows", score.windows());
      row.put("counting", counting.label());
      row.put("seconds", rounded(seconds, 1e2));
      row.put("settings", settings);
      row.put("validation_mse", rounded(validation.mse(), 1e6));
      row.put("validation_mae", rounded(validation.mae(), 1e6));
      row.put("validation_windows", validation.windows());
      for (String fact : facts.keySet().stream().sorted().toList()) {
        if (FIELDS.contains(fact)) {
          throw new IllegalStateException(
              key.model() + ": expected facts of other names than a row's, found " + fact);
        }
        row.put(fact, facts.get(fact));
      }
      rows.add(row);
    }
    return rows;
  }

  private static double rounded(double value, double scale) {
    return Math.round(value * scale) / scale;
  }

  /**
   * Reads rows back.
   *
   * @param rows of any number of runs, in any order
   * @return the runs, in the order of their first rows
   * @throws IllegalArgumentException if a field is missing or is not what it should be
   */
  public static List<ProtocolRun> of(List<Map<String, Object>> rows) {
    Map<Key, List<Map<String, Object>>> byKey = new LinkedHashMap<>();
    for (Map<String, Object> row : rows) {
      byKey.computeIfAbsent(key(row), any -> new ArrayList<>()).add(row);
    }
    List<ProtocolRun> runs = new ArrayList<>();
    byKey.forEach((key, own) -> runs.add(run(key, own)));
    return runs;
  }

  private static Key key(Map<String, Object> row) {
    ProtocolSet set = ProtocolSet.named(text(row, "set"));
    ProtocolCell cell =
        new ProtocolCell(
            set, number(row, "lookback").intValue(), number(row, "horizon").intValue());
    return new Key(cell, text(row, "model"), number(row, "seed").longValue());
  }

  private static ProtocolRun run(Key key, List<Map<String, Object>> rows) {
    Map<Counting, Score> test = new EnumMap<>(Counting.class);
    for (Map<String, Object> row : rows) {
      test.put(Counting.named(text(row, "counting")), score(row, ""));
    }
    Map<String, Object> first = rows.get(0);
    Map<String, Object> facts = new LinkedHashMap<>(first);
    facts.keySet().removeAll(FIELDS);
    return new ProtocolRun(
        key,
        text(first, "settings"),
        test,
        score(first, "validation_"),
        number(first, "seconds").doubleValue(),
        facts);
  }

  private static Score score(Map<String, Object> row, String prefix) {
    return new Score(
        number(row, prefix + "mse").doubleValue(),
        number(row, prefix + "mae").doubleValue(),
        number(row, prefix + "windows").intValue());
  }

  private static String text(Map<String, Object> row, String field) {
    if (row.get(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "row: expected text in \"" + field + "\", found " + row.get(field) + " in " + row);
  }

  private static Number number(Map<String, Object> row, String field) {
    if (row.get(field) instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException(
        "row: expected a number in \"" + field + "\", found " + row.get(field) + " in " + row);
  }
}
