package io.gatecast.forecasting.evaluation.metric;

/** Sums of the errors of point forecasts. The measures' formulas are at {@link Accuracy}. */
final class PointTally {
  private final Mean absolute = new Mean();
  private final Mean squared = new Mean();
  private final Mean error = new Mean();
  private final Mean scaledAbsolute = new Mean();
  private final Mean scaledSquared = new Mean();
  private final Mean symmetric = new Mean();
  private final Spread actual = new Spread();

  void add(Observation o) {
    double e = o.forecast() - o.actual();
    double size = Math.abs(e);
    double scaled = Mean.scaled(size, o.scale().rootMeanSquare());
    absolute.add(size);
    squared.add(e * e);
    error.add(e);
    scaledAbsolute.add(Mean.scaled(size, o.scale().absolute()));
    scaledSquared.add(scaled * scaled);
    // The ratio's limit: an infinite forecast is wrong by 200 %.
    double both = Math.abs(o.actual()) + Math.abs(o.forecast());
    symmetric.add(200 * (Double.isInfinite(o.forecast()) ? 1 : Mean.scaled(size, both)));
    actual.add(o.actual());
  }

  void merge(PointTally other) {
    absolute.merge(other.absolute);
    squared.merge(other.squared);
    error.merge(other.error);
    scaledAbsolute.merge(other.scaledAbsolute);
    scaledSquared.merge(other.scaledSquared);
    symmetric.merge(other.symmetric);
    actual.merge(other.actual);
  }

  double mae() {
    return absolute.value();
  }

  double rmse() {
    return Math.sqrt(squared.value());
  }

  double mase() {
    return scaledAbsolute.value();
  }

  double rmsse() {
    return Math.sqrt(scaledSquared.value());
  }

  double smape() {
    return symmetric.value();
  }

  double bias() {
    return error.value();
  }

  double r2() {
    return actual.squares() == 0 ? Double.NaN : 1 - squared.sum() / actual.squares();
  }
}
