package io.gatecast.forecasting.model.volatility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that HAR and GARCH as forecasters read what was known at their origins and no more. */
class VolatilityForecastersTest {
  private static final int STEPS = 1200;
  private static final int TRAIN = 800;
  private static final int HORIZON = 3;

  /** Log variance and close of a GARCH process: {@code [column][step]}. */
  private static double[][] prices(long seed, int steps) {
    Random random = new Random(seed);
    double[][] columns = new double[2][steps];
    double variance = 1e-4;
    double close = 50;
    for (int t = 0; t < steps; t++) {
      double change = Math.sqrt(variance) * random.nextGaussian();
      close *= Math.exp(change);
      columns[0][t] = Math.log(variance) - 0.6 + 0.5 * random.nextGaussian();
      columns[1][t] = close;
      variance = 4e-6 + 0.10 * change * change + 0.86 * variance;
    }
    return columns;
  }

  private static TimeSeries variances(String name, double[][] columns) {
    return TimeSeries.of(name, Fixtures.DAYS, List.of("log_variance", "Close"), 0, columns);
  }

  private static TimeSeries prices(String name, double[][] columns) {
    return TimeSeries.of(
        name, Fixtures.DAYS, List.of("Close"), 0, new double[][] {columns[1].clone()});
  }

  private static Fold fold(long trainStart, TimeSeries... series) {
    FeatureSpec features =
        FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.NONE, List.of(), List.of());
    Split split = new Split(trainStart, TRAIN - 1, 999, 1000, STEPS);
    return Fold.of(Fixtures.dataset(series), features, split, 22, HORIZON);
  }

  private static Fold fold(TimeSeries... series) {
    return fold(Long.MIN_VALUE, series);
  }

  private static List<History> origins(TimeSeries series, int... steps) {
    return Arrays.stream(steps).mapToObj(step -> new History(series, step)).toList();
  }

  private static Estimator estimator(String name) {
    return switch (name) {
      case "har" -> new HarEstimator();
      case "garch of log variance" -> GarchEstimator.ofLogVariance("Close");
      default -> GarchEstimator.ofPrice();
    };
  }

  private static TimeSeries series(String estimator, double[][] columns) {
    return estimator.equals("garch of price") ? prices("a", columns) : variances("a", columns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"har", "garch of log variance", "garch of price"})
  void whatComesAfterTheTrainPartOrTheOriginChangesNothing(String name) {
    double[][] columns = prices(1, STEPS);
    TimeSeries series = series(name, columns);
    TimeSeries changed = series(name, Fixtures.changedAfter(columns, TRAIN + 50, 2));
    Forecasts found =
        estimator(name).fit(fold(series)).forecast(origins(series, TRAIN + 50, 5, TRAIN + 40));
    Forecasts same =
        estimator(name).fit(fold(changed)).forecast(origins(changed, TRAIN + 50, 5, TRAIN + 40));
    assertArrayEquals(found.mean(), same.mean());
    assertTrue(Arrays.deepEquals(found.quantiles(), same.quantiles()));
    Forecasts after = estimator(name).fit(fold(changed)).forecast(origins(changed, TRAIN + 60));
    Forecasts before = estimator(name).fit(fold(series)).forecast(origins(series, TRAIN + 60));
    assertNotEquals(before.mean()[0][0], after.mean()[0][0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"har", "garch of log variance", "garch of price"})
  void whatComesBeforeTheTrainPartTeachesNothing(String name) {
    double[][] columns = prices(3, STEPS);
    double[][] other = Arrays.stream(columns).map(double[]::clone).toArray(double[][]::new);
    for (int t = 0; t < 100; t++) {
      other[0][t] -= 3;
      other[1][t] *= 2;
    }
    // Origins so late that the first hundred steps are forgotten by the filter, too.
    Forecasts found =
        estimator(name)
            .fit(fold(101, series(name, columns)))
            .forecast(origins(series(name, columns), 1100));
    Forecasts same =
        estimator(name)
            .fit(fold(101, series(name, other)))
            .forecast(origins(series(name, other), 1100));
    assertArrayEquals(found.mean()[0], same.mean()[0], 1e-9);
    Forecasts all =
        estimator(name).fit(fold(series(name, other))).forecast(origins(series(name, other), 1100));
    if (!name.equals("garch of price")) {
      assertNotEquals(found.mean()[0][0], all.mean()[0][0]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"har", "garch of log variance", "garch of price"})
  void aSeriesThatTellsWhenItWasKnownIsBelieved(String name) {
    double[][] columns = prices(4, STEPS);
    TimeSeries plain = series(name, columns);
    int late = TRAIN + 20;
    double[][] versions = new double[plain.columns().size()][];
    for (int column = 0; column < versions.length; column++) {
      double value = plain.value(column, late);
      versions[column] = new double[] {value * 1.2, value};
    }
    TimeSeries restated =
        plain.restated(new int[] {late, late}, new long[] {late, late + 30}, versions);
    Forecasts as =
        estimator(name).fit(fold(plain)).forecast(origins(plain, late - 1, late, late + 30));
    Forecasts told =
        estimator(name).fit(fold(restated)).forecast(origins(restated, late - 1, late, late + 30));
    assertArrayEquals(as.mean()[0], told.mean()[0], "before it");
    assertNotEquals(as.mean()[1][0], told.mean()[1][0], "as it was first told");
    assertArrayEquals(as.mean()[2], told.mean()[2], "once it was mended");
  }

  @Test
  void oneModelForEachSeries() {
    TimeSeries a = variances("a", prices(5, STEPS));
    TimeSeries b = variances("b", prices(6, STEPS));
    Fold both = fold(a, b);
    for (String name : List.of("har", "garch of log variance")) {
      Forecaster fitted = estimator(name).fit(both);
      List<History> mixed = List.of(new History(b, 900), new History(a, 1000), new History(b, 850));
      double[][] found = fitted.forecast(mixed).mean();
      double[][] alone = estimator(name).fit(fold(b)).forecast(origins(b, 900, 850)).mean();
      assertArrayEquals(alone[0], found[0]);
      assertArrayEquals(alone[1], found[2]);
      assertEquals(name.equals("har") ? 2 * 4 * HORIZON : 2 * (4 + HORIZON), fitted.parameters());
      assertEquals(Forecaster.Kind.BASELINE, fitted.kind());
      assertEquals(estimator(name).name(), fitted.name());
      assertFalse(fitted.forecast(mixed).hasQuantiles());
    }
  }

  @Test
  void garchOfALogVarianceHasNoBiasInTheTrainPart() {
    double[][] columns = prices(7, STEPS);
    TimeSeries series = variances("a", columns);
    Forecaster fitted = GarchEstimator.ofLogVariance("Close").fit(fold(series));
    int[] steps = IntStream.range(0, TRAIN - 1).toArray();
    double[][] means = fitted.forecast(origins(series, steps)).mean();
    for (int k = 0; k < HORIZON; k++) {
      double error = 0;
      int count = 0;
      for (int origin = 0; origin + 1 + k < TRAIN; origin++) {
        error += columns[0][origin + 1 + k] - means[origin][k];
        count++;
      }
      assertEquals(0, error / count, 1e-9);
    }
  }

  @Test
  void garchOfALogVarianceFollowsTheVariance() {
    double[][] columns = prices(8, STEPS);
    TimeSeries series = variances("a", columns);
    int[] steps = IntStream.range(TRAIN, STEPS - 1).toArray();
    double[][] means =
        GarchEstimator.ofLogVariance("Close")
            .fit(fold(series))
            .forecast(origins(series, steps))
            .mean();
    double model = 0;
    double constant = 0;
    double mean = Arrays.stream(columns[0], 0, TRAIN).average().orElseThrow();
    for (int i = 0; i < steps.length; i++) {
      double truth = columns[0][steps[i] + 1];
      model += Math.pow(truth - means[i][0], 2);
      constant += Math.pow(truth - mean, 2);
    }
    // Noise of deviation 0.5 is left to any forecast.
    assertTrue(model / steps.length < 0.32, "mean square " + model / steps.length);
    assertTrue(model < 0.8 * constant, model + " against " + constant);
  }

  @Test
  void garchOfAPriceSpreadsAroundTheLastOne() {
    double[][] columns = prices(9, 6000);
    TimeSeries series = prices("a", columns);
    FeatureSpec features =
        FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.NONE, List.of(), List.of());
    Fold fold = Fold.of(Fixtures.dataset(series), features, new Split(2999, 3500), 22, HORIZON);
    Forecaster fitted = GarchEstimator.ofPrice().fit(fold);
    assertEquals(4, fitted.parameters());
    int[] steps = IntStream.range(3500, 6000 - HORIZON).toArray();
    Forecasts forecasts = fitted.forecast(origins(series, steps));
    int low = Quantiles.lower(0.8);
    for (int k = 0; k < HORIZON; k++) {
      int inside = 0;
      for (int i = 0; i < steps.length; i++) {
        double last = columns[1][steps[i]];
        double[] quantiles = forecasts.quantiles()[i][k];
        assertEquals(last, forecasts.mean()[i][k]);
        assertEquals(last, quantiles[Quantiles.MEDIAN], 1e-9 * last);
        for (int level = 1; level < Quantiles.COUNT; level++) {
          assertTrue(quantiles[level] > quantiles[level - 1]);
        }
        double upper = quantiles[Quantiles.COUNT - 1 - low];
        assertEquals(last * last, upper * quantiles[low], 1e-9 * last * last); // symmetric in logs
        double truth = columns[1][steps[i] + 1 + k];
        inside += truth >= quantiles[low] && truth <= upper ? 1 : 0;
      }
      assertEquals(0.8, (double) inside / steps.length, 0.03, "step " + (k + 1));
    }
  }

  @Test
  void gapsAndPricesBelowZeroAreLeftOut() {
    double[][] columns = prices(10, STEPS);
    double[][] gappy = Fixtures.withGaps(columns, 0.05, 11);
    gappy[1][400] = -3;
    TimeSeries series = variances("a", gappy);
    List<History> origins = new ArrayList<>();
    IntStream.range(0, STEPS).forEach(step -> origins.add(new History(series, step)));
    for (String name : List.of("har", "garch of log variance")) {
      double[][] means = estimator(name).fit(fold(series)).forecast(origins).mean();
      for (double[] mean : means) {
        assertTrue(Arrays.stream(mean).allMatch(value -> value > -15 && value < -4), name);
      }
    }
    Forecasts price = GarchEstimator.ofPrice().fit(fold(prices("a", gappy))).forecast(origins);
    double[] atMinusThree = price.quantiles()[400][0];
    assertTrue(atMinusThree[0] < atMinusThree[Quantiles.COUNT - 1], "ascending below zero, too");
  }

  @Test
  void whatDoesNotAllowAModelIsAFaultWithTheSeriesName() {
    double[][] constant = {new double[STEPS], new double[STEPS]};
    Arrays.fill(constant[0], -9.5);
    Arrays.fill(constant[1], 10);
    TimeSeries still = variances("still", constant);
    Fold fold = fold(variances("a", prices(12, STEPS)));
    Fold stands =
        new Fold(
            Fixtures.dataset(still),
            fold.features(),
            fold.split(),
            fold.windowing(),
            fold.train(),
            fold.validation(),
            fold.test());
    for (String name : List.of("har", "garch of log variance")) {
      JobFault fault = Fixtures.fault(ExitCode.DATA, () -> estimator(name).fit(stands));
      assertTrue(fault.where().startsWith("series still"), fault.where());
      assertTrue(fault.expected().contains(estimator(name).name()), fault.expected());
    }
    JobFault missing =
        Fixtures.fault(ExitCode.USAGE, () -> GarchEstimator.ofLogVariance("Open").fit(fold));
    assertTrue(missing.found().contains("Open") && missing.expected().contains("Close"));
  }
}
