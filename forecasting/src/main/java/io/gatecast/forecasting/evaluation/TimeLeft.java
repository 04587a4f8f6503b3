package io.gatecast.forecasting.evaluation;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a backtest will still take, from how long each of its models took so far: those that
 * were not fitted yet are taken to need as long as the others did on average.
 */
final class TimeLeft {
  private final int folds;
  private final BacktestListener listener;
  private final long start = System.nanoTime();
  private final int[] fits;
  private final long[] nanos;
  private int done;

  TimeLeft(int folds, int models, BacktestListener listener) {
    this.folds = folds;
    this.listener = listener;
    this.fits = new int[models];
    this.nanos = new long[models];
  }

  synchronized void fitted(int model, String name, long took) {
    fits[model]++;
    nanos[model] += took;
    done++;
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    int all = folds * fits.length;
    listener.fitted(
        done,
        all,
        name,
        Duration.ofNanos(took),
        elapsed,
        done == all ? Optional.empty() : Optional.of(left(elapsed)));
  }

  private Duration left(Duration elapsed) {
    double spent = 0;
    for (long one : nanos) {
      spent += one;
    }
    double mean = spent / done;
    double wanted = 0;
    for (int model = 0; model < fits.length; model++) {
      double each = fits[model] == 0 ? mean : (double) nanos[model] / fits[model];
      wanted += each * (folds - fits[model]);
    }
    // Folds that run at once: so much of the time spent passed in so little on the clock.
    return Duration.ofNanos((long) (wanted * elapsed.toNanos() / Math.max(1, spent)));
  }
}
