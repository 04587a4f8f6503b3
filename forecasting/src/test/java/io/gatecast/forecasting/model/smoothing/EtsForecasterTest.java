package io.gatecast.forecasting.model.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that forecasts know the train part's parameters, the values up to the origin, no more. */
class EtsForecasterTest {
  private static final int HORIZON = 9;
  private static final int SEASON = 7;
  private static final Split SPLIT = new Split(119, 159);

  private static Fold fold(Split split, TimeSeries... series) {
    FeatureSpec spec =
        FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, List.of(), List.of());
    return Fold.of(Fixtures.dataset(series), spec, split, 3, HORIZON);
  }

  private static EtsForecaster fit(ErrorScale scale, Split split, TimeSeries... series) {
    return new EtsEstimator(SEASON, HORIZON, scale).fit(fold(split, series));
  }

  private static double[] at(Forecaster model, TimeSeries series, int origin) {
    return model.forecast(List.of(new History(series, origin))).mean()[0];
  }

  private static double[] weekly(long seed, int length) {
    Random random = new Random(seed);
    double[] values = new double[length];
    double level = 100;
    for (int t = 0; t < length; t++) {
      level += 0.3 + random.nextGaussian();
      values[t] = level + 15 * Math.sin(2 * Math.PI * t / SEASON);
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(ErrorScale.class)
  void oneLoopOverTheValuesUpToEachOriginGivesTheSame(ErrorScale scale) {
    double[] y = weekly(1, 220);
    for (int t : new int[] {40, 41, 130, 131, 132, 170}) {
      y[t] = Double.NaN;
    }
    TimeSeries series = Fixtures.daily("s", y);
    EtsForecaster model = fit(scale, SPLIT, series);
    EtsFit fit = model.fit("s");
    boolean logs = scale == ErrorScale.MULTIPLICATIVE;
    double[] train =
        Arrays.stream(y, 0, 120).map(value -> logs ? Math.log(value) : value).toArray();
    assertEquals(Ets.choose(train, SEASON, !logs), fit);
    assertNotEquals(EtsForm.Seasonal.NONE, fit.form().seasonal());
    assertEquals(fit.form().smoothing() + fit.form().initial(), model.parameters());
    List<History> origins = new ArrayList<>();
    for (int origin : new int[] {219, 120, 131, 5, 0, 170, 120}) {
      origins.add(new History(series, origin));
    }
    double[][] means = model.forecast(origins).mean();
    for (int i = 0; i < means.length; i++) {
      EtsState state = fit.state();
      for (int t = 0; t <= origins.get(i).origin(); t++) {
        state.step(logs ? Math.log(y[t]) : y[t]);
      }
      double[] expected = state.forecast(HORIZON);
      for (int h = 0; h < HORIZON; h++) {
        assertEquals(logs ? Math.exp(expected[h]) : expected[h], means[i][h], 1e-9);
      }
    }
    assertFalse(model.forecast(origins).hasQuantiles());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nothingAfterTheOriginChangesAForecastAndNothingAfterTheTrainPartAFit(long seed) {
    double[][] y = Fixtures.withGaps(new double[][] {weekly(seed, 200)}, 0.1, seed);
    y[0][0] = 100;
    TimeSeries series = Fixtures.daily("s", 0, y);
    for (ErrorScale scale : ErrorScale.values()) {
      EtsForecaster model = fit(scale, SPLIT, series);
      TimeSeries beyond = Fixtures.daily("s", 0, Fixtures.changedAfter(y, 119, seed));
      assertEquals(model.fit("s"), fit(scale, SPLIT, beyond).fit("s"));
      for (int origin = 0; origin < 199; origin += 4) {
        TimeSeries changed = Fixtures.daily("s", 0, Fixtures.changedAfter(y, origin, seed));
        List<History> histories = List.of(new History(changed, 199), new History(changed, origin));
        assertArrayEquals(at(model, series, origin), model.forecast(histories).mean()[1]);
      }
    }
  }

  @Test
  void restatedValuesAreThoseKnownAtTheOriginAndInTheFitThoseKnownAtItsEnd() {
    double[] first = weekly(3, 200);
    double[] later = first.clone();
    double[] latest = first.clone();
    later[100] += 30;
    latest[100] += 30;
    latest[110] -= 40;
    TimeSeries told =
        Fixtures.daily("s", latest)
            .restated(
                new int[] {100, 100, 110, 110},
                new long[] {100, 115, 110, 150},
                new double[][] {{first[100], later[100], first[110], latest[110]}});
    EtsForecaster model = fit(ErrorScale.ADDITIVE, SPLIT, told);
    EtsForecaster plain = fit(ErrorScale.ADDITIVE, SPLIT, Fixtures.daily("s", later));
    assertEquals(plain.fit("s"), model.fit("s"));
    List<History> origins = new ArrayList<>();
    List<double[]> expected = new ArrayList<>();
    for (int origin : new int[] {160, 105, 149, 114, 115, 150, 199}) {
      origins.add(new History(told, origin));
      double[] known = origin < 115 ? first : origin < 150 ? later : latest;
      expected.add(at(plain, Fixtures.daily("s", known), origin));
    }
    assertArrayEquals(expected.toArray(double[][]::new), model.forecast(origins).mean());
  }

  @Test
  void eachSeriesHasItsOwnModelAndPlace() {
    TimeSeries one = Fixtures.daily("one", weekly(1, 200));
    TimeSeries two = Fixtures.daily("two", Fixtures.walk(2, 200));
    EtsForecaster both = fit(ErrorScale.ADDITIVE, SPLIT, one, two);
    EtsForecaster first = fit(ErrorScale.ADDITIVE, SPLIT, one);
    EtsForecaster second = fit(ErrorScale.ADDITIVE, SPLIT, two);
    double[][] means =
        both.forecast(
                List.of(
                    new History(two, 180),
                    new History(one, 150),
                    new History(two, 120),
                    new History(one, 199)))
            .mean();
    assertArrayEquals(at(second, two, 180), means[0]);
    assertArrayEquals(at(first, one, 150), means[1]);
    assertArrayEquals(at(second, two, 120), means[2]);
    assertArrayEquals(at(first, one, 199), means[3]);
    assertEquals(first.parameters() + second.parameters(), both.parameters());
    assertEquals(0, both.forecast(List.of()).size());
    TimeSeries other = Fixtures.daily("other", 1, 2, 3);
    assertThrows(IllegalArgumentException.class, () -> at(both, other, 1));
  }

  @Test
  void theTrainPartBeginsWhereTheSplitSays() {
    double[] y = weekly(5, 200);
    double[] changed = y.clone();
    Arrays.fill(changed, 0, 60, 1);
    Split late = new Split(60, 119, 159, 160, 199);
    TimeSeries series = Fixtures.daily("s", y);
    EtsForecaster model = fit(ErrorScale.ADDITIVE, late, series);
    assertEquals(
        model.fit("s"), fit(ErrorScale.ADDITIVE, late, Fixtures.daily("s", changed)).fit("s"));
    assertEquals(60, model.fit("s").observations());
    double[] forecast = at(model, series, 199);
    assertArrayEquals(forecast, at(model, Fixtures.daily("s", changed), 199), "the state too");
    // Before the fitted part the state begins with the series itself.
    double[] early = at(model, series, 30);
    assertTrue(Arrays.stream(early).allMatch(value -> Math.abs(value - y[30]) < 60));
    assertArrayEquals(at(model, series, 59), at(model, Fixtures.daily("s", y), 59));
  }

  @Test
  void aSeriesWithoutTrainValuesRepeatsItsLastValue() {
    double[] y = weekly(6, 200);
    double[] young = y.clone();
    Arrays.fill(young, 0, 130, Double.NaN);
    TimeSeries old = Fixtures.daily("old", y);
    TimeSeries starts = Fixtures.daily("young", young);
    EtsForecaster model =
        new EtsEstimator(SEASON, HORIZON, ErrorScale.MULTIPLICATIVE)
            .fit(new FoldOf(fold(SPLIT, old)).with(old, starts));
    double[] last = new double[HORIZON];
    Arrays.fill(last, y[150]);
    assertArrayEquals(last, at(model, starts, 150), 1e-9);
    assertTrue(Double.isNaN(at(model, starts, 129)[0]), "nothing is known");
    assertEquals(0, model.fit("young").estimated());
  }

  /** A fold of other series: what features would need of them plays no part here. */
  private record FoldOf(Fold fold) {
    Fold with(TimeSeries... series) {
      return new Fold(
          Fixtures.dataset(series),
          fold.features(),
          fold.split(),
          fold.windowing(),
          fold.train(),
          fold.validation(),
          fold.test());
    }
  }

  @Test
  void logarithmsNeedPositiveValuesAndSayWhere() {
    double[] y = weekly(7, 200);
    y[30] = -36.98;
    TimeSeries train = Fixtures.daily("oil", y);
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA, () -> fit(ErrorScale.MULTIPLICATIVE, SPLIT, train).fit("oil"));
    assertEquals("-36.98", fault.found());
    assertEquals("series oil, column target at 1970-01-31", fault.where());
    double[] late = weekly(7, 200);
    late[170] = 0;
    TimeSeries test = Fixtures.daily("oil", late);
    EtsForecaster model = fit(ErrorScale.MULTIPLICATIVE, SPLIT, test);
    assertTrue(Double.isFinite(at(model, test, 169)[0]));
    Fixtures.fault(ExitCode.DATA, () -> at(model, test, 170));
    assertTrue(Double.isFinite(at(fit(ErrorScale.ADDITIVE, SPLIT, train), train, 199)[0]));
  }

  @Test
  void isABaselineAndChecksItsNumbers() {
    EtsEstimator estimator = new EtsEstimator(1, 2, ErrorScale.ADDITIVE);
    assertEquals("ets", estimator.name());
    assertEquals(Forecaster.Kind.BASELINE, estimator.kind());
    EtsForecaster model = estimator.fit(fold(SPLIT, Fixtures.daily("s", weekly(8, 200))));
    assertEquals("ets", model.name());
    assertEquals(Forecaster.Kind.BASELINE, model.kind());
    assertEquals(EtsForm.Seasonal.NONE, model.fit("s").form().seasonal());
    assertThrows(IllegalArgumentException.class, () -> new EtsEstimator(0, 2, ErrorScale.ADDITIVE));
    assertThrows(IllegalArgumentException.class, () -> new EtsEstimator(7, 0, ErrorScale.ADDITIVE));
  }
}
