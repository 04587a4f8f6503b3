package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.evaluation.interval.IntervalMethod;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A rolling-origin test: every model is fitted to each fold and forecasts from each of its test
 * origins, all from the same ones. Results are told fold by fold in order of time, whatever order
 * they were computed in; a fold is forgotten once it was told, so that memory is bounded by the
 * largest fold, times the folds that run at once.
 *
 * @param data the series
 * @param features what networks read of them; transforms are fitted to each fold anew
 * @param lookback steps that a network reads
 * @param horizon steps ahead
 * @param stride steps from one test origin to the next
 * @param intervals how quantiles are made
 */
public record Backtest(
    Dataset data,
    FeatureSpec features,
    int lookback,
    int horizon,
    int stride,
    IntervalMethod intervals) {

  /** Hears of each model on each fold. */
  @FunctionalInterface
  public interface Sink {
    /**
     * A model on a fold.
     *
     * @param fold index from 0
     * @param model index of the estimator
     * @param trial what it forecast; its model is closed when this returns
     */
    void trial(int fold, int model, Trial trial);
  }

  /** On which scale errors are alike at any level of the target. */
  public ErrorScale scale() {
    return features.transformOf(data.series().get(0).columns().get(0)).errorScale();
  }

  /**
   * One fold.
   *
   * @param split where time is cut
   */
  public Fold fold(Split split) {
    return Fold.of(data, features, split, lookback, horizon, stride);
  }

  /**
   * Runs with cold refits.
   *
   * @param folds in order of time
   * @param models to test
   * @param threads folds that may run at once, each on one thread
   * @param sink hears of each model on each fold, on the calling thread
   * @param listener hears of progress
   * @throws io.gatecast.forecasting.JobFault if a fold's data does not allow a model
   */
  public void run(
      List<Split> folds,
      List<? extends Estimator> models,
      int threads,
      Sink sink,
      BacktestListener listener) {
    TimeLeft time = new TimeLeft(folds.size(), models.size(), listener);
    if (threads == 1) {
      for (int fold = 0; fold < folds.size(); fold++) {
        tell(fold, trials(folds.get(fold), models, List.of(), time), sink);
      }
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Deque<Future<List<Trial>>> running = new ArrayDeque<>();
    try {
      int told = 0;
      for (Split split : folds) {
        if (running.size() == threads) {
          tell(told++, result(running.remove()), sink);
        }
        running.add(pool.submit(() -> trials(split, models, List.of(), time)));
      }
      while (!running.isEmpty()) {
        tell(told++, result(running.remove()), sink);
      }
    } finally {
      pool.shutdown();
      // Where a fold failed, others may still run: their networks lie off the heap.
      running.forEach(Backtest::closeWhenDone);
    }
  }

  private static void closeWhenDone(Future<List<Trial>> future) {
    try {
      close(future.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // That fold failed, too, and closed what it had; the first failure is told.
      return;
    }
  }

  /**
   * Runs with warm refits: each model starts from what it was on the fold before.
   *
   * @param folds in order of time
   * @param models to test
   * @param sink hears of each model on each fold
   * @param listener hears of progress
   * @throws io.gatecast.forecasting.JobFault if a fold's data does not allow a model
   */
  public void runWarm(
      List<Split> folds, List<? extends Estimator> models, Sink sink, BacktestListener listener) {
    TimeLeft time = new TimeLeft(folds.size(), models.size(), listener);
    List<Trial> earlier = List.of();
    try {
      for (int fold = 0; fold < folds.size(); fold++) {
        List<Trial> now = trials(folds.get(fold), models, earlier, time);
        close(earlier);
        earlier = now;
        for (int model = 0; model < now.size(); model++) {
          sink.trial(fold, model, now.get(model));
        }
      }
    } finally {
      close(earlier);
    }
  }

  private List<Trial> trials(
      Split split, List<? extends Estimator> models, List<Trial> earlier, TimeLeft time) {
    Fold fold = fold(split);
    List<Trial> trials = new ArrayList<>();
    boolean whole = false;
    try {
      for (int i = 0; i < models.size(); i++) {
        long start = System.nanoTime();
        Estimator estimator = models.get(i);
        Forecaster model =
            earlier.isEmpty() ? estimator.fit(fold) : estimator.refit(fold, earlier.get(i).model());
        trials.add(trial(fold, model));
        time.fitted(i, estimator.name(), System.nanoTime() - start);
      }
      whole = true;
      return trials;
    } finally {
      if (!whole) {
        close(trials);
      }
    }
  }

  private Trial trial(Fold fold, Forecaster model) {
    try {
      return Trial.of(fold, model, scale(), intervals);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  private static void tell(int fold, List<Trial> trials, Sink sink) {
    try {
      for (int model = 0; model < trials.size(); model++) {
        sink.trial(fold, model, trials.get(model));
      }
    } finally {
      close(trials);
    }
  }

  private static void close(List<Trial> trials) {
    trials.forEach(trial -> trial.model().close());
  }

  private static List<Trial> result(Future<List<Trial>> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while folds were running", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
