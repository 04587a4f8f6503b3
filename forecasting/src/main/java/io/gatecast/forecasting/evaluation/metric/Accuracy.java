package io.gatecast.forecasting.evaluation.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How good forecasts were, over the observations of one step ahead or of all. Immutable. In all
 * formulas y is the truth, f the point forecast, q_τ the quantile of level τ, and means are over
 * observations, of whichever series.
 *
 * <p><b>Not a number</b> is what does not apply (no quantiles, no variance, no observation) or is
 * unknown (no scale, no last value). One forecast or quantile that is not a number makes all
 * measures of the model so: they would else leave out what it could not do.
 *
 * <p><b>Zero.</b> An error of 0 over a scale of 0 counts 0; any other error over 0 is infinite. It
 * holds for MASE, RMSSE, sMAPE and WQL. So on a series whose train part never moved a perfect model
 * loses nothing, and one that errs says so loudly.
 *
 * @param count observations
 * @param mae mean absolute error {@code mean |f − y|}, in the target's unit
 * @param rmse root mean squared error {@code √ mean (f − y)²}, in the target's unit
 * @param mase mean absolute scaled error {@code mean |f − y| / s}, s the series' mean absolute
 *     one-step change in train; below 1 is better than one-step persistence did there. Hyndman and
 *     Koehler, Another look at measures of forecast accuracy, 2006
 * @param rmsse root mean squared scaled error {@code √ mean ((f − y) / s)²}, s the series' root
 *     mean squared one-step change in train; for one series that of the M5 competition (Makridakis,
 *     Spiliotis and Assimakopoulos, 2022), which averages it over series
 * @param smape symmetric mean absolute percentage error {@code mean 200 |f − y| / (|f| + |y|)},
 *     from 0 to 200 %; as in the M4 competition (Makridakis, Spiliotis and Assimakopoulos, 2020)
 * @param bias mean error {@code mean (f − y)}, in the target's unit; positive where forecasts are
 *     too high
 * @param r2 {@code 1 − Σ (f − y)² / Σ (y − mean y)²}, the skill over the mean of these very true
 *     values; not a number where they are all equal, as is a single one. Over series of different
 *     levels it is high without any skill within them
 * @param directionalAccuracy share of the moves whose direction, from the last value known at the
 *     origin, was forecast. A true value that equals the last one is no move and counts nowhere; a
 *     forecast that equals it names no direction and misses, so persistence has 0. As the product
 *     {@code (y − last)(f − last) > 0} of Pesaran and Timmermann, A simple nonparametric test of
 *     predictive performance, 1992
 * @param alwaysUp share of the same moves that went up: what "always up" would have hit
 * @param moves observations whose true value moved from the last one known at the origin
 * @param pinball mean pinball loss of each quantile level, {@code mean (y − q_τ)(τ − 1{y < q_τ})},
 *     in the target's unit. Koenker and Bassett, Regression quantiles, 1978
 * @param wql weighted quantile loss, {@code 2 Σ pinball_τ / Σ |y|}, mean over levels; without unit.
 *     The ρ-risk of Salinas et al., DeepAR, 2020
 * @param crps continuous ranked probability score {@code mean 2 ∫ pinball_τ dτ}, in the target's
 *     unit; of a point mass the absolute error. The integral is a weighted sum over the levels
 *     there are: trapezoids between them, the outer losses held on to 0 and 1. Gneiting and
 *     Raftery, Strictly proper scoring rules, prediction, and estimation, 2007; Laio and Tamea,
 *     2007
 * @param intervals the central intervals that pairs of levels α/2, 1 − α/2 bound, widest first
 * @param qlike {@code mean y/f − log(y/f) − 1} of variances, 0 for a perfect forecast and harsher
 *     to those too low. Patton, Volatility forecast comparison using imperfect volatility proxies,
 *     2011
 */
public record Accuracy(
    long count,
    double mae,
    double rmse,
    double mase,
    double rmsse,
    double smape,
    double bias,
    double r2,
    double directionalAccuracy,
    double alwaysUp,
    long moves,
    List<Double> pinball,
    double wql,
    double crps,
    List<IntervalAccuracy> intervals,
    double qlike) {
  /** Copies the lists. */
  public Accuracy {
    pinball = List.copyOf(pinball);
    intervals = List.copyOf(intervals);
  }

  /**
   * The central interval of a nominal level.
   *
   * @param nominal for example 0.8, between the quantiles of levels 0.1 and 0.9
   * @throws IllegalArgumentException if the levels bound no such interval
   */
  public IntervalAccuracy interval(double nominal) {
    return intervals.stream()
        .filter(any -> Math.abs(any.nominal() - nominal) <= QuantileGrid.TOLERANCE)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of the intervals "
                        + intervals.stream().map(IntervalAccuracy::nominal).toList()
                        + ", found "
                        + nominal
                        + "; add both of its quantile levels to the scorecard"));
  }

  /**
   * The skill of this model over a baseline on the same observations, {@code 1 − loss / loss of the
   * baseline}.
   *
   * @param loss a measure whose best value is 0, for example {@code Accuracy::mae}
   * @param baseline another model's accuracy
   * @return as {@link #skill(double, double)}
   * @throws IllegalArgumentException if the two have not as many observations
   */
  public double skill(ToDoubleFunction<Accuracy> loss, Accuracy baseline) {
    if (count != baseline.count) {
      throw new IllegalArgumentException(
          "expected a baseline scored on the same "
              + count
              + " observations, found "
              + baseline.count
              + "; score both models in the same windows");
    }
    return skill(loss.applyAsDouble(this), loss.applyAsDouble(baseline));
  }

  /**
   * The skill score of a loss whose best value is 0, {@code 1 − loss / baselineLoss}: 1 is perfect,
   * 0 as good as the baseline, negative worse. Murphy, Skill scores based on the mean square error
   * and their relationships to the correlation coefficient, 1988.
   *
   * @param loss of the model, at least 0
   * @param baselineLoss of the baseline, at least 0
   * @return at most 1; 0 where both are 0, negative infinity where only the baseline's is
   */
  public static double skill(double loss, double baselineLoss) {
    return loss == 0 && baselineLoss == 0 ? 0 : 1 - loss / baselineLoss;
  }
}
