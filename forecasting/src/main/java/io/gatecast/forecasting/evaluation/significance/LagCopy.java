package io.gatecast.forecasting.evaluation.significance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Does a forecast merely repeat the last value? Such a forecast follows the series closely in any
 * plot and says nothing of what comes. Judged on changes from the last value known at the origin:
 * predicted {@code p = (forecast − last) / (scale √step)}, actual {@code a = (actual − last) /
 * (scale √step)}; {@code √step}, as a random walk's changes grow so, lets each step of the horizon
 * count alike, and the scale each series. Products are averaged over all steps and series of one
 * time, then over times, each of which has the same weight ({@code ⟨·⟩} below).
 *
 * <p>The forecast is a copy if
 *
 * <ol>
 *   <li>its changes are negligible: {@code √⟨p²⟩ < 0.05 √⟨a²⟩}. A forecast of that size with the
 *       right slope would lower the mean squared error by a quarter of a percent; or
 *   <li>they carry nothing of the actual ones: {@code E[p·a] > 0} is not significant. Exactly if
 *       {@code E[p·a] > 0} does some step from the last value towards the forecast lower the mean
 *       squared error. It is Clark and West's (2006) test against the random walk, whose adjusted
 *       differential {@code (a−p)² − p² − a²} is {@code −2pa}; here with the variance and the
 *       distribution of {@link DieboldMariano}.
 * </ol>
 *
 * <p>No constant is taken off: on a series with a trend, the last value plus a drift of the right
 * sign foresees the changes' mean and is no copy. If its changes are, but for a constant at each
 * step, negligible as in 1, it is reported as {@link Finding#DRIFT}: what it foresees, a drift
 * would.
 *
 * <p>Keeps five sums for each distinct time and for each step, not the forecasts. For one thread.
 */
public final class LagCopy {
  /** Below this part of the actual changes, root mean square, predicted ones are negligible. */
  public static final double NEGLIGIBLE = 0.05;

  /** What was found. */
  public enum Finding {
    /** A copy: its changes are negligible. */
    REPEATS(true),
    /** A copy, or no better: its changes carry nothing of the actual ones. */
    UNINFORMATIVE(true),
    /** No copy, but no more than a drift: the last value and a constant. */
    DRIFT(false),
    /** No copy. */
    INFORMATIVE(false),
    /** Changes that are not negligible, and too few origins to tell more. */
    TOO_FEW(false);

    private final boolean copy;

    Finding(boolean copy) {
      this.copy = copy;
    }
  }

  /**
   * A verdict and its numbers.
   *
   * @param finding what was found
   * @param ratio {@code √(⟨p²⟩/⟨a²⟩)}: 0 for the last value itself, NaN without an observation
   * @param correlation of p and a about zero, {@code ⟨pa⟩/√(⟨p²⟩⟨a²⟩)}; NaN where one is always 0
   * @param slope of a on p through the origin (as Mincer and Zarnowitz, 1969), {@code ⟨pa⟩/⟨p²⟩}: 1
   *     where predicted changes are of the right size, less where too large; NaN where p is always
   *     0
   * @param pValue of the one-sided test for {@code E[p·a] > 0}; NaN for too few origins
   * @param origins distinct times
   * @param correlationByStep the correlation at each step ahead; NaN where there is none
   * @param text the verdict in one sentence
   */
  public record Verdict(
      Finding finding,
      double ratio,
      double correlation,
      double slope,
      double pValue,
      int origins,
      List<Double> correlationByStep,
      String text) {
    /** Checks itself. */
    public Verdict {
      correlationByStep = List.copyOf(correlationByStep);
      if (pValue < 0 || pValue > 1 || ratio < 0 || origins < 0) {
        throw new IllegalArgumentException(
            "expected a p-value in [0, 1], ratio and origins of at least 0, found "
                + List.of(pValue, ratio, origins));
      }
    }

    /** Whether the forecast is a copy of the last value, or carries no more than one. */
    public boolean copy() {
      return finding.copy;
    }
  }

  private final TimeSlots slots = new TimeSlots();
  private Products[] byTime = new Products[0];
  private Products[] byStep = new Products[0];

  /** Sums over the observations of one time, or of one step. */
  private static final class Products {
    private int count;
    private double pa;
    private double pp;
    private double aa;
    private double p;

    void add(double predicted, double actual) {
      count++;
      pa += predicted * actual;
      pp += predicted * predicted;
      aa += actual * actual;
      p += predicted;
    }

    double correlation() {
      return pa / Math.sqrt(pp * aa);
    }
  }

  /**
   * Adds one forecast of one series; in any order.
   *
   * @param last value known at the origin
   * @param forecast for the step
   * @param actual value at the step
   * @param scale of the series' changes, above 0, in the same unit; 1 for a single series
   * @param step ahead, from 1
   * @param time of the origin
   */
  public void add(double last, double forecast, double actual, double scale, int step, long time) {
    double predicted = (forecast - last) / scale / Math.sqrt(step);
    double change = (actual - last) / scale / Math.sqrt(step);
    if (step < 1 || !(scale > 0) || !Double.isFinite(predicted) || !Double.isFinite(change)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "time %d, step %d: expected finite values, scale > 0 and step ≥ 1, found last %s,"
                  + " forecast %s, actual %s, scale %s",
              time,
              step,
              last,
              forecast,
              actual,
              scale));
    }
    int slot = slots.slot(time);
    if (slot >= byTime.length) {
      byTime = grown(byTime, Math.max(16, 2 * slot));
    }
    if (step > byStep.length) {
      byStep = grown(byStep, step);
    }
    byTime[slot].add(predicted, change);
    byStep[step - 1].add(predicted, change);
  }

  private static Products[] grown(Products[] sums, int size) {
    Products[] larger = Arrays.copyOf(sums, size);
    for (int i = sums.length; i < size; i++) {
      larger[i] = new Products();
    }
    return larger;
  }

  /**
   * The verdict on all that was added.
   *
   * @param level of the test, in (0, 1), such as 0.05
   * @param stride steps from one kept origin to the next, at least 1
   */
  public Verdict verdict(double level, int stride) {
    DieboldMariano.requireLevel(level);
    int[] order = slots.inOrder();
    double[] adjusted = new double[order.length];
    Products mean = new Products();
    for (int i = 0; i < order.length; i++) {
      Products sums = byTime[order[i]];
      adjusted[i] = -2 * sums.pa / sums.count;
      mean.pa += sums.pa / sums.count / order.length;
      mean.pp += sums.pp / sums.count / order.length;
      mean.aa += sums.aa / sums.count / order.length;
    }
    List<Double> correlations = new ArrayList<>();
    double aboutMeans = 0;
    double aboutZero = 0;
    for (Products sums : byStep) {
      correlations.add(sums.correlation());
      aboutMeans += sums.count == 0 ? 0 : Math.max(0, sums.pp - sums.p * sums.p / sums.count);
      aboutZero += sums.pp;
    }
    int overlap = PanelLosses.overlap(Math.max(1, byStep.length), stride);
    double pValue = DieboldMariano.test(adjusted, overlap).pValue();
    double ratio = order.length == 0 ? Double.NaN : mean.pp == 0 ? 0 : Math.sqrt(mean.pp / mean.aa);
    double varying = ratio * Math.sqrt(aboutMeans / aboutZero);
    Finding finding = finding(ratio, pValue, level, varying);
    return new Verdict(
        finding,
        ratio,
        mean.correlation(),
        mean.pa / mean.pp,
        pValue,
        order.length,
        correlations,
        text(finding, ratio, mean.correlation(), pValue, level, order.length));
  }

  private static Finding finding(double ratio, double pValue, double level, double varying) {
    if (ratio < NEGLIGIBLE) {
      return Finding.REPEATS;
    }
    if (Double.isNaN(pValue)) {
      return Finding.TOO_FEW;
    }
    if (pValue >= level) {
      return Finding.UNINFORMATIVE;
    }
    return varying < NEGLIGIBLE ? Finding.DRIFT : Finding.INFORMATIVE;
  }

  private static String text(
      Finding finding, double ratio, double correlation, double pValue, double level, int origins) {
    String size = String.format(Locale.ROOT, "%.3g %% of the actual ones in size", 100 * ratio);
    String test =
        String.format(
            Locale.ROOT, "correlation %.2g, p = %.2g at level %.2g", correlation, pValue, level);
    return switch (finding) {
      case REPEATS -> "The forecast repeats the last value: its changes are " + size + ".";
      case UNINFORMATIVE ->
          "The forecast carries no more than the last value: its changes, "
              + size
              + ", do not foresee them ("
              + test
              + ").";
      case DRIFT ->
          "The forecast is the last value plus a drift, which foresees the trend (" + test + ").";
      case INFORMATIVE ->
          "The forecast is no copy of the last value: its changes foresee the actual ones ("
              + test
              + ").";
      case TOO_FEW ->
          "Too few origins (" + origins + ") to tell the forecast from a copy of the last value.";
    };
  }
}
