package io.gatecast.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gatecast.forecasting.registry.JobStore;
import io.gatecast.forecasting.report.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A run's record as text for people. */
final class RunTable {
  private static final int FORECASTS_SHOWN = 20;
  private static final int STEPS_SHOWN = 10;
  private static final List<String> NUMBERS = List.of("mean", "lo80", "hi80", "lo95", "hi95");

  private final PrintStream out;

  RunTable(PrintStream out) {
    this.out = out;
  }

  void print(RunRecord run) {
    out.println();
    data(run);
    models(run);
    oracle(run);
    line("decision", run.reason().replace("; ", ";\n" + " ".repeat(11)));
    for (String note : run.notes()) {
      line("note", note);
    }
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
    line("rows", Problems.counts(rows) + "; " + data.missing() + " steps missing");
    Problems.print(out, rows, data.file());
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
    TextTable overall = new TextTable(2);
    overall.row(
        "", "model", "parameters", "epochs", "best", "MAE", "RMSE", "MASE", "in 80 %", "in 95 %");
    for (RunRecord.Model model : models) {
      boolean network = model.kind().equals("network");
      overall.row(
          mark(run, model),
          model.name(),
          network ? String.valueOf(model.parameters()) : "-",
          network ? String.valueOf(model.epochs()) : "-",
          network ? String.valueOf(model.bestEpoch()) : "-",
          number("%.4g", model.mae()),
          number("%.4g", model.rmse()),
          number("%.3f", model.mase()),
          number("%.1f", 100 * model.coverage80()),
          number("%.1f", 100 * model.coverage95()));
    }
    overall.print(out);
    out.println();
    int steps = models.get(0).maeByHorizon().size();
    int[] shown = shownSteps(steps);
    TextTable byStep = new TextTable(2);
    byStep.row(cells("", "MAE at step", shown, h -> String.valueOf(h + 1)));
    for (RunRecord.Model model : models) {
      byStep.row(
          cells(
              mark(run, model),
              model.name(),
              shown,
              h -> number("%.4g", model.maeByHorizon().get(h))));
    }
    byStep.print(out);
    out.println("> marks the winner");
    out.println();
  }

  /** All steps, or ten spread evenly from the first to the last. */
  private static int[] shownSteps(int steps) {
    int shown = Math.min(steps, STEPS_SHOWN);
    return IntStream.range(0, shown)
        .map(i -> shown == 1 ? 0 : (int) ((long) i * (steps - 1) / (shown - 1)))
        .toArray();
  }

  private static String[] cells(String mark, String name, int[] steps, IntFunction<String> ofStep) {
    return Stream.concat(Stream.of(mark, name), Arrays.stream(steps).mapToObj(ofStep))
        .toArray(String[]::new);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
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
    List<NamedCsvRecord> rows;
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      rows = csv.stream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String format = sameDecimals(rows);
    TextTable table = new TextTable(2);
    table.row("series", "time", "forecast", "80 % from", "to", "95 % from", "to");
    for (NamedCsvRecord row : rows.subList(0, Math.min(rows.size(), FORECASTS_SHOWN))) {
      table.row(
          Stream.concat(
                  Stream.of(row.getField("series"), row.getField("target_time")),
                  NUMBERS.stream()
                      .map(column -> number(format, Double.parseDouble(row.getField(column)))))
              .toArray(String[]::new));
    }
    table.print(out);
    if (rows.size() > FORECASTS_SHOWN) {
      out.println("and " + (rows.size() - FORECASTS_SHOWN) + " more");
    }
    out.println();
    line("forecasts", file.toString());
    line("record", file.resolveSibling(JobStore.RECORD).toString());
  }

  /** A format that gives four digits to the largest number, and as many decimals to all. */
  private static String sameDecimals(List<NamedCsvRecord> rows) {
    double largest =
        rows.stream()
            .flatMap(row -> NUMBERS.stream().map(row::getField))
            .mapToDouble(text -> Math.abs(Double.parseDouble(text)))
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    int before = largest == 0 ? 0 : (int) Math.floor(Math.log10(largest));
    return "%." + Math.max(0, Math.min(12, 3 - before)) + "f";
  }
}
