package io.gatecast.forecasting.model.volatility;

import java.util.Arrays;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * The heterogeneous autoregression of log realised variance y (F. Corsi, A simple approximate
 * long-memory model of realized volatility, Journal of Financial Econometrics 7, 2009; in logs as
 * in T. Andersen, T. Bollerslev and F. Diebold, Roughing it up, Review of Economics and Statistics
 * 89, 2007), regressed directly for each step ahead h:
 *
 * <pre>
 * y_{t+h} = c_h + d_h y_t + w_h mean(y_{t-4} .. y_t) + m_h mean(y_{t-21} .. y_t) + error
 * </pre>
 *
 * <p>by least squares (QR). The means leave absent values out; where y_t itself is absent, the last
 * one that is there stands for it in a forecast, and the regression leaves the step out. Immutable;
 * it knows no time and no columns.
 */
public final class Har {
  /** Steps of the week's mean. */
  public static final int WEEK = 5;

  /** Steps of the month's mean, and so of what a forecast reads. */
  public static final int MONTH = 22;

  /** Coefficients for each step of the horizon. */
  public static final int COEFFICIENTS = 4;

  /** Rows of a regression at least: a handful for each coefficient. */
  public static final int FEWEST_ROWS = 30;

  /** A column that follows from the others to so many digits tells nothing of its own. */
  private static final double COLLINEAR = 1e-10;

  private final double[][] coefficients;

  private Har(double[][] coefficients) {
    this.coefficients = coefficients;
  }

  /**
   * Fits by least squares.
   *
   * @param values {@code [step]} log variances, not a number where absent
   * @param horizon steps ahead
   * @return the regressions
   * @throws IllegalArgumentException if a step ahead has fewer than {@link #FEWEST_ROWS} rows, or
   *     the values do not vary enough to tell the coefficients apart
   */
  public static Har fit(double[] values, int horizon) {
    double[][] regressors = new double[values.length][];
    for (int t = 0; t < values.length; t++) {
      regressors[t] = regressors(values, t + 1);
    }
    double[][] coefficients = new double[horizon][];
    for (int h = 1; h <= horizon; h++) {
      coefficients[h - 1] = regressed(values, regressors, h);
    }
    return new Har(coefficients);
  }

  private static double[] regressed(double[] values, double[][] regressors, int h) {
    int[] rows = new int[values.length];
    int count = 0;
    for (int t = MONTH - 1; t + h < values.length; t++) {
      if (!Double.isNaN(values[t]) && !Double.isNaN(values[t + h])) {
        rows[count++] = t;
      }
    }
    if (count < FEWEST_ROWS) {
      throw new IllegalArgumentException(
          "expected "
              + FEWEST_ROWS
              + " values with "
              + MONTH
              + " steps before and a value "
              + h
              + " steps after them, found "
              + count);
    }
    RealMatrix x = MatrixUtils.createRealMatrix(count, COEFFICIENTS);
    double[] y = new double[count];
    for (int row = 0; row < count; row++) {
      x.setRow(row, regressors[rows[row]]);
      y[row] = values[rows[row] + h];
    }
    DecompositionSolver solver =
        new QRDecomposition(x, COLLINEAR * x.getFrobeniusNorm()).getSolver();
    if (!solver.isNonSingular()) {
      throw new IllegalArgumentException(
          "expected values that vary from step to step, found ones whose daily, weekly and monthly"
              + " means follow from one another");
    }
    return solver.solve(MatrixUtils.createRealVector(y)).toArray();
  }

  /** 1 and the three means of the values before a step; not a number where there is none. */
  private static double[] regressors(double[] values, int end) {
    double last = Double.NaN;
    for (int step = end - 1; step >= 0 && Double.isNaN(last); step--) {
      last = values[step];
    }
    return new double[] {1, last, mean(values, end, WEEK, last), mean(values, end, MONTH, last)};
  }

  private static double mean(double[] values, int end, int steps, double otherwise) {
    double sum = 0;
    int count = 0;
    for (int step = Math.max(0, end - steps); step < end; step++) {
      if (!Double.isNaN(values[step])) {
        sum += values[step];
        count++;
      }
    }
    return count == 0 ? otherwise : sum / count;
  }

  /** Steps ahead. */
  public int horizon() {
    return coefficients.length;
  }

  /**
   * The coefficients of one step ahead; a copy.
   *
   * @param h steps ahead, from 1
   * @return constant, day, week, month
   */
  public double[] coefficients(int h) {
    return coefficients[h - 1].clone();
  }

  /**
   * Forecasts.
   *
   * @param past {@code [step]} the last values up to the origin, which is the last; {@link #MONTH}
   *     are read, and where all of those are absent the last one before them
   * @return {@code [step of the horizon]}; not a number where no value is there at all
   */
  public double[] forecast(double[] past) {
    double[] row = regressors(past, past.length);
    return Arrays.stream(coefficients)
        .mapToDouble(beta -> beta[0] + beta[1] * row[1] + beta[2] * row[2] + beta[3] * row[3])
        .toArray();
  }
}
