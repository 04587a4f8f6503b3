package io.gatecast.forecasting.evaluation.metric;

/**
 * A running sum of squared deviations from the mean, by Welford (1962), and of parts by Chan, Golub
 * and LeVeque (1983), on differences from the first value. Subtracting a squared mean would lose
 * all digits where values are large and vary little.
 */
final class Spread {
  private long count;
  private double first;
  private double mean;
  private double squares;

  void add(double value) {
    if (count == 0) {
      first = value;
    }
    count++;
    double difference = value - first;
    double deviation = difference - mean;
    mean += deviation / count;
    squares += deviation * (difference - mean);
  }

  void merge(Spread other) {
    if (other.count == 0) {
      return;
    }
    if (count == 0) {
      first = other.first;
    }
    double share = other.count / (double) (count + other.count);
    double apart = other.first - first + (other.mean - mean);
    squares += other.squares + apart * apart * count * share;
    mean += apart * share;
    count += other.count;
  }

  /** The sum of {@code (y − mean of y)²}; exactly 0 where all values are equal. */
  double squares() {
    return squares;
  }
}
