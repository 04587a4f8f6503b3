package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that what is taken since the origin comes back, step by step and in order, whatever the
 * transform, and why quantiles need it.
 */
class SinceOriginTest {
  private static final int STEPS = 90;
  private static final int HORIZON = 11;

  private static double[] part(double[] values, int from, int to) {
    return Arrays.copyOfRange(values, from, to);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "standardise",
        "robust",
        "min-max",
        "log",
        "log-return",
        "difference",
        "seasonal-difference(4)",
        "fill-last(2)",
        "[log, standardise]",
        "[log-return, standardise]",
        "[standardise, difference, robust]",
        "[difference, difference]",
        "[log, seasonal-difference(3), difference, standardise]",
        "[fill-last(2), log-return, seasonal-difference(5), min-max]",
      })
  void comesBackEachStepOnItsOwnAndInOrder(String label) {
    double[] values = Fixtures.walk(3, STEPS);
    FittedColumn fitted = ColumnTransform.of(label).fit(part(values, 0, 50));
    for (int origin = 20; origin + HORIZON < STEPS; origin++) {
      double[] history = part(values, 0, origin + 1);
      double[] after = part(values, origin + 1, origin + 1 + HORIZON);
      double[] changes = fitted.applySinceOrigin(history, after);
      assertArrayEquals(after, fitted.invertSinceOrigin(history, changes), 1e-9);
      assertEquals(fitted.apply(values)[origin + 1], changes[0], 1e-12, "the first step's own");
      double[] tail = part(values, origin + 1 - fitted.memory(), origin + 1);
      assertArrayEquals(changes, fitted.applySinceOrigin(tail, after), "the tail is enough");
      assertArrayEquals(
          fitted.invertSinceOrigin(history, changes), fitted.invertSinceOrigin(tail, changes));

      int step = origin % HORIZON;
      double[] higher = after.clone();
      higher[step] *= 1.01;
      double[] moved = fitted.applySinceOrigin(history, higher);
      double[] raised = changes.clone();
      raised[step] += 0.1;
      double[] back = fitted.invertSinceOrigin(history, raised);
      for (int h = 0; h < HORIZON; h++) {
        assertTrue(h == step ? moved[h] > changes[h] : moved[h] == changes[h], "step " + h);
        assertTrue(
            h == step ? back[h] > after[h] : Math.abs(back[h] - after[h]) < 1e-9, "step " + h);
      }
    }
  }

  @Test
  void whatIsAbsentStaysAbsentAndHidesNothingElse() {
    double[] history = Fixtures.walk(1, 10);
    double[] after = {100, Double.NaN, 104};
    FittedColumn fitted = ColumnTransform.of("[fill-last(2), log-return]").fit(history);
    double[] changes = fitted.applySinceOrigin(history, after);
    assertTrue(Double.isNaN(changes[1]));
    assertEquals(Math.log(104 / history[9]) / Math.sqrt(3), changes[2], 1e-12);
    double[] gap = part(history, 0, 10);
    gap[9] = Double.NaN;
    assertEquals(
        Math.log(104 / history[8]) / Math.sqrt(3),
        fitted.applySinceOrigin(gap, after)[2],
        1e-12,
        "a history that is filled");
    FittedColumn seasonal = new Difference(4);
    double[] short2 = part(history, 8, 10);
    assertTrue(Double.isNaN(seasonal.applySinceOrigin(short2, after)[0]));
    assertEquals(104 - history[8], seasonal.applySinceOrigin(short2, after)[2]);
  }

  /** The reason for it all: quantiles of one-step changes, added up, are far too wide. */
  @Test
  void quantilesOfARandomWalkAreThoseOfItsChangeSinceTheOriginOnly() {
    Random random = new Random(5);
    int paths = 20_000;
    int horizon = 16;
    double[][] sinceOrigin = new double[horizon][paths];
    double[][] oneStep = new double[horizon][paths];
    double[] last = new double[paths];
    Difference difference = new Difference(1);
    double[] history = {100};
    for (int path = 0; path < paths; path++) {
      double[] walk = new double[horizon];
      for (int h = 0; h < horizon; h++) {
        oneStep[h][path] = random.nextGaussian();
        walk[h] = (h == 0 ? history[0] : walk[h - 1]) + oneStep[h][path];
      }
      double[] changes = difference.applySinceOrigin(history, walk);
      for (int h = 0; h < horizon; h++) {
        sinceOrigin[h][path] = changes[h];
      }
      last[path] = walk[horizon - 1];
    }
    double[] quantiles = new double[horizon];
    double[] added = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      quantiles[h] = quantile(sinceOrigin[h]);
      added[h] = quantile(oneStep[h]);
      assertEquals(1.2816, quantiles[h], 0.05, "all steps are on one scale");
    }
    double truth = quantile(last);
    assertEquals(
        truth, difference.invertSinceOrigin(history, quantiles)[horizon - 1], 1e-9, "100 + 4·1.28");
    assertTrue(difference.invert(history, added)[horizon - 1] - 100 > 3.5 * (truth - 100));
  }

  private static double quantile(double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    return sorted[(int) (0.9 * sorted.length)];
  }
}
