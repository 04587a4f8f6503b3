package io.gatecast.forecasting.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.NetworkSettings.Strategy;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.Covariate;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Proves what networks that tell quantiles learn, on data whose distribution is known. */
class QuantileNetworkTest {
  private static final int LOOKBACK = 4;

  private static NetworkSettings settings(Loss loss, Strategy strategy, int ensemble) {
    return new NetworkSettings(
        new CellSpec.Gru(CellSpec.Reset.BEFORE), 8, 1, LOOKBACK, 0, loss, strategy, ensemble);
  }

  private static NetworkEstimator estimator(int epochs, long seed, int ensemble) {
    return new NetworkEstimator(
        "gru",
        settings(NetworkSettings.quantiles(), Strategy.DIRECT, ensemble),
        TrainingSpec.adam(epochs, 64, 0.01, 5, 1, seed),
        report -> {});
  }

  private static Fold fold(
      String transform, List<Covariate> covariates, int horizon, double[]... columns) {
    int length = columns[0].length;
    FeatureSpec spec =
        new FeatureSpec(
            covariates,
            List.of(),
            ColumnTransform.of(transform),
            Map.of(),
            Map.of(),
            WindowTransform.NONE,
            List.of());
    TimeSeries series = Fixtures.daily("s", 0, columns);
    Split split = new Split(length / 2 - 1, length / 2 + length / 8 - 1);
    return Fold.of(Fixtures.dataset(series), spec, split, LOOKBACK, horizon);
  }

  /** Share of the truth at a step that lies between two quantiles of it. */
  private static double covered(
      Fold fold, Forecasts forecasts, int step, int low, IntPredicate which) {
    double inside = 0;
    int count = 0;
    for (int i = 0; i < forecasts.size(); i++) {
      History origin = fold.test().origins().get(i);
      int at = origin.origin() + 1 + step;
      if (which.test(at)) {
        double truth = origin.series().value(0, at);
        double[] quantiles = forecasts.quantiles()[i][step];
        inside += truth >= quantiles[low] && truth <= quantiles[Quantiles.COUNT - 1 - low] ? 1 : 0;
        count++;
      }
    }
    return inside / count;
  }

  private static double width(Fold fold, Forecasts forecasts, int step, IntPredicate which) {
    double sum = 0;
    int count = 0;
    int low = Quantiles.lower(0.8);
    for (int i = 0; i < forecasts.size(); i++) {
      if (which.test(fold.test().origins().get(i).origin() + 1 + step)) {
        double[] quantiles = forecasts.quantiles()[i][step];
        sum += quantiles[Quantiles.COUNT - 1 - low] - quantiles[low];
        count++;
      }
    }
    return sum / count;
  }

  private static void requireOrder(Forecasts forecasts) {
    assertTrue(forecasts.hasQuantiles());
    for (int i = 0; i < forecasts.size(); i++) {
      for (int h = 0; h < forecasts.mean()[i].length; h++) {
        double[] quantiles = forecasts.quantiles()[i][h];
        assertEquals(Quantiles.COUNT, quantiles.length);
        for (int level = 1; level < quantiles.length; level++) {
          assertTrue(quantiles[level] >= quantiles[level - 1], "quantiles cross");
        }
        assertEquals(quantiles[Quantiles.MEDIAN], forecasts.mean()[i][h]);
      }
    }
  }

  /** The spread of each step is known beforehand, and five times as large on two days of seven. */
  @Test
  void learnsWhenToBeSureOnHeteroscedasticData() {
    Random random = new Random(2);
    int length = 4_000;
    double[] y = new double[length];
    double[] spread = new double[length];
    for (int t = 0; t < length; t++) {
      spread[t] = loud(t) ? 5 : 1;
      y[t] = 50 + spread[t] * random.nextGaussian();
    }
    Fold fold = fold("standardise", List.of(new Covariate.KnownFuture("input1")), 2, y, spread);
    try (Forecaster model = estimator(40, 1, 1).fit(fold)) {
      Forecasts forecasts = model.forecast(fold.test().origins());
      requireOrder(forecasts);
      for (int step = 0; step < 2; step++) {
        for (double coverage : new double[] {0.4, 0.8, 0.95}) {
          int low = Quantiles.lower(coverage);
          double loud = covered(fold, forecasts, step, low, QuantileNetworkTest::loud);
          double quiet = covered(fold, forecasts, step, low, t -> !loud(t));
          String found = "step " + step + ", " + coverage + ": " + loud + " and " + quiet;
          assertEquals(coverage, loud, 0.1, found);
          assertEquals(coverage, quiet, 0.1, found);
        }
        double ratio =
            width(fold, forecasts, step, QuantileNetworkTest::loud)
                / width(fold, forecasts, step, t -> !loud(t));
        assertTrue(ratio > 3.5 && ratio < 6.5, () -> "five times as wide, found " + ratio);
      }
    }
  }

  private static boolean loud(int t) {
    return t % 7 >= 5;
  }

  /** Through changes: the intervals of prices widen with √h, not with h. */
  @Test
  void intervalsOfAWalkThroughItsReturnsWidenAsAWalkDoes() {
    double[] prices = Fixtures.walk(6, 6_000);
    Fold fold = fold("[log-return, standardise]", List.of(), 9, prices);
    try (Forecaster model = estimator(15, 1, 1).fit(fold)) {
      Forecasts forecasts = model.forecast(fold.test().origins());
      requireOrder(forecasts);
      for (int step : new int[] {0, 3, 8}) {
        double found = covered(fold, forecasts, step, Quantiles.lower(0.8), t -> true);
        assertEquals(0.8, found, 0.08, "step " + step);
      }
      double ratio = width(fold, forecasts, 8, t -> true) / width(fold, forecasts, 0, t -> true);
      assertTrue(ratio > 2.4 && ratio < 3.6, () -> "expected about √9, found " + ratio);
    }
  }

  @Test
  void quantilesOfAnEnsembleAreTheMeanOfEachLevels() {
    Fold fold = fold("[log-return, standardise]", List.of(), 3, Fixtures.walk(1, 400));
    try (Forecaster both = estimator(2, 5, 2).fit(fold);
        Forecaster one = estimator(2, 5, 1).fit(fold);
        Forecaster other = estimator(2, 6, 1).fit(fold)) {
      List<History> origins = fold.test().origins();
      Forecasts mean = both.forecast(origins);
      requireOrder(mean);
      double[][][] first = one.forecast(origins).quantiles();
      double[][][] second = other.forecast(origins).quantiles();
      assertFalse(first[0][0][0] == second[0][0][0]);
      for (int i = 0; i < origins.size(); i++) {
        for (int h = 0; h < 3; h++) {
          for (int level = 0; level < Quantiles.COUNT; level++) {
            double expected = (first[i][h][level] + second[i][h][level]) / 2;
            assertEquals(expected, mean.quantiles()[i][h][level], 1e-12 * expected);
          }
        }
      }
    }
  }

  @Test
  void quantilesAreThoseOfTheGridAndAreNotReadBack() {
    NetworkSettings settings = settings(NetworkSettings.quantiles(), Strategy.DIRECT, 1);
    assertTrue(settings.tellsQuantiles());
    assertEquals(3 * Quantiles.COUNT, settings.spec(2, 3).outputs());
    Loss other = new Loss.Quantiles(List.of(0.1, 0.5, 0.9));
    assertThrows(IllegalArgumentException.class, () -> settings(other, Strategy.DIRECT, 1));
    IllegalArgumentException recursive =
        assertThrows(
            IllegalArgumentException.class,
            () -> settings(NetworkSettings.quantiles(), Strategy.RECURSIVE, 1));
    assertTrue(String.valueOf(recursive.getMessage()).contains("expected direct"));
  }
}
