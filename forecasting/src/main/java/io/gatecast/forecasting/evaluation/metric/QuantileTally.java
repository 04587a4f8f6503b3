package io.gatecast.forecasting.evaluation.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sums of the losses of forecast quantiles. The measures' formulas are at {@link Accuracy}. */
final class QuantileTally {
  private final QuantileGrid grid;
  private final Mean[] pinball;
  private final Mean[] widths;
  private final long[] covered;
  private final Mean absoluteActual = new Mean();
  private long count;

  QuantileTally(QuantileGrid grid) {
    this.grid = grid;
    this.pinball = means(grid.size());
    this.widths = means(grid.intervals().size());
    this.covered = new long[widths.length];
  }

  void add(Observation o) {
    for (int k = 0; k < pinball.length; k++) {
      pinball[k].add(grid.pinball(k, o.actual(), o.quantile(k)));
    }
    for (int i = 0; i < widths.length; i++) {
      QuantileGrid.Central interval = grid.intervals().get(i);
      double lower = o.quantile(interval.lower());
      double upper = o.quantile(interval.upper());
      widths[i].add(upper - lower);
      covered[i] += lower <= o.actual() && o.actual() <= upper ? 1 : 0;
    }
    absoluteActual.add(Math.abs(o.actual()));
    count++;
  }

  void merge(QuantileTally other) {
    for (int k = 0; k < pinball.length; k++) {
      pinball[k].merge(other.pinball[k]);
    }
    for (int i = 0; i < widths.length; i++) {
      widths[i].merge(other.widths[i]);
      covered[i] += other.covered[i];
    }
    absoluteActual.merge(other.absoluteActual);
    count += other.count;
  }

  List<Double> pinball() {
    return Arrays.stream(means()).boxed().toList();
  }

  double wql() {
    if (count == 0) {
      return Double.NaN;
    }
    return Arrays.stream(pinball)
        .mapToDouble(level -> Mean.scaled(2 * level.sum(), absoluteActual.sum()))
        .average()
        .orElse(Double.NaN);
  }

  double crps() {
    return count == 0 ? Double.NaN : grid.crps(means());
  }

  List<IntervalAccuracy> intervals() {
    return IntStream.range(0, widths.length)
        .mapToObj(
            i -> {
              QuantileGrid.Central interval = grid.intervals().get(i);
              double losses = pinball[interval.lower()].value() + pinball[interval.upper()].value();
              return new IntervalAccuracy(
                  interval.nominal(),
                  count == 0 ? Double.NaN : covered[i] / (double) count,
                  widths[i].value(),
                  2 / (1 - interval.nominal()) * losses);
            })
        .toList();
  }

  private double[] means() {
    return Arrays.stream(pinball).mapToDouble(Mean::value).toArray();
  }

  private static Mean[] means(int size) {
    return Stream.generate(Mean::new).limit(size).toArray(Mean[]::new);
  }
}
