package io.gatecast.cli;

import io.gatecast.forecasting.inspection.Inspection;
import io.gatecast.forecasting.inspection.Inspection.Column;
import io.gatecast.forecasting.inspection.Inspection.Finding;
import io.gatecast.forecasting.inspection.Inspection.Series;
import io.gatecast.forecasting.report.RunRecord;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An inspection for the terminal: settings, rows, series and columns, and a small plot of each. */
final class InspectionText {
  private static final int SERIES_SHOWN = 10;
  private static final int CATEGORIES_SHOWN = 5;

  private final PrintStream out;
  private final Sparkline sparkline;

  InspectionText(PrintStream out, boolean unicode) {
    this.out = out;
    this.sparkline = new Sparkline(unicode);
  }

  void print(Inspection seen) {
    out.println("job, with every default:");
    seen.settings().forEach((key, value) -> out.printf("  %-28s %s%n", key, value));
    out.println();
    out.println("rows       " + Problems.counts(seen.rows()));
    Problems.print(out, seen.rows(), seen.settings().get("source.csv"));
    out.println("step       " + seen.step());
    String holidays = seen.axis().holidays();
    out.println(
        "axis       "
            + seen.axis().kind()
            + ", times in "
            + seen.axis().zone()
            + (holidays == null ? "" : ", holidays of " + holidays));
    findings(
        "changed or left out, the first of each kind:",
        seen.findings().stream().filter(finding -> !finding.suspicion()).toList());
    findings(
        "suspected, nothing was changed, the first of each kind:",
        seen.findings().stream().filter(Finding::suspicion).toList());
    out.println();
    List<Series> shown = seen.series().subList(0, Math.min(SERIES_SHOWN, seen.series().size()));
    extents(shown);
    more(seen, "");
    out.println();
    columns(shown);
    more(seen, "");
    out.println();
    plots(shown);
    more(seen, "; --html shows all");
  }

  private void findings(String title, List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    out.println();
    out.println(title);
    TextTable table = new TextTable(6);
    table.row("kind", "outcome", "policy", "where", "column", "found", "count");
    for (Finding finding : findings) {
      RunRecord.Problem first = finding.first();
      String file = first.file();
      table.row(
          finding.text(),
          finding.outcome(),
          finding.policy(),
          (file == null ? "" : name(file) + ", ") + "line " + first.line(),
          first.column(),
          "\"" + first.found() + "\"",
          String.valueOf(finding.count()));
    }
    table.print(out);
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  private void extents(List<Series> shown) {
    TextTable table = new TextTable(3);
    table.row("series", "from", "to", "steps", "missing", "gaps", "longest gap");
    for (Series one : shown) {
      Inspection.Gap gap = one.longestGap();
      table.row(
          one.name(),
          one.from(),
          one.to(),
          String.valueOf(one.steps()),
          String.valueOf(one.missing()),
          String.valueOf(one.gaps()),
          gap == null ? "" : gap.steps() + ": " + gap.from() + " to " + gap.to());
    }
    table.print(out);
  }

  private void columns(List<Series> shown) {
    TextTable table = new TextTable(4);
    table.row("series", "column", "type", "unit", "least", "mean", "most", "missing");
    for (Series one : shown) {
      for (Column column : one.columns()) {
        String unit = column.unit();
        table.row(
            one.name(),
            column.name(),
            column.type(),
            unit == null ? "" : unit,
            number(column.least()),
            number(column.mean()),
            number(column.most()),
            column.missing()
                + (column.missing() == 0
                    ? ""
                    : String.format(Locale.ROOT, " (%.2g %%)", 100 * column.missingShare())));
      }
    }
    table.print(out);
  }

  private void plots(List<Series> shown) {
    TextTable table = new TextTable(3);
    table.row("series", "column", "course");
    for (Series one : shown) {
      for (Column column : one.columns()) {
        table.row(
            one.name(),
            column.name(),
            column.type().equals("text") ? categories(column) : sparkline.of(column.means()));
      }
    }
    table.print(out);
  }

  private static String categories(Column column) {
    int shown = Math.min(CATEGORIES_SHOWN, column.categories().size());
    int others = column.allCategories() - shown;
    return column.categories().subList(0, shown).stream()
            .map(category -> category.name() + " " + category.count())
            .collect(Collectors.joining(", "))
        + (others > 0 ? " and " + others + " more" : "");
  }

  private void more(Inspection seen, String hint) {
    int others = seen.series().size() - SERIES_SHOWN;
    if (others > 0) {
      out.println("… and " + others + " more" + hint);
    }
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.5g", value);
  }
}
