package io.gatecast.forecasting.evaluation.interval;

import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Adaptive conformal inference by its definition: all is computed anew at each origin. */
final class NaiveAdaptive {
  private static final double NEVER = Double.NaN;

  private final Track track;
  private final ErrorScale scale;
  private final int step;
  private final boolean own;
  private final int window;
  private final double stepSize;

  NaiveAdaptive(Track track, ErrorScale scale, int step, boolean own, int window, double stepSize) {
    this.track = track;
    this.scale = scale;
    this.step = step;
    this.own = own;
    this.window = window;
    this.stepSize = stepSize;
  }

  /** A forecast's truth: where it was known first, and as what. */
  private record Truth(int index, int at, double actual) {}

  /** All truths of a step that were known at an origin, as they came in. */
  private List<Truth> truths(int h, int upTo) {
    List<Truth> truths = new ArrayList<>();
    for (int i = 0; i < upTo; i++) {
      double actual = NEVER;
      for (int at = i + 1; at <= upTo && Double.isNaN(actual); at++) {
        if (track.arrived(i, h, at)) {
          actual = track.actual(i, h, at);
          if (!Double.isNaN(actual)) {
            truths.add(new Truth(i, at, actual));
          }
        }
      }
    }
    truths.sort(Comparator.comparingInt(Truth::at).thenComparingInt(Truth::index));
    return truths;
  }

  private double mean(int halfLife, int at) {
    double sum = 0;
    double weights = 0;
    List<Truth> truths = truths(0, at);
    for (int j = 0; j < truths.size(); j++) {
      double weight = Math.pow(0.5, (double) (truths.size() - 1 - j) / halfLife);
      Truth truth = truths.get(j);
      sum += weight * Math.abs(scale.residual(truth.actual(), track.mean(truth.index(), 0)));
      weights += weight;
    }
    return sum / weights;
  }

  private double unit(int origin) {
    int at = origin;
    while (truths(0, at).size() < 10) {
      at++;
    }
    double share = 0.8 * Math.pow(step + 1, -0.2);
    return share * mean(8, at) + (1 - share) * mean(500, at);
  }

  private double[] base(int index) {
    double[] base = new double[Quantiles.COUNT];
    Arrays.fill(base, track.mean(index, step));
    return own ? track.quantiles(index, step) : base;
  }

  /** {@code [forecast that wants them][level]}. */
  double[][] quantiles() {
    double[] units = new double[track.size()];
    Arrays.setAll(units, this::unit);
    double[][] told = new double[track.size()][0];
    double[][] made = new double[track.size() - track.calibration()][];
    for (int at = 0; at < track.size(); at++) {
      List<Truth> truths = truths(step, at);
      if (truths.size() < 19) {
        continue;
      }
      told[at] = ends(at, truths, told, units);
      if (at >= track.calibration()) {
        made[at - track.calibration()] = Arrays.stream(told[at]).sorted().toArray();
      }
    }
    return made;
  }

  private double[] ends(int at, List<Truth> truths, double[][] told, double[] units) {
    double[] ends = base(at).clone();
    for (int level = 0; level < Quantiles.COUNT; level++) {
      boolean lower = level < Quantiles.MEDIAN;
      int pair = Math.min(level, Quantiles.COUNT - 1 - level);
      if (level != Quantiles.MEDIAN) {
        double nominal = Quantiles.level(pair);
        double tail = nominal;
        List<Double> scores = new ArrayList<>();
        for (Truth truth : truths) {
          double[] then = told[truth.index()];
          if (then.length > 0) {
            boolean missed = lower ? truth.actual() < then[level] : truth.actual() > then[level];
            tail += stepSize * 4 * nominal * (1 - nominal) * (nominal - (missed ? 1 : 0));
          }
          double[] base = base(truth.index());
          scores.add(
              Math.max(
                      -scale.residual(truth.actual(), base[pair]),
                      scale.residual(truth.actual(), base[Quantiles.COUNT - 1 - pair]))
                  / units[truth.index()]);
        }
        List<Double> latest = scores.subList(Math.max(0, scores.size() - window), scores.size());
        double width = units[at] * SlidingWindowTest.naive(latest, 1 - 2 * tail);
        ends[level] = scale.shifted(ends[level], lower ? -width : width);
      }
    }
    for (int level = Quantiles.MEDIAN + 1; level < Quantiles.COUNT; level++) {
      int pair = Quantiles.COUNT - 1 - level;
      double middle = (ends[level] + ends[pair]) / 2;
      ends[level] = Math.max(ends[level], middle);
      ends[pair] = Math.min(ends[pair], middle);
    }
    return ends;
  }
}
