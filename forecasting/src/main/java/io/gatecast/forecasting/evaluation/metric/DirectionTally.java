package io.gatecast.forecasting.evaluation.metric;

/** Counts of directions hit, from the last value known at the origin. Ties: {@link Accuracy}. */
final class DirectionTally {
  private long moves;
  private long ups;
  private long hits;
  private boolean unknown;

  void add(Observation o) {
    double truth = Math.signum(o.actual() - o.last());
    unknown |= Double.isNaN(truth);
    if (truth == 1 || truth == -1) {
      moves++;
      ups += truth > 0 ? 1 : 0;
      hits += truth == Math.signum(o.forecast() - o.last()) ? 1 : 0;
    }
  }

  void merge(DirectionTally other) {
    moves += other.moves;
    ups += other.ups;
    hits += other.hits;
    unknown |= other.unknown;
  }

  long moves() {
    return moves;
  }

  double hitRate() {
    return rate(hits);
  }

  double upRate() {
    return rate(ups);
  }

  private double rate(long part) {
    return unknown || moves == 0 ? Double.NaN : part / (double) moves;
  }
}
