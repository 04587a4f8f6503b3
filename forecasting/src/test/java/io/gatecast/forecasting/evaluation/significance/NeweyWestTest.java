package io.gatecast.forecasting.evaluation.significance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Proves the long-run variance by hand, against the definition's loops, and by simulation. */
class NeweyWestTest {
  @Test
  void knowsHandValues() {
    double[] series = {1, 2, 3, 4}; // about the mean: −1.5 −0.5 0.5 1.5; γ_0 = 5/4, γ_1 = 1.25/4
    assertEquals(1.25, NeweyWest.longRunVariance(series, 0), 1e-15);
    assertEquals(1.25 + 2 * 0.5 * 0.3125, NeweyWest.longRunVariance(series, 1), 1e-15);
    assertEquals((1.25 + 0.3125) / 4, NeweyWest.varianceOfMean(series, 1), 1e-15);
    assertEquals(NeweyWest.varianceOfMean(series, 1), NeweyWest.varianceOfMean(series));
  }

  @Test
  void theBandwidthIsTheUsualOneAndBelowTheLength() {
    assertEquals(0, NeweyWest.bandwidth(1));
    assertEquals(1, NeweyWest.bandwidth(2));
    assertEquals(3, NeweyWest.bandwidth(99));
    assertEquals(4, NeweyWest.bandwidth(101));
    assertEquals(6, NeweyWest.bandwidth(1000));
  }

  @Property(tries = 200)
  void isTheWeightedSumOfAutocovariancesAndNeverNegative(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int n) {
    Random random = new Random(seed);
    double[] series = Shocks.autoregression(random, n, 2 * random.nextDouble() - 1, 0);
    int bandwidth = random.nextInt(n);
    double mean = Arrays.stream(series).average().orElseThrow();
    double expected = 0;
    double variance = 0;
    for (int i = 0; i < n; i++) {
      variance += Math.pow(series[i] - mean, 2) / n;
      for (int j = 0; j < n; j++) {
        double weight = Math.max(0, 1 - Math.abs(i - j) / (bandwidth + 1.0));
        expected += weight * (series[i] - mean) * (series[j] - mean) / n;
      }
    }
    double found = NeweyWest.longRunVariance(series, bandwidth);
    assertEquals(expected, found, 1e-12 * (1 + bandwidth) * variance);
    assertTrue(found >= 0);
  }

  @Test
  void findsTheVarianceOfTheMeanOfMovingSums() {
    Random random = new Random(5);
    double[] means = new double[2000];
    double estimates = 0;
    for (int i = 0; i < means.length; i++) {
      double[] series = Shocks.movingSums(random, 400, 3);
      means[i] = Arrays.stream(series).average().orElseThrow();
      estimates += NeweyWest.varianceOfMean(series, 20) / means.length;
    }
    double variance = Arrays.stream(means).map(mean -> mean * mean).average().orElseThrow();
    assertEquals(variance, estimates, 0.1 * variance);
    assertTrue(estimates > 2.4 * 3 / 400, "three times what it were for independent values");
  }

  @Test
  void refusesWhatHasNoVariance() {
    assertThrows(IllegalArgumentException.class, () -> NeweyWest.bandwidth(0));
    assertThrows(
        IllegalArgumentException.class, () -> NeweyWest.varianceOfMean(new double[] {1}, 0));
    assertThrows(
        IllegalArgumentException.class, () -> NeweyWest.longRunVariance(new double[] {1, 2}, 2));
    assertThrows(
        IllegalArgumentException.class, () -> NeweyWest.longRunVariance(new double[] {1, 2}, -1));
    assertTrue(
        String.valueOf(
                assertThrows(
                        IllegalArgumentException.class,
                        () -> NeweyWest.varianceOfMean(new double[] {1, Double.NaN}))
                    .getMessage())
            .contains("value 1"));
  }
}
