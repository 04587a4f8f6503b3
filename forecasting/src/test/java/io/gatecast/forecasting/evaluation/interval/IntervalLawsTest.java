package io.gatecast.forecasting.evaluation.interval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every method: order, equivariance, no look ahead, faults, names. */
class IntervalLawsTest {
  private static final int LENGTH = 260;
  private static final int HORIZON = 3;
  private static final int CALIBRATION = 120;

  static Stream<IntervalMethod> methods() {
    return IntervalMethod.LABELS.stream().map(IntervalMethod::of);
  }

  private static TimeSeries series(double[] target) {
    return Fixtures.daily("s", target);
  }

  private static double[][][] made(
      IntervalMethod method, double[] target, Forecasts forecasts, ErrorScale scale) {
    return method.quantiles(Tracks.of(series(target), forecasts, CALIBRATION), scale);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void quantilesAscendAndAreFinite(IntervalMethod method) {
    for (ErrorScale scale : ErrorScale.values()) {
      for (boolean own : new boolean[] {false, true}) {
        double[] target = Fixtures.walk(5, LENGTH);
        Forecasts all = Tracks.forecasts(target, HORIZON, 6);
        Forecasts forecasts = own ? all : Forecasts.of(all.mean());
        double[][][] made = made(method, target, forecasts, scale);
        assertEquals(LENGTH - CALIBRATION, made.length);
        for (double[][] steps : made) {
          assertEquals(HORIZON, steps.length);
          for (double[] quantiles : steps) {
            assertEquals(Quantiles.COUNT, quantiles.length);
            for (int level = 0; level < Quantiles.COUNT; level++) {
              assertTrue(Double.isFinite(quantiles[level]));
              assertTrue(level == 0 || quantiles[level] >= quantiles[level - 1]);
            }
            assertTrue(quantiles[Quantiles.COUNT - 1] > quantiles[0]);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void additiveIntervalsMoveAndScaleWithTheTarget(IntervalMethod method) {
    double[] target = Fixtures.walk(7, LENGTH);
    Forecasts forecasts = Tracks.forecasts(target, HORIZON, 8);
    double[][][] plain = made(method, target, forecasts, ErrorScale.ADDITIVE);
    double[][][] moved =
        made(
            method,
            Tracks.moved(target, 1.8, 32),
            Tracks.moved(forecasts, 1.8, 32),
            ErrorScale.ADDITIVE);
    assertMoved(plain, moved, 1.8, 32);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void multiplicativeIntervalsScaleWithThePrice(IntervalMethod method) {
    double[] target = Fixtures.walk(9, LENGTH);
    Forecasts forecasts = Tracks.forecasts(target, HORIZON, 10);
    double[][][] plain = made(method, target, forecasts, ErrorScale.MULTIPLICATIVE);
    double[][][] moved =
        made(
            method,
            Tracks.moved(target, 0.01, 0),
            Tracks.moved(forecasts, 0.01, 0),
            ErrorScale.MULTIPLICATIVE);
    assertMoved(plain, moved, 0.01, 0);
  }

  private static void assertMoved(
      double[][][] plain, double[][][] moved, double factor, double shift) {
    for (int i = 0; i < plain.length; i++) {
      for (int h = 0; h < HORIZON; h++) {
        assertArrayEquals(Tracks.moved(plain[i][h], factor, shift), moved[i][h], 1e-7);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void nothingAfterAnOriginChangesItsQuantiles(IntervalMethod method) {
    double[] target = Fixtures.walk(11, LENGTH);
    Forecasts forecasts = Tracks.forecasts(target, HORIZON, 12);
    for (boolean vintages : new boolean[] {false, true}) {
      double[][][] told = looked(method, target, forecasts, vintages, LENGTH);
      for (int origin : new int[] {CALIBRATION, CALIBRATION + 1, 180, LENGTH - 2}) {
        double[][][] other = looked(method, target, forecasts, vintages, origin);
        for (int i = CALIBRATION; i <= origin; i++) {
          for (int h = 0; h < HORIZON; h++) {
            assertArrayEquals(told[i - CALIBRATION][h], other[i - CALIBRATION][h]);
          }
        }
      }
    }
  }

  /** Quantiles where all that became known after an origin, and all later forecasts, differ. */
  private static double[][][] looked(
      IntervalMethod method, double[] target, Forecasts forecasts, boolean vintages, int origin) {
    double[][] changed = Fixtures.changedAfter(new double[][] {target}, origin, 3);
    TimeSeries series = series(changed[0]);
    if (vintages) {
      // Each third value is published two days late and restated five days after.
      int[] steps = new int[2 * ((LENGTH + 2) / 3)];
      long[] known = new long[steps.length];
      double[][] versions = new double[1][steps.length];
      for (int j = 0; j < steps.length; j++) {
        steps[j] = 3 * (j / 2);
        known[j] = steps[j] + (j % 2 == 0 ? 2L : 7L);
        double value = target[steps[j]] * (j % 2 == 0 ? 0.98 : 1);
        versions[0][j] = known[j] <= origin ? value : -50 - j;
      }
      series = series.restated(steps, known, versions);
    }
    double[][] mean = forecasts.mean().clone();
    double[][][] quantiles = forecasts.quantiles().clone();
    Forecasts others = Tracks.forecasts(Tracks.moved(target, 3, 1), HORIZON, 13);
    for (int i = origin + 1; i < LENGTH; i++) {
      mean[i] = others.mean()[i];
      quantiles[i] = others.quantiles()[i];
    }
    return method.quantiles(
        Tracks.of(series, new Forecasts(mean, quantiles), CALIBRATION), ErrorScale.ADDITIVE);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theFewestAreEnoughAndFewerAreAFault(IntervalMethod method) {
    Random random = new Random(4);
    double[] target = new double[IntervalMethod.FEWEST + 1];
    Arrays.setAll(target, i -> random.nextGaussian());
    for (ErrorScale scale : ErrorScale.values()) {
      double[] values = scale == ErrorScale.ADDITIVE ? target : Tracks.moved(target, 0.01, 1);
      double level = scale == ErrorScale.ADDITIVE ? 0 : 1;
      assertEquals(
          1, method.quantiles(Tracks.oneStep(level, values, IntervalMethod.FEWEST), scale).length);
      IllegalArgumentException fault =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  method.quantiles(
                      Tracks.oneStep(level, values, IntervalMethod.FEWEST - 1), scale));
      String message = String.valueOf(fault.getMessage());
      assertTrue(message.contains("series s"), message);
      assertTrue(message.contains("at least 19"), message);
      assertTrue(message.contains("found 18"), message);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void noForecastsWantNoQuantiles(IntervalMethod method) {
    Track track = Tracks.oneStep(1, new double[] {1, 2}, 2);
    assertEquals(0, method.quantiles(track, ErrorScale.ADDITIVE).length);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void errorsThatWereAllNothingMakeAnIntervalOfNoWidth(IntervalMethod method) {
    double[] target = new double[40];
    Arrays.fill(target, 5);
    double[][][] made = method.quantiles(Tracks.oneStep(5, target, 30), ErrorScale.ADDITIVE);
    double[] expected = new double[Quantiles.COUNT];
    Arrays.fill(expected, 5);
    for (double[][] steps : made) {
      assertArrayEquals(expected, steps[0]);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aPriceForecastThatIsNotPositiveSpoilsNoOther(IntervalMethod method) {
    double[] target = Fixtures.walk(21, 80);
    double[][] mean = new double[80][1];
    for (int i = 0; i < 80; i++) {
      mean[i][0] = i == 10 || i == 70 ? -1 : target[i];
    }
    double[][][] made =
        method.quantiles(
            Tracks.of(series(target), Forecasts.of(mean), 60), ErrorScale.MULTIPLICATIVE);
    for (double[][] steps : made) {
      assertTrue(Arrays.stream(steps[0]).allMatch(Double::isFinite));
    }
  }

  @Test
  void aMethodIsFoundByItsNameAndAnotherNameIsAFault() {
    for (String label : IntervalMethod.LABELS) {
      assertEquals(label, IntervalMethod.of(label).label());
    }
    assertTrue(IntervalMethod.LABELS.contains(IntervalMethod.DEFAULT));
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> IntervalMethod.of("adaptve"))
                .getMessage());
    assertTrue(message.contains("\"adaptve\""), message);
    assertTrue(message.contains("did you mean \"adaptive\"?"), message);
    List<String> others =
        IntervalMethod.others(new SplitConformal()).stream().map(IntervalMethod::label).toList();
    assertEquals(IntervalMethod.LABELS.size() - 1, others.size());
    assertTrue(!others.contains("split"));
  }
}
