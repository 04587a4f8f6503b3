package io.gatecast.forecasting.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.window.Split.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that time is cut once for all series and that no window straddles a cut unseen. */
class SplitTest {

  @ParameterizedTest
  @CsvSource({
    "0.25, 0.25, 8, 3, 5",
    "0.125, 0.25, 16, 9, 11",
    "0.15, 0.15, 100, 69, 84",
    "0.2, 0.3, 10, 4, 6",
  })
  void cutsTheDistinctTimesByTheirShares(
      double validation, double test, int length, long trainEnd, long validationEnd) {
    double[] values = Fixtures.walk(1, length);
    assertEquals(
        new Split(trainEnd, validationEnd),
        Split.of(
            Fixtures.dataset(Fixtures.daily("a", values), Fixtures.daily("b", values)),
            new SplitSpec(validation, test)));
  }

  @Test
  void cutsOverTheSpanOfAllSeries() {
    assertEquals(
        new Split(9, 14),
        Split.of(
            Fixtures.dataset(
                Fixtures.daily("early", 0, new double[][] {Fixtures.walk(1, 12)}),
                Fixtures.daily("late", 8, new double[][] {Fixtures.walk(2, 12)})),
            new SplitSpec(0.25, 0.25)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10, TRAIN",
    "10, 10, TRAIN",
    "10, 11, NONE",
    "11, 11, VALIDATION",
    "11, 20, VALIDATION",
    "20, 21, NONE",
    "5, 25, NONE",
    "21, 21, TEST",
    "21, 99, TEST",
  })
  void aWindowBelongsWhereAllItsTargetsLie(long first, long last, Part part) {
    assertEquals(part, new Split(10, 20).part(first, last));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.2", "0.2, 0", "-0.1, 0.2", "0.5, 0.5", "0.6, 0.6", "NaN, 0.2"})
  void refusesSharesThatLeaveNothing(double validation, double test) {
    assertThrows(IllegalArgumentException.class, () -> new SplitSpec(validation, test));
  }
}
