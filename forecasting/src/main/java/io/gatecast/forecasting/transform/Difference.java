package io.gatecast.forecasting.transform;

/**
 * {@code x_t − x_{t−lag}}: the change since the last step, or since the same step of the last
 * season. It learns nothing; the first {@code lag} steps, and those for which one of the two is
 * absent, have none. Going back adds it to the last values, and then to those just regained.
 *
 * @param lag steps, from 1
 */
public record Difference(int lag) implements ColumnTransform, FittedColumn {

  /**
   * Checks the lag.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Difference {
    if (lag < 1) {
      throw new IllegalArgumentException("expected a lag of 1 step or more, found " + lag);
    }
  }

  @Override
  public String label() {
    return lag == 1 ? "difference" : "seasonal-difference(" + lag + ")";
  }

  @Override
  public FittedColumn fit(double[] train) {
    return this;
  }

  @Override
  public double[] apply(double[] values) {
    double[] changes = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      changes[t] = t < lag ? Double.NaN : values[t] - values[t - lag];
    }
    return changes;
  }

  @Override
  public double[] invert(double[] history, double[] transformed) {
    double[] values = new double[transformed.length];
    for (int h = 0; h < values.length; h++) {
      int past = history.length - lag + h;
      double base;
      if (h >= lag) {
        base = values[h - lag];
      } else {
        base = past < 0 ? Double.NaN : history[past];
      }
      values[h] = base + transformed[h];
    }
    return values;
  }

  @Override
  public int memory() {
    return lag;
  }

  @Override
  public ErrorScale errorScale() {
    return ErrorScale.ADDITIVE;
  }
}
