package io.gatecast.forecasting.model.climatology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.time.RegularAxis;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.data.time.TimeUnit;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.SeasonalNaive;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.LabelledWindows;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.SplitSpec;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves climatology on series made of known cycles, on days and on seconds. */
class ClimatologyTest {
  private static final int DAY_SECONDS = 86_400;

  private static final FeatureSpec FEATURES =
      FeatureSpec.of(ColumnTransform.of("standardise"), WindowTransform.NONE, List.of(), List.of());

  /** A series from a local law. */
  private static TimeSeries series(TimeAxis axis, int length, ToDoubleFunction<LocalDateTime> law) {
    double[] values = new double[length];
    for (int t = 0; t < length; t++) {
      values[t] = law.applyAsDouble(axis.local(axis.time(t)));
    }
    return TimeSeries.of("s", axis, List.of("y"), 0, new double[][] {values});
  }

  private static TimeAxis days(String first) {
    return new RegularAxis(TimeUnit.DAY, 1, Fixtures.day(first), ZoneOffset.UTC);
  }

  private static TimeAxis hours(String first, int hours, ZoneId zone) {
    long origin = LocalDate.parse(first).atStartOfDay(zone).toEpochSecond();
    return new RegularAxis(TimeUnit.SECOND, 3600L * hours, origin, zone);
  }

  /** Trained on the steps before, two steps after as validation, the others as test. */
  private static Fold fold(int trainSteps, int horizon, TimeSeries... series) {
    Split split =
        new Split(series[0].time(trainSteps - 1), series[0].time(trainSteps - 1 + 2 * horizon));
    return Fold.of(Fixtures.dataset(series), FEATURES, split, 1, horizon);
  }

  private static double year(LocalDateTime time) {
    double days = time.getDayOfYear() - 1 + time.toLocalTime().toSecondOfDay() / 86_400.0;
    return 2 * Math.PI * days / time.toLocalDate().lengthOfYear();
  }

  private static double day(LocalDateTime time) {
    return 2 * Math.PI * time.toLocalTime().toSecondOfDay() / DAY_SECONDS;
  }

  private static void assertForecastsComeTrue(TimeSeries series, Forecaster model, Fold fold) {
    List<History> origins = fold.test().origins();
    assertFalse(origins.isEmpty());
    double[][] forecasts = model.forecast(origins).mean();
    for (int i = 0; i < forecasts.length; i++) {
      assertEquals(fold.horizon(), forecasts[i].length);
      for (int h = 1; h <= fold.horizon(); h++) {
        double truth = series.value(0, origins.get(i).origin() + h);
        assertEquals(truth, forecasts[i][h - 1], 1e-8);
      }
    }
  }

  @Test
  void recoversAYearOfDaysThroughLeapYears() {
    ToDoubleFunction<LocalDateTime> law =
        time -> 10 + 8 * Math.sin(year(time) - 1) + 2 * Math.cos(3 * year(time));
    TimeSeries series = series(days("2011-03-01"), 6 * 365, law);
    Fold fold = fold(2 * 365, 9, series);
    ClimatologyForecaster model = new Climatology().fit(fold);
    assertEquals(3, model.yearHarmonics("s"));
    assertEquals(0, model.dayHarmonics("s"));
    assertEquals(7, model.parameters());
    assertForecastsComeTrue(series, model, fold);
    LocalDateTime leap = LocalDateTime.of(2016, 2, 29, 0, 0);
    assertEquals(law.applyAsDouble(leap), model.at("s", leap), 1e-8);
  }

  /** The day's cycle grows with the season; the zone's clock changes twice a year. */
  @Test
  void recoversADayThatChangesWithTheYearOnALocalClock() {
    ToDoubleFunction<LocalDateTime> law =
        time ->
            5
                - 9 * Math.cos(year(time))
                + (4 - 2 * Math.cos(year(time))) * Math.sin(day(time) - 2)
                + Math.cos(2 * year(time)) * Math.sin(2 * day(time))
                + 0.5 * Math.cos(4 * day(time));
    TimeSeries series = series(hours("2018-01-01", 1, ZoneId.of("Europe/Berlin")), 15_000, law);
    Fold fold = fold(9_000, 24, series);
    ClimatologyForecaster model = new Climatology().fit(fold);
    assertEquals(3, model.yearHarmonics("s"));
    assertEquals(4, model.dayHarmonics("s"));
    assertEquals(1 + 6 + 8 + 16, model.parameters());
    assertForecastsComeTrue(series, model, fold);
  }

  @Test
  void withoutAYearItIsTheMeanAndTheDaysCycle() {
    ToDoubleFunction<LocalDateTime> law = time -> 20 + 3 * Math.cos(day(time) - 1);
    TimeSeries series = series(hours("2020-01-01", 1, ZoneOffset.UTC), 364 * 24, law);
    Fold fold = fold(340 * 24, 24, series);
    ClimatologyForecaster model = new Climatology().fit(fold);
    assertEquals(0, model.yearHarmonics("s"));
    assertEquals(1 + 8, model.parameters());
    assertForecastsComeTrue(series, model, fold);
  }

  @Test
  void daysWithoutAYearAreTheirMean() {
    TimeSeries series = series(days("2020-01-01"), 400, LocalDateTime::getDayOfYear);
    for (int steps : new int[] {100, 364}) {
      ClimatologyForecaster model = new Climatology().fit(fold(steps, 3, series));
      assertEquals(1, model.parameters());
      double mean = (steps + 1) / 2.0;
      assertEquals(mean, model.at("s", LocalDateTime.of(2021, 7, 1, 0, 0)), 1e-9);
    }
    assertEquals(3, new Climatology().fit(fold(365, 3, series)).yearHarmonics("s"));
  }

  /** As many harmonics of the day as its steps tell apart. */
  @ParameterizedTest
  @CsvSource({"1, 4", "2, 4", "3, 4", "4, 3", "6, 2", "8, 1", "12, 1"})
  void longStepsHaveFewHarmonicsOfTheDay(int hours, int harmonics) {
    Random random = new Random(hours);
    double[] cycle = random.doubles(24 / hours).toArray();
    ToDoubleFunction<LocalDateTime> law = time -> 3 + cycle[time.getHour() / hours];
    TimeSeries series = series(hours("2020-01-01", hours, ZoneOffset.UTC), 2_000 / hours, law);
    Fold fold = fold(1_200 / hours, 2, series);
    ClimatologyForecaster model = new Climatology().fit(fold);
    assertEquals(harmonics, model.dayHarmonics("s"));
    if (hours >= 3 && hours != 8) {
      // Enough harmonics for any cycle of so many steps: of 8 steps 4, of 6 3, of 4 2, of 2 1.
      assertForecastsComeTrue(series, model, fold);
    }
  }

  @Test
  void aSeasonWithoutValuesLeavesFewerHarmonics() {
    TimeAxis axis = days("2015-01-01");
    double[] values = new double[4 * 365];
    for (int t = 0; t < values.length; t++) {
      LocalDateTime time = axis.local(axis.time(t));
      boolean winter = time.getMonthValue() <= 4 && t < 3 * 365;
      values[t] = winter ? Double.NaN : 15 - 10 * Math.cos(year(time));
    }
    TimeSeries series = TimeSeries.of("s", axis, List.of("y"), 0, new double[][] {values});
    Fold fold = fold(3 * 365, 5, series);
    ClimatologyForecaster model = new Climatology().fit(fold);
    assertEquals(1, model.yearHarmonics("s"), "January to April are never seen");
    assertForecastsComeTrue(series, model, fold);
  }

  @Test
  void eachSeriesHasItsOwnAndGapsTeachNothing() {
    double[] y = series(days("2015-01-01"), 1_000, time -> Math.sin(year(time))).column(0);
    double[][] gappy = Fixtures.withGaps(new double[][] {y}, 0.2, 3);
    double[] other = Arrays.stream(y).map(value -> 100 - 5 * value).toArray();
    TimeAxis axis = days("2015-01-01");
    TimeSeries one = TimeSeries.of("one", axis, List.of("y"), 0, gappy);
    TimeSeries two = TimeSeries.of("two", axis, List.of("y"), 0, new double[][] {other});
    ClimatologyForecaster model = new Climatology().fit(fold(800, 3, one, two));
    double[][] forecasts =
        model.forecast(List.of(new History(two, 900), new History(one, 900))).mean();
    assertArrayEquals(new double[] {other[901], other[902], other[903]}, forecasts[0], 1e-8);
    assertArrayEquals(new double[] {y[901], y[902], y[903]}, forecasts[1], 1e-8);
    TimeSeries stranger = TimeSeries.of("stranger", axis, List.of("y"), 0, gappy);
    assertThrows(
        IllegalArgumentException.class, () -> model.forecast(List.of(new History(stranger, 9))));
  }

  @Test
  void nothingOutsideTheTrainPartChangesIt() {
    double[][] values = {Fixtures.walk(7, 1_200)};
    TimeAxis axis = days("2015-01-01");
    TimeSeries before = TimeSeries.of("s", axis, List.of("y"), 0, values);
    double[][] later = Fixtures.changedAfter(values, 799, 5);
    for (int t = 0; t < 100; t++) {
      later[0][t] *= 3;
    }
    TimeSeries after = TimeSeries.of("s", axis, List.of("y"), 0, later);
    Split split =
        new Split(
            before.time(100), before.time(799), before.time(899), before.time(900), Long.MAX_VALUE);
    Forecaster model =
        new Climatology().fit(Fold.of(Fixtures.dataset(before), FEATURES, split, 5, 4));
    Forecaster again =
        new Climatology().fit(Fold.of(Fixtures.dataset(after), FEATURES, split, 5, 4));
    for (int origin = 0; origin < 1_200; origin += 31) {
      assertArrayEquals(
          model.forecast(List.of(new History(before, origin))).mean()[0],
          again.forecast(List.of(new History(after, origin))).mean()[0]);
    }
  }

  @Test
  void aTrainPartWithoutValuesIsAFault() {
    TimeSeries one = series(days("2015-01-01"), 300, time -> time.getDayOfYear());
    double[] absent = one.column(0);
    Arrays.fill(absent, 0, 220, Double.NaN);
    Fold whole = fold(200, 3, one);
    TimeSeries late = TimeSeries.of("late", one.axis(), List.of("y"), 0, new double[][] {absent});
    Fold fold =
        new Fold(
            Fixtures.dataset(one, late),
            whole.features(),
            whole.split(),
            whole.windowing(),
            whole.train(),
            whole.validation(),
            whole.test());
    JobFault fault = Fixtures.fault(ExitCode.DATA, () -> new Climatology().fit(fold));
    assertTrue(fault.where().contains("late"), fault::getMessage);
  }

  private static double mae(Forecaster model, LabelledWindows windows) {
    List<History> origins = windows.origins();
    double[][] forecasts = model.forecast(origins).mean();
    double sum = 0;
    for (int i = 0; i < forecasts.length; i++) {
      for (int h = 0; h < forecasts[i].length; h++) {
        double actual = origins.get(i).series().value(0, origins.get(i).origin() + 1 + h);
        sum += Math.abs(actual - forecasts[i][h]);
      }
    }
    return sum / forecasts.length / windows.outputs();
  }

  /** Four years of two cities' temperatures, the file that ships; three of them teach. */
  @Test
  void onRealDaysItBeatsTheSameDayOfLastYear() {
    Dataset data =
        Fixtures.read(
            new Fixtures.Source(
                Path.of("../examples/data/weather.csv"),
                ',',
                "date",
                null,
                ZoneOffset.UTC,
                "location"),
            Fixtures.strict("temp_max"));
    Fold fold = Fold.of(data, FEATURES, Split.of(data, new SplitSpec(0.05, 0.2)), 7, 7);
    ClimatologyForecaster model = new Climatology().fit(fold);
    assertEquals(Forecaster.Kind.BASELINE, model.kind());
    assertEquals(Climatology.NAME, model.name());
    assertEquals(2 * 7, model.parameters());
    double error = mae(model, fold.test());
    double lastYear = mae(new SeasonalNaive(365, 7), fold.test());
    assertTrue(error < 0.8 * lastYear, error + " against " + lastYear);
  }
}
