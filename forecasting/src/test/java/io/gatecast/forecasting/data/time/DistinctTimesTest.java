package io.gatecast.forecasting.data.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every time of any series once, ascending. */
class DistinctTimesTest {
  @Test
  void seriesThatOverlapAreUnited() {
    long[] unsorted = {9, 3, 3, -1};
    assertArrayEquals(
        new long[] {-1, 1, 2, 3, 5, 9, 11},
        DistinctTimes.of(List.of(new long[] {1, 2, 3, 5}, unsorted, new long[] {5, 11})));
    assertArrayEquals(new long[] {9, 3, 3, -1}, unsorted);
  }

  @Test
  void withoutTimesThereAreNone() {
    assertArrayEquals(new long[0], DistinctTimes.of(List.of()));
    assertArrayEquals(new long[0], DistinctTimes.of(List.of(new long[0])));
  }
}
