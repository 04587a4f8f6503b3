package io.gatecast.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gatecast.forecasting.report.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run's record as text for people. */
final class RunTable {
  private static final int FORECASTS_SHOWN = 20;

  private final PrintStream out;

  RunTable(PrintStream out) {
    this.out = out;
  }

  void print(RunRecord run) {
    out.println();
    data(run);
    models(run);
    oracle(run);
    line("decision", run.reason());
    forecasts(run);
    if (run.seconds() != null) {
      RunRecord.Seconds s = run.seconds();
      line(
          "time",
          String.format(
              Locale.ROOT,
              "%.1f s: reading %.1f, training %.1f, oracle %.1f, testing %.1f, forecasting %.1f",
              s.total(),
              s.read(),
              s.train(),
              s.oracle(),
              s.backtest(),
              s.forecast()));
    }
    line("exit", String.valueOf(run.exit()));
  }

  private void line(String label, String text) {
    out.printf(Locale.ROOT, "%-10s %s%n", label, text);
  }

  private void data(RunRecord run) {
    line("job", run.job() + ", run " + run.run());
    RunRecord.Data data = run.data();
    RunRecord.Rows rows = run.rows();
    if (data == null || rows == null || run.series() == null) {
      return;
    }
    line("data", data.file());
    line("span", data.from() + " to " + data.to() + ", step " + data.step());
    line(
        "rows",
        String.format(
            Locale.ROOT,
            "%d read: %d kept, %d repaired, %d rejected; %d steps missing",
            rows.read(),
            rows.accepted(),
            rows.repaired(),
            rows.rejected(),
            data.missing()));
    Problems.print(out, rows);
    line("series", String.join(", ", run.series()) + "; target " + data.target());
    line(
        "windows",
        data.trainWindows()
            + " to train, "
            + data.validationWindows()
            + " to validate, "
            + data.testWindows()
            + " to test");
  }

  private void models(RunRecord run) {
    List<RunRecord.Model> models = run.models();
    if (models == null) {
      return;
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "  %-15s %10s %7s %10s %10s %8s %8s %8s%n",
        "model",
        "parameters",
        "epochs",
        "MAE",
        "RMSE",
        "MASE",
        "in 80 %",
        "in 95 %");
    for (RunRecord.Model model : models) {
      boolean network = model.kind().equals("network");
      out.printf(
          Locale.ROOT,
          "%s %-15s %10s %7s %10.4g %10.4g %8.3f %8.1f %8.1f%n",
          mark(run, model),
          model.name(),
          network ? String.valueOf(model.parameters()) : "-",
          network ? String.valueOf(model.epochs()) : "-",
          model.mae(),
          model.rmse(),
          model.mase(),
          100 * model.coverage80(),
          100 * model.coverage95());
    }
    out.println();
    int steps = models.get(0).maeByHorizon().size();
    int shown = Math.min(steps, 10);
    StringBuilder header = new StringBuilder(String.format(Locale.ROOT, "  %-15s", "MAE at step"));
    for (int h = 0; h < shown; h++) {
      header.append(String.format(Locale.ROOT, " %7d", shownStep(h, shown, steps) + 1));
    }
    out.println(header);
    for (RunRecord.Model model : models) {
      StringBuilder row =
          new StringBuilder(String.format(Locale.ROOT, "%s %-15s", mark(run, model), model.name()));
      for (int h = 0; h < shown; h++) {
        row.append(
            String.format(
                Locale.ROOT, " %7.4g", model.maeByHorizon().get(shownStep(h, shown, steps))));
      }
      out.println(row);
    }
    out.println("  > marks the winner");
    out.println();
  }

  /** Spreads the shown steps evenly from the first to the last. */
  private static int shownStep(int index, int shown, int steps) {
    return shown == 1 ? 0 : (int) ((long) index * (steps - 1) / (shown - 1));
  }

  private static String mark(RunRecord run, RunRecord.Model model) {
    return model.name().equals(run.winner()) ? ">" : " ";
  }

  private void oracle(RunRecord run) {
    RunRecord.Oracle oracle = run.oracle();
    if (oracle != null) {
      line(
          "oracle",
          String.format(
              Locale.ROOT,
              "%s: largest relative difference %.2g on %d windows, tolerance %.0e",
              oracle.passed() ? "passed" : "FAILED",
              oracle.maxRelativeDifference(),
              oracle.windows(),
              oracle.tolerance()));
    }
  }

  private void forecasts(RunRecord run) {
    if (run.forecasts() == null) {
      return;
    }
    Path file = Path.of(run.forecasts());
    out.println();
    List<String> lines = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %-15s %-12s %10.4g   80 %%: %.4g to %.4g   95 %%: %.4g to %.4g",
                row.getField("series"),
                row.getField("target_time"),
                number(row, "mean"),
                number(row, "lo80"),
                number(row, "hi80"),
                number(row, "lo95"),
                number(row, "hi95")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines.stream().limit(FORECASTS_SHOWN).forEach(out::println);
    if (lines.size() > FORECASTS_SHOWN) {
      out.println("  and " + (lines.size() - FORECASTS_SHOWN) + " more");
    }
    out.println();
    line("forecasts", file.toString());
    line("record", file.resolveSibling("run.json").toString());
  }

  private static double number(NamedCsvRecord row, String column) {
    return Double.parseDouble(row.getField(column));
  }
}
