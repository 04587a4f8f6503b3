package io.gatecast.forecasting.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.WindowTransform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that the targets of quantile networks lead back to the truth, at each level alone. */
class QuantileWindowsTest {
  private static final int STEPS = 140;
  private static final int LOOKBACK = 5;
  private static final int HORIZON = 7;
  private static final int LEVELS = 3;
  private static final Split SPLIT = new Split(69, 94);

  private static Windowing windowing(
      String transform, WindowTransform window, Map<String, Integer> fills, TimeSeries series) {
    FeatureSpec spec =
        new FeatureSpec(
            List.of(),
            List.of(),
            ColumnTransform.of(transform),
            Map.of(),
            fills,
            window,
            List.of());
    return Windowing.fit(Fixtures.dataset(series), spec, SPLIT, LOOKBACK, HORIZON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "standardise | SUBTRACT_LAST",
        "[log, standardise] | SUBTRACT_LAST_FROM_ALL",
        "[log-return, standardise] | NONE",
        "[log-return, standardise] | SUBTRACT_LAST",
        "[seasonal-difference(3), difference, robust] | NONE",
        "[fill-last(2), log, difference, min-max] | SUBTRACT_LAST",
      })
  void aLevelsOutputsBecomeItsOwnValues(String transform, WindowTransform window) {
    double[] y = Fixtures.walk(3, STEPS);
    y[40] = Double.NaN;
    y[100] = Double.NaN;
    TimeSeries series = Fixtures.daily("s", y);
    for (Map<String, Integer> fills : List.of(Map.<String, Integer>of(), Map.of("target", 2))) {
      Windowing windowing = windowing(transform, window, fills, series);
      for (Split.Part part : List.of(Split.Part.TRAIN, Split.Part.TEST)) {
        LabelledWindows labelled = windowing.cut(SPLIT, part);
        QuantileWindows windows = new QuantileWindows(labelled, LEVELS);
        assertEquals(labelled.size(), windows.size());
        assertTrue(windows.size() > 5, () -> windows.size() + " windows");
        assertEquals(HORIZON * LEVELS, windows.outputs());
        for (int w = 0; w < windows.size(); w++) {
          requireTruth(windowing.of(series).transforms(), labelled, windows, w);
        }
      }
    }
  }

  private static void requireTruth(
      SeriesTransforms transforms, LabelledWindows labelled, QuantileWindows windows, int w) {
    History origin = labelled.origins().get(w);
    float[] target = new float[2 + windows.outputs()];
    windows.target(w, target, 2);
    float[] outputs = new float[windows.outputs()];
    float[] ordinary = new float[HORIZON];
    labelled.target(w, ordinary);
    assertEquals(ordinary[0], target[2], 1e-5, "one step ahead there is no difference");
    for (int h = 0; h < HORIZON; h++) {
      for (int level = 0; level < LEVELS; level++) {
        int k = h * LEVELS + level;
        assertEquals(target[2 + h * LEVELS], target[2 + k]);
        // Of the other levels, whatever else: they must not matter.
        outputs[k] = level == 1 ? target[2 + k] : 0.1f * (level - 1) * h;
      }
    }
    double[][] quantiles = transforms.quantiles(origin, outputs, LEVELS);
    assertEquals(HORIZON, quantiles.length);
    for (int h = 0; h < HORIZON; h++) {
      double truth = origin.series().value(0, origin.origin() + 1 + h);
      assertEquals(truth, quantiles[h][1], 2e-5 * truth, "step " + h);
    }
    float[] inputs = new float[LOOKBACK * windows.inputs()];
    windows.input(w, inputs);
    float[] same = new float[LOOKBACK * labelled.inputs()];
    labelled.input(w, same);
    assertArrayEquals(same, inputs);
    assertEquals(labelled.lookback(), windows.lookback());
  }

  @Test
  void nothingAfterTheOriginChangesQuantiles() {
    double[][] y = {Fixtures.walk(8, STEPS)};
    float[] outputs = {0.1f, -0.2f, 0.3f, 0.2f, 0.4f, -0.1f};
    for (int origin = 96; origin < STEPS; origin++) {
      TimeSeries series = Fixtures.daily("s", 0, y);
      TimeSeries changed = Fixtures.daily("s", 0, Fixtures.changedAfter(y, origin, origin));
      double[][][] both = new double[2][][];
      for (int i = 0; i < 2; i++) {
        TimeSeries one = i == 0 ? series : changed;
        Windowing windowing =
            windowing("[log-return, standardise]", WindowTransform.SUBTRACT_LAST, Map.of(), one);
        both[i] =
            windowing.of(one).transforms().quantiles(new History(one, origin), outputs, LEVELS);
      }
      assertEquals(2, both[0].length);
      assertArrayEquals(both[0], both[1]);
    }
  }

  @Test
  void restatedTargetsAreThoseOfTheirPart() {
    double[] y = Fixtures.walk(4, STEPS);
    int[] steps = {40, 40};
    long[] known = {41, 110};
    TimeSeries series = Fixtures.daily("s", y).restated(steps, known, new double[][] {{90, 95}});
    Windowing windowing =
        windowing("[log-return, standardise]", WindowTransform.NONE, Map.of(), series);
    LabelledWindows labelled = windowing.cut(SPLIT, Split.Part.TRAIN);
    QuantileWindows windows = new QuantileWindows(labelled, 1);
    int met = 0;
    for (int w = 0; w < windows.size(); w++) {
      History origin = labelled.origins().get(w);
      int step = 40 - origin.origin() - 1;
      if (step >= 0 && step < HORIZON) {
        float[] target = new float[HORIZON];
        windows.target(w, target);
        double[][] levels = windowing.of(series).transforms().quantiles(origin, target, 1);
        assertEquals(90, levels[step][0], 2e-3, "as it was known when the train part ended");
        met++;
      }
    }
    assertEquals(HORIZON, met);
  }
}
