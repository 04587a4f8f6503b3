package io.gatecast.forecasting.model.linear;

/**
 * What a linear regression reads of a look-back {@code x_1..x_L}. NLinear and DLinear are those of
 * Zeng, Chen, Zhang and Xu, "Are Transformers Effective for Time Series Forecasting?" (AAAI 2023),
 * with the authors' gradient descent replaced by the closed form.
 *
 * <p>As maps, all but NLinear span the same functions of the target's look-back: DLinear's trend
 * and remainder are linear in it. What makes them differ is the penalty, which draws each towards
 * another forecast and weighs what columns have in common in another way.
 */
public enum LinearForm {
  /**
   * {@code ŷ = W x + b} on every feature at every step, where these are few enough (see {@link
   * LinearAutoregression}), and otherwise as {@link #LINEAR_TARGET}.
   */
  LINEAR("linear"),

  /** {@code ŷ = W x + b} on the target's look-back alone. */
  LINEAR_TARGET("linear-target"),

  /**
   * {@code ŷ = W (x − x_L) + b + x_L}: the target's last value is taken off its look-back and added
   * to the forecast. A shift of the series shifts the forecast by as much.
   */
  NLINEAR("nlinear") {
    @Override
    void write(double[] lookback, double[] row) {
      double last = lookback[lookback.length - 1];
      for (int t = 0; t < lookback.length; t++) {
        row[t] = lookback[t] - last;
      }
    }
  },

  /**
   * {@code ŷ = W_m m + W_r (x − m) + b}, where m is the moving average of the target's look-back
   * over {@value #KERNEL} steps, its ends repeated. The unpenalised least-squares fit is that of
   * {@link #LINEAR_TARGET}.
   */
  DLINEAR("dlinear") {
    @Override
    int columns(int lookback) {
      return 2 * lookback;
    }

    @Override
    void write(double[] lookback, double[] row) {
      int length = lookback.length;
      for (int t = 0; t < length; t++) {
        double sum = 0;
        for (int k = t - KERNEL / 2; k <= t + KERNEL / 2; k++) {
          sum += lookback[Math.max(0, Math.min(length - 1, k))];
        }
        row[t] = sum / KERNEL;
        row[length + t] = lookback[t] - row[t];
      }
    }
  };

  /** Steps of DLinear's moving average, as in the paper. */
  public static final int KERNEL = 25;

  private final String label;

  LinearForm(String label) {
    this.label = label;
  }

  /** The name in tables and files. */
  public String label() {
    return label;
  }

  /** Columns of the regression for as many numbers of a look-back. */
  int columns(int lookback) {
    return lookback;
  }

  /**
   * Writes a window's columns.
   *
   * @param lookback the target's, oldest first; for {@link #LINEAR} all features, step by step
   * @param row where to, {@code [columns]}
   */
  void write(double[] lookback, double[] row) {
    System.arraycopy(lookback, 0, row, 0, lookback.length);
  }
}
