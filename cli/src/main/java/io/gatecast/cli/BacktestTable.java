package io.gatecast.cli;

import io.gatecast.forecasting.report.BacktestRecord;
import io.gatecast.forecasting.report.RunRecord;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A backtest's record as text for people. */
final class BacktestTable {
  private final PrintStream out;

  BacktestTable(PrintStream out) {
    this.out = out;
  }

  void print(BacktestRecord record) {
    out.println();
    line("job", record.job() + ", backtest " + record.run());
    line(
        "origins",
        record.origins()
            + " times, "
            + record.forecasts()
            + " forecasts a model, "
            + record.horizon()
            + " steps ahead; target "
            + record.target());
    for (BacktestRecord.FoldRecord fold : record.folds()) {
      line(
          "fold",
          "train "
              + fold.trainFrom()
              + " to "
              + fold.trainTo()
              + ", validate to "
              + fold.validationTo()
              + ", test "
              + fold.testFrom()
              + " to "
              + fold.testTo());
    }
    out.println();
    points(record);
    out.println();
    intervals(record);
    out.println();
    record.gates().forEach(this::gate);
    line("forecasts", record.file());
    line("time", String.format(Locale.ROOT, "%.1f s", record.seconds()));
  }

  private void points(BacktestRecord record) {
    TextTable table = new TextTable(2);
    table.row(
        "",
        "model",
        "parameters",
        "MAE",
        "RMSE",
        "MASE",
        "skill %",
        "p",
        "bias",
        "up/down %",
        "always up %",
        "CRPS",
        "seconds");
    for (BacktestRecord.Model model : record.models()) {
      Map<String, Double> m = model.measures();
      table.row(
          model.name().equals(record.best()) ? "*" : " ",
          model.name(),
          model.parameters() == 0 ? "-" : String.valueOf(model.parameters()),
          number("%.4g", m.get("mae")),
          number("%.4g", m.get("rmse")),
          number("%.3f", m.get("mase")),
          number("%.1f", 100 * model.skill()),
          number("%.2g", model.better()),
          number("%.2g", m.get("bias")),
          percent(m.get("directional_accuracy")),
          percent(m.get("always_up")),
          number("%.4g", m.get("crps")),
          number("%.1f", model.seconds()));
    }
    table.print(out);
    out.println(
        "* marks the best baseline; skill over it, and p that it is beaten by chance alone");
  }

  private void intervals(BacktestRecord record) {
    TextTable table = new TextTable(2);
    table.row("model", "intervals", "in 80 %", "width", "Winkler", "in 95 %", "width", "Winkler");
    for (BacktestRecord.Model model : record.models()) {
      Map<String, Map<String, Double>> methods = new LinkedHashMap<>();
      methods.put(record.intervals(), model.measures());
      methods.putAll(model.intervals());
      methods.forEach(
          (method, m) ->
              table.row(
                  model.name(),
                  method,
                  percent(m.get("coverage_80")),
                  number("%.4g", m.get("width_80")),
                  number("%.4g", m.get("winkler_80")),
                  percent(m.get("coverage_95")),
                  number("%.4g", m.get("width_95")),
                  number("%.4g", m.get("winkler_95"))));
    }
    table.print(out);
  }

  private void gate(String model, RunRecord.Gate gate) {
    line("gate", model + " " + gate.verdict());
    for (RunRecord.Check check : gate.checks()) {
      line("", (check.passed() ? "passed  " : "FAILED  ") + check.name() + ": " + check.finding());
    }
  }

  private void line(String label, String text) {
    out.printf(Locale.ROOT, "%-10s %s%n", label, text);
  }

  private static String percent(@Nullable Double value) {
    return value == null ? "-" : number("%.1f", 100 * value);
  }

  private static String number(String format, @Nullable Double value) {
    return value == null || value.isNaN() ? "-" : String.format(Locale.ROOT, format, value);
  }
}
