package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that what a transform does to levels, its path undoes. */
class ValueTransformTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void levelsComeBackFromTheirChangesSinceTheLast(long seed) {
    double[] levels = Fixtures.walk(seed, 60);
    double[] applied = ValueTransform.LEVEL.apply(levels);
    int origin = 40;
    double[] changes = new double[15];
    for (int h = 0; h < changes.length; h++) {
      changes[h] = applied[origin + 1 + h] - applied[origin];
    }
    assertTrue(ValueTransform.LEVEL.relativeToLast());
    assertArrayEquals(
        Arrays.copyOfRange(levels, origin + 1, origin + 16),
        ValueTransform.LEVEL.path(levels[origin], changes),
        1e-9);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void levelsComeBackFromTheirLogReturns(long seed) {
    double[] levels = Fixtures.walk(seed, 60);
    double[] returns = ValueTransform.LOG_RETURN.apply(levels);
    assertTrue(Double.isNaN(returns[0]), "the first value has no return");
    assertEquals(Math.log(levels[7] / levels[6]), returns[7]);
    assertArrayEquals(
        Arrays.copyOfRange(levels, 41, 56),
        ValueTransform.LOG_RETURN.path(levels[40], Arrays.copyOfRange(returns, 41, 56)),
        1e-9);
  }

  @Test
  void absentValuesStayAbsentAndTakeTheReturnAfterThemAlong() {
    double[] levels = {1, 2, Double.NaN, 4, 8};
    assertArrayEquals(levels, ValueTransform.LEVEL.apply(levels));
    double two = Math.log(2);
    assertArrayEquals(
        new double[] {Double.NaN, two, Double.NaN, Double.NaN, two},
        ValueTransform.LOG_RETURN.apply(levels));
  }

  @ParameterizedTest
  @EnumSource
  void applyingLeavesTheValuesThemselvesAlone(ValueTransform transform) {
    double[] levels = {1, 2, 4};
    transform.apply(levels)[1] = 99;
    assertArrayEquals(new double[] {1, 2, 4}, levels);
  }

  @ParameterizedTest
  @EnumSource
  void aForecastShiftedByItsResidualIsTheTruth(ValueTransform transform) {
    double[] levels = Fixtures.walk(9, 50);
    for (int t = 1; t < levels.length; t++) {
      double residual = transform.residual(levels[t], levels[t - 1]);
      assertEquals(levels[t], transform.shifted(levels[t - 1], residual), 1e-9);
    }
  }

  @Test
  void residualsOfPricesDoNotGrowWithThePrice() {
    assertEquals(
        ValueTransform.LOG_RETURN.residual(110, 100),
        ValueTransform.LOG_RETURN.residual(1.1, 1),
        1e-12);
    assertEquals(10, ValueTransform.LEVEL.residual(110, 100));
  }
}
