package io.gatecast.forecasting.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Backtests as tables in Markdown, a section for each. */
public final class BacktestPage {
  private static final int STEPS_SHOWN = 8;

  private final StringBuilder text = new StringBuilder();

  private BacktestPage() {}

  /**
   * Writes sections.
   *
   * @param records one section each, in this order
   * @return Markdown, with a line break at its end
   */
  public static String markdown(List<BacktestRecord> records) {
    BacktestPage page = new BacktestPage();
    records.forEach(page::section);
    return page.text.toString();
  }

  private void section(BacktestRecord record) {
    line("## " + record.job());
    line("");
    line(
        String.format(
            Locale.ROOT,
            "`%s`, %d %s ahead, from %d times on %d series: %d forecasts a model, in %.0f s.",
            record.target(),
            record.horizon(),
            record.horizon() == 1 ? "step" : "steps",
            record.origins(),
            record.models().get(0).maseBySeries().size(),
            record.forecasts(),
            record.seconds()));
    line("");
    row("fold", "train", "validation to", "test");
    row("---", "---", "---", "---");
    int index = 1;
    for (BacktestRecord.FoldRecord fold : record.folds()) {
      row(
          String.valueOf(index++),
          fold.trainFrom() + " to " + fold.trainTo(),
          fold.validationTo(),
          fold.testFrom() + " to " + fold.testTo());
    }
    line("");
    models(record);
    steps(record);
    intervals(record);
    gates(record);
  }

  private void models(BacktestRecord record) {
    boolean variance = record.models().get(0).measures().containsKey("qlike");
    row(
        "model",
        "parameters",
        "MAE",
        "RMSE",
        "MASE",
        "skill %",
        "p",
        "R2",
        "bias",
        "up or down %",
        "CRPS",
        variance ? "QLIKE" : "WQL",
        "s");
    row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
    for (BacktestRecord.Model model : record.models()) {
      Map<String, Double> m = model.measures();
      row(
          model.name().equals(record.best()) ? "**" + model.name() + "**" : model.name(),
          model.parameters() == 0 ? "" : String.valueOf(model.parameters()),
          number("%.4g", m.get("mae")),
          number("%.4g", m.get("rmse")),
          number("%.3f", m.get("mase")),
          number("%.1f", 100 * model.skill()),
          number("%.2g", model.better()),
          number("%.3f", m.get("r2")),
          number("%.2g", m.get("bias")),
          percent(m.get("directional_accuracy")),
          number("%.4g", m.get("crps")),
          variance ? number("%.3f", m.get("qlike")) : number("%.4f", m.get("wql")),
          number("%.1f", model.seconds()));
    }
    line("");
    line(
        "Always up would be right in "
            + percent(record.models().get(0).measures().get("always_up"))
            + " %. The best baseline is in bold; skill is 1 − MASE / its MASE, p the chance of such"
            + " a difference were there none (Diebold and Mariano, one-sided).");
    line("");
  }

  private void steps(BacktestRecord record) {
    int steps = record.horizon();
    int shown = Math.min(steps, STEPS_SHOWN);
    if (shown < 2) {
      return;
    }
    String[] header = new String[shown + 1];
    String[] rule = new String[shown + 1];
    header[0] = "MAE at step";
    rule[0] = "---";
    int[] at = new int[shown];
    for (int i = 0; i < shown; i++) {
      at[i] = (int) ((long) i * (steps - 1) / (shown - 1));
      header[i + 1] = String.valueOf(at[i] + 1);
      rule[i + 1] = "--:";
    }
    row(header);
    row(rule);
    for (BacktestRecord.Model model : record.models()) {
      String[] cells = new String[shown + 1];
      cells[0] = model.name();
      for (int i = 0; i < shown; i++) {
        cells[i + 1] = number("%.4g", model.maeBySteps().get(at[i]));
      }
      row(cells);
    }
    line("");
  }

  private void intervals(BacktestRecord record) {
    row("model", "intervals", "in 80 %", "width", "Winkler", "in 95 %", "width", "Winkler");
    row("---", "---", "--:", "--:", "--:", "--:", "--:", "--:");
    for (BacktestRecord.Model model : record.models()) {
      boolean told = model.kind().equals("network") || model.name().equals(record.best());
      Map<String, Map<String, Double>> methods = new LinkedHashMap<>();
      methods.put(record.intervals(), model.measures());
      if (told) {
        methods.putAll(model.intervals());
      }
      methods.forEach(
          (method, m) ->
              row(
                  model.name(),
                  method.equals(record.intervals()) ? "**" + method + "**" : method,
                  percent(m.get("coverage_80")),
                  number("%.4g", m.get("width_80")),
                  number("%.4g", m.get("winkler_80")),
                  percent(m.get("coverage_95")),
                  number("%.4g", m.get("width_95")),
                  number("%.4g", m.get("winkler_95"))));
    }
    line("");
  }

  private void gates(BacktestRecord record) {
    record
        .gates()
        .forEach(
            (model, gate) -> {
              line("- **" + model + "** " + gate.verdict() + ":");
              for (RunRecord.Check check : gate.checks()) {
                line(
                    "  - "
                        + (check.passed() ? "passed " : "**failed** ")
                        + check.name()
                        + ": "
                        + check.finding());
              }
            });
    line("");
  }

  private void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String percent(@Nullable Double value) {
    return value == null ? "" : number("%.1f", 100 * value);
  }

  private static String number(String format, @Nullable Double value) {
    return value == null || !Double.isFinite(value)
        ? ""
        : String.format(Locale.ROOT, format, value);
  }
}
