package io.gatecast.forecasting.model.volatility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Estimates a {@link Garch} by Gaussian quasi maximum likelihood: consistent under other laws, too,
 * where mean and variance are right (T. Bollerslev and J. Wooldridge, Econometric Reviews 11,
 * 1992). The variance before the first step is the mean of squared residuals, as in the benchmark
 * of G. Fiorentini, G. Calzolari and L. Panattoni, Analytic derivatives and the computation of
 * GARCH estimates, Journal of Applied Econometrics 11 (1996).
 *
 * <p>Nelder and Mead's simplex climbs the likelihood of standardised returns in the free
 * coordinates (mean, ln omega, logit of alpha + beta, logit of alpha / (alpha + beta)), from the
 * two best of some starts whose omega gives the sample's variance ("variance targeting"), and
 * starts again where it ends until nothing is gained. The same returns give the same estimates.
 */
final class GarchFit {
  /** Returns at least: with fewer the likelihood hardly knows alpha from beta. */
  static final int FEWEST_RETURNS = 100;

  /** Keeps alpha + beta below 1 in floating point. */
  private static final double MOST_PERSISTENT = 1 - 1e-6;

  /** In units of the returns' variance. */
  private static final double LEAST_OMEGA = 1e-12;

  private static final double[][] STARTS = {
    {0.05, 0.90}, {0.10, 0.85}, {0.15, 0.75}, {0.03, 0.96}, {0.20, 0.50}, {0.05, 0.50}
  };
  private static final int CLIMBS = 2;
  private static final int MOST_RESTARTS = 20;
  private static final int MOST_EVALUATIONS = 20_000;
  private static final double TOLERANCE = 1e-15;
  private static final double GAIN = 1e-13;
  private static final double[] SIDES = {0.05, 0.3, 0.3, 0.3};

  /** So many variances, each within 1e±30, multiply without overflow. */
  private static final int LOG_EVERY = 8;

  private static final double LARGEST = 1e30;

  private final double[] standardised;
  private final double[] squared;

  private GarchFit(double[] standardised) {
    this.standardised = standardised;
    this.squared = new double[standardised.length];
  }

  /**
   * Estimates.
   *
   * @param returns {@code [step]}, not a number where absent
   * @throws IllegalArgumentException if fewer than {@link #FEWEST_RETURNS} are there, one is
   *     infinite, or they do not vary
   */
  static Garch of(double[] returns) {
    double[] there = Arrays.stream(returns).filter(value -> !Double.isNaN(value)).toArray();
    if (there.length < FEWEST_RETURNS) {
      throw new IllegalArgumentException(
          "expected at least " + FEWEST_RETURNS + " returns, found " + there.length);
    }
    double center = Arrays.stream(there).average().orElseThrow();
    double variance =
        Arrays.stream(there).map(value -> (value - center) * (value - center)).sum() / there.length;
    if (!(variance > 0 && Double.isFinite(variance))) {
      throw new IllegalArgumentException(
          "expected finite returns that vary, found a variance of " + variance);
    }
    double scale = Math.sqrt(variance);
    double[] standardised = Arrays.stream(returns).map(value -> (value - center) / scale).toArray();
    Garch best = new GarchFit(standardised).best();
    return new Garch(
        center + scale * best.mean(),
        variance * best.omega(),
        best.alpha(),
        best.beta(),
        variance * best.presample());
  }

  private Garch best() {
    List<double[]> starts = new ArrayList<>();
    for (double[] start : STARTS) {
      double persistence = start[0] + start[1];
      starts.add(
          new double[] {
            0,
            Math.log(1 - persistence),
            logit(persistence / MOST_PERSISTENT),
            logit(start[0] / persistence)
          });
    }
    starts.sort(Comparator.comparingDouble(this::loss));
    double[] best = starts.get(0);
    for (double[] start : starts.subList(0, CLIMBS)) {
      double[] end = climbed(start);
      best = loss(end) < loss(best) ? end : best;
    }
    return model(best);
  }

  /** A simplex can shrink before it is there: a new one around its end shows whether it had. */
  private double[] climbed(double[] start) {
    double[] point = start;
    double loss = loss(point);
    for (int restart = 0; restart < MOST_RESTARTS; restart++) {
      PointValuePair end;
      try {
        end =
            new SimplexOptimizer(TOLERANCE, TOLERANCE)
                .optimize(
                    new MaxEval(MOST_EVALUATIONS),
                    new ObjectiveFunction(this::loss),
                    GoalType.MINIMIZE,
                    new InitialGuess(point),
                    new NelderMeadSimplex(SIDES));
      } catch (MathIllegalStateException e) {
        return point; // evaluations are used up; where it stood is a valid model
      }
      if (!(end.getValue() < loss - GAIN)) {
        return end.getValue() < loss ? end.getPoint() : point;
      }
      point = end.getPoint();
      loss = end.getValue();
    }
    return point;
  }

  private Garch model(double[] point) {
    double persistence = MOST_PERSISTENT * logistic(point[2]);
    double alpha = persistence * logistic(point[3]);
    double sum = 0;
    int count = 0;
    for (double value : standardised) {
      if (!Double.isNaN(value)) {
        sum += (value - point[0]) * (value - point[0]);
        count++;
      }
    }
    return new Garch(point[0], omega(point), alpha, persistence - alpha, sum / count);
  }

  /** Half the mean of {@code ln h + e²/h}; logs of products, as logs cost the most. */
  private double loss(double[] point) {
    double omega = omega(point);
    double persistence = MOST_PERSISTENT * logistic(point[2]);
    double alpha = persistence * logistic(point[3]);
    double beta = persistence - alpha;
    double presample = 0;
    int count = 0;
    for (int t = 0; t < squared.length; t++) {
      double residual = standardised[t] - point[0];
      squared[t] = residual * residual;
      if (!Double.isNaN(residual)) {
        presample += squared[t];
        count++;
      }
    }
    double variance = omega + persistence * (presample / count);
    double quadratic = 0;
    double logs = 0;
    double product = 1;
    int factors = 0;
    for (double square : squared) {
      if (!(variance < LARGEST && variance > 1 / LARGEST)) {
        return Double.MAX_VALUE;
      }
      if (Double.isNaN(square)) {
        variance = omega + persistence * variance;
        continue;
      }
      quadratic += square / variance;
      product *= variance;
      if (++factors == LOG_EVERY) {
        logs += Math.log(product);
        product = 1;
        factors = 0;
      }
      variance = omega + alpha * square + beta * variance;
    }
    return (logs + Math.log(product) + quadratic) / (2 * count);
  }

  /** Where the likelihood is flat towards zero, a climb would end in the smallest number. */
  private static double omega(double[] point) {
    return Math.max(LEAST_OMEGA, Math.exp(point[1]));
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double logit(double p) {
    return Math.log(p / (1 - p));
  }
}
