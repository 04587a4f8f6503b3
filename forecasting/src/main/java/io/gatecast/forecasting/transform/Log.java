package io.gatecast.forecasting.transform;

/** The natural logarithm, value by value. It needs positive values and learns nothing. */
public record Log() implements ColumnTransform, FittedColumn {

  @Override
  public String label() {
    return "log";
  }

  @Override
  public FittedColumn fit(double[] train) {
    requirePositive(train, this);
    return this;
  }

  @Override
  public double[] apply(double[] values) {
    requirePositive(values, this);
    double[] logs = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      logs[t] = Math.log(values[t]);
    }
    return logs;
  }

  @Override
  public double[] invert(double[] history, double[] transformed) {
    double[] values = new double[transformed.length];
    for (int h = 0; h < values.length; h++) {
      values[h] = Math.exp(transformed[h]);
    }
    return values;
  }

  @Override
  public int memory() {
    return 0;
  }

  @Override
  public ErrorScale errorScale() {
    return ErrorScale.MULTIPLICATIVE;
  }

  /** Refuses a value that has no logarithm; one that is absent may pass. */
  static void requirePositive(double[] values, ColumnTransform transform) {
    for (int step = 0; step < values.length; step++) {
      if (values[step] <= 0) {
        throw new TransformFault(
            TransformFault.Kind.NOT_POSITIVE,
            transform.label(),
            "positive values, without which a log or a log return does not exist",
            String.valueOf(values[step]),
            step,
            "use difference instead, or leave the column out");
      }
    }
  }
}
