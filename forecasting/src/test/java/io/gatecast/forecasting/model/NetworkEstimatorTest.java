package io.gatecast.forecasting.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.training.Trained;
import io.gatecast.core.training.Trainer;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.NetworkSettings.Strategy;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.Covariate;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.RecursiveWindows;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.Windowing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proves what an estimator makes of its settings: strategies, and ensembles. */
class NetworkEstimatorTest {
  private static final TrainingSpec TRAINING = TrainingSpec.adam(3, 16, 0.01, 3, 1, 11);
  private static final double[] PRICES = Fixtures.walk(3, 200);

  private static NetworkSettings settings(Strategy strategy, int ensemble) {
    return new NetworkSettings(
        new CellSpec.Gru(CellSpec.Reset.BEFORE),
        4,
        1,
        5,
        0,
        new Loss.Squared(),
        strategy,
        ensemble);
  }

  private static Fold fold(int horizon, double... values) {
    FeatureSpec spec =
        FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, List.of(), List.of());
    TimeSeries series = Fixtures.daily("s", values);
    return Fold.of(Fixtures.dataset(series), spec, new Split(119, 159), 5, horizon);
  }

  private static NetworkEstimator estimator(
      Strategy strategy, int ensemble, TrainingSpec training) {
    return new NetworkEstimator("gru", settings(strategy, ensemble), training, report -> {});
  }

  private static double[][] forecast(Estimator estimator, Fold fold) {
    try (Forecaster model = estimator.fit(fold)) {
      return model.forecast(fold.test().origins()).mean();
    }
  }

  @Test
  void ofOneStepBothStrategiesAreTheSameNetwork() {
    Fold fold = fold(1, PRICES);
    double[][] direct = forecast(estimator(Strategy.DIRECT, 1, TRAINING), fold);
    assertEquals(fold.test().size(), direct.length);
    assertArrayEquals(direct, forecast(estimator(Strategy.RECURSIVE, 1, TRAINING), fold));
  }

  @Test
  void aRecursiveNetworkLearnsOneStepAndGivesAllOfThem() {
    Fold fold = fold(6, PRICES);
    try (NetworkForecaster model = estimator(Strategy.RECURSIVE, 1, TRAINING).fit(fold);
        NetworkForecaster single = estimator(Strategy.DIRECT, 1, TRAINING).fit(fold(1, PRICES))) {
      assertEquals(1, model.networks().get(0).spec().outputs());
      List<History> origins = fold.test().origins();
      double[][] levels = model.forecast(origins).mean();
      assertEquals(6, levels[0].length);
      double[][] first = single.forecast(origins).mean();
      for (int i = 0; i < levels.length; i++) {
        assertEquals(first[i][0], levels[i][0], "the same training, so the same first step");
      }
      Windowing oneStep = Windowing.fit(fold.data(), fold.features(), fold.split(), 5, 1);
      RecursiveWindows windows = new RecursiveWindows(oneStep, origins, 6);
      while (windows.step() < 6) {
        windows.append(model.networks().get(0).forecast(windows));
      }
      assertArrayEquals(windows.levels(), levels);
      assertEquals(origins.size(), model.windows(origins).size());
    }
  }

  /** More origins than a block holds: their number changes no forecast. */
  @Test
  void manyOriginsAreForecastAsFewAre() {
    Fold fold = fold(3, Fixtures.walk(8, 1400));
    try (NetworkForecaster model = estimator(Strategy.RECURSIVE, 1, TRAINING).fit(fold)) {
      List<History> origins = fold.test().origins();
      assertTrue(origins.size() > 1200, () -> origins.size() + " origins");
      double[][] all = model.forecast(origins).mean();
      for (int i = 0; i < all.length; i += 97) {
        assertArrayEquals(model.forecast(List.of(origins.get(i))).mean()[0], all[i], 1e-4);
      }
    }
  }

  /** What it learns must be good for something: a cycle goes on. */
  @Test
  void recursionFollowsACycle() {
    double[] cycle = new double[240];
    for (int t = 0; t < cycle.length; t++) {
      cycle[t] = 100 + 10 * Math.sin(2 * Math.PI * t / 12);
    }
    Fold fold = fold(12, cycle);
    double[][] levels =
        forecast(
            estimator(Strategy.RECURSIVE, 1, TrainingSpec.adam(150, 16, 0.01, 30, 1, 1)), fold);
    double error = 0;
    for (int i = 0; i < levels.length; i++) {
      int origin = fold.test().origins().get(i).origin();
      for (int h = 0; h < 12; h++) {
        error += Math.abs(levels[i][h] - cycle[origin + 1 + h]) / (12 * levels.length);
      }
    }
    double found = error;
    assertTrue(found < 1, () -> "mean absolute error " + found + " of an amplitude of 10");
  }

  @Test
  void recursionWithoutAFutureIsRefusedBeforeItTrains() {
    TimeSeries series =
        Fixtures.daily("s", 0, new double[][] {PRICES, Fixtures.walk(1, PRICES.length)});
    for (int horizon : new int[] {1, 4}) {
      Fold fold =
          Fold.of(
              Fixtures.dataset(series),
              new FeatureSpec(
                  List.of(new Covariate.PastOnly("input1")),
                  List.of(),
                  ColumnTransform.of("standardise"),
                  Map.of(),
                  Map.of(),
                  WindowTransform.NONE,
                  List.of()),
              new Split(119, 159),
              5,
              horizon);
      NetworkEstimator estimator =
          new NetworkEstimator(
              "gru",
              settings(Strategy.RECURSIVE, 1),
              TRAINING,
              report -> {},
              (spec, training, initial, train, validation, listener) -> {
                throw new AssertionError("no training was to begin");
              });
      JobFault fault = Fixtures.fault(ExitCode.USAGE, () -> estimator.fit(fold));
      assertTrue(fault.found().contains("input1"), fault::getMessage);
    }
  }

  @Test
  void anEnsembleIsTheMeanOfNetworksWhoseSeedsCountUp() {
    for (Strategy strategy : Strategy.values()) {
      Fold fold = fold(3, PRICES);
      List<double[][]> singles = new ArrayList<>();
      for (int seed = 11; seed < 14; seed++) {
        TrainingSpec one = TrainingSpec.adam(3, 16, 0.01, 3, 1, seed);
        singles.add(forecast(estimator(strategy, 1, one), fold));
      }
      assertFalse(Arrays.deepEquals(singles.get(0), singles.get(1)));
      try (NetworkForecaster model = estimator(strategy, 3, TRAINING).fit(fold)) {
        double[][] mean = model.forecast(fold.test().origins()).mean();
        for (int i = 0; i < mean.length; i++) {
          for (int h = 0; h < 3; h++) {
            int at = i;
            int step = h;
            double expected =
                singles.stream().mapToDouble(one -> one[at][step]).average().orElseThrow();
            assertEquals(expected, mean[i][h], 1e-12 * expected);
          }
        }
        assertEquals(3, model.networks().size());
        assertEquals(3 * model.networks().get(0).spec().parameters(), model.parameters());
        assertEquals(3, model.epochs());
      }
    }
  }

  @Test
  void theMembersShareTheTime() {
    List<TrainingSpec> seen = new ArrayList<>();
    NetworkEstimator estimator =
        new NetworkEstimator(
            "gru",
            settings(Strategy.DIRECT, 4),
            TRAINING.within(Optional.of(Duration.ofSeconds(60))),
            report -> {},
            (spec, training, initial, train, validation, listener) -> {
              seen.add(training);
              return new Trainer()
                  .train(spec, training.within(Optional.empty()), train, validation, listener);
            });
    estimator.fit(fold(2, PRICES)).close();
    assertEquals(List.of(11L, 12L, 13L, 14L), seen.stream().map(TrainingSpec::seed).toList());
    for (TrainingSpec one : seen) {
      assertEquals(Optional.of(Duration.ofSeconds(15)), one.timeBudget());
      assertEquals(TRAINING.optimiser(), one.optimiser());
    }
  }

  @Test
  void closesAllMembersAlsoWhereALaterOneFails() {
    List<RecurrentNetwork> made = new ArrayList<>();
    IllegalStateException failure = new IllegalStateException("the third");
    NetworkEstimator estimator =
        new NetworkEstimator(
            "gru",
            settings(Strategy.DIRECT, 3),
            TRAINING,
            report -> {},
            (spec, training, initial, train, validation, listener) -> {
              if (made.size() == 2) {
                throw failure;
              }
              Trained trained = new Trainer().train(spec, training, train, validation, listener);
              made.add(trained.network());
              return trained;
            });
    Fold fold = fold(2, PRICES);
    assertSame(failure, assertThrows(IllegalStateException.class, () -> estimator.fit(fold)));
    assertEquals(2, made.size());
    made.forEach(network -> assertClosed(network, fold));

    NetworkForecaster model = estimator(Strategy.DIRECT, 2, TRAINING).fit(fold);
    List<RecurrentNetwork> members = model.networks();
    model.close();
    assertEquals(2, members.size());
    members.forEach(network -> assertClosed(network, fold));
  }

  private static void assertClosed(RecurrentNetwork network, Fold fold) {
    assertThrows(IllegalStateException.class, () -> network.forecast(fold.test()));
  }
}
