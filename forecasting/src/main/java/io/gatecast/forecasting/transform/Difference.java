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

  /**
   * {@code (x_{t+h} − x_{t+h−n·lag}) / √n} for origin t, where n is the number of lags back to a
   * step that is known.
   */
  @Override
  public double[] applySinceOrigin(double[] history, double[] values) {
    double[] changes = new double[values.length];
    for (int h = 0; h < changes.length; h++) {
      changes[h] = (values[h] - known(history, h)) / Math.sqrt(h / lag + 1);
    }
    return changes;
  }

  @Override
  public double[] invertSinceOrigin(double[] history, double[] transformed) {
    double[] values = new double[transformed.length];
    for (int h = 0; h < values.length; h++) {
      values[h] = known(history, h) + transformed[h] * Math.sqrt(h / lag + 1);
    }
    return values;
  }

  /** The last known value that lies whole lags before a step after the origin. */
  private double known(double[] history, int h) {
    int past = history.length - lag + h % lag;
    return past < 0 ? Double.NaN : history[past];
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
