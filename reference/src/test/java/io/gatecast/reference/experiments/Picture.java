package io.gatecast.reference.experiments;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A line chart as SVG: the one place that knows the drawing library. It draws what it is given and
 * computes nothing.
 *
 * <p>The same numbers give the same bytes, but for the letters: they are paths of the sans-serif
 * font that the machine has.
 */
final class Picture {
  private static final String FONT = "SansSerif";

  /** One family of colours a cell: a line keeps its colour over all pictures. */
  enum Ink {
    SKY(0x9ECAE1),
    BLUE(0x4292C6),
    NAVY(0x08306B),
    RED(0xCB181D),
    ORANGE(0xF0A30A),
    BROWN(0x8C4A00),
    GREEN(0x41AB5D),
    FOREST(0x00441B),
    GREY(0x888888);

    private final Color color;

    Ink(int rgb) {
      color = new Color(rgb);
    }

    static Ink of(Contender contender) {
      return switch (contender) {
        case RNN -> NAVY;
        case RNN_IDENTITY -> BLUE;
        case GRU -> ORANGE;
        case GRU_CHRONO -> BROWN;
        case LSTM -> GREEN;
        case LSTM_CHRONO -> FOREST;
      };
    }
  }

  private final XYChart chart;
  private final double least;
  private final double largest;
  private final boolean logarithmic;

  /**
   * A picture without lines.
   *
   * @param least the lower end of the vertical axis; what lies beyond an end is not drawn
   * @param largest the upper end
   * @param logarithmic whether the vertical axis is; both ends are then powers of ten
   */
  Picture(
      String title,
      String xTitle,
      String yTitle,
      double least,
      double largest,
      boolean logarithmic) {
    this.least = least;
    this.largest = largest;
    this.logarithmic = logarithmic;
    chart =
        new XYChartBuilder()
            .width(800)
            .height(450)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    XYStyler styler = chart.getStyler();
    styler.setYAxisMin(height(least));
    styler.setYAxisMax(height(largest));
    if (logarithmic) {
      // The library's own logarithmic axis draws nine lines for each power of ten.
      styler.setyAxisTickLabelsFormattingFunction(exponent -> whole(exponent, Numbers::powerOfTen));
    }
    styler.setXAxisTickMarkSpacingHint(60);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(new Color(0xDDDDDD));
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(new Font(FONT, Font.BOLD, 15));
    styler.setAxisTitleFont(new Font(FONT, Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(new Font(FONT, Font.PLAIN, 12));
    styler.setLegendFont(new Font(FONT, Font.PLAIN, 12));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendLayout(LegendLayout.Vertical);
    styler.setLegendSeriesLineLength(28);
    styler.setMarkerSize(7);
  }

  private double height(double y) {
    return logarithmic ? StrictMath.log10(y) : y;
  }

  /** A tick's label; a blank between whole numbers. */
  private static String whole(double tick, IntFunction<String> label) {
    return Math.abs(tick - Math.rint(tick)) < 1e-9
        ? label.apply((int) Math.rint(tick))
        : blank(tick);
  }

  /** Blanks differ in length: the library takes equal labels for too many ticks, and drops all. */
  private static String blank(double tick) {
    return " ".repeat(1 + (int) Math.abs(Math.rint(10 * tick)));
  }

  /** Adds a line from y at 0, 1, 2, … times the step. */
  Picture line(String name, Ink ink, double step, List<Double> ys) {
    List<Double> xs = new ArrayList<>();
    for (int i = 0; i < ys.size(); i++) {
      xs.add(i * step);
    }
    add(name, ink, xs, ys).setMarker(SeriesMarkers.NONE);
    return this;
  }

  /** Ends the horizontal axis here. */
  Picture upTo(double x) {
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisMax(x);
    return this;
  }

  /** Makes the horizontal axis one of categories, at equal distances. */
  Picture categories(List<String> names) {
    XYStyler styler = chart.getStyler();
    styler.setXAxisTickMarkSpacingHint(200);
    styler.setXAxisMin(-0.2);
    styler.setXAxisMax(names.size() - 0.8);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setxAxisTickLabelsFormattingFunction(
        x -> whole(x, k -> k >= 0 && k < names.size() ? names.get(k) : blank(x)));
    return this;
  }

  /** Adds a line through one marked point for each category. */
  Picture points(String name, Ink ink, List<Double> ys) {
    List<Double> xs = new ArrayList<>();
    for (int i = 0; i < ys.size(); i++) {
      xs.add((double) i);
    }
    add(name, ink, xs, ys).setMarker(SeriesMarkers.CIRCLE);
    return this;
  }

  private XYSeries add(String name, Ink ink, List<Double> xs, List<Double> ys) {
    List<Double> drawnX = new ArrayList<>();
    List<Double> drawnY = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      if (ys.get(i) >= least && ys.get(i) <= largest) {
        drawnX.add(xs.get(i));
        drawnY.add(height(ys.get(i)));
      }
    }
    XYSeries series = chart.addSeries(name, drawnX, drawnY);
    series.setLineColor(ink.color);
    series.setMarkerColor(ink.color);
    series.setLineStyle(new BasicStroke(2));
    return series;
  }

  void save(Path file) throws IOException {
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
    // Letters are drawn as paths: hundredths of a pixel will do for them.
    String shorter = svg.toString(StandardCharsets.UTF_8).replaceAll("(\\.\\d\\d)\\d+", "$1");
    Files.writeString(file, shorter);
  }
}
