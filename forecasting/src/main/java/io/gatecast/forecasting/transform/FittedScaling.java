package io.gatecast.forecasting.transform;

/**
 * {@code (x − centre) / spread}, value by value.
 *
 * @param scaling which centre and which spread
 * @param centre in the column's unit
 * @param spread in the column's unit, positive
 */
public record FittedScaling(Scaling scaling, double centre, double spread) implements FittedColumn {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if they are not finite, or the spread is not positive
   */
  public FittedScaling {
    if (!Double.isFinite(centre) || !Double.isFinite(spread) || spread <= 0) {
      throw new IllegalArgumentException(
          "expected a finite centre and a positive, finite spread, found "
              + centre
              + " and "
              + spread);
    }
  }

  @Override
  public double[] apply(double[] values) {
    double[] scaled = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      scaled[t] = (values[t] - centre) / spread;
    }
    return scaled;
  }

  @Override
  public double[] invert(double[] history, double[] transformed) {
    double[] values = new double[transformed.length];
    for (int h = 0; h < values.length; h++) {
      values[h] = transformed[h] * spread + centre;
    }
    return values;
  }

  @Override
  public int memory() {
    return 0;
  }
}
