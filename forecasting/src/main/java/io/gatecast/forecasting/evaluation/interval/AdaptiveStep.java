package io.gatecast.forecasting.evaluation.interval;

import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.Arrays;

/**
 * The state of {@link AdaptiveConformal} at one step ahead while it goes through the origins in
 * order: windows of scores, the tails' levels, and the ends told so far. Used once.
 */
final class AdaptiveStep {
  private final Track track;
  private final ErrorScale scale;
  private final Volatility volatility;
  private final int step;
  private final boolean own;
  private final double stepSize;
  private final Arrivals arrivals;

  /** One for each central interval; a single one where they are all of the same scores. */
  private final SlidingWindow[] windows;

  /** {@code [level]}: how often that end's tail is to be missed now; nominal at first. */
  private final double[] tails = new double[Quantiles.COUNT];

  /** {@code [origin][level]}: the ends, in no order; none while too little is known. */
  private final double[][] told;

  AdaptiveStep(
      Track track,
      ErrorScale scale,
      Volatility volatility,
      int step,
      boolean own,
      int window,
      double stepSize) {
    this.track = track;
    this.scale = scale;
    this.volatility = volatility;
    this.step = step;
    this.own = own;
    this.stepSize = stepSize;
    this.arrivals = new Arrivals(track, step);
    this.windows = new SlidingWindow[own ? Quantiles.MEDIAN : 1];
    this.told = new double[track.size()][0];
    Arrays.setAll(windows, i -> new SlidingWindow(window));
    Arrays.setAll(tails, AdaptiveStep::nominal);
  }

  /** How often a level's tail is to be missed: the level itself, or what lies above it. */
  private static double nominal(int level) {
    return Math.min(Quantiles.level(level), 1 - Quantiles.level(level));
  }

  /**
   * Learns all that had come true by an origin, then tells the ends of its intervals.
   *
   * @param at index of the origin, one after the other from 0 on
   */
  void advance(int at) {
    arrivals.advance(at, this::learn);
    if (fewest() < IntervalMethod.FEWEST) {
      return;
    }
    double[] base = base(at);
    double unit = volatility.unit(at, step);
    double[] ends = new double[Quantiles.COUNT];
    ends[Quantiles.MEDIAN] = base[Quantiles.MEDIAN];
    for (int lower = 0; lower < Quantiles.MEDIAN; lower++) {
      int upper = Quantiles.COUNT - 1 - lower;
      SlidingWindow scores = window(lower);
      ends[lower] = scale.shifted(base[lower], -unit * scores.at(1 - 2 * tails[lower]));
      ends[upper] = scale.shifted(base[upper], unit * scores.at(1 - 2 * tails[upper]));
    }
    ConformalQuantiles.closeWhatTurnedOver(ends);
    told[at] = ends;
  }

  /**
   * The quantiles at an origin, ascending.
   *
   * @param at index of an origin already advanced to
   * @throws IllegalArgumentException if too little was known there
   */
  double[] quantiles(int at) {
    double[] ends = told[at];
    if (ends.length == 0) {
      CalibrationErrors.requireEnough(track, step, fewest());
      throw new IllegalStateException("origin " + at + ": expected to have advanced to it");
    }
    double[] quantiles = ends.clone();
    Quantiles.rearrange(quantiles);
    return quantiles;
  }

  private void learn(int index, double actual) {
    double[] ends = told[index];
    for (int level = 0; level < ends.length; level++) {
      if (level != Quantiles.MEDIAN) {
        boolean missed = level < Quantiles.MEDIAN ? actual < ends[level] : actual > ends[level];
        double nominal = nominal(level);
        double gamma = stepSize * 4 * nominal * (1 - nominal);
        tails[level] += gamma * (nominal - (missed ? 1 : 0));
      }
    }
    double[] base = base(index);
    double unit = volatility.unit(index, step);
    for (int i = 0; i < windows.length; i++) {
      double score = ConformalQuantiles.score(actual, base, i, scale) / unit;
      // A price's forecast that is not positive has no error to learn a width from.
      if (Double.isFinite(score)) {
        windows[i].add(score);
      }
    }
  }

  /** What intervals are put about: own quantiles, or the forecast at every level. */
  private double[] base(int index) {
    if (own) {
      return track.quantiles(index, step);
    }
    double[] base = new double[Quantiles.COUNT];
    Arrays.fill(base, track.mean(index, step));
    return base;
  }

  private SlidingWindow window(int lower) {
    return windows[own ? lower : 0];
  }

  private int fewest() {
    return Arrays.stream(windows).mapToInt(SlidingWindow::size).min().orElseThrow();
  }
}
