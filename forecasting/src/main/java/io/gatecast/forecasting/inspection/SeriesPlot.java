package io.gatecast.forecasting.inspection;

import io.gatecast.forecasting.inspection.Inspection.Column;
import io.gatecast.forecasting.inspection.Inspection.Curve;
import io.gatecast.forecasting.inspection.Inspection.Mark;
import io.gatecast.forecasting.inspection.Inspection.Series;
import io.gatecast.forecasting.inspection.Inspection.Stretch;
import io.gatecast.forecasting.inspection.InspectionPage.Html;
import java.util.List;
import java.util.Locale;

/**
 * One column over time as SVG: the mean of each stretch as a line that breaks where nothing is, the
 * range of each stretch as a band, gaps as grey areas and problems as strokes at the bottom.
 */
final class SeriesPlot {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 160;
  private static final int MARGIN = 12;
  private static final int MARKS = 100;

  private final int points;

  /** Plots of at most so many points. */
  SeriesPlot(int points) {
    this.points = points;
  }

  void draw(Html html, Series series, Column column) {
    if (Double.isNaN(column.least())) {
      html.raw("<p>No value.</p>\n");
      return;
    }
    html.raw("<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" preserveAspectRatio=\"none\"");
    html.raw(" role=\"img\"><title>").text(column.name() + " of " + series.name());
    html.raw(" over time</title>\n");
    for (Stretch gap : series.drawing().gaps()) {
      double from = x(gap.from(), series.steps());
      double width = Math.max(1, x(gap.from() + gap.steps(), series.steps()) - from);
      html.raw(
          String.format(
              Locale.ROOT,
              "<path class=\"gap\" d=\"M%.1f 0h%.1fV%d H%.1fz\"/>%n",
              from,
              width,
              HEIGHT,
              from));
    }
    curve(html, column);
    marks(html, series, column);
    html.raw("</svg>\n<div class=\"ends\"><span>").text(series.from()).raw("</span><span>");
    html.text(series.to()).raw("</span></div>\n");
  }

  private static double x(int step, int steps) {
    return (double) WIDTH * step / steps;
  }

  private void curve(Html html, Column column) {
    Curve curve = column.curve();
    int size = curve.mean().size();
    int count = Math.min(points, size);
    StringBuilder line = new StringBuilder();
    StringBuilder band = new StringBuilder();
    boolean open = false;
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * size / count);
      int to = (int) ((long) (i + 1) * size / count);
      Range range = Range.of(curve, from, to);
      if (range.count == 0) {
        open = false;
        continue;
      }
      int x = (int) Math.round(WIDTH * (i + 0.5) / count);
      line.append(open ? 'L' : 'M').append(x).append(' ').append(y(column, range.mean));
      if (!open) {
        line.append("h1"); // so that a lonely point is seen
      }
      open = true;
      if (range.least < range.most) {
        band.append('M').append(x).append(' ').append(y(column, range.most));
        band.append('V').append(y(column, range.least));
      }
    }
    String width = String.format(Locale.ROOT, "%.1f", Math.max(1.5, (double) WIDTH / count));
    html.raw("<path class=\"band\" stroke-width=\"" + width + "\" d=\"" + band + "\"/>\n");
    html.raw("<path class=\"line\" d=\"" + line + "\"/>\n");
  }

  private static int y(Column column, double value) {
    double span = column.most() - column.least();
    double share = span > 0 ? (value - column.least()) / span : 0.5;
    return (int) Math.round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN));
  }

  private static void marks(Html html, Series series, Column column) {
    List<Mark> shown =
        series.drawing().marks().stream()
            .filter(mark -> mark.column().isEmpty() || mark.column().equals(column.name()))
            .limit(MARKS)
            .toList();
    for (Mark mark : shown) {
      html.raw("<path class=\"mark ").text(mark.outcome()).raw("\" d=\"M");
      html.raw(String.format(Locale.ROOT, "%.1f", x(mark.step(), series.steps())));
      html.raw(" " + HEIGHT + "v-14\"><title>").text(mark.label()).raw("</title></path>\n");
    }
  }

  /** Several stretches as one. */
  private record Range(int count, double least, double mean, double most) {
    static Range of(Curve curve, int from, int to) {
      int count = 0;
      double least = Double.POSITIVE_INFINITY;
      double sum = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        double mean = curve.mean().get(i);
        if (!Double.isNaN(mean)) {
          count++;
          sum += mean;
          least = Math.min(least, curve.least().get(i));
          most = Math.max(most, curve.most().get(i));
        }
      }
      return new Range(count, least, sum / Math.max(1, count), most);
    }
  }
}
