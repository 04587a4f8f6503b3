package io.gatecast.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedTest {
  @Test
  void mediansAreOfEachSideAndTheRatioIsTheirs() {
    Paired times = new Paired(new double[] {9, 2, 1}, new double[] {4, 5, 40});
    assertEquals(2, times.oursMs());
    assertEquals(5, times.peerMs());
    assertEquals(0.4, times.ratio());
  }

  @Test
  void thePeersTimesMayBeInAnotherUnitOfWork() {
    Paired times = new Paired(new double[] {1, 4}, new double[] {1, 2}).withPeerTimes(10);
    assertEquals(2.5, times.oursMs());
    assertEquals(15, times.peerMs());
    assertEquals(0.05, times.spread(), 1e-12); // of the ratios 0.1 and 0.2
  }

  @Test
  void spreadIsBetweenTheQuartilesOfThePairsOwnRatios() {
    // Ratios 1, 2, 3, 4, 5: the machine slowed down, and both sides with it.
    Paired times = new Paired(new double[] {1, 4, 9, 16, 25}, new double[] {1, 2, 3, 4, 5});
    assertEquals(2, times.spread());
    assertEquals(0, new Paired(new double[] {1, 10}, new double[] {2, 20}).spread());
  }

  @Test
  void quantilesLieBetweenValues() {
    double[] values = {40, 10, 30, 20};
    assertEquals(10, Paired.quantile(values, 0));
    assertEquals(17.5, Paired.quantile(values, 0.25));
    assertEquals(25, Paired.quantile(values, 0.5));
    assertEquals(40, Paired.quantile(values, 1));
    assertEquals(7, Paired.quantile(new double[] {7}, 0.75));
  }

  @Test
  void oddOnesOutAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new Paired(new double[] {1, 2}, new double[] {1}));
    assertThrows(IllegalArgumentException.class, () -> new Paired(new double[0], new double[0]));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void whatIsNoTimeIsRefused(double time) {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Paired(new double[] {1}, new double[] {time}));
    assertEquals("peer: expected positive times, found " + time, error.getMessage());
  }
}
