package io.gatecast.cli;

import io.gatecast.forecasting.report.ComparisonRecord;
import io.gatecast.forecasting.report.ComparisonRecord.Cell;
import io.gatecast.forecasting.report.ComparisonRecord.Spread;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A comparison's record as text for people: each figure's mean, with least and most of its seeds.
 */
final class CompareTable {
  private static final int SHOWN = 6;

  private final PrintStream out;

  CompareTable(PrintStream out) {
    this.out = out;
  }

  void print(ComparisonRecord record) {
    out.println();
    out.printf(
        Locale.ROOT,
        "job %s: %d windows to train, %d to validate, %d to test; %d seed%s%n%n",
        record.job(),
        record.windows().get(0),
        record.windows().get(1),
        record.windows().get(2),
        record.seeds().size(),
        record.seeds().size() == 1 ? "" : "s, mean (least to most)");
    figures(record);
    out.println();
    steps(record);
    out.println();
    if (record.cells().stream().noneMatch(cell -> cell.gradientFlow().isEmpty())) {
      flow(record);
      out.println();
    }
    out.printf(
        Locale.ROOT,
        "oracle %s; %.1f s%n",
        record.cells().stream().allMatch(Cell::oraclePassed)
            ? "passed by all networks"
            : "FAILED by a network: do not use it",
        record.seconds());
  }

  private void figures(ComparisonRecord record) {
    TextTable table = new TextTable(1);
    row(table, record, "", Cell::cell);
    row(table, record, "parameters", cell -> String.valueOf(cell.parameters()));
    row(table, record, "epochs", cell -> text("%.0f", cell.epochs()));
    row(table, record, "training, s", cell -> text("%.2f", cell.trainSeconds()));
    row(table, record, "inference, us a forecast", cell -> text("%.2f", cell.forecastMicros()));
    row(table, record, "MAE", cell -> text("%.4g", cell.mae()));
    row(table, record, "MASE", cell -> text("%.3f", cell.mase()));
    row(
        table,
        record,
        "in 80 %",
        cell -> {
          Spread share = cell.coverage80();
          return text(
              "%.1f", new Spread(100 * share.mean(), 100 * share.least(), 100 * share.most()));
        });
    row(table, record, "effective memory, steps", CompareTable::memory);
    row(table, record, "engine off the oracle", cell -> text("%.1g", cell.oracleDifference()));
    table.print(out);
    out.printf(
        Locale.ROOT,
        "The best baseline is %s: MASE %.3f.%n",
        record.bestBaseline(),
        record.bestBaselineMase());
  }

  private static String memory(Cell cell) {
    if (cell.gradientFlow().isEmpty()) {
      return "-";
    }
    return cell.effectiveMemory() == null ? "all" : text("%.1f", cell.effectiveMemory());
  }

  private void steps(ComparisonRecord record) {
    int[] shown = spread(record.bestBaselineMaeBySteps().size());
    TextTable table = new TextTable(1);
    table.row(cells("MAE at step", shown, h -> String.valueOf(h + 1)));
    for (Cell cell : record.cells()) {
      table.row(cells(cell.cell(), shown, h -> text("%.4g", cell.maeBySteps().get(h))));
    }
    table.row(
        cells(
            record.bestBaseline(),
            shown,
            h -> String.format(Locale.ROOT, "%.4g", record.bestBaselineMaeBySteps().get(h))));
    table.print(out);
  }

  private void flow(ComparisonRecord record) {
    int[] shown = spread(record.lookback());
    TextTable table = new TextTable(1);
    table.row(cells("gradient flow at lag", shown, String::valueOf));
    for (Cell cell : record.cells()) {
      table.row(cells(cell.cell(), shown, lag -> text("%.2g", cell.gradientFlow().get(lag))));
    }
    table.print(out);
    out.println("The norm of what a change of the state so many steps ago does to the last state.");
  }

  /** Some indices, spread evenly from the first to the last. */
  private static int[] spread(int size) {
    int shown = Math.min(size, SHOWN);
    return IntStream.range(0, shown)
        .map(i -> shown == 1 ? 0 : (int) ((long) i * (size - 1) / (shown - 1)))
        .toArray();
  }

  private static String[] cells(String name, int[] indices, Function<Integer, String> of) {
    return Stream.concat(Stream.of(name), Arrays.stream(indices).boxed().map(of))
        .toArray(String[]::new);
  }

  private static void row(
      TextTable table, ComparisonRecord record, String name, Function<Cell, String> of) {
    table.row(
        Stream.concat(Stream.of(name), record.cells().stream().map(of)).toArray(String[]::new));
  }

  private static String text(String format, Spread spread) {
    String mean = String.format(Locale.ROOT, format, spread.mean());
    String least = String.format(Locale.ROOT, format, spread.least());
    String most = String.format(Locale.ROOT, format, spread.most());
    return least.equals(most) ? mean : mean + " (" + least + " to " + most + ")";
  }
}
