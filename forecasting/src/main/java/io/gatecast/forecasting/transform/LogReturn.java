package io.gatecast.forecasting.transform;

/**
 * {@code log(x_t / x_{t−1})}. It needs positive values and learns nothing; the first step, and one
 * beside an absent step, has none. Going back compounds the returns from the last value.
 */
public record LogReturn() implements ColumnTransform, FittedColumn {

  @Override
  public String label() {
    return "log-return";
  }

  @Override
  public FittedColumn fit(double[] train) {
    Log.requirePositive(train, this);
    return this;
  }

  @Override
  public double[] apply(double[] values) {
    Log.requirePositive(values, this);
    double[] returns = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      returns[t] = t == 0 ? Double.NaN : Math.log(values[t] / values[t - 1]);
    }
    return returns;
  }

  @Override
  public double[] invert(double[] history, double[] transformed) {
    double last = history.length == 0 ? Double.NaN : history[history.length - 1];
    double[] values = new double[transformed.length];
    double sum = 0;
    for (int h = 0; h < values.length; h++) {
      sum += transformed[h];
      values[h] = last * Math.exp(sum);
    }
    return values;
  }

  /** {@code log(x_{t+h} / x_t) / √h} for origin t. */
  @Override
  public double[] applySinceOrigin(double[] history, double[] values) {
    Log.requirePositive(values, this);
    double last = history.length == 0 ? Double.NaN : history[history.length - 1];
    double[] returns = new double[values.length];
    for (int h = 0; h < returns.length; h++) {
      returns[h] = Math.log(values[h] / last) / Math.sqrt(h + 1);
    }
    return returns;
  }

  @Override
  public double[] invertSinceOrigin(double[] history, double[] transformed) {
    double last = history.length == 0 ? Double.NaN : history[history.length - 1];
    double[] values = new double[transformed.length];
    for (int h = 0; h < values.length; h++) {
      values[h] = last * Math.exp(transformed[h] * Math.sqrt(h + 1));
    }
    return values;
  }

  @Override
  public int memory() {
    return 1;
  }

  @Override
  public ErrorScale errorScale() {
    return ErrorScale.MULTIPLICATIVE;
  }
}
