package io.gatecast.forecasting.evaluation.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The levels of forecast quantiles, what each weighs in the CRPS, and the central intervals that
 * pairs of them bound.
 *
 * <p>{@code CRPS = 2 ∫_0^1 ρ_τ(y − q_τ) dτ} is summed by the trapezoid rule between the levels; the
 * first and the last quantile's loss is held on to 0 and 1. So each weighs as the levels that are
 * nearer to it than to its neighbours, all weights are positive and sum to 1, which keeps the sum
 * of pinball losses proper at each quantile, and with symmetric levels a point mass has exactly its
 * absolute error.
 */
final class QuantileGrid {
  /** How far two levels may be from 1 together, or an interval from its nominal level. */
  static final double TOLERANCE = 1e-9;

  /**
   * A central interval.
   *
   * @param lower index of its lower level
   * @param upper index of its upper level, 1 − lower level
   * @param nominal the share of true values that it should hold
   */
  record Central(int lower, int upper, double nominal) {}

  private final double[] levels;
  private final double[] weights;
  private final List<Central> intervals;

  QuantileGrid(double[] levels) {
    this.levels = levels.clone();
    double before = 0;
    for (double level : levels) {
      if (!(level > before && level < 1)) {
        throw new IllegalArgumentException(
            "expected quantile levels that ascend between 0 and 1, found "
                + Arrays.toString(levels)
                + "; give each level once, in order");
      }
      before = level;
    }
    this.weights = weights(levels);
    this.intervals = intervals(levels);
  }

  int size() {
    return levels.length;
  }

  double[] levels() {
    return levels.clone();
  }

  /** The central intervals, widest first. */
  List<Central> intervals() {
    return intervals;
  }

  boolean sameAs(QuantileGrid other) {
    return Arrays.equals(levels, other.levels);
  }

  /** {@code ρ_τ(y − q) = (y − q) (τ − 1{y < q})}. */
  double pinball(int level, double actual, double quantile) {
    double above = actual - quantile;
    return above >= 0 ? levels[level] * above : (levels[level] - 1) * above;
  }

  /** The CRPS of mean pinball losses {@code [level]}. */
  double crps(double[] pinball) {
    double sum = 0;
    for (int k = 0; k < levels.length; k++) {
      sum += 2 * weights[k] * pinball[k];
    }
    return sum;
  }

  private static double[] weights(double[] levels) {
    double[] weights = new double[levels.length];
    double from = 0;
    for (int k = 0; k < levels.length; k++) {
      double to = k + 1 == levels.length ? 1 : (levels[k] + levels[k + 1]) / 2;
      weights[k] = to - from;
      from = to;
    }
    return weights;
  }

  private static List<Central> intervals(double[] levels) {
    List<Central> found = new ArrayList<>();
    int upper = levels.length - 1;
    for (int lower = 0; lower < upper; lower++) {
      while (upper > lower && levels[lower] + levels[upper] > 1 + TOLERANCE) {
        upper--;
      }
      if (upper > lower && levels[lower] + levels[upper] >= 1 - TOLERANCE) {
        found.add(new Central(lower, upper, levels[upper] - levels[lower]));
      }
    }
    return List.copyOf(found);
  }
}
