package io.gatecast.forecasting.evaluation.metric;

/** All sums over some observations, of one step or of several. Their number needs no memory. */
final class Tally {
  private final QuantileGrid grid;
  private final VarianceTarget variance;
  private final PointTally points = new PointTally();
  private final DirectionTally directions = new DirectionTally();
  private final QuantileTally quantiles;
  private final Mean qlike = new Mean();
  private long count;
  private boolean broken;

  Tally(QuantileGrid grid, VarianceTarget variance) {
    this.grid = grid;
    this.variance = variance;
    this.quantiles = new QuantileTally(grid);
  }

  void add(Observation o) {
    count++;
    broken |= o.isBroken();
    points.add(o);
    directions.add(o);
    if (o.quantiles() > 0) {
      quantiles.add(o);
    }
    qlike.add(variance.qlike(o.actual(), o.forecast()));
  }

  void merge(Tally other) {
    count += other.count;
    broken |= other.broken;
    points.merge(other.points);
    directions.merge(other.directions);
    quantiles.merge(other.quantiles);
    qlike.merge(other.qlike);
  }

  Accuracy accuracy() {
    if (broken) {
      return new Tally(grid, variance).accuracy(count, directions);
    }
    return accuracy(count, directions);
  }

  /** What this holds, with the truth's own count and directions from elsewhere. */
  private Accuracy accuracy(long observations, DirectionTally truth) {
    return new Accuracy(
        observations,
        points.mae(),
        points.rmse(),
        points.mase(),
        points.rmsse(),
        points.smape(),
        points.bias(),
        points.r2(),
        directions.hitRate(),
        truth.upRate(),
        truth.moves(),
        quantiles.pinball(),
        quantiles.wql(),
        quantiles.crps(),
        quantiles.intervals(),
        qlike.value());
  }
}
