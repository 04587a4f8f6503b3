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
    long[] times = {0, 1, 2};
    double[][] values = {{1, 2, 3}, {4, 5, 6}};
    boolean[] present = {true, true, true};
    List<String> names = new ArrayList<>(List.of("y", "x"));
    TimeSeries series = new TimeSeries("s", Fixtures.DAYS, names, times, values, present);
    times[0] = 99;
    values[0][0] = 99;
    values[1] = new double[3];
    present[0] = false;
    names.set(0, "z");
    series.column(0)[1] = 99;
    assertEquals(0, series.time(0));
    assertArrayEquals(new double[] {1, 2, 3}, series.column(0));
    assertArrayEquals(new double[] {4, 5, 6}, series.column(1));
    assertTrue(series.present(0));
    assertEquals(List.of("y", "x"), series.columns());
    assertThrows(UnsupportedOperationException.class, () -> series.columns().set(0, "z"));
  }

  @Test
  void refusesLengthsThatDoNotFit() {
    long[] times = {0, 1};
    boolean[] present = {true, true};
    List<String> one = List.of("y");
    double[][] two = {{1, 2}, {1, 2}};
    assertThrows(
        IllegalArgumentException.class,
        () -> new TimeSeries("s", Fixtures.DAYS, one, times, two, present));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TimeSeries(
                "s", Fixtures.DAYS, one, times, new double[][] {{1, 2}}, new boolean[3]));
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
