package io.gatecast.forecasting.model.linear;

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
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.LabelledWindows;
import io.gatecast.forecasting.window.Split;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Proves on series of a known law what is learned, that the validation part chooses the penalty and
 * nothing else, and that nothing later than it should be is seen.
 */
class LinearAutoregressionTest {
  private static final int STEPS = 600;
  private static final Split SPLIT = new Split(399, 499);

  private static Fold fold(
      String transform, WindowTransform window, int lookback, int horizon, TimeSeries... series) {
    List<String> inputs = series[0].columns().subList(1, series[0].columns().size());
    FeatureSpec features = FeatureSpec.of(ColumnTransform.of(transform), window, inputs, List.of());
    return Fold.of(Fixtures.dataset(series), features, SPLIT, lookback, horizon);
  }

  private static Fold fold(int lookback, int horizon, TimeSeries... series) {
    return fold("standardise", WindowTransform.NONE, lookback, horizon, series);
  }

  private static LinearForecaster fit(LinearForm form, Fold fold) {
    return new LinearAutoregression(form).fit(fold);
  }

  private static double[] forecast(Forecaster model, TimeSeries series, int origin) {
    return model.forecast(List.of(new History(series, origin))).mean()[0];
  }

  /** Two waves: each value is a linear map of the four before it, and so is each later one. */
  private static double[] waves() {
    double[] y = new double[STEPS];
    for (int t = 0; t < STEPS; t++) {
      y[t] = 10 + 3 * Math.sin(0.7 * t) + 2 * Math.cos(0.23 * t + 1);
    }
    return y;
  }

  /** {@code y_t = 0.6 y_{t−1} + 2 x_{t−1} + 5}, x noise. */
  private static double[][] driven(long seed) {
    Random random = new Random(seed);
    double[][] columns = new double[2][STEPS];
    for (int t = 0; t < STEPS; t++) {
      columns[1][t] = random.nextGaussian();
      columns[0][t] = t == 0 ? 12 : 0.6 * columns[0][t - 1] + 2 * columns[1][t - 1] + 5;
    }
    return columns;
  }

  private static double[] noisy(long seed) {
    Random random = new Random(seed);
    double[] y = new double[STEPS];
    y[0] = 50;
    for (int t = 1; t < STEPS; t++) {
      y[t] = 50 + 0.8 * (y[t - 1] - 50) + random.nextGaussian();
    }
    return y;
  }

  @ParameterizedTest
  @EnumSource(LinearForm.class)
  void anExactAutoregressionIsForecastExactly(LinearForm form) {
    double[] y = waves();
    TimeSeries series = Fixtures.daily("s", y);
    Forecaster model = fit(form, fold(30, 5, series));
    for (int origin = 500; origin < STEPS - 5; origin++) {
      double[] forecast = forecast(model, series, origin);
      assertEquals(5, forecast.length);
      for (int h = 1; h <= 5; h++) {
        assertEquals(y[origin + h], forecast[h - 1], 0.01);
      }
    }
  }

  @Test
  void readsAllFeaturesWhereTheyAreFew() {
    double[][] columns = driven(3);
    TimeSeries series = Fixtures.daily("s", 0, columns);
    Fold fold = fold(3, 1, series);
    LinearForecaster all = fit(LinearForm.LINEAR, fold);
    LinearForecaster target = fit(LinearForm.LINEAR_TARGET, fold);
    assertTrue(all.description().contains("3 steps of all 2 features"), all::description);
    assertTrue(target.description().contains("3 steps of the target"), target::description);
    assertEquals(3 * 2 + 1, all.parameters());
    assertEquals(3 + 1, target.parameters());
    double worst = 0;
    for (int origin = 500; origin < STEPS - 1; origin++) {
      assertEquals(columns[0][origin + 1], forecast(all, series, origin)[0], 1e-3);
      double error = columns[0][origin + 1] - forecast(target, series, origin)[0];
      worst = Math.max(worst, Math.abs(error));
    }
    assertTrue(worst > 1, "the target's own past does not tell it");
  }

  @Test
  void readsTheTargetAloneWhereAllFeaturesAreTooMany() {
    double[][] columns = new double[30][];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = noisy(c);
    }
    TimeSeries series = Fixtures.daily("s", 0, columns);
    Fold fold = fold(70, 2, series);
    LinearForecaster linear = fit(LinearForm.LINEAR, fold);
    assertTrue(linear.description().contains("70 steps of the target"), linear::description);
    assertEquals(71 * 2, linear.parameters());
    assertArrayEquals(
        forecast(fit(LinearForm.LINEAR_TARGET, fold), series, 520), forecast(linear, series, 520));
  }

  @Test
  void oneRegressionServesAllSeriesEachOnItsScale() {
    double[] y = waves();
    double[] larger = new double[STEPS];
    for (int t = 0; t < STEPS; t++) {
      larger[t] = 1000 + 50 * y[t];
    }
    TimeSeries one = Fixtures.daily("one", y);
    TimeSeries two = Fixtures.daily("two", larger);
    Forecaster model = fit(LinearForm.LINEAR, fold(30, 2, one, two));
    double[][] forecasts =
        model.forecast(List.of(new History(two, 550), new History(one, 550))).mean();
    assertEquals(larger[552], forecasts[0][1], 0.5);
    assertEquals(y[552], forecasts[1][1], 0.01);
  }

  @ParameterizedTest
  @EnumSource(
      value = LinearForm.class,
      names = {"LINEAR_TARGET", "NLINEAR", "DLINEAR"})
  void onlyNlinearFollowsAShiftOfTheSeries(LinearForm form) {
    double[] y = noisy(4);
    double[] shifted = y.clone();
    for (int t = 510; t < STEPS; t++) {
      shifted[t] += 30;
    }
    // All that is learned from is the same; only the test part stands higher.
    TimeSeries before = Fixtures.daily("s", y);
    TimeSeries after = Fixtures.daily("s", shifted);
    for (WindowTransform window : WindowTransform.values()) {
      if (window != WindowTransform.NONE && form != LinearForm.NLINEAR) {
        continue;
      }
      Forecaster model = fit(form, fold("standardise", window, 20, 3, before));
      Forecaster again = fit(form, fold("standardise", window, 20, 3, after));
      for (int origin = 529; origin < STEPS; origin += 7) {
        double[] low = forecast(model, before, origin);
        double[] high = forecast(again, after, origin);
        for (int h = 0; h < 3; h++) {
          if (form == LinearForm.NLINEAR) {
            assertEquals(low[h] + 30, high[h], 1e-3);
          } else {
            assertNotEquals(low[h] + 30, high[h], 1);
          }
        }
      }
    }
  }

  @Test
  void nlinearIsTheSameWhateverTheWindowsSubtract() {
    TimeSeries series = Fixtures.daily("s", noisy(6));
    Forecaster none =
        fit(LinearForm.NLINEAR, fold("standardise", WindowTransform.NONE, 10, 3, series));
    for (WindowTransform window : WindowTransform.values()) {
      Forecaster model = fit(LinearForm.NLINEAR, fold("standardise", window, 10, 3, series));
      assertArrayEquals(forecast(none, series, 550), forecast(model, series, 550), 1e-4);
    }
  }

  @Test
  void forecastsComeBackThroughTheTargetsTransform() {
    double[] y = new double[STEPS];
    double[] wave = waves();
    for (int t = 0; t < STEPS; t++) {
      y[t] = Math.exp(wave[t] / 10);
    }
    TimeSeries series = Fixtures.daily("s", y);
    for (String transform : List.of("[log, standardise]", "[log, difference]", "log-return")) {
      Forecaster model =
          fit(LinearForm.LINEAR, fold(transform, WindowTransform.NONE, 30, 3, series));
      double[] forecast = forecast(model, series, 555);
      for (int h = 1; h <= 3; h++) {
        assertEquals(y[555 + h], forecast[h - 1], 0.01 * y[555 + h]);
      }
    }
  }

  /** What the Javadoc says, from the windows themselves. */
  private static double error(LinearMap map, Design design, LabelledWindows windows) {
    Design.Row row = design.row();
    float[] target = new float[windows.outputs()];
    double sum = 0;
    for (int i = 0; i < windows.size(); i++) {
      row.of(windows, i);
      windows.target(i, target);
      for (int h = 0; h < target.length; h++) {
        double error = target[h] - row.base() - map.apply(row.values(), h);
        sum += error * error;
      }
    }
    return sum / windows.size() / target.length;
  }

  private static Design design(LinearForm form, Fold fold) {
    return new Design(form, fold.lookback(), fold.train().inputs(), 1, false);
  }

  @ParameterizedTest
  @EnumSource(
      value = LinearForm.class,
      names = {"LINEAR_TARGET", "NLINEAR", "DLINEAR"})
  void thePenaltyIsTheBestOneOnTheValidationWindows(LinearForm form) {
    for (long seed = 0; seed < 5; seed++) {
      Fold fold = fold(40, 4, Fixtures.daily("s", noisy(seed)));
      Design design = design(form, fold);
      Ridge ridge = new Ridge(design.moments(fold.train()));
      double best = Double.NaN;
      double least = Double.MAX_VALUE;
      for (double penalty : LinearAutoregression.penalties()) {
        double error = error(ridge.fit(penalty), design, fold.validation());
        if (error < least) {
          least = error;
          best = penalty;
        }
      }
      assertEquals(best, fit(form, fold).penalty());
    }
  }

  @Test
  void validationDecidesOnThePenaltyAndOnNothingElse() {
    double[] y = noisy(8);
    double[] restless = y.clone();
    Random random = new Random(9);
    for (int t = 400; t < 500; t++) {
      // Without any memory: the less of the train part's law, the better.
      restless[t] = 50 + 3 * random.nextGaussian();
    }
    TimeSeries series = Fixtures.daily("s", y);
    Fold calm = fold(10, 2, series);
    Fold other = fold(10, 2, Fixtures.daily("s", restless));
    LinearForecaster ofCalm = fit(LinearForm.LINEAR, calm);
    LinearForecaster ofOther = fit(LinearForm.LINEAR, other);
    assertTrue(ofOther.penalty() > ofCalm.penalty(), ofOther::description);
    Design design = design(LinearForm.LINEAR, other);
    LinearMap map = new Ridge(design.moments(calm.train())).fit(ofOther.penalty());
    LinearForecaster same =
        new LinearForecaster(design, map, ofOther.penalty(), 22, calm.windowing());
    assertArrayEquals(forecast(same, series, 550), forecast(ofOther, series, 550));
  }

  @ParameterizedTest
  @EnumSource(LinearForm.class)
  void nothingAfterAnOriginChangesItsForecast(LinearForm form) {
    double[][] values = {noisy(10), noisy(11)};
    TimeSeries series = Fixtures.daily("s", 0, values);
    for (WindowTransform window : WindowTransform.values()) {
      Forecaster model = fit(form, fold("standardise", window, 12, 4, series));
      for (int origin = 499; origin < STEPS; origin += 9) {
        TimeSeries changed = Fixtures.daily("s", 0, Fixtures.changedAfter(values, origin, origin));
        Forecaster again = fit(form, fold("standardise", window, 12, 4, changed));
        assertArrayEquals(forecast(model, series, origin), forecast(again, changed, origin));
      }
    }
  }

  @Test
  void windowsThatAGapTouchesTeachNothingAndAreNotForecastFrom() {
    double[][] gappy = Fixtures.withGaps(new double[][] {waves()}, 0.02, 5);
    TimeSeries series = Fixtures.daily("s", 0, gappy);
    Fold fold = fold(8, 2, series);
    Forecaster model = fit(LinearForm.LINEAR, fold);
    assertTrue(fold.test().size() > 20);
    double[][] forecasts = model.forecast(fold.test().origins()).mean();
    double[] truth = waves();
    for (int i = 0; i < forecasts.length; i++) {
      int origin = fold.test().origins().get(i).origin();
      assertEquals(truth[origin + 2], forecasts[i][1], 0.3);
    }
  }

  @Test
  void aPartWithoutWindowsIsAFault() {
    TimeSeries series = Fixtures.daily("s", noisy(1));
    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> fit(LinearForm.NLINEAR, fold(10, 101, series)));
    assertTrue(fault.expected().contains("validation"), fault::getMessage);
    Fixtures.fault(ExitCode.DATA, () -> fit(LinearForm.NLINEAR, fold(399, 2, series)));
  }

  @Test
  void isABaselineThatTellsNoQuantiles() {
    TimeSeries series = Fixtures.daily("s", noisy(1));
    Fold fold = fold(10, 2, series);
    for (LinearForm form : LinearForm.values()) {
      try (LinearForecaster model = fit(form, fold)) {
        assertEquals(form.label(), model.name());
        assertEquals(form.label(), new LinearAutoregression(form).name());
        assertEquals(Forecaster.Kind.BASELINE, model.kind());
        assertFalse(model.forecast(fold.test().origins()).hasQuantiles());
      }
    }
    assertEquals(2 * 10, fit(LinearForm.NLINEAR, fold).parameters(), "the last lag is always 0");
    assertEquals(2 * 21, fit(LinearForm.DLINEAR, fold).parameters());
  }
}
