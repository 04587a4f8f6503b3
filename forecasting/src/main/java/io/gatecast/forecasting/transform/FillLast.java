package io.gatecast.forecasting.transform;

/**
 * Carries the last value over the absent steps that follow it, a bounded number of them. It learns
 * nothing and never looks ahead; {@link Presence} says which values were truly there. Going back
 * leaves forecasts as they are.
 *
 * @param limit most absent steps in a row that are filled, from 1; later ones stay absent
 */
public record FillLast(int limit) implements ColumnTransform, FittedColumn {

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public FillLast {
    if (limit < 1) {
      throw new IllegalArgumentException("expected a limit of 1 step or more, found " + limit);
    }
  }

  @Override
  public String label() {
    return "fill-last(" + limit + ")";
  }

  @Override
  public FittedColumn fit(double[] train) {
    return this;
  }

  @Override
  public double[] apply(double[] values) {
    double[] filled = new double[values.length];
    int last = -1;
    for (int t = 0; t < values.length; t++) {
      if (!Double.isNaN(values[t])) {
        last = t;
      }
      filled[t] = last >= 0 && t - last <= limit ? values[last] : Double.NaN;
    }
    return filled;
  }

  @Override
  public double[] invert(double[] history, double[] transformed) {
    return transformed.clone();
  }

  /** Fills nothing: what is absent after the origin is no truth to learn from. */
  @Override
  public double[] applySinceOrigin(double[] history, double[] values) {
    return values.clone();
  }

  @Override
  public int memory() {
    return limit;
  }

  @Override
  public ErrorScale errorScale() {
    return ErrorScale.ADDITIVE;
  }
}
