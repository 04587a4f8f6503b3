package io.gatecast.forecasting.transform;

import java.util.Arrays;
import java.util.Locale;

/**
 * Subtracts a centre and divides by a spread, both of the train part. A column that does not vary
 * there is refused: it would be divided by rounding.
 */
public enum Scaling implements ColumnTransform {
  /** Mean and population standard deviation. */
  STANDARDISE {
    @Override
    Measured measure(double[] there) {
      double sum = 0;
      for (double value : there) {
        sum += value;
      }
      double mean = sum / there.length;
      double squares = 0;
      for (double value : there) {
        squares += (value - mean) * (value - mean);
      }
      return new Measured(mean, Math.sqrt(squares / there.length), Math.abs(mean));
    }
  },
  /**
   * Median and inter-quartile range, which outliers and sentinels hardly move. Quantiles by linear
   * interpolation (definition 7 of Hyndman and Fan, 1996).
   */
  ROBUST {
    @Override
    Measured measure(double[] there) {
      double[] sorted = there.clone();
      Arrays.sort(sorted);
      double median = quantile(sorted, 0.5);
      double range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
      return new Measured(median, range, Math.abs(median));
    }
  },
  /** Minimum and range: the train part fills [0, 1]; later values may leave it. */
  MIN_MAX {
    @Override
    Measured measure(double[] there) {
      double min = Arrays.stream(there).min().orElseThrow();
      double max = Arrays.stream(there).max().orElseThrow();
      return new Measured(min, max - min, Math.max(Math.abs(min), Math.abs(max)));
    }
  };

  /** A spread below this share of the values' size is rounding, not variation. */
  private static final double ROUNDING = 1e-12;

  record Measured(double centre, double spread, double size) {}

  /** Measures values that are all numbers, at least one. */
  abstract Measured measure(double[] there);

  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    double low = sorted[below];
    return below + 1 < sorted.length ? low + (position - below) * (sorted[below + 1] - low) : low;
  }

  @Override
  public FittedScaling fit(double[] train) {
    double[] there = Arrays.stream(train).filter(value -> !Double.isNaN(value)).toArray();
    if (there.length == 0) {
      throw new TransformFault(
          TransformFault.Kind.EMPTY,
          label(),
          "values in the train part",
          "none",
          "the column begins too late for the split: leave it out, or supply its past");
    }
    Measured measured = measure(there);
    if (!Double.isFinite(measured.centre) || !Double.isFinite(measured.spread)) {
      throw new TransformFault(
          TransformFault.Kind.NOT_FINITE,
          label(),
          "values whose centre and spread are finite",
          "one as large as " + Arrays.stream(there).map(Math::abs).max().orElseThrow(),
          "look for a sentinel or a wrong unit");
    }
    if (measured.spread < Double.MIN_NORMAL || measured.spread <= ROUNDING * measured.size) {
      throw new TransformFault(
          TransformFault.Kind.CONSTANT,
          label(),
          "values that vary in the train part",
          this == ROBUST
              ? "a middle half that is constant, " + measured.centre
              : "a constant " + there[0],
          this == ROBUST
              ? "use standardise, which the tails count in, or leave the column out"
              : "leave the column out");
    }
    return new FittedScaling(this, measured.centre, measured.spread);
  }

  @Override
  public ErrorScale errorScale() {
    return ErrorScale.ADDITIVE;
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
