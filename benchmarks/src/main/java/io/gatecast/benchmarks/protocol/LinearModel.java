package io.gatecast.benchmarks.protocol;

import io.gatecast.forecasting.model.linear.LinearForm;
import java.util.List;
import java.util.Map;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * The linear models of Zeng, Chen, Zhang and Xu, "Are Transformers Effective for Time Series
 * Forecasting?" (AAAI 2023), shared by all channels, with the authors' gradient descent replaced by
 * ridge regression in closed form: {@code W, b} that minimise, over all windows, channels and
 * steps,
 *
 * <pre>
 * mean (y − W x − b)² + λ s tr(W Q W'),   solved as  (C + λ s Q) W' = c
 * </pre>
 *
 * with C the covariance of the look-back, c that with the target, s the mean of C's diagonal. λ is
 * the one of {@link #PENALTIES} with the least error on the validation windows.
 *
 * <ul>
 *   <li>nlinear: x and y less the look-back's last value, Q = I.
 *   <li>dlinear: of a moving average M x over {@value LinearForm#KERNEL} steps, its ends repeated,
 *       and the remainder, each with weights of its own. Their sum is a map of x; what it costs to
 *       make W of both is {@code Q = (M'M + (I − M)'(I − M))⁻¹}.
 * </ul>
 */
final class LinearModel implements ProtocolModel {
  /** Largest first. */
  static final List<Double> PENALTIES =
      List.of(1e3, 1e2, 1e1, 1.0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6);

  /** What is regressed on what. */
  enum Form {
    NLINEAR("nlinear"),
    DLINEAR("dlinear");

    private final String label;

    Form(String label) {
      this.label = label;
    }

    WindowMoments moments(ProtocolWindows windows) {
      WindowMoments raw = WindowMoments.of(windows);
      return this == NLINEAR ? raw.less(windows.lookback() - 1) : raw;
    }

    /** Q, {@code [lookback][lookback]}, symmetric. */
    double[][] penalty(int lookback) {
      double[][] costs = new double[lookback][lookback];
      for (int i = 0; i < lookback; i++) {
        costs[i][i] = 1;
      }
      return this == NLINEAR ? costs : symmetric(inverse(parts(lookback)));
    }

    private static RealMatrix parts(int lookback) {
      double[][] average = new double[lookback][lookback];
      double[][] rest = new double[lookback][lookback];
      int half = LinearForm.KERNEL / 2;
      for (int t = 0; t < lookback; t++) {
        for (int k = t - half; k <= t + half; k++) {
          average[t][Math.max(0, Math.min(lookback - 1, k))] += 1.0 / LinearForm.KERNEL;
        }
        for (int i = 0; i < lookback; i++) {
          rest[t][i] = (t == i ? 1 : 0) - average[t][i];
        }
      }
      RealMatrix m = new Array2DRowRealMatrix(average, false);
      RealMatrix r = new Array2DRowRealMatrix(rest, false);
      return m.transposeMultiply(m).add(r.transposeMultiply(r));
    }

    private static RealMatrix inverse(RealMatrix matrix) {
      return new CholeskyDecomposition(new Array2DRowRealMatrix(symmetric(matrix), false), 0, 0)
          .getSolver()
          .getInverse();
    }

    /** Without what rounding made of symmetry. */
    private static double[][] symmetric(RealMatrix matrix) {
      double[][] values = matrix.getData();
      for (int i = 0; i < values.length; i++) {
        for (int j = 0; j < i; j++) {
          values[i][j] = (values[i][j] + values[j][i]) / 2;
          values[j][i] = values[i][j];
        }
      }
      return values;
    }
  }

  private final Form form;

  LinearModel(Form form) {
    this.form = form;
  }

  @Override
  public String name() {
    return form.label;
  }

  @Override
  public String settings(ProtocolCell cell) {
    return "least squares, ridge chosen on validation";
  }

  @Override
  public boolean seeded() {
    return false;
  }

  /** A regression of every step of the target, and what it came to on the validation part. */
  static final class Regression {
    private final double penalty;
    private final double[][] weights;
    private final double[] intercepts;
    private final double error;

    private Regression(double penalty, double[][] weights, double[] intercepts, double error) {
      this.penalty = penalty;
      this.weights = weights;
      this.intercepts = intercepts;
      this.error = error;
    }

    /** The penalty that was chosen. */
    double penalty() {
      return penalty;
    }

    /** {@code [step][time]}, of what the form regresses on. */
    double[][] weights() {
      return weights;
    }

    /** {@code [step]}. */
    double[] intercepts() {
      return intercepts;
    }

    /** Mean squared error on the validation part. */
    double error() {
      return error;
    }
  }

  @Override
  public ProtocolForecaster fit(
      ProtocolCell cell, ProtocolData data, long seed, ProgressListener progress) {
    Regression best = regress(cell, data, progress);
    LinearMap map = new LinearMap(onValues(best.weights()), best.intercepts(), data.channels());
    return new ProtocolForecaster() {
      @Override
      public float[] forecast(float[] inputs, int windows) {
        return map.forecast(inputs, windows);
      }

      @Override
      public Map<String, Object> facts() {
        return Map.of("penalty", best.penalty());
      }
    };
  }

  /** The regression with the least error on the validation part. */
  Regression regress(ProtocolCell cell, ProtocolData data, ProgressListener progress) {
    int lookback = cell.lookback();
    int horizon = cell.horizon();
    WindowMoments train = form.moments(data.windows(ProtocolPart.TRAIN, lookback, horizon));
    WindowMoments validation =
        form.moments(data.windows(ProtocolPart.VALIDATION, lookback, horizon));
    Ridge ridge = new Ridge(train, form.penalty(lookback), lookback, horizon);
    Regression best = ridge.solve(PENALTIES.get(0), validation);
    for (int i = 1; i < PENALTIES.size(); i++) {
      Regression other = ridge.solve(PENALTIES.get(i), validation);
      if (other.error() < best.error()) {
        best = other;
      }
      progress.progress((i + 1.0) / PENALTIES.size(), "penalty " + PENALTIES.get(i));
    }
    return best;
  }

  /** From weights of what is regressed on to weights of the look-back as it is. */
  private double[][] onValues(double[][] weights) {
    if (form == Form.DLINEAR) {
      return weights;
    }
    double[][] all = new double[weights.length][];
    for (int h = 0; h < all.length; h++) {
      all[h] = weights[h].clone();
      int last = all[h].length - 1;
      all[h][last] = 1; // its own column is nothing but zeros
      for (int t = 0; t < last; t++) {
        all[h][last] -= all[h][t];
      }
    }
    return all;
  }

  /** The normal equations for one penalty after another. */
  private static final class Ridge {
    private final WindowMoments train;
    private final double[][] costs;
    private final int lookback;
    private final int horizon;
    private final double scale;
    private final RealMatrix right;

    Ridge(WindowMoments train, double[][] costs, int lookback, int horizon) {
      this.train = train;
      this.costs = costs;
      this.lookback = lookback;
      this.horizon = horizon;
      double trace = 0;
      double[][] covariances = new double[lookback][horizon];
      for (int i = 0; i < lookback; i++) {
        trace += train.covariance(i, i);
        for (int h = 0; h < horizon; h++) {
          covariances[i][h] = train.covariance(i, lookback + h);
        }
      }
      this.scale = trace / lookback;
      this.right = new Array2DRowRealMatrix(covariances, false);
    }

    Regression solve(double penalty, WindowMoments validation) {
      double[][] left = new double[lookback][lookback];
      for (int i = 0; i < lookback; i++) {
        for (int j = 0; j < lookback; j++) {
          left[i][j] = train.covariance(i, j) + penalty * scale * costs[i][j];
        }
      }
      double[][] weights =
          new CholeskyDecomposition(new Array2DRowRealMatrix(left, false), 0, 0)
              .getSolver()
              .solve(right)
              .transpose()
              .getData();
      double[] intercepts = new double[horizon];
      double error = 0;
      for (int h = 0; h < horizon; h++) {
        intercepts[h] = train.mean(lookback + h);
        for (int i = 0; i < lookback; i++) {
          intercepts[h] -= weights[h][i] * train.mean(i);
        }
        error += error(weights[h], intercepts[h], lookback + h, validation) / horizon;
      }
      return new Regression(penalty, weights, intercepts, error);
    }

    /** {@code E (y − w'x − b)²} from moments. */
    private double error(double[] w, double b, int output, WindowMoments moments) {
      double sum = moments.product(output, output) + b * b - 2 * b * moments.mean(output);
      for (int i = 0; i < lookback; i++) {
        double above = 0;
        for (int j = i + 1; j < lookback; j++) {
          above += moments.product(i, j) * w[j];
        }
        sum +=
            w[i]
                * (w[i] * moments.product(i, i)
                    + 2 * (above + b * moments.mean(i) - moments.product(i, output)));
      }
      return sum;
    }
  }
}
