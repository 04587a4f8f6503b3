package io.gatecast.forecasting.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves the baselines against their formulas, and that they cannot look ahead. */
class BaselineTest {
  private static final double NONE = Double.NaN;

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  private static double[] at(Forecaster model, int origin, double... values) {
    return model.forecast(List.of(new History(Fixtures.daily("s", values), origin))).mean()[0];
  }

  @Test
  void persistenceRepeatsTheLastValueThatIsThere() {
    assertArrayEquals(new double[] {3, 3}, at(new Persistence(2), 2, 1, 2, 3, 4));
    assertArrayEquals(new double[] {2, 2}, at(new Persistence(2), 2, 1, 2, NONE, 4));
  }

  @Test
  void seasonalNaiveRepeatsTheLastSeasonAlsoPastItsLength() {
    double[] season = {1, 2, 3};
    assertArrayEquals(
        new double[] {1, 2, 3, 1, 2, 3, 1}, at(new SeasonalNaive(3, 7), 5, 9, 9, 9, 1, 2, 3, 7));
    assertArrayEquals(
        new double[] {2, 3, 1, 2}, at(new SeasonalNaive(3, 4), 3, season[0], 2, 3, 1, 99));
    assertArrayEquals(new double[] {8, 8}, at(new SeasonalNaive(1, 2), 1, 7, 8));
  }

  @Test
  void seasonalNaiveGoesBackFurtherOverAbsentValuesAndAtLastRepeats() {
    SeasonalNaive model = new SeasonalNaive(2, 3);
    assertArrayEquals(new double[] {1, 4, 1}, at(model, 3, 1, 2, NONE, 4));
    assertArrayEquals(new double[] {4, 4, 4}, at(model, 3, NONE, 2, NONE, 4));
    assertArrayEquals(
        new double[] {5, 5}, at(new SeasonalNaive(10, 2), 1, 4, 5), "shorter than a season");
  }

  @Test
  void driftFollowsTheLineFromFirstToLast() {
    assertArrayEquals(new double[] {9, 11}, at(new Drift(2), 3, 1, 8, 2, 7, 100), 1e-12);
    assertArrayEquals(new double[] {5, 5}, at(new Drift(2), 0, 5, 6), "one value has no slope");
    // Through (1, 2) and (3, 6); the origin is step 4.
    assertArrayEquals(new double[] {10, 12}, at(new Drift(2), 4, NONE, 2, NONE, 6, NONE), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theRulesAgreeWithTheirFormulasOnRandomSeries(long seed) {
    double[] y = Fixtures.walk(seed, 50);
    TimeSeries series = Fixtures.daily("s", y);
    int season = 1 + (int) (seed % 9);
    int horizon = 12;
    for (int origin = season; origin < y.length; origin++) {
      List<History> one = List.of(new History(series, origin));
      double[] seasonal = new SeasonalNaive(season, horizon).forecast(one).mean()[0];
      double[] drift = new Drift(horizon).forecast(one).mean()[0];
      for (int h = 1; h <= horizon; h++) {
        int cycles = (int) Math.ceil((double) h / season);
        assertEquals(y[origin + h - season * cycles], seasonal[h - 1]);
        assertEquals(y[origin] + h * (y[origin] - y[0]) / origin, drift[h - 1], 1e-9);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingAfterTheOriginChangesAForecast(long seed) {
    double[][] y = Fixtures.withGaps(new double[][] {Fixtures.walk(seed, 60)}, 0.15, seed);
    List<Forecaster> models = List.of(new Persistence(9), new SeasonalNaive(7, 9), new Drift(9));
    for (int origin = 0; origin < 60; origin += 3) {
      History before = new History(Fixtures.daily("s", 0, y), origin);
      History after =
          new History(Fixtures.daily("s", 0, Fixtures.changedAfter(y, origin, seed)), origin);
      for (Forecaster model : models) {
        assertArrayEquals(
            model.forecast(List.of(before)).mean()[0],
            model.forecast(List.of(after)).mean()[0],
            model.name());
      }
    }
  }

  @Test
  void forecastsEachOriginInItsPlace() {
    TimeSeries series = Fixtures.daily("s", 1, 2, 3);
    List<History> origins = new ArrayList<>();
    for (int origin : new int[] {2, 0, 1}) {
      origins.add(new History(series, origin));
    }
    double[][] forecasts = new Persistence(1).forecast(origins).mean();
    assertArrayEquals(new double[][] {{3}, {1}, {2}}, forecasts);
  }

  @Test
  void areBaselinesWithoutParametersAndCheckTheirSeason() {
    Forecaster model = new SeasonalNaive(7, 2);
    assertEquals(Forecaster.Kind.BASELINE, model.kind());
    assertEquals(0, model.parameters());
    assertEquals("seasonal-naive", model.name());
    assertThrows(IllegalArgumentException.class, () -> new SeasonalNaive(0, 2));
  }
}
