package io.gatecast.forecasting.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that a series cannot be changed from outside and that a history ends at its origin. */
class TimeSeriesTest {

  @Test
  void copiesEveryArrayInAndOut() {
    double[][] values = {{1, 2, 3}, {4, 5, 6}};
    List<String> names = new ArrayList<>(List.of("y", "x"));
    TimeSeries series = TimeSeries.of("s", Fixtures.DAYS, names, 7, values);
    values[0][0] = 99;
    values[1] = new double[3];
    names.set(0, "z");
    series.column(0)[1] = 99;
    assertEquals(7, series.time(0));
    assertArrayEquals(new double[] {1, 2, 3}, series.column(0));
    assertArrayEquals(new double[] {4, 5, 6}, series.column(1));
    assertTrue(series.present(0));
    assertEquals(List.of("y", "x"), series.columns());
    assertThrows(UnsupportedOperationException.class, () -> series.columns().set(0, "z"));
  }

  @Test
  void refusesLengthsThatDoNotFit() {
    List<String> one = List.of("y");
    List<String> two = List.of("y", "x");
    double[][] twoColumns = {{1, 2}, {1, 2}};
    double[][] ragged = {{1, 2}, {1}};
    assertThrows(
        IllegalArgumentException.class,
        () -> TimeSeries.of("s", Fixtures.DAYS, one, 0, twoColumns));
    assertThrows(
        IllegalArgumentException.class, () -> TimeSeries.of("s", Fixtures.DAYS, two, 0, ragged));
  }

  @Test
  void tellsWhatWasKnownWhen() {
    TimeSeries series =
        Fixtures.daily("s", 1, 22, 33)
            .restated(new int[] {1, 1, 2}, new long[] {1, 5, 4}, new double[][] {{2, 22, 33}});
    assertTrue(series.hasVintages());
    assertEquals(1, series.value(0, 0, 0));
    assertTrue(Double.isNaN(series.value(0, 1, 0)), "not yet known");
    assertEquals(2, series.value(0, 1, 4));
    assertEquals(22, series.value(0, 1, 5));
    assertTrue(Double.isNaN(series.value(0, 2, 3)));
    assertArrayEquals(new double[] {1, 2, Double.NaN}, series.column(0, 0, 3, 2));
    assertEquals(2, new History(series, 1).target(1), "a restated value stays out of the past");
    assertFalse(new History(series, 2).present(2), "known two days later");
  }

  @Test
  void countsWhatIsMissing() {
    TimeSeries series = Fixtures.daily("s", 1, Double.NaN, Double.NaN, 4);
    assertEquals(2, series.missing());
    assertEquals(4, series.length());
    assertFalse(series.present(2));
    assertTrue(Double.isNaN(series.value(0, 2)));
  }

  @Test
  void aHistoryRefusesToLookPastItsOrigin() {
    History history = new History(Fixtures.daily("s", 1, 2, 3, 4), 2);
    assertEquals(3, history.length());
    assertEquals(3, history.target(2));
    assertTrue(history.present(2));
    assertThrows(IndexOutOfBoundsException.class, () -> history.target(3));
    assertThrows(IndexOutOfBoundsException.class, () -> history.present(3));
    assertThrows(IndexOutOfBoundsException.class, () -> history.target(-1));
  }

  @Test
  void aHistorysLastValueIsTheLatestThatIsThere() {
    TimeSeries series = Fixtures.daily("s", 1, 2, Double.NaN, Double.NaN, 5);
    assertEquals(2, new History(series, 3).last());
    assertEquals(5, new History(series, 4).last());
    assertTrue(Double.isNaN(new History(Fixtures.daily("s", Double.NaN, 2), 0).last()));
  }

  @Test
  void anOriginLiesInsideItsSeries() {
    TimeSeries series = Fixtures.daily("s", 1, 2);
    assertThrows(IllegalArgumentException.class, () -> new History(series, 2));
    assertThrows(IllegalArgumentException.class, () -> new History(series, -1));
  }
}
