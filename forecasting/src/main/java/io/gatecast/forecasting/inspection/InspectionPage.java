package io.gatecast.forecasting.inspection;

import io.gatecast.forecasting.inspection.Inspection.Category;
import io.gatecast.forecasting.inspection.Inspection.Column;
import io.gatecast.forecasting.inspection.Inspection.Finding;
import io.gatecast.forecasting.inspection.Inspection.Series;
import io.gatecast.forecasting.report.RunRecord;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An inspection as one HTML page: no scripts, nothing from the network, plots as inline SVG. It
 * shows what the inspection says and computes nothing itself.
 */
public final class InspectionPage {
  /** Points of all plots together, which keep the page small however many series there are. */
  private static final int POINTS = 45_000;

  private static final int LEAST_POINTS = 60;
  private static final int MOST_POINTS = 400;

  private final Inspection seen;
  private final SeriesPlot plot;
  private final Html html = new Html();

  private InspectionPage(Inspection seen) {
    this.seen = seen;
    long plots = seen.series().stream().mapToLong(one -> one.columns().size()).sum();
    this.plot =
        new SeriesPlot(
            (int) Math.max(LEAST_POINTS, Math.min(MOST_POINTS, POINTS / Math.max(1, plots))));
  }

  /**
   * Writes the page.
   *
   * @param seen the inspection; problems are marked in plots where it was made with {@link
   *     Inspection#placed}
   * @return a whole HTML document
   */
  public static String of(Inspection seen) {
    return new InspectionPage(seen).page();
  }

  private String page() {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<title>").text(seen.job() + " – inspection").raw("</title>\n");
    html.raw("<style>\n" + PageStyle.CSS + "</style>\n</head>\n<body>\n");
    html.raw("<h1>").text(seen.job()).raw("</h1>\n");
    html.raw("<p class=\"sub\">What the job reads, as the contract sees it, before any model.</p>");
    tiles();
    problems();
    extents();
    html.raw("<h2>Columns</h2>\n");
    legend();
    seen.series().forEach(this::series);
    settings();
    return html.raw("</body>\n</html>\n").toString();
  }

  private void tiles() {
    RunRecord.Rows rows = seen.rows();
    html.raw("<div class=\"tiles\">\n");
    tile("rows read", count(rows.read()));
    tile("kept", count(rows.accepted()));
    tile("repaired", count(rows.repaired()));
    tile("rejected", count(rows.rejected()));
    tile("series", count(seen.series().size()));
    tile("step", seen.step());
    tile("axis", seen.axis().kind());
    tile("time zone", seen.axis().zone());
    String holidays = seen.axis().holidays();
    if (holidays != null) {
      tile("holidays", holidays);
    }
    html.raw("</div>\n");
  }

  private void tile(String label, String value) {
    html.raw("<div class=\"tile\"><b>").text(value).raw("</b><span>").text(label);
    html.raw("</span></div>\n");
  }

  private void problems() {
    html.raw("<h2>Repaired and rejected rows</h2>\n");
    findings(seen.findings().stream().filter(finding -> !finding.suspicion()).toList());
    html.raw("<h2>Suspicions (nothing was changed)</h2>\n");
    findings(seen.findings().stream().filter(Finding::suspicion).toList());
  }

  private void findings(List<Finding> findings) {
    if (findings.isEmpty()) {
      html.raw("<p>None.</p>\n");
      return;
    }
    html.open("kind", "outcome", "policy", "#count", "first found", "#line", "column", "file");
    for (Finding finding : findings) {
      RunRecord.Problem first = finding.first();
      String file = first.file();
      html.raw("<tr>").cell(finding.text());
      html.raw("<td><span class=\"").text(finding.outcome().replaceAll(",.*", "")).raw("\">");
      html.text(finding.outcome()).raw("</span></td>");
      html.cell(finding.kind() + ": " + finding.policy());
      html.number(count(finding.count())).cell(first.found());
      html.number(String.valueOf(first.line())).cell(first.column());
      html.cell(file == null ? "" : file).raw("</tr>\n");
    }
    html.close();
  }

  private void extents() {
    html.raw("<h2>Series</h2>\n");
    html.open("series", "from", "to", "#steps", "#missing", "#gaps", "longest gap");
    for (Series one : seen.series()) {
      Inspection.Gap gap = one.longestGap();
      html.raw("<tr>").cell(one.name()).cell(one.from()).cell(one.to());
      html.number(count(one.steps()));
      html.number(count(one.missing()) + share(one.missing(), one.steps()));
      html.number(count(one.gaps()));
      html.cell(
          gap == null
              ? "none"
              : gap.from()
                  + " to "
                  + gap.to()
                  + ", "
                  + count(gap.steps())
                  + (gap.steps() == 1 ? " step" : " steps"));
      html.raw("</tr>\n");
    }
    html.close();
  }

  private void legend() {
    html.raw("<p class=\"legend\"><span class=\"key mean\"></span>mean ");
    html.raw("<span class=\"key band\"></span>least to most ");
    html.raw("<span class=\"key gap\"></span>no rows ");
    html.raw("<span class=\"key rejected\"></span>rejected ");
    html.raw("<span class=\"key repaired\"></span>repaired ");
    html.raw("<span class=\"key suspected\"></span>suspected</p>\n");
  }

  private void series(Series one) {
    html.raw("<h3>").text(one.name()).raw(" <small>").text(one.from() + " to " + one.to());
    html.raw("</small></h3>\n<div class=\"plots\">\n");
    for (Column column : one.columns()) {
      html.raw("<figure>\n<figcaption><b>").text(column.name()).raw("</b>");
      html.text(", " + column.type() + (column.unit() == null ? "" : " in " + column.unit()));
      html.raw("<span>").text(missing(column)).raw("</span></figcaption>\n");
      if (column.type().equals("text")) {
        categories(column);
      } else {
        plot.draw(html, one, column);
        html.raw("<p>least <b>").text(value(column.least())).raw("</b> mean <b>");
        html.text(value(column.mean())).raw("</b> most <b>");
        html.text(value(column.most())).raw("</b></p>\n");
      }
      html.raw("</figure>\n");
    }
    html.raw("</div>\n");
  }

  private void categories(Column column) {
    int most = column.categories().stream().mapToInt(Category::count).max().orElse(1);
    html.raw("<ul>\n");
    for (Category category : column.categories()) {
      html.raw("<li><span class=\"bar\" style=\"width:");
      html.raw(String.format(Locale.ROOT, "%.1f", 60.0 * category.count() / most));
      html.raw("%\"></span> ").text(category.name()).raw(" <b>").text(count(category.count()));
      html.raw("</b></li>\n");
    }
    html.raw("</ul>\n");
    int others = column.allCategories() - column.categories().size();
    if (others > 0) {
      html.raw("<p>and ").text(others + " more").raw("</p>\n");
    }
  }

  private void settings() {
    html.raw("<details><summary>Every setting, defaults included</summary>\n");
    html.open("key", "value");
    seen.settings().forEach((key, value) -> html.raw("<tr>").cell(key).cell(value).raw("</tr>\n"));
    html.close();
    html.raw("</details>\n");
  }

  private static String missing(Column column) {
    return column.missing() == 0
        ? "nothing missing"
        : count(column.missing())
            + " missing"
            + String.format(Locale.ROOT, " (%.2g %%)", 100 * column.missingShare());
  }

  private static String share(int part, int whole) {
    return part == 0 ? "" : String.format(Locale.ROOT, " (%.2g %%)", 100.0 * part / whole);
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String value(double value) {
    return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%.5g", value);
  }

  /** HTML text that grows; whatever comes from data goes through {@link #text}. */
  static final class Html {
    private final StringBuilder out = new StringBuilder(1 << 16);

    Html raw(String markup) {
      out.append(markup);
      return this;
    }

    Html text(String text) {
      text.codePoints()
          .forEach(
              c -> {
                switch (c) {
                  case '<' -> out.append("&lt;");
                  case '>' -> out.append("&gt;");
                  case '&' -> out.append("&amp;");
                  case '"' -> out.append("&quot;");
                  case '\'' -> out.append("&#39;");
                  default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
                }
              });
      return this;
    }

    private static boolean allowed(int c) {
      return c == '\n'
          || c == '\t'
          || (!Character.isISOControl(c) && !(c >= 0xD800 && c <= 0xDFFF));
    }

    Html cell(String text) {
      return raw("<td>").text(text).raw("</td>");
    }

    Html number(String text) {
      return raw("<td class=\"n\">").text(text).raw("</td>");
    }

    /** Begins a table; a heading that begins with # is of numbers. */
    void open(String... headings) {
      raw("<div class=\"wide\"><table>\n<thead><tr>");
      raw(
          List.of(headings).stream()
              .map(
                  heading ->
                      heading.startsWith("#")
                          ? "<th class=\"n\">" + heading.substring(1) + "</th>"
                          : "<th>" + heading + "</th>")
              .collect(Collectors.joining()));
      raw("</tr></thead>\n<tbody>\n");
    }

    void close() {
      raw("</tbody></table></div>\n");
    }

    @Override
    public String toString() {
      return out.toString();
    }
  }
}
