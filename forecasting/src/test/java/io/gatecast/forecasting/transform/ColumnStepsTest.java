package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves logs, returns, differences, fills and chains on hand values, and what they refuse. */
class ColumnStepsTest {
  private static final double NONE = Double.NaN;

  @Test
  void returnsAreOfNeighboursAndCompound() {
    double two = Math.log(2);
    LogReturn returns = new LogReturn();
    assertArrayEquals(
        new double[] {NONE, two, NONE, NONE, two}, returns.apply(new double[] {1, 2, NONE, 4, 8}));
    assertArrayEquals(
        new double[] {20, 10, 40},
        returns.invert(new double[] {3, 10}, new double[] {two, -two, 2 * two}),
        1e-12);
    assertArrayEquals(new double[] {NONE}, returns.invert(new double[0], new double[] {two}));
  }

  @Test
  void differencesReachBackAWholeSeason() {
    Difference season = new Difference(3);
    assertArrayEquals(
        new double[] {NONE, NONE, NONE, 10, NONE, 30, 40, NONE},
        season.apply(new double[] {1, 2, 3, 11, NONE, 33, 51, 7}));
    // Beyond a season, a forecast stands on the forecast a season before it.
    assertArrayEquals(
        new double[] {11, 22, 33, 21, 42, 63},
        season.invert(new double[] {99, 1, 2, 3}, new double[] {10, 20, 30, 10, 20, 30}));
    assertArrayEquals(
        new double[] {NONE, 22, 33, NONE},
        season.invert(new double[] {2, 3}, new double[] {10, 20, 30, 10}));
  }

  @Test
  void aFillStopsAtItsLimitAndNeverLooksAhead() {
    double[] values = {NONE, 5, NONE, NONE, NONE, 6, NONE};
    assertArrayEquals(new double[] {NONE, 5, 5, 5, NONE, 6, 6}, new FillLast(2).apply(values));
    assertArrayEquals(
        new double[] {0, 1, 0, 0, 0, 1, 0}, new Presence("x").apply(new double[][] {values})[0]);
  }

  @Test
  void aChainFitsEachStepOnWhatTheOnesBeforeMake() {
    double[] train = {1, 2, 8, 16, 16};
    FittedChain chain = (FittedChain) ColumnTransform.of("[log, difference, min-max]").fit(train);
    FittedScaling last = (FittedScaling) chain.steps().get(2);
    assertEquals(0, last.centre(), 1e-15);
    assertEquals(Math.log(4), last.spread(), 1e-15);
    assertEquals(1, chain.memory());
    assertArrayEquals(new double[] {NONE, 0.5, 1, 0.5, 0}, chain.apply(train), 1e-12);
    assertArrayEquals(
        new double[] {32, 128}, chain.invert(new double[] {16}, new double[] {0.5, 1}), 1e-9);
  }

  @Test
  void onlyTheTailOfALongHistoryIsTouched() {
    FittedColumn fitted =
        ColumnTransform.of("[log, difference, standardise]").fit(Fixtures.walk(1, 99));
    double[] poisoned = Fixtures.walk(1, 50);
    Arrays.fill(poisoned, 0, 49, -1); // a log of these would be refused
    assertEquals(2, fitted.invert(poisoned, new double[] {0.1, 0.2}).length);
  }

  @Test
  void theChainOfNothingChangesNothing() {
    double[] values = {1, NONE, -3};
    FittedColumn fitted = ColumnTransform.of("none").fit(values);
    assertArrayEquals(values, fitted.apply(values));
    assertArrayEquals(values, fitted.invert(new double[0], values));
    assertEquals(0, fitted.memory());
  }

  @ParameterizedTest
  @ValueSource(strings = {"log", "log-return", "[fill-last(2), log-return]", "[log, robust]"})
  void aLogOfOilBelowZeroDoesNotExist(String label) {
    PriceFile wti = PriceFile.read("dirty/wti-daily.csv");
    double[] prices = wti.column("Price");
    TransformFault fault =
        assertThrows(TransformFault.class, () -> ColumnTransform.of(label).fit(prices));
    assertEquals(TransformFault.Kind.NOT_POSITIVE, fault.kind());
    assertEquals("-36.98", fault.found());
    assertEquals(OptionalInt.of(8643), fault.step());
    assertTrue(fault.expected().contains("log return does not exist"), fault::getMessage);
    assertTrue(fault.action().contains("difference"), fault::getMessage);
    assertEquals(
        "WTI at 2020-04-20, transform " + fault.transform(), fault.at("WTI", wti::date).where());
    FittedColumn offered = ColumnTransform.of("[difference, standardise]").fit(prices);
    double[] back =
        offered.invertAt(
            prices, 8600, Arrays.copyOfRange(offered.apply(prices), 8601, prices.length));
    assertArrayEquals(Arrays.copyOfRange(prices, 8601, prices.length), back, 1e-9);
  }

  @Test
  void aZeroThatComesAfterTheTrainPartIsRefusedWhenItComes() {
    FittedColumn fitted = new LogReturn().fit(new double[] {1, 2});
    TransformFault fault =
        assertThrows(TransformFault.class, () -> fitted.apply(new double[] {1, 2, 0}));
    assertEquals(OptionalInt.of(2), fault.step());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log|MULTIPLICATIVE",
        "log-return|MULTIPLICATIVE",
        "[log, difference, standardise]|MULTIPLICATIVE",
        "[fill-last(1), standardise]|ADDITIVE",
        "difference|ADDITIVE",
        "min-max|ADDITIVE",
        "none|ADDITIVE"
      })
  void aLogMakesErrorsMultiplicative(String label, ErrorScale scale) {
    assertEquals(scale, ColumnTransform.of(label).errorScale());
  }

  @Test
  void chainsLieFlatAndNamesAllowSpace() {
    ColumnTransform flat = ColumnTransform.of("[log, difference, standardise]");
    assertEquals(
        flat,
        new Chain(List.of(new Chain(List.of(new Log(), new Difference(1))), Scaling.STANDARDISE)));
    assertEquals(
        flat, ColumnTransform.of(List.of(" log ", "seasonal-difference( 1 )", "standardise")));
    assertEquals("[log, difference, standardise]", flat.label());
    assertEquals(ColumnTransform.of("none"), ColumnTransform.of("[]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "standardize|did you mean \"standardise\"",
        "seasonal-difference|did you mean \"seasonal-difference(24)\"",
        "fill-last|did you mean \"fill-last(3)\"",
        "[log, diffrence]|did you mean \"difference\"",
        "[log,]|expected a transform, found \"\"",
        "difference(7)|did you mean",
        "seasonal-difference(0)|expected a lag of 1 step or more, found 0",
        "fill-last(0)|expected a limit of 1 step or more, found 0",
        "[log, fill-last(2)]|fill-last(2) as the first step of a chain, found it after log"
      })
  void aNameThatIsNoneIsRefusedWithTheNearest(String label, String message) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ColumnTransform.of(label));
    assertTrue(refused.toString().contains(message), refused::toString);
  }
}
