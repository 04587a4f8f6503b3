package io.gatecast.forecasting.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the CRPS of quantiles against that of the whole normal distribution. */
class CrpsTest {
  private static final double[] LEVELS = {
    0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975
  };
  private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

  /** Gneiting and Raftery, 2007, equation 21 with the sign of a loss. */
  private static double closedForm(double y, double mean, double deviation) {
    double z = (y - mean) / deviation;
    return deviation
        * (z * (2 * NORMAL.cumulativeProbability(z) - 1)
            + 2 * NORMAL.density(z)
            - 1 / Math.sqrt(Math.PI));
  }

  private static double[] quantiles(double[] levels, double mean, double deviation) {
    return Arrays.stream(levels)
        .map(level -> mean + deviation * NORMAL.inverseCumulativeProbability(level))
        .toArray();
  }

  private static double crps(double[] levels, double[] quantiles, double y) {
    Scorecard card = new Scorecard(1, levels, VarianceTarget.NONE);
    card.add(0, new Observation(y, 0, 0, TrainScale.UNKNOWN, quantiles));
    return card.overall().crps();
  }

  /** The value that R's scoringRules gives for crps_norm(0). */
  @Test
  void theClosedFormItselfIsRight() {
    assertEquals(0.2336950, closedForm(0, 0, 1), 5e-8);
    assertEquals((Math.sqrt(2) - 1) / Math.sqrt(Math.PI), closedForm(0, 0, 1), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-30, 5, 11, 14, 15, 16.3, 20, 25, 100})
  void elevenLevelsComeWithinThreePercent(double y) {
    double expected = closedForm(y, 15, 4);
    assertEquals(expected, crps(LEVELS, quantiles(LEVELS, 15, 4), y), 0.03 * expected);
  }

  /** Expected over the forecast's own distribution, where the true value is 1/√π deviations. */
  @Test
  void onAverageElevenLevelsComeWithinHalfAPercent() {
    Scorecard card = new Scorecard(1, LEVELS, VarianceTarget.NONE);
    double[] quantiles = quantiles(LEVELS, 0, 1);
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      double y = NORMAL.inverseCumulativeProbability((i + 0.5) / draws);
      card.add(0, new Observation(y, 0, 0, TrainScale.UNKNOWN, quantiles));
    }
    double expected = 1 / Math.sqrt(Math.PI);
    assertEquals(expected, card.overall().crps(), 0.005 * expected);
    assertEquals(0.8, card.overall().interval(0.8).coverage(), 1e-4);
    assertEquals(0.95, card.overall().interval(0.95).coverage(), 1e-4);
    double z = NORMAL.inverseCumulativeProbability(0.9);
    // 2/α of the density at the bound: the expected score of the true central interval.
    assertEquals(2 / 0.2 * 2 * NORMAL.density(z), card.overall().interval(0.8).winkler(), 1e-3);
  }

  /** Twice as many levels, a good half of the error, wherever the truth lies. */
  @Test
  void itConvergesToTheIntegral() {
    double before = Double.POSITIVE_INFINITY;
    for (int size : new int[] {9, 39, 159, 639, 2559}) {
      double[] levels = IntStream.rangeClosed(1, size).mapToDouble(k -> k / (size + 1.0)).toArray();
      double[] quantiles = quantiles(levels, 0, 1);
      double worst = 0;
      for (double y = -3; y <= 3; y += 0.05) {
        worst = Math.max(worst, Math.abs(crps(levels, quantiles, y) - closedForm(y, 0, 1)));
      }
      assertTrue(worst < before / 2, worst + " after " + before);
      before = worst;
    }
    assertEquals(0, before, 5e-4);
  }

  @Test
  void aPointMassHasItsAbsoluteError() {
    double[] mass = new double[LEVELS.length];
    Arrays.fill(mass, 7);
    assertEquals(3.5, crps(LEVELS, mass, 10.5), 1e-12);
    assertEquals(9, crps(LEVELS, mass, -2), 1e-12);
    assertEquals(0, crps(LEVELS, mass, 7));
  }

  @Test
  void theTrueQuantilesHaveTheLowestExpectedScore() {
    double best = expected(0, 1);
    for (double[] other : new double[][] {{0.2, 1}, {-0.2, 1}, {0, 0.8}, {0, 1.25}, {0.1, 1.1}}) {
      assertTrue(best < expected(other[0], other[1]), Arrays.toString(other));
    }
  }

  private static double expected(double mean, double deviation) {
    Scorecard card = new Scorecard(1, LEVELS, VarianceTarget.NONE);
    double[] quantiles = quantiles(LEVELS, mean, deviation);
    for (int i = 0; i < 2000; i++) {
      double y = NORMAL.inverseCumulativeProbability((i + 0.5) / 2000);
      card.add(0, new Observation(y, 0, 0, TrainScale.UNKNOWN, quantiles));
    }
    return card.overall().crps();
  }
}
