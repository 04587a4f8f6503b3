package io.gatecast.forecasting.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Inputs;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.oracle.ReferenceOracle;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.Covariate;
import io.gatecast.forecasting.transform.Wind;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.reference.ReferenceNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Proves recursion against the long way round: append the forecast to the series, compute all
 * features again, lay the window at the next step, and run the double-precision reference on it.
 */
class RecursiveWindowsTest {
  private static final int STEPS = 70;
  private static final int TRAIN_END = 44;
  private static final int LOOKBACK = 6;
  private static final int HORIZON = 8;
  private static final List<Covariate> KNOWN =
      List.of(new Covariate.KnownFuture("input1"), new Covariate.Static("input2"));

  private static FeatureSpec spec(
      String transform,
      WindowTransform window,
      List<Covariate> covariates,
      Map<String, Integer> fills) {
    return new FeatureSpec(
        covariates,
        List.of(),
        ColumnTransform.of(transform),
        Map.of("input1", ColumnTransform.of("[difference, standardise]")),
        fills,
        window,
        List.of(CalendarFeature.of("week"), CalendarFeature.of("year")));
  }

  private static double[][] columns(long seed) {
    double[] constant = new double[STEPS];
    Arrays.fill(constant, (double) seed);
    return new double[][] {Fixtures.walk(seed, STEPS), Fixtures.walk(~seed, STEPS), constant};
  }

  private static Windowing windowing(FeatureSpec spec, int horizon, TimeSeries... series) {
    return windowing(
        FittedFeatures.fit(Fixtures.dataset(series), spec, horizon, TRAIN_END),
        spec,
        horizon,
        series);
  }

  private static Windowing windowing(
      List<SeriesTransforms> fitted, FeatureSpec spec, int horizon, TimeSeries... series) {
    List<SeriesFeatures> features = new ArrayList<>();
    for (int i = 0; i < series.length; i++) {
      features.add(SeriesFeatures.of(series[i], fitted.get(i), spec.calendar()));
    }
    return new Windowing(features, LOOKBACK, horizon);
  }

  /** A network of random weights. */
  private static RecurrentNetwork network(int inputs) {
    NetworkSpec spec =
        NetworkSpec.uniform(
            new CellSpec.Gru(CellSpec.Reset.BEFORE), inputs, 5, 1, 1, 0, new Loss.Squared());
    Random random = new Random(7);
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    NamedWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.5 * random.nextGaussian());
              }
              tensors.put(name, WeightTensor.of(values, shape));
            });
    return RecurrentNetwork.of(spec, NamedWeights.of(spec, tensors));
  }

  private static double[][] recursive(
      Windowing windowing, List<History> origins, int horizon, RecurrentNetwork network) {
    RecursiveWindows windows = new RecursiveWindows(windowing, origins, horizon);
    while (windows.step() < horizon) {
      windows.append(network.forecast(windows));
    }
    return windows.levels();
  }

  private static double reference(RecurrentNetwork network, Inputs windows) {
    ReferenceNetwork oracle = ReferenceOracle.network(network.spec(), network.weights());
    float[] window = new float[windows.lookback() * windows.inputs()];
    windows.input(0, window);
    double[][] x = new double[windows.lookback()][windows.inputs()];
    for (int i = 0; i < window.length; i++) {
      x[i / windows.inputs()][i % windows.inputs()] = window[i];
    }
    return oracle.forward(x, oracle.initialStates()).outputs().get(0).get(0);
  }

  /** Of each step: the forecast joins the series, of which all is computed again. */
  private static double[] appended(
      FeatureSpec spec,
      SeriesTransforms fitted,
      TimeSeries series,
      int origin,
      RecurrentNetwork n) {
    double[][] columns = new double[series.columns().size()][];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = series.column(c, 0, series.length(), series.time(origin));
    }
    Arrays.fill(columns[0], origin + 1, columns[0].length, Double.NaN);
    double[] levels = new double[HORIZON];
    for (int h = 0; h < HORIZON; h++) {
      TimeSeries now = Fixtures.daily(series.name(), series.time(0), columns);
      Windowing windowing = windowing(List.of(fitted), spec, 1, now);
      History at = new History(now, origin + h);
      float output = (float) reference(n, windowing.at(List.of(at)));
      levels[h] = fitted.levels(at, new float[] {output})[0];
      columns[0][origin + 1 + h] = levels[h];
    }
    return levels;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "standardise | SUBTRACT_LAST | false",
        "standardise | SUBTRACT_LAST_FROM_ALL | true",
        "[log, standardise] | NONE | true",
        "[log-return, standardise] | NONE | false",
        "[log-return, standardise] | SUBTRACT_LAST_FROM_ALL | true",
        "[log, seasonal-difference(3), difference, robust] | SUBTRACT_LAST | true",
        "[fill-last(2), difference, min-max] | NONE | false",
      })
  void isTheForecastAppendedToTheSeriesAgainAndAgain(
      String transform, WindowTransform window, boolean fills) {
    FeatureSpec spec =
        spec(transform, window, KNOWN, fills ? Map.of("target", 2, "input1", 1) : Map.of());
    double[][] one = columns(3);
    if (fills || transform.startsWith("[fill")) {
      one[0][51] = Double.NaN;
      one[0][54] = Double.NaN;
      one[0][55] = Double.NaN;
    }
    if (fills) {
      one[1][53] = Double.NaN;
      one[1][57] = Double.NaN;
    }
    TimeSeries first = Fixtures.daily("one", 0, one);
    TimeSeries second = Fixtures.daily("two", 2, columns(4));
    Windowing windowing = windowing(spec, 1, first, second);
    List<History> origins = new ArrayList<>();
    for (int origin = 50; origin < STEPS - HORIZON; origin++) {
      for (TimeSeries series : List.of(first, second)) {
        if (windowing.of(series).complete(origin, LOOKBACK)) {
          origins.add(new History(series, origin));
        }
      }
    }
    assertTrue(origins.size() >= 20, () -> origins.size() + " origins");
    try (RecurrentNetwork network = network(windowing.width())) {
      double[][] levels = recursive(windowing, origins, HORIZON, network);
      for (int i = 0; i < levels.length; i++) {
        TimeSeries series = origins.get(i).series();
        double[] naive =
            appended(
                spec, windowing.of(series).transforms(), series, origins.get(i).origin(), network);
        for (int h = 0; h < HORIZON; h++) {
          assertEquals(naive[h], levels[i][h], 1e-4 * Math.abs(naive[h]), "step " + h);
        }
        assertTrue(Math.abs(levels[i][HORIZON - 1] / levels[i][0] - 1) > 1e-3, "it moves");
      }
    }
  }

  @Test
  void restatedValuesAreThoseOfTheOrigin() {
    double[][] columns = columns(5);
    int[] steps = {48, 48, 52, 52};
    long[] known = {49, 56, 53, 60};
    double[][] versions = {
      {90, columns[0][48], 110, columns[0][52]},
      {80, columns[1][48], 120, columns[1][52]},
      {5, 5, 5, 5}
    };
    // Nothing of the known column is told beforehand but one value, so nothing may be read of it.
    TimeSeries series = Fixtures.daily("s", 0, columns).restated(steps, known, versions);
    FeatureSpec spec =
        spec("standardise", WindowTransform.SUBTRACT_LAST, List.of(KNOWN.get(1)), Map.of());
    Windowing windowing = windowing(spec, 1, Fixtures.daily("t", 0, columns(6)), series);
    try (RecurrentNetwork network = network(windowing.width())) {
      for (int origin : new int[] {53, 56, 60}) {
        double[] levels =
            recursive(windowing, List.of(new History(series, origin)), HORIZON, network)[0];
        double[] naive = appended(spec, windowing.of(series).transforms(), series, origin, network);
        assertArrayEquals(naive, levels, 1e-3);
      }
    }
    FeatureSpec ahead = spec("standardise", WindowTransform.NONE, KNOWN, Map.of());
    Windowing withKnown = windowing(ahead, 1, Fixtures.daily("t", 0, columns(6)), series);
    assertFalse(withKnown.of(series).complete(56, LOOKBACK), "not told beforehand");
  }

  @Test
  void ofOneStepItIsTheDirectForecastToTheLastBit() {
    TimeSeries series = Fixtures.daily("s", 0, columns(1));
    for (WindowTransform window : WindowTransform.values()) {
      FeatureSpec spec = spec("[log, standardise]", window, KNOWN, Map.of());
      Windowing windowing = windowing(spec, 1, Fixtures.daily("t", 0, columns(2)), series);
      List<History> origins = List.of(new History(series, 50), new History(series, 60));
      try (RecurrentNetwork network = network(windowing.width())) {
        float[][] outputs = network.forecast(windowing.at(origins));
        double[][] levels = recursive(windowing, origins, 1, network);
        for (int i = 0; i < levels.length; i++) {
          assertArrayEquals(
              windowing.of(series).transforms().levels(origins.get(i), outputs[i]), levels[i]);
        }
      }
    }
  }

  @Test
  void nothingAfterTheOriginIsReadButWhatIsKnownBeforehand() {
    double[][] columns = columns(9);
    TimeSeries other = Fixtures.daily("t", 0, columns(2));
    FeatureSpec spec = spec("[log, standardise]", WindowTransform.NONE, KNOWN, Map.of("target", 2));
    int width = windowing(spec, 1, other, s(columns)).width();
    try (RecurrentNetwork network = network(width)) {
      for (int origin = 48; origin < STEPS - HORIZON; origin++) {
        double[][] changed = Fixtures.changedAfter(columns, origin, origin);
        changed[0][origin + 2] = Double.NaN;
        changed[1] = columns[1].clone();
        changed[2] = columns[2];
        double[] levels = at(spec, origin, network, other, s(columns));
        assertArrayEquals(levels, at(spec, origin, network, other, s(changed)));
        double[] cut = columns[1].clone();
        Arrays.fill(cut, origin + HORIZON + 1, STEPS, Double.NaN);
        double[][] known = {changed[0], cut, columns[2]};
        assertArrayEquals(levels, at(spec, origin, network, other, s(known)));
        cut[origin + HORIZON] *= 1.5;
        assertFalse(
            Arrays.equals(levels, at(spec, origin, network, other, s(known))),
            "the last known value is read");
      }
    }
  }

  private static TimeSeries s(double[][] columns) {
    return Fixtures.daily("s", 0, columns);
  }

  private static double[] at(
      FeatureSpec spec, int origin, RecurrentNetwork network, TimeSeries other, TimeSeries series) {
    Windowing windowing = windowing(spec, 1, other, series);
    return recursive(windowing, List.of(new History(series, origin)), HORIZON, network)[0];
  }

  @Test
  void goesOnBeyondTheLastStepOfASeries() {
    TimeSeries series = Fixtures.daily("s", Fixtures.walk(1, STEPS));
    TimeSeries longer = Fixtures.daily("s", Fixtures.walk(1, STEPS + HORIZON));
    FeatureSpec spec = spec("standardise", WindowTransform.SUBTRACT_LAST, List.of(), Map.of());
    Windowing windowing = windowing(spec, 1, series);
    try (RecurrentNetwork network = network(windowing.width())) {
      assertArrayEquals(
          recursive(
              windowing(spec, 1, longer), List.of(new History(longer, STEPS - 1)), 8, network),
          recursive(windowing, windowing.lastOrigins(), HORIZON, network));
    }
  }

  @Test
  void inputsWithoutAFutureAreRefusedByName() {
    TimeSeries series =
        Fixtures.daily(
            "s",
            0,
            new double[][] {
              Fixtures.walk(1, STEPS), Fixtures.walk(2, STEPS), Fixtures.walk(3, STEPS)
            });
    FeatureSpec spec =
        new FeatureSpec(
            List.of(
                new Covariate.PastOnly("input1"),
                new Covariate.KnownFuture("input2"),
                new Covariate.PastOnly("target_sin")),
            List.of(new Wind("target", "input2")),
            ColumnTransform.of("standardise"),
            Map.of(),
            Map.of("input1", 1),
            WindowTransform.NONE,
            List.of());
    Windowing windowing = windowing(spec, 1, series);
    JobFault fault = Fixtures.fault(ExitCode.USAGE, () -> RecursiveWindows.requireKnown(windowing));
    assertTrue(fault.found().endsWith(": input1, target_sin"), fault::getMessage);
    assertEquals("network.strategy", fault.where());
    assertTrue(fault.action().contains("strategy: direct"), fault::getMessage);
    Fixtures.fault(
        ExitCode.USAGE,
        () -> new RecursiveWindows(windowing, List.of(new History(series, 50)), HORIZON));
  }

  @Test
  void aKnownValueThatIsNotThereIsAFaultThatNamesItsStep() {
    double[][] columns = columns(1);
    columns[1][60] = Double.NaN;
    TimeSeries series = s(columns);
    FeatureSpec spec = spec("standardise", WindowTransform.NONE, KNOWN, Map.of());
    Windowing windowing = windowing(spec, 1, Fixtures.daily("t", 0, columns(2)), series);
    for (int origin : new int[] {59, 55, 52}) {
      JobFault fault =
          Fixtures.fault(
              ExitCode.DATA,
              () -> new RecursiveWindows(windowing, List.of(new History(series, origin)), HORIZON));
      assertTrue(fault.found().contains(Fixtures.DAYS.format(60)), fault::getMessage);
      assertTrue(fault.found().contains("input1"), fault::getMessage);
    }
    assertEquals(
        1, new RecursiveWindows(windowing, List.of(new History(series, 51)), HORIZON).size());
    for (int origin : new int[] {LOOKBACK - 2, 61}) {
      List<History> within = List.of(new History(series, origin));
      assertThrows(
          IllegalArgumentException.class, () -> new RecursiveWindows(windowing, within, HORIZON));
    }
  }

  @Test
  void movesThroughTheHorizonOnceAndNoFurther() {
    TimeSeries series = Fixtures.daily("s", Fixtures.walk(1, STEPS));
    FeatureSpec spec = spec("standardise", WindowTransform.NONE, List.of(), Map.of());
    Windowing windowing = windowing(spec, 1, series);
    List<History> origins = windowing.lastOrigins();
    RecursiveWindows windows = new RecursiveWindows(windowing, origins, 2);
    assertThrows(IllegalStateException.class, windows::levels);
    windows.append(new float[][] {{0.5f}});
    windows.append(new float[][] {{0.5f}});
    assertThrows(IllegalStateException.class, () -> windows.append(new float[][] {{0}}));
    float[] window = new float[LOOKBACK * windows.inputs()];
    assertThrows(IllegalStateException.class, () -> windows.input(0, window));
    assertEquals(windows.levels()[0][0], windows.levels()[0][1]);
    Windowing threeSteps = windowing(spec, 3, series);
    assertThrows(
        IllegalArgumentException.class, () -> new RecursiveWindows(threeSteps, origins, 3));
  }
}
