package io.gatecast.forecasting.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.Covariate;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.Wind;
import io.gatecast.forecasting.transform.WindowTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves what features are made of, what they may look at, and that outputs become levels. */
class FittedFeaturesTest {
  private static final int STEPS = 60;
  private static final int TRAIN_END = 39;
  private static final int HORIZON = 3;

  private static FeatureSpec spec(
      String transform, WindowTransform window, List<Covariate> covariates) {
    return new FeatureSpec(
        covariates,
        List.of(),
        ColumnTransform.of(transform),
        Map.of(),
        Map.of(),
        window,
        List.of());
  }

  private static TimeSeries series(long seed) {
    return Fixtures.daily(
        "s", 0, new double[][] {Fixtures.walk(seed, STEPS), Fixtures.walk(~seed, STEPS)});
  }

  private static double[] feature(TimeSeries series, SeriesTransforms fitted, int feature) {
    return fitted.feature(series, feature, 0, series.length(), Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "standardise | SUBTRACT_LAST",
        "standardise | NONE",
        "robust | SUBTRACT_LAST_FROM_ALL",
        "[log, standardise] | SUBTRACT_LAST",
        "[log-return, standardise] | NONE",
        "[log, difference, min-max] | NONE",
        "[seasonal-difference(7), standardise] | SUBTRACT_LAST",
        "none | NONE",
      })
  void targetsThatANetworkWouldGiveBecomeTheTrueLevels(String transform, WindowTransform window) {
    TimeSeries series = series(5);
    FeatureSpec spec = spec(transform, window, List.of(new Covariate.PastOnly("input1")));
    SeriesTransforms fitted =
        FittedFeatures.fit(Fixtures.dataset(series), spec, HORIZON, TRAIN_END).get(0);
    SeriesFeatures features = SeriesFeatures.of(series, fitted, List.of());
    for (int origin = 20; origin + HORIZON < STEPS; origin++) {
      float[] target = new float[HORIZON];
      features.copyTarget(origin, HORIZON, Long.MAX_VALUE, target, 0);
      double[] levels = fitted.levels(new History(series, origin), target);
      for (int h = 0; h < HORIZON; h++) {
        double truth = series.value(0, origin + 1 + h);
        assertEquals(truth, levels[h], 2e-5 * truth, "origin " + origin + ", step " + h);
      }
    }
  }

  @Test
  void lastValuesAreSubtractedFromAWholeWindowWhereAskedFor() {
    TimeSeries series = series(2);
    SeriesTransforms fitted =
        FittedFeatures.fit(
                Fixtures.dataset(series),
                spec(
                    "standardise",
                    WindowTransform.SUBTRACT_LAST_FROM_ALL,
                    List.of(new Covariate.PastOnly("input1"))),
                HORIZON,
                TRAIN_END)
            .get(0);
    float[] window = new float[2 * 5];
    SeriesFeatures.of(series, fitted, List.of()).copyInput(30, 5, window, 0);
    assertEquals(0, window[8]);
    assertEquals(0, window[9]);
    double[] plain = feature(series, fitted, 1);
    assertEquals(plain[26] - plain[30], window[1], 1e-6);
  }

  @Test
  void aColumnKnownBeforehandIsReadAHorizonAheadAndAPastOneNever() {
    TimeSeries series = series(3);
    SeriesTransforms fitted =
        FittedFeatures.fit(
                Fixtures.dataset(series),
                spec(
                    "standardise",
                    WindowTransform.NONE,
                    List.of(new Covariate.KnownFuture("input1"))),
                HORIZON,
                TRAIN_END)
            .get(0);
    assertEquals(
        List.of("target", "input1", "input1+3"),
        fitted.features().stream().map(FittedFeature::name).toList());
    double[] now = feature(series, fitted, 1);
    double[] ahead = feature(series, fitted, 2);
    assertArrayEquals(
        Arrays.copyOfRange(now, HORIZON, STEPS), Arrays.copyOf(ahead, STEPS - HORIZON));
    assertTrue(Double.isNaN(ahead[STEPS - 1]), "what is not in the data is not known");
    SeriesColumns columns =
        SeriesColumns.ahead(series, Map.of(), List.of(), fitted.known(), 0, STEPS, Long.MAX_VALUE);
    assertEquals(STEPS, columns.get("input1").length);
    assertThrows(IllegalArgumentException.class, () -> columns.get("target"));
  }

  @Test
  void aFutureOfDerivedColumnsNeedsThatOfTheirInputs() {
    TimeSeries series = series(3);
    FeatureSpec spec =
        new FeatureSpec(
            List.of(new Covariate.KnownFuture("target_sin")),
            List.of(new Wind("target", "input1")),
            Scaling.STANDARDISE,
            Map.of(),
            Map.of(),
            WindowTransform.NONE,
            List.of());
    SeriesTransforms fitted =
        FittedFeatures.fit(Fixtures.dataset(series), spec, HORIZON, TRAIN_END).get(0);
    assertThrows(IllegalArgumentException.class, () -> feature(series, fitted, 2));
  }

  @Test
  void staticColumnsAreOneNumberASeriesScaledOverAll() {
    double[] low = new double[STEPS];
    double[] high = new double[STEPS];
    Arrays.fill(low, 100);
    Arrays.fill(high, 300);
    TimeSeries one = Fixtures.daily("one", 0, new double[][] {Fixtures.walk(1, STEPS), low});
    TimeSeries two = Fixtures.daily("two", 0, new double[][] {Fixtures.walk(2, STEPS), high});
    FeatureSpec spec =
        spec("standardise", WindowTransform.NONE, List.of(new Covariate.Static("input1")));
    List<SeriesTransforms> fitted =
        FittedFeatures.fit(Fixtures.dataset(one, two), spec, HORIZON, TRAIN_END);
    assertEquals(-1, feature(one, fitted.get(0), 1)[7]);
    assertEquals(1, feature(two, fitted.get(1), 1)[7]);
    high[50] = 301;
    TimeSeries changing = Fixtures.daily("two", 0, new double[][] {Fixtures.walk(2, STEPS), high});
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA,
            () -> FittedFeatures.fit(Fixtures.dataset(one, changing), spec, HORIZON, TRAIN_END));
    assertTrue(fault.found().contains("300.0 and then 301.0"), fault::getMessage);
  }

  @Test
  void gapsAreFilledForTheInputsWithAMaskAndNeverForTheTargets() {
    double[] y = Fixtures.walk(4, STEPS);
    y[45] = Double.NaN;
    y[46] = Double.NaN;
    TimeSeries series = Fixtures.daily("s", y);
    FeatureSpec spec =
        new FeatureSpec(
            List.of(),
            List.of(),
            Scaling.STANDARDISE,
            Map.of(),
            Map.of("target", 5),
            WindowTransform.SUBTRACT_LAST,
            List.of());
    SeriesTransforms fitted =
        FittedFeatures.fit(Fixtures.dataset(series), spec, HORIZON, TRAIN_END).get(0);
    assertEquals(
        List.of("target", "target_present"),
        fitted.features().stream().map(FittedFeature::name).toList());
    double[] filled = feature(series, fitted, 0);
    assertEquals(filled[44], filled[46]);
    assertEquals(0, feature(series, fitted, 1)[46]);
    assertEquals(1, feature(series, fitted, 1)[47]);
    SeriesFeatures features = SeriesFeatures.of(series, fitted, List.of());
    assertTrue(features.complete(46, 7));
    assertTrue(features.labelled(46, HORIZON, Long.MAX_VALUE));
    assertTrue(!features.labelled(43, HORIZON, Long.MAX_VALUE), "a filled value is no truth");
    assertEquals(y[44], fitted.levels(new History(series, 46), new float[] {0})[0], 1e-9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[log-return, standardise]", "log"})
  void theStepWithoutALogarithmIsNamedWhereverItLies(String transform) {
    double[] prices = Fixtures.walk(6, STEPS);
    prices[50] = -36.98;
    TimeSeries oil = Fixtures.daily("wti", prices);
    FeatureSpec spec = spec(transform, WindowTransform.NONE, List.of());
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA,
            () -> {
              SeriesTransforms fitted =
                  FittedFeatures.fit(Fixtures.dataset(oil), spec, HORIZON, TRAIN_END).get(0);
              SeriesFeatures.of(oil, fitted, List.of());
            });
    assertTrue(fault.found().contains("-36.98"), fault::getMessage);
    assertTrue(fault.where().contains("series wti"), fault::getMessage);
    assertTrue(fault.where().contains(Fixtures.DAYS.format(50)), fault::getMessage);
    assertTrue(fault.action().contains("difference"), fault::getMessage);
  }

  @Test
  void aConstantColumnIsRefusedByName() {
    double[] constant = new double[STEPS];
    Arrays.fill(constant, 0.1);
    TimeSeries series = Fixtures.daily("s", 0, new double[][] {Fixtures.walk(1, STEPS), constant});
    FeatureSpec spec =
        spec("standardise", WindowTransform.NONE, List.of(new Covariate.PastOnly("input1")));
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA,
            () -> FittedFeatures.fit(Fixtures.dataset(series), spec, HORIZON, TRAIN_END));
    assertTrue(fault.where().contains("column input1"), fault::getMessage);
    assertTrue(fault.found().contains("0.1"), fault::getMessage);
  }

  @Test
  void aTargetFilledByItsOwnTransformIsNoTruthEither() {
    double[] y = Fixtures.walk(4, STEPS);
    y[45] = Double.NaN;
    TimeSeries series = Fixtures.daily("s", y);
    FeatureSpec spec = spec("[fill-last(3), standardise]", WindowTransform.NONE, List.of());
    SeriesTransforms fitted =
        FittedFeatures.fit(Fixtures.dataset(series), spec, HORIZON, TRAIN_END).get(0);
    SeriesFeatures features = SeriesFeatures.of(series, fitted, List.of());
    assertTrue(features.complete(46, 7));
    assertTrue(!features.labelled(44, HORIZON, Long.MAX_VALUE));
    assertTrue(features.labelled(45, HORIZON, Long.MAX_VALUE));
  }

  @Test
  void aValueThatWasRestatedIsLocatedWhereItHasNoLogarithm() {
    double[] y = Fixtures.walk(4, STEPS);
    y[50] = 0;
    TimeSeries series =
        Fixtures.daily("s", y).restated(new int[] {10}, new long[] {12}, new double[][] {{y[10]}});
    FeatureSpec spec = spec("log", WindowTransform.NONE, List.of());
    SeriesTransforms fitted =
        FittedFeatures.fit(Fixtures.dataset(series), spec, HORIZON, TRAIN_END).get(0);
    SeriesFeatures features = SeriesFeatures.of(series, fitted, List.of());
    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> features.labelled(48, HORIZON, series.time(STEPS - 1)));
    assertTrue(fault.where().contains(Fixtures.DAYS.format(50)), fault::getMessage);
  }

  @Test
  void textOfTooManyCategoriesIsRefused() {
    double[] codes = new double[300];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i;
      names.add("id" + i);
    }
    TimeSeries series =
        TimeSeries.owning(
            "s",
            Fixtures.DAYS,
            List.of("y", "id"),
            Map.of("id", names),
            0,
            new double[][] {Fixtures.walk(1, codes.length), codes});
    FeatureSpec spec =
        spec("standardise", WindowTransform.NONE, List.of(new Covariate.PastOnly("id")));
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA, () -> FittedFeatures.fit(Fixtures.dataset(series), spec, HORIZON, 200));
    assertTrue(fault.found().startsWith("300"), fault::getMessage);
  }

  @Test
  void survivesJsonToTheLastBit() {
    Random random = new Random(9);
    double[] speed = random.doubles(STEPS, 0, 20).toArray();
    double[] direction = random.doubles(STEPS, 0, 360).toArray();
    TimeSeries series = Fixtures.daily("s", 0, new double[][] {speed, direction});
    FeatureSpec spec =
        new FeatureSpec(
            List.of(new Covariate.PastOnly("target_sin"), new Covariate.KnownFuture("input1")),
            List.of(new Wind("target", "input1")),
            ColumnTransform.of("[robust]"),
            Map.of("target_sin", ColumnTransform.of("min-max")),
            Map.of("target", 3),
            WindowTransform.SUBTRACT_LAST,
            List.of());
    List<SeriesTransforms> fitted =
        FittedFeatures.fit(Fixtures.dataset(series), spec, HORIZON, TRAIN_END);
    String text = SeriesTransformsJson.text(fitted);
    assertEquals(fitted, SeriesTransformsJson.read(text));
    assertEquals(text, SeriesTransformsJson.text(SeriesTransformsJson.read(text)));
    for (String broken :
        List.of(
            "{}", "[1]", "[{}]", text.substring(0, 40), text.replace("\"past\"", "\"passed\""))) {
      assertThrows(IllegalArgumentException.class, () -> SeriesTransformsJson.read(broken), broken);
    }
  }
}
