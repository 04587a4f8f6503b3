package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the three scalings against naive loops and hand values, and what they refuse. */
class ScalingTest {
  private static TransformFault refused(Scaling scaling, double... train) {
    return assertThrows(TransformFault.class, () -> scaling.fit(train));
  }

  @Test
  void knowsHandValues() {
    double[] values = {2, 4, Double.NaN, 4, 4, 5, 5, 7, 9};
    assertEquals(new FittedScaling(Scaling.STANDARDISE, 5, 2), Scaling.STANDARDISE.fit(values));
    // NumPy: median 4.5; percentiles 25 and 75 by linear interpolation are 4 and 5.5.
    assertEquals(new FittedScaling(Scaling.ROBUST, 4.5, 1.5), Scaling.ROBUST.fit(values));
    assertEquals(new FittedScaling(Scaling.MIN_MAX, 2, 7), Scaling.MIN_MAX.fit(values));
    assertArrayEquals(
        new double[] {0, Double.NaN, 1, 2},
        Scaling.MIN_MAX.fit(values).apply(new double[] {2, Double.NaN, 9, 16}));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void meanAndDeviationAreThePopulations(long seed) {
    double[] values = Fixtures.walk(seed, 207);
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double variance = 0;
    for (double value : values) {
      variance += Math.pow(value - mean, 2) / values.length;
    }
    FittedScaling fitted = Scaling.STANDARDISE.fit(values);
    assertEquals(mean, fitted.centre(), 1e-9 * mean);
    assertEquals(Math.sqrt(variance), fitted.spread(), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 13, 207})
  void aQuarterLiesBelowAndAboveTheInterQuartileRange(int count) {
    double[] values = Fixtures.walk(count, count);
    FittedScaling fitted = Scaling.ROBUST.fit(values);
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double median =
        count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
    assertEquals(median, fitted.centre(), 1e-12 * median);
    double low = interpolated(sorted, 0.25);
    double high = interpolated(sorted, 0.75);
    assertEquals(high - low, fitted.spread(), 1e-12 * median);
  }

  /** The piecewise line through (i / (n − 1), x_i), walked from the left. */
  private static double interpolated(double[] sorted, double share) {
    int last = sorted.length - 1;
    int i = 0;
    while ((double) (i + 1) / last < share) {
      i++;
    }
    double within = share * last - i;
    return sorted[i] * (1 - within) + sorted[i + 1] * within;
  }

  @Test
  void oneOutlierMovesTheMeanButHardlyTheMedian() {
    double[] values = Fixtures.walk(5, 101);
    FittedScaling before = Scaling.ROBUST.fit(values);
    values[50] = -9999;
    FittedScaling after = Scaling.ROBUST.fit(values);
    assertEquals(before.centre(), after.centre(), before.spread() / 4);
    assertEquals(before.spread(), after.spread(), before.spread() / 4);
    assertTrue(Scaling.STANDARDISE.fit(values).spread() > 20 * before.spread());
  }

  @ParameterizedTest
  @EnumSource
  void aConstantIsRefusedWhateverTheRounding(Scaling scaling) {
    for (double constant : new double[] {0, 0.1, -3.7, 1e-9, 123456.789, 5e-320}) {
      double[] values = new double[997];
      Arrays.fill(values, constant);
      assertEquals(TransformFault.Kind.CONSTANT, refused(scaling, values).kind());
      String found = refused(scaling, values).found();
      assertEquals(constant, Double.parseDouble(found.substring(found.lastIndexOf(' '))));
    }
    double[] values = new double[997];
    for (int t = 0; t < values.length; t++) {
      values[t] = 1e6 + 1e-3 * (t % 10);
    }
    FittedScaling fitted = scaling.fit(values);
    assertTrue(fitted.spread() > 1e-3, "a small change is no constant");
    assertArrayEquals(values, fitted.invert(new double[0], fitted.apply(values)), 1e-9);
  }

  @Test
  void aSpikyColumnIsTooConstantForItsMiddleHalfOnly() {
    double[] rain = new double[40];
    rain[7] = 12;
    rain[30] = 3;
    TransformFault fault = refused(Scaling.ROBUST, rain);
    assertEquals(TransformFault.Kind.CONSTANT, fault.kind());
    assertTrue(fault.action().contains("standardise"), fault::getMessage);
    assertTrue(Scaling.STANDARDISE.fit(rain).spread() > 0);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsRefused(Scaling scaling) {
    assertEquals(TransformFault.Kind.EMPTY, refused(scaling).kind());
    assertEquals(TransformFault.Kind.EMPTY, refused(scaling, Double.NaN, Double.NaN).kind());
  }

  @ParameterizedTest
  @EnumSource
  void valuesTooLargeToMeasureAreRefused(Scaling scaling) {
    TransformFault fault = refused(scaling, -1.7e308, -1.7e308, 0, 1.7e308, 1.7e308);
    assertEquals(TransformFault.Kind.NOT_FINITE, fault.kind());
    assertTrue(fault.found().contains("1.7E308"), fault::getMessage);
  }

  @Test
  void theFaultIsTheDatasAtItsPlace() {
    TransformFault fault = refused(Scaling.STANDARDISE, 3, 3, 3);
    assertFalse(fault.step().isPresent(), "no single value is to blame");
    JobFault located = fault.at("series a, column wind", step -> "never asked");
    assertEquals(ExitCode.DATA, located.exit());
    assertEquals("a constant 3.0", located.found());
    assertEquals("series a, column wind, transform standardise", located.where());
    assertEquals(fault, located.getCause());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aSpreadThatDividesNothingIsRefused(double spread) {
    assertThrows(
        IllegalArgumentException.class, () -> new FittedScaling(Scaling.MIN_MAX, 0, spread));
  }
}
