package io.gatecast.forecasting.model.smoothing;

import java.util.Arrays;
import org.hipparchus.analysis.MultivariateFunction;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Fits exponential smoothing by maximum likelihood and chooses a form by AICc (Hyndman et al. 2002;
 * see {@link EtsForm}).
 *
 * <p>Initial states are estimated with the smoothing parameters, at their best for each of those
 * (see {@link EtsLikelihood}); so the search has one to four dimensions, within the customary
 * bounds, by Nelder and Mead's method from the best point of a small grid.
 *
 * <p>It is deterministic and keeps nothing.
 */
public final class Ets {
  /** Values that a model is fitted to at most: the latest. */
  public static final int MAX_OBSERVATIONS = 1000;

  private static final int SCORING = 2;
  private static final int SCORING_AT_LAST = 30;
  private static final int EVALUATIONS_PER_DIMENSION = 240;
  private static final double TOLERANCE = 1e-6;
  private static final double[] SIDES = {0.25, 0.08};
  private static final double[][] GRID = {
    // Places of alpha, beta, gamma and phi between their bounds.
    {0.05, 0.2, 0.5, 0.8, 0.98}, {0.02, 0.25}, {0.02, 0.3, 0.9}, {0.5, 0.95}
  };

  private Ets() {}

  /**
   * Chooses among forms: that of the least AICc, the simpler one of equals.
   *
   * <p>Seasonal forms need a season of 2 to {@link EtsForm#MAX_SEASON} steps and two whole seasons
   * of values; longer seasons are left out, as in R's {@code forecast::ets}. A series of fewer than
   * five values, or of one and the same value, gets the model that repeats the last value.
   *
   * @param values {@code [step]}, not a number where absent
   * @param season steps of a season; 1 for none
   * @param multiplicative whether errors and seasons may multiply where all values are positive
   */
  public static EtsFit choose(double[] values, int season, boolean multiplicative) {
    double[] present = Arrays.stream(latest(values)).filter(v -> !Double.isNaN(v)).toArray();
    boolean positive = Arrays.stream(present).allMatch(value -> value > 0);
    EtsFit best = EtsFit.lastValue(present.length);
    if (present.length == 0 || Arrays.stream(present).allMatch(value -> value == present[0])) {
      return best;
    }
    double least = Double.POSITIVE_INFINITY;
    for (EtsForm form : EtsForm.candidates(season, multiplicative && positive)) {
      int needed = Math.max(form.smoothing() + form.initial() + 3, 2 * form.season());
      if (present.length >= needed) {
        EtsFit fit = fit(values, form);
        if (fit.aicc() < least) {
          best = fit;
          least = fit.aicc();
        }
      }
    }
    return best;
  }

  /**
   * Fits one form.
   *
   * @param values {@code [step]}, not a number where absent; at least one is there
   * @param form of the model
   * @throws IllegalArgumentException if no value is there, or of those read one is infinite, or not
   *     positive where the form multiplies
   */
  public static EtsFit fit(double[] values, EtsForm form) {
    double[] fitted = latest(values);
    check(fitted, values.length - fitted.length, form);
    EtsLikelihood likelihood = new EtsLikelihood(form, fitted);
    EtsParameters parameters = search(form, likelihood);
    EtsLikelihood.Value value = likelihood.concentrated(parameters, SCORING_AT_LAST);
    return new EtsFit(
        form,
        parameters,
        value.start(),
        values.length - fitted.length,
        likelihood.observations(),
        -value.deviance() / 2);
  }

  private static void check(double[] fitted, int first, EtsForm form) {
    if (fitted.length == 0) {
      throw new IllegalArgumentException("values: expected at least one, found none");
    }
    boolean multiplies =
        form.errors() == EtsForm.Errors.MULTIPLICATIVE
            || form.seasonal() == EtsForm.Seasonal.MULTIPLICATIVE;
    for (int t = 0; t < fitted.length; t++) {
      if (Double.isInfinite(fitted[t]) || (multiplies && fitted[t] <= 0)) {
        throw new IllegalArgumentException(
            "values: expected "
                + (multiplies ? "positive" : "finite")
                + " numbers for "
                + form.label()
                + ", found "
                + fitted[t]
                + " at step "
                + (first + t));
      }
    }
  }

  /** From the first of the latest values on; absent steps between them stay. */
  private static double[] latest(double[] values) {
    int first = values.length;
    int count = 0;
    for (int t = values.length - 1; t >= 0 && count < MAX_OBSERVATIONS; t--) {
      if (!Double.isNaN(values[t])) {
        first = t;
        count++;
      }
    }
    return Arrays.copyOfRange(values, first, values.length);
  }

  private static EtsParameters search(EtsForm form, EtsLikelihood likelihood) {
    // Angles have no bounds; the squares of their sines are places between 0 and 1.
    MultivariateFunction deviance =
        angles ->
            likelihood
                .concentrated(EtsParameters.inBounds(form, places(angles)), SCORING)
                .deviance();
    Best best = new Best(deviance);
    double[] start = bestOfGrid(form, best);
    if (!Double.isFinite(best.value(start))) {
      return EtsParameters.inBounds(form, places(start)); // the form does not allow these values
    }
    for (double side : SIDES) {
      SimplexOptimizer optimizer =
          new SimplexOptimizer(
              (iteration, before, now) ->
                  Math.abs(before.getValue() - now.getValue()) <= TOLERANCE);
      try {
        optimizer.optimize(
            new MaxEval(EVALUATIONS_PER_DIMENSION * start.length),
            new ObjectiveFunction(best),
            GoalType.MINIMIZE,
            new InitialGuess(best.point),
            new NelderMeadSimplex(start.length, side));
      } catch (MathIllegalStateException e) {
        // Evaluations are used up: the best of them counts.
      }
    }
    return EtsParameters.inBounds(form, places(best.point));
  }

  /** Remembers where a function was least. */
  private static final class Best implements MultivariateFunction {
    private final MultivariateFunction function;
    private double[] point = new double[0];
    private double least = Double.POSITIVE_INFINITY;

    Best(MultivariateFunction function) {
      this.function = function;
    }

    @Override
    public double value(double[] at) {
      double value = function.value(at);
      if (value < least || point.length == 0) {
        least = value;
        point = at.clone();
      }
      return value;
    }
  }

  private static double[] places(double[] angles) {
    double[] places = new double[angles.length];
    for (int i = 0; i < places.length; i++) {
      double sine = Math.sin(angles[i]);
      places[i] = sine * sine;
    }
    return places;
  }

  private static double[] bestOfGrid(EtsForm form, MultivariateFunction deviance) {
    double[][] axes = new double[form.smoothing()][];
    int at = 0;
    axes[at++] = GRID[0];
    if (form.trend() != EtsForm.Trend.NONE) {
      axes[at++] = GRID[1];
    }
    if (form.seasonal() != EtsForm.Seasonal.NONE) {
      axes[at++] = GRID[2];
    }
    if (form.trend() == EtsForm.Trend.DAMPED) {
      axes[at] = GRID[3];
    }
    int points = Arrays.stream(axes).mapToInt(axis -> axis.length).reduce(1, (a, b) -> a * b);
    double[] best = new double[axes.length];
    double least = Double.POSITIVE_INFINITY;
    for (int point = 0; point < points; point++) {
      double[] angles = new double[axes.length];
      int rest = point;
      for (int i = 0; i < axes.length; i++) {
        angles[i] = Math.asin(Math.sqrt(axes[i][rest % axes[i].length]));
        rest /= axes[i].length;
      }
      double value = deviance.value(angles);
      if (point == 0 || value < least) {
        best = angles;
        least = value;
      }
    }
    return best;
  }
}
