package io.gatecast.forecasting.model.smoothing;

import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/**
 * How well a form explains a series, with smoothing parameters given and the initial states at
 * their best: what remains for a search is one to four dimensions without a unit.
 *
 * <pre>
 *   −2 log L* = n log Σ ε_t² + 2 Σ log |r_t|
 * </pre>
 *
 * with {@code ε_t = e_t}, {@code r_t = 1} for additive errors and {@code ε_t = e_t / ŷ_t}, {@code
 * r_t = ŷ_t} for multiplicative ones; sums are over the steps that are there (Hyndman et al. 2008,
 * equation 5.3). Like R's {@code forecast::ets} it leaves out what is the same for all forms of one
 * series, {@code n (1 + log(2π/n))}.
 *
 * <p>With additive errors and no multiplicative season the errors are linear in the initial states,
 * so least squares gives their best values in one step; otherwise some steps of Fisher scoring go
 * there from the first guess, as long as they raise the likelihood.
 *
 * <p>The variance of an error after a gap is taken for that of any other: an approximation.
 */
final class EtsLikelihood {
  private static final int HALVINGS = 4;
  private static final double RIDGE = 1e-12;
  private static final double LEAST_ERROR = 1e-10;

  private final EtsForm form;
  private final double[] values;
  private final EtsStart guess;
  private final double floor;
  private final int observations;

  /**
   * A value of the likelihood.
   *
   * @param start the initial states
   * @param deviance {@code −2 log L*}; infinite where the form does not allow these states
   */
  record Value(EtsStart start, double deviance) {}

  /**
   * Looks at a series.
   *
   * @param form of the model
   * @param values {@code [step]}, not a number where absent; the first is there
   */
  EtsLikelihood(EtsForm form, double[] values) {
    this.form = form;
    this.values = values;
    this.guess = EtsStart.guess(form, values);
    int count = 0;
    double mean = 0;
    double squares = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        count++;
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
      }
    }
    this.observations = count;
    // Rounding is no evidence: of two forms that both explain all, the simpler one shall be taken.
    this.floor =
        LEAST_ERROR
            * LEAST_ERROR
            * (form.errors() == EtsForm.Errors.ADDITIVE ? squares : (double) count);
  }

  /** Values that are there. */
  int observations() {
    return observations;
  }

  /**
   * The likelihood with the best initial states.
   *
   * @param parameters of the recursion
   * @param steps of scoring at most, where one is not enough
   */
  Value concentrated(EtsParameters parameters, int steps) {
    boolean exact = form.linear() && form.errors() == EtsForm.Errors.ADDITIVE;
    Value best = new Value(guess, deviance(parameters, guess));
    for (int step = 0; step < (exact ? 1 : steps); step++) {
      double[] change = scoring(parameters, best.start());
      double before = best.deviance();
      double share = 1;
      for (int halving = 0; halving < HALVINGS && best.deviance() == before; halving++) {
        EtsStart moved = best.start().moved(form, change, share);
        double deviance = deviance(parameters, moved);
        if (deviance < before) {
          best = new Value(moved, deviance);
        }
        share /= 2;
      }
      if (!(before - best.deviance() > LEAST_ERROR * Math.abs(before))) {
        break;
      }
    }
    return best;
  }

  /**
   * {@code −2 log L*} of a model that is given whole.
   *
   * @param parameters of the recursion
   * @param start its initial states
   */
  double deviance(EtsParameters parameters, EtsStart start) {
    EtsState state = new EtsState(form, parameters, start);
    boolean relative = form.errors() == EtsForm.Errors.MULTIPLICATIVE;
    double squares = 0;
    double logs = 0;
    for (double value : values) {
      double expected = state.step(value);
      if (Double.isNaN(value)) {
        continue;
      }
      double error = value - expected;
      if (relative) {
        if (!(expected > 0)) {
          return Double.POSITIVE_INFINITY;
        }
        error /= expected;
        logs += Math.log(expected);
      }
      squares += error * error;
    }
    double deviance = observations * Math.log(squares + floor) + 2 * logs;
    return Double.isNaN(deviance) ? Double.POSITIVE_INFINITY : deviance;
  }

  /**
   * The change of the free initial states towards their best values: least squares of the errors as
   * they are linear in them; where errors multiply, the score over the expected information, {@code
   * Σ (∂ŷ/ŷ) (ε + ε² − σ²) / ((1 + 2σ²) Σ (∂ŷ/ŷ)²)}.
   */
  private double[] scoring(EtsParameters parameters, EtsStart start) {
    int free = form.initial();
    double[][] products = new double[free][free];
    double[] sums = new double[free];
    double[] logs = new double[free];
    double squares = 0;
    EtsState state = new EtsState(form, parameters, start);
    EtsSlopes slopes = new EtsSlopes(form, parameters);
    boolean relative = form.errors() == EtsForm.Errors.MULTIPLICATIVE;
    for (double value : values) {
      double q = state.expectedLevel();
      double s = state.expectedSeason();
      double[] slope = slopes.expected(q, s);
      double expected = state.step(value);
      double error = value - expected;
      if (!Double.isNaN(error)) {
        double unit = relative ? 1 / expected : 1;
        double relativeError = error * unit;
        double pull = relative ? relativeError * (1 + relativeError) : error;
        squares += relativeError * relativeError;
        for (int i = 0; i < free; i++) {
          double weighted = unit * slope[i];
          sums[i] += weighted * pull;
          logs[i] += weighted;
          weighted *= unit;
          for (int j = 0; j <= i; j++) {
            products[i][j] += weighted * slope[j];
          }
        }
      }
      slopes.step(error, q, s);
    }
    double variance = squares / observations;
    for (int i = 0; relative && i < free; i++) {
      sums[i] = (sums[i] - variance * logs[i]) / (1 + 2 * variance);
    }
    return solved(products, sums);
  }

  private static double[] solved(double[][] products, double[] sums) {
    int free = sums.length;
    double greatest = 0;
    for (int i = 0; i < free; i++) {
      greatest = Math.max(greatest, products[i][i]);
      for (int j = 0; j < i; j++) {
        products[j][i] = products[i][j];
      }
    }
    if (!(greatest > 0) || Double.isInfinite(greatest)) {
      return new double[free];
    }
    // A season's step that no value tells of stays where it is.
    for (int i = 0; i < free; i++) {
      products[i][i] += RIDGE * greatest;
    }
    try {
      return new CholeskyDecomposition(new Array2DRowRealMatrix(products, false), 1e-9, 0)
          .getSolver()
          .solve(new ArrayRealVector(sums, false))
          .toArray();
    } catch (MathIllegalArgumentException notPositive) {
      return new double[free];
    }
  }
}
