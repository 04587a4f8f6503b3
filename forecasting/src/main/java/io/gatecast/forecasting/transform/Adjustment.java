package io.gatecast.forecasting.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Closes adjusted as of a session: earlier ones are multiplied by the factors of the dividends and
 * splits up to that session, never by those of a later one. A vendor's adjusted close is adjusted
 * as of the day of its download, so that every past value knows all later dividends; this does not.
 */
public final class Adjustment {
  /**
   * Relative change of a vendor's factor (adjusted / raw) that is an event. Prices rounded to six
   * digits stay below 1e-6; a dividend of a cent on 100 is 1e-4.
   */
  public static final double EVENT = 1e-5;

  private static final double ROUND_RATIO = 1e-4;
  private static final double LEAST_SPLIT = 1.25;
  private static final int LARGEST_DENOMINATOR = 4;

  private final double[] close;
  private final double[] cumulative; // [step] product of the factors of all events up to the step

  /**
   * Joins closes and events.
   *
   * @param close raw closes, not a number where absent
   * @param actions events, in any order; one before the first close changes nothing
   * @throws IllegalArgumentException if an event lies beyond the closes
   * @throws TransformFault if a dividend is as large as the close before it
   */
  public Adjustment(double[] close, List<CorporateAction> actions) {
    this.close = close.clone();
    double[] factors = new double[close.length];
    Arrays.fill(factors, 1);
    for (CorporateAction action : actions) {
      if (action.step() >= close.length) {
        throw new IllegalArgumentException(
            "expected events within " + close.length + " steps, found one at " + action.step());
      }
      double before = lastBefore(close, action.step());
      if (Double.isNaN(before)) {
        continue;
      }
      double factor = action.factor(before);
      if (!(factor > 0)) {
        throw new TransformFault(
            TransformFault.Kind.INCONSISTENT,
            "adjustment",
            "a dividend smaller than the close before, " + before,
            String.valueOf(action.dividend()),
            action.step(),
            "look for a wrong unit (pence for pounds), or correct the dividend");
      }
      factors[action.step()] *= factor;
    }
    this.cumulative = new double[close.length];
    double product = 1;
    for (int t = 0; t < close.length; t++) {
      product *= factors[t];
      cumulative[t] = product;
    }
  }

  private static double lastBefore(double[] close, int step) {
    for (int t = step - 1; t >= 0; t--) {
      if (!Double.isNaN(close[t])) {
        return close[t];
      }
    }
    return Double.NaN;
  }

  /**
   * Adjusted closes as somebody at a session would have seen them. The session's own is its raw
   * close.
   *
   * @param step index of the session
   * @return closes up to and including it
   */
  public double[] asOf(int step) {
    return asOf(step, step + 1);
  }

  /**
   * The last of them: what a look-back window needs.
   *
   * @param step index of the session
   * @param count how many, at most {@code step + 1}
   * @return {@code count} closes, the session's own last
   */
  public double[] asOf(int step, int count) {
    if (step < 0 || step >= close.length || count < 0 || count > step + 1) {
      throw new IllegalArgumentException(
          "expected a session among "
              + close.length
              + " and closes up to it, found session "
              + step
              + " and "
              + count
              + " closes");
    }
    double[] adjusted = new double[count];
    for (int i = 0; i < count; i++) {
      int t = step + 1 - count + i;
      adjusted[i] = close[t] * (cumulative[step] / cumulative[t]);
    }
    return adjusted;
  }

  /**
   * Events as a vendor lists them in columns beside its closes. Where its close is adjusted for
   * splits already, as Yahoo's is, give no splits.
   *
   * @param dividends for each step, 0 or not a number for none
   * @param splits for each step, 0, 1 or not a number for none
   */
  public static List<CorporateAction> listed(double[] dividends, double[] splits) {
    Derivation.steps(List.of("dividends", "splits"), new double[][] {dividends, splits});
    List<CorporateAction> actions = new ArrayList<>();
    for (int t = 0; t < dividends.length; t++) {
      double dividend = Double.isNaN(dividends[t]) ? 0 : dividends[t];
      double split = Double.isNaN(splits[t]) || splits[t] == 0 ? 1 : splits[t];
      if (dividend != 0 || split != 1) {
        actions.add(new CorporateAction(t, dividend, split));
      }
    }
    return List.copyOf(actions);
  }

  /**
   * Events hidden in a vendor's adjusted closes: where adjusted / raw changes between consecutive
   * sessions. A change that makes earlier closes larger is a reverse split; one by a ratio such as
   * 2, 3 or 3/2 (denominator up to 4, from 5/4) is a split; any other is a dividend. A dividend
   * that looks like a split adjusts all the same.
   *
   * @param close raw closes, not a number where absent
   * @param adjusted adjusted closes, not a number where absent
   */
  public static List<CorporateAction> derived(double[] close, double[] adjusted) {
    Derivation.steps(List.of("close", "adjusted close"), new double[][] {close, adjusted});
    List<CorporateAction> actions = new ArrayList<>();
    double before = Double.NaN;
    double factorBefore = Double.NaN;
    for (int t = 0; t < close.length; t++) {
      if (Double.isNaN(close[t]) || Double.isNaN(adjusted[t])) {
        continue;
      }
      requirePositive(close[t], t);
      requirePositive(adjusted[t], t);
      double factor = adjusted[t] / close[t];
      double ratio = factorBefore / factor;
      if (Math.abs(ratio - 1) > EVENT) { // never on the first session, whose ratio is no number
        double split = splitRatio(1 / ratio);
        actions.add(
            split == 1
                ? new CorporateAction(t, before * (1 - ratio), 1)
                : new CorporateAction(t, 0, split));
      }
      before = close[t];
      factorBefore = factor;
    }
    return List.copyOf(actions);
  }

  private static void requirePositive(double price, int step) {
    if (price <= 0) {
      throw new TransformFault(
          TransformFault.Kind.NOT_POSITIVE,
          "adjustment",
          "positive closes",
          String.valueOf(price),
          step,
          "a factor needs them: list the dividends and splits instead");
    }
  }

  /** The split that a ratio is, or 1 if it is a dividend. */
  private static double splitRatio(double shares) {
    if (shares < 1) {
      double inverse = Math.rint(1 / shares);
      return inverse > 1 && Math.abs(inverse * shares - 1) < ROUND_RATIO ? 1 / inverse : shares;
    }
    for (int denominator = 1; denominator <= LARGEST_DENOMINATOR; denominator++) {
      double ratio = Math.rint(shares * denominator) / denominator;
      if (ratio >= LEAST_SPLIT && Math.abs(shares / ratio - 1) < ROUND_RATIO) {
        return ratio;
      }
    }
    return 1;
  }
}
