package io.gatecast.forecasting.inspection;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.inspection.Inspection.Category;
import io.gatecast.forecasting.inspection.Inspection.Column;
import io.gatecast.forecasting.inspection.Inspection.Curve;
import io.gatecast.forecasting.inspection.Inspection.Gap;
import io.gatecast.forecasting.inspection.Inspection.Mark;
import io.gatecast.forecasting.inspection.Inspection.Stretch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

/** Sums one series up: its gaps, and each column's range, missing cells and course. */
final class InspectedSeries {
  private static final int CATEGORIES_SHOWN = 8;
  private static final int MEANS = 60;
  private static final int POINTS = 400;
  private static final int GAPS_DRAWN = 200;

  private final TimeSeries series;
  private final List<ColumnSpec> specs;
  private final List<Stretch> gaps = new ArrayList<>();
  private int absent;

  InspectedSeries(TimeSeries series, List<ColumnSpec> specs) {
    this.series = series;
    this.specs = specs;
    findGaps();
  }

  private void findGaps() {
    int length = 0;
    for (int step = 0; step <= series.length(); step++) {
      if (step < series.length() && isAbsent(step)) {
        length++;
      } else if (length > 0) {
        gaps.add(new Stretch(step - length, length));
        absent += length;
        length = 0;
      }
    }
  }

  private boolean isAbsent(int step) {
    for (int column = 0; column < specs.size(); column++) {
      if (!Double.isNaN(series.value(column, step))) {
        return false;
      }
    }
    return true;
  }

  /** The summary. */
  Inspection.Series series(List<Mark> marks) {
    List<Stretch> longest =
        gaps.stream()
            .sorted(Comparator.comparingInt(Stretch::steps).reversed())
            .limit(GAPS_DRAWN)
            .toList();
    return new Inspection.Series(
        series.name(),
        time(0),
        time(series.length() - 1),
        series.length(),
        absent,
        gaps.size(),
        longest.isEmpty() ? null : gap(longest.get(0)),
        IntStream.range(0, specs.size()).mapToObj(this::column).toList(),
        new Inspection.Drawing(longest, marks));
  }

  private String time(int step) {
    return series.axis().format(series.time(step));
  }

  private Gap gap(Stretch gap) {
    return new Gap(time(gap.from()), time(gap.from() + gap.steps() - 1), gap.steps());
  }

  private Column column(int index) {
    ColumnSpec spec = specs.get(index);
    double[] values = series.column(index);
    boolean text = spec.type() == ColumnSpec.Type.TEXT;
    DoubleSummaryStatistics statistics = new DoubleSummaryStatistics();
    int there = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        there++;
        statistics.accept(value);
      }
    }
    boolean numbers = there > 0 && !text;
    int rows = series.length() - absent;
    List<Category> categories = text ? categories(spec.name(), values) : List.of();
    double[] plotted = text ? new double[0] : values;
    return new Column(
        spec.name(),
        spec.type().label(),
        spec.unit().orElse(null),
        numbers ? statistics.getMin() : Double.NaN,
        numbers ? statistics.getAverage() : Double.NaN,
        numbers ? statistics.getMax() : Double.NaN,
        rows - there,
        rows == 0 ? 0 : (double) (rows - there) / rows,
        categories.subList(0, Math.min(CATEGORIES_SHOWN, categories.size())),
        categories.size(),
        curve(plotted, MEANS).mean(),
        curve(plotted, POINTS));
  }

  private List<Category> categories(String column, double[] values) {
    List<String> names = series.categories(column);
    int[] counts = new int[names.size()];
    for (double value : values) {
      if (!Double.isNaN(value)) {
        counts[(int) value]++;
      }
    }
    return IntStream.range(0, counts.length)
        .filter(category -> counts[category] > 0)
        .mapToObj(category -> new Category(names.get(category), counts[category]))
        .sorted(Comparator.comparingInt(Category::count).reversed())
        .toList();
  }

  /** Least, mean and most of at most so many stretches, which differ by a step at most. */
  private static Curve curve(double[] values, int most) {
    int stretches = Math.min(most, values.length);
    List<Double> least = new ArrayList<>(stretches);
    List<Double> mean = new ArrayList<>(stretches);
    List<Double> largest = new ArrayList<>(stretches);
    for (int stretch = 0; stretch < stretches; stretch++) {
      int from = (int) ((long) stretch * values.length / stretches);
      int to = (int) ((long) (stretch + 1) * values.length / stretches);
      DoubleSummaryStatistics statistics =
          IntStream.range(from, to)
              .mapToDouble(step -> values[step])
              .filter(value -> !Double.isNaN(value))
              .summaryStatistics();
      boolean any = statistics.getCount() > 0;
      least.add(any ? statistics.getMin() : Double.NaN);
      mean.add(any ? statistics.getAverage() : Double.NaN);
      largest.add(any ? statistics.getMax() : Double.NaN);
    }
    return new Curve(List.copyOf(least), List.copyOf(mean), List.copyOf(largest));
  }
}
