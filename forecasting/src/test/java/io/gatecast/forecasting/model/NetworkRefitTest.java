package io.gatecast.forecasting.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.training.Trainer;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.NetworkSettings.Strategy;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Proves where a refit starts from, and that fits on one thread each do not disturb another. */
class NetworkRefitTest {
  private static final TimeSeries SERIES = Fixtures.daily("s", Fixtures.walk(3, 240));

  private static NetworkSettings settings(Strategy strategy, int hidden, int ensemble) {
    return new NetworkSettings(
        new CellSpec.Lstm(), hidden, 1, 5, 0, new Loss.Squared(), strategy, ensemble);
  }

  private static Fold fold(int trainEnd, CalendarFeature... calendar) {
    FeatureSpec spec =
        FeatureSpec.of(
            Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, List.of(), List.of(calendar));
    return Fold.of(Fixtures.dataset(SERIES), spec, new Split(trainEnd, trainEnd + 30), 5, 3);
  }

  private static TrainingSpec training(int epochs, double rate) {
    return TrainingSpec.adam(epochs, 16, rate, 10, 1, 4);
  }

  /** An estimator that remembers what its networks started from. */
  private static NetworkEstimator noting(
      List<Optional<NamedWeights>> starts, NetworkSettings settings) {
    return new NetworkEstimator(
        "lstm",
        settings,
        training(2, 0.01),
        report -> {},
        (spec, training, initial, train, validation, listener) -> {
          starts.add(initial);
          return NetworkEstimator.learning(new Trainer(1))
              .train(spec, training, initial, train, validation, listener);
        });
  }

  @Test
  void eachMemberStartsFromItsOwnEarlierWeights() {
    for (Strategy strategy : Strategy.values()) {
      List<Optional<NamedWeights>> starts = new ArrayList<>();
      NetworkEstimator estimator = noting(starts, settings(strategy, 4, 2));
      try (NetworkForecaster earlier = estimator.fit(fold(119));
          NetworkForecaster later = estimator.refit(fold(149), earlier)) {
        assertEquals(2, later.networks().size());
        assertEquals(List.of(Optional.empty(), Optional.empty()), starts.subList(0, 2));
        assertEquals(
            earlier.networks().stream().map(one -> Optional.of(one.weights())).toList(),
            starts.subList(2, 4));
      }
    }
  }

  @Test
  void startsAnewWhereTheEarlierOneIsOfAnotherShape() {
    List<Optional<NamedWeights>> starts = new ArrayList<>();
    NetworkEstimator estimator = noting(starts, settings(Strategy.DIRECT, 4, 1));
    List<Forecaster> others =
        List.of(
            new Persistence(3),
            estimator.fit(fold(119, CalendarFeature.of("week"))),
            noting(starts, settings(Strategy.DIRECT, 6, 1)).fit(fold(119)),
            noting(starts, settings(Strategy.RECURSIVE, 4, 1)).fit(fold(119)),
            noting(starts, settings(Strategy.DIRECT, 4, 2)).fit(fold(119)));
    for (Forecaster other : others) {
      starts.clear();
      estimator.refit(fold(149), other).close();
      assertEquals(List.of(Optional.empty()), starts);
      other.close();
    }
  }

  /** With almost no learning left, a warm network is what it was, and a cold one is nothing yet. */
  @Test
  void whatWasLearnedIsStillThere() {
    NetworkSettings settings = settings(Strategy.DIRECT, 8, 1);
    Fold first = fold(149);
    NetworkEstimator long1 =
        new NetworkEstimator("lstm", settings, training(60, 0.01), report -> {});
    NetworkEstimator brief =
        new NetworkEstimator("lstm", settings, training(1, 1e-7), report -> {});
    try (NetworkForecaster earlier = long1.fit(first);
        NetworkForecaster warm = brief.refit(first, earlier);
        NetworkForecaster cold = brief.fit(first)) {
      double[][] was = earlier.forecast(first.test().origins()).mean();
      double near = distance(was, warm.forecast(first.test().origins()).mean());
      double far = distance(was, cold.forecast(first.test().origins()).mean());
      assertTrue(near < 0.01 * far, () -> "warm " + near + ", cold " + far);
    }
  }

  private static double distance(double[][] one, double[][] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      for (int h = 0; h < one[i].length; h++) {
        sum += Math.abs(one[i][h] - other[i][h]);
      }
    }
    return sum;
  }

  @Test
  void fitsAtOnceOnOneThreadEachGiveTheBitsOfFitsInTurn()
      throws InterruptedException, ExecutionException {
    if (!Kernels.trainsInParallel()) {
      String reason = "kernel " + Kernels.chosen() + " trains one network at a time";
      System.out.println("skipped: " + reason);
      Assumptions.abort(reason);
    }
    NetworkEstimator estimator =
        new NetworkEstimator(
            "lstm", settings(Strategy.RECURSIVE, 6, 2), training(4, 0.01), report -> {}, 1);
    List<Fold> folds = List.of(fold(119), fold(129), fold(139), fold(149));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<double[][]>> running = new ArrayList<>();
      for (Fold fold : folds) {
        running.add(pool.submit(() -> forecast(estimator, fold)));
      }
      for (int i = 0; i < folds.size(); i++) {
        assertArrayEquals(forecast(estimator, folds.get(i)), running.get(i).get());
      }
    } finally {
      pool.shutdownNow();
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NetworkEstimator(
                "lstm", settings(Strategy.DIRECT, 6, 1), training(4, 0.01), report -> {}, 0));
  }

  private static double[][] forecast(NetworkEstimator estimator, Fold fold) {
    try (NetworkForecaster model = estimator.fit(fold)) {
      return model.forecast(fold.test().origins()).mean();
    }
  }
}
