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
import io.gatecast.forecasting.transform.Calendar;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.Split.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that windows see no future, lie in their part, and leave out what a gap touches. */
class WindowingTest {
  private static final int STEPS = 90;
  private static final Split SPLIT = new Split(49, 69);
  private static final List<CalendarFeature> WEEK = List.of(new CalendarFeature(Calendar.WEEK, 1));
  private static final FeatureSpec LEVEL =
      FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, List.of("input1"), WEEK);
  private static final FeatureSpec LOG_RETURN =
      FeatureSpec.of(
          ColumnTransform.of("[log-return, standardise]"),
          WindowTransform.NONE,
          List.of("input1"),
          WEEK);

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  private static double[][] columns(long seed, double gaps) {
    return Fixtures.withGaps(
        new double[][] {Fixtures.walk(seed, STEPS), Fixtures.walk(~seed, STEPS)}, gaps, seed);
  }

  private static Windowing windowing(
      FeatureSpec spec, int lookback, int horizon, TimeSeries... series) {
    List<SeriesTransforms> fitted =
        FittedFeatures.fit(Fixtures.dataset(series), spec, horizon, SPLIT.trainEnd());
    List<SeriesFeatures> features = new ArrayList<>();
    for (int i = 0; i < series.length; i++) {
      features.add(SeriesFeatures.of(series[i], fitted.get(i), spec.calendar()));
    }
    return new Windowing(features, lookback, horizon);
  }

  private static FeatureSpec transform(long seed) {
    return seed % 2 == 0 ? LEVEL : LOG_RETURN;
  }

  private static float[] input(InputWindows windows, int window) {
    float[] input = new float[windows.lookback() * windows.inputs()];
    windows.input(window, input);
    return input;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingAfterTheOriginChangesAWindow(long seed) {
    double[][] values = columns(seed, 0);
    int lookback = 1 + (int) (seed % 13);
    TimeSeries series = Fixtures.daily("s", 0, values);
    Windowing before = windowing(transform(seed), lookback, 3, series);
    for (int origin = 50; origin < STEPS; origin++) {
      TimeSeries changed = Fixtures.daily("s", 0, Fixtures.changedAfter(values, origin, seed));
      Windowing after = windowing(transform(seed), lookback, 3, changed);
      assertArrayEquals(
          input(before.at(List.of(new History(series, origin))), 0),
          input(after.at(List.of(new History(changed, origin))), 0));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyWindowLiesInItsPartAndNoneIsLostAgainstBruteForce(long seed) {
    TimeSeries one = Fixtures.daily("one", 0, columns(seed, 0.03));
    TimeSeries late = Fixtures.daily("late", 17, columns(seed + 50, 0.03));
    int lookback = 1 + (int) (seed % 7);
    int horizon = 1 + (int) (seed % 5);
    Windowing windowing = windowing(transform(seed), lookback, horizon, one, late);
    for (Part part : Part.values()) {
      List<History> expected = new ArrayList<>();
      for (TimeSeries series : List.of(one, late)) {
        for (int origin = 0; origin < STEPS; origin++) {
          if (belongs(series, origin, lookback, horizon, transform(seed), part)) {
            expected.add(new History(series, origin));
          }
        }
      }
      LabelledWindows windows = windowing.cut(SPLIT, part);
      assertEquals(expected, windows.origins(), part::name);
      assertEquals(expected.size(), windows.size());
      assertTrue(part == Part.NONE || windows.size() > 1, part::name);
    }
  }

  /** What the Javadoc says, step by step. */
  private static boolean belongs(
      TimeSeries series, int origin, int lookback, int horizon, FeatureSpec how, Part part) {
    int first = origin - lookback + 1 - (how.equals(LOG_RETURN) ? 1 : 0);
    if (first < 0 || origin + horizon >= series.length()) {
      return false;
    }
    for (int step = first; step <= origin + horizon; step++) {
      boolean past = step <= origin;
      if (!series.present(step) || (past && Double.isNaN(series.value(1, step)))) {
        return false;
      }
    }
    boolean train = true;
    boolean validation = true;
    boolean test = true;
    for (int step = origin + 1; step <= origin + horizon; step++) {
      long time = series.time(step);
      train &= time <= SPLIT.trainEnd();
      validation &= time > SPLIT.trainEnd() && time <= SPLIT.validationEnd();
      test &= time > SPLIT.validationEnd();
    }
    return switch (part) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
      case NONE -> !train && !validation && !test;
    };
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void inputsAndTargetsAreTheStandardisedSteps(long seed) {
    FeatureSpec transform = transform(seed);
    TimeSeries series = Fixtures.daily("s", 3, columns(seed, 0.03));
    SeriesTransforms fitted =
        FittedFeatures.fit(Fixtures.dataset(series), transform, 4, SPLIT.trainEnd()).get(0);
    LabelledWindows windows = windowing(transform, 5, 4, series).cut(SPLIT, Part.TEST);
    assertEquals(2 + 2, windows.inputs());
    assertEquals(4, windows.outputs());
    double[][] standardised = {
      fitted.feature(series, 0, 0, series.length(), Long.MAX_VALUE),
      fitted.feature(series, 1, 0, series.length(), Long.MAX_VALUE)
    };
    for (int w = 0; w < windows.size(); w++) {
      int origin = windows.origins().get(w).origin();
      float[] input = input(windows, w);
      for (int t = 0; t < 5; t++) {
        int step = origin - 4 + t;
        assertEquals((float) standardised[0][step], input[t * 4]);
        assertEquals((float) standardised[1][step], input[t * 4 + 1]);
        assertEquals(
            (float) Calendar.WEEK.sin(series.axis().local(series.time(step))), input[t * 4 + 2]);
      }
      float[] target = new float[4];
      windows.target(w, target);
      double base =
          transform.window() == WindowTransform.SUBTRACT_LAST ? standardised[0][origin] : 0;
      for (int h = 0; h < 4; h++) {
        assertEquals(standardised[0][origin + 1 + h] - base, target[h], 1e-5);
      }
    }
  }

  @Test
  void forecastsAreIssuedFromTheLastStepOfEachSeries() {
    TimeSeries one = Fixtures.daily("one", 0, columns(1, 0));
    TimeSeries two = Fixtures.daily("two", 9, columns(2, 0));
    assertEquals(
        List.of(new History(one, STEPS - 1), new History(two, STEPS - 1)),
        windowing(LEVEL, 5, 2, one, two).lastOrigins());
  }

  @Test
  void aGapInTheFinalLookbackIsAFaultAndOneBeforeItIsNot() {
    double[][] values = columns(1, 0);
    values[0][STEPS - 5] = Double.NaN;
    TimeSeries series = Fixtures.daily("s", 0, values);
    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> windowing(LEVEL, 5, 2, series).lastOrigins());
    assertTrue(fault.found().contains(Fixtures.DAYS.format(STEPS - 5)), fault::getMessage);
    assertEquals("series s", fault.where());
    assertEquals(1, windowing(LEVEL, 4, 2, series).lastOrigins().size());
    Fixtures.fault(ExitCode.DATA, () -> windowing(LOG_RETURN, 4, 2, series).lastOrigins());
  }

  @Test
  void aWindowThatIsNotCompleteCannotBeLaid() {
    double[][] values = columns(1, 0);
    values[1][30] = Double.NaN;
    TimeSeries series = Fixtures.daily("s", 0, values);
    Windowing windowing = windowing(LEVEL, 5, 2, series);
    for (int origin : new int[] {3, 30, 34}) {
      List<History> origins = List.of(new History(series, origin));
      assertThrows(IllegalArgumentException.class, () -> windowing.at(origins));
    }
    assertEquals(2, windowing.at(List.of(new History(series, 4), new History(series, 35))).size());
    TimeSeries stranger = Fixtures.daily("stranger", Arrays.copyOf(values[0], 20));
    assertThrows(IllegalArgumentException.class, () -> windowing.of(stranger));
  }
}
