package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that dropout drops the share asked for, keeps the expectation, and draws anew for each
 * seed, layer, row, step and unit. Counts are held to five standard deviations of the binomial.
 */
class DropoutTest {
  private static final int ROWS = 150;
  private static final int STEPS = 40;
  private static final int UNITS = 50;
  private static final int COUNT = ROWS * STEPS * UNITS;

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.25, 0.5, 0.9, 0.99})
  void shareIsDroppedAndTheRestScaledSoThatTheExpectationStays(double share) {
    float[] factors = factors(Dropout.of(share, 17, 0));
    float scale = (float) (1 / (1 - share));
    int dropped = 0;
    double sum = 0;
    for (float factor : factors) {
      assertTrue(factor == 0 || factor == scale, () -> "found " + factor);
      dropped += factor == 0 ? 1 : 0;
      sum += factor;
    }
    assertBinomial("dropped", dropped, COUNT, share);
    double deviation = Math.sqrt(share / (1 - share) / COUNT); // of the mean of the factors
    assertEquals(1, sum / COUNT, 5 * deviation);
  }

  @Test
  void numbersAreMultipliedWhereTheyLieAndNothingElseIsTouched() {
    Dropout dropout = Dropout.of(0.5, 3, 1);
    float[] ones = ones(UNITS);
    dropout.apply(7, 2, ones, 0, UNITS);
    float[] x = new float[UNITS + 5];
    Arrays.fill(x, 3);
    float[] expected = x.clone();
    for (int k = 0; k < UNITS; k++) {
      expected[2 + k] = 3 * ones[k];
    }

    dropout.apply(7, 2, x, 2, UNITS);

    assertArrayEquals(expected, x);
  }

  @Test
  void samePlaceGivesTheSameDraw() {
    assertArrayEquals(factors(Dropout.of(0.3, 5, 2)), factors(Dropout.of(0.3, 5, 2)));
  }

  /** Half are dropped, so that draws that have nothing to do with each other agree on half. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 1234567, Long.MIN_VALUE})
  void otherSeedsAndLayersDrawAnew(long seed) {
    float[] first = factors(Dropout.of(0.5, seed, 0));
    for (int bit = 0; bit < 64; bit++) {
      assertAgreeOnHalf("bit " + bit, first, factors(Dropout.of(0.5, seed ^ 1L << bit, 0)));
    }
    for (int layer = 1; layer < 8; layer++) {
      assertAgreeOnHalf("layer " + layer, first, factors(Dropout.of(0.5, seed, layer)));
      // A counter of batches as seed: no layer gets what another one had.
      assertAgreeOnHalf("before", first, factors(Dropout.of(0.5, seed - layer, layer)));
      assertAgreeOnHalf("behind", first, factors(Dropout.of(0.5, seed + layer, layer)));
    }
  }

  @Test
  void neighboursInUnitStepAndRowDrawOnTheirOwn() {
    float[] factors = factors(Dropout.of(0.5, 11, 0));
    for (int lag = 1; lag <= 64; lag++) {
      assertSerial("unit", factors, lag);
    }
    for (int lag = 1; lag < STEPS; lag++) {
      assertSerial("step", factors, lag * UNITS);
    }
    for (int lag = 1; lag < ROWS / 2; lag++) {
      assertSerial("row", factors, lag * STEPS * UNITS);
    }
    // Row and step stand in one key: they must not stand for each other.
    float[] exchanged = new float[COUNT];
    Dropout dropout = Dropout.of(0.5, 11, 0);
    Arrays.fill(exchanged, 1);
    for (int r = 0; r < ROWS; r++) {
      for (int t = 0; t < STEPS; t++) {
        int step = r == t ? r + ROWS : r;
        dropout.apply(t, step, exchanged, (r * STEPS + t) * UNITS, UNITS);
      }
    }
    assertAgreeOnHalf("row and step exchanged", factors, exchanged);
  }

  @Test
  void noUnitStepOrRowIsPreferred() {
    float[] factors = factors(Dropout.of(0.5, 23, 0));
    int[] byRow = new int[ROWS];
    int[] byStep = new int[STEPS];
    int[] byUnit = new int[UNITS];
    for (int i = 0; i < COUNT; i++) {
      int dropped = factors[i] == 0 ? 1 : 0;
      byRow[i / (STEPS * UNITS)] += dropped;
      byStep[i / UNITS % STEPS] += dropped;
      byUnit[i % UNITS] += dropped;
    }
    for (int[] counts : new int[][] {byRow, byStep, byUnit}) {
      for (int count : counts) {
        assertBinomial("dropped", count, COUNT / counts.length, 0.5);
      }
    }
  }

  private static void assertSerial(String what, float[] factors, int lag) {
    assertAgreeOnHalf(
        what + ", lag " + lag,
        Arrays.copyOf(factors, COUNT - lag),
        Arrays.copyOfRange(factors, lag, COUNT));
  }

  private static void assertAgreeOnHalf(String what, float[] one, float[] other) {
    int agree = 0;
    for (int i = 0; i < one.length; i++) {
      agree += one[i] == other[i] ? 1 : 0;
    }
    assertBinomial(what, agree, one.length, 0.5);
  }

  private static void assertBinomial(String what, int found, int count, double share) {
    double deviation = Math.sqrt(count * share * (1 - share));
    assertEquals(count * share, found, 5 * deviation, what);
  }

  /** What ones become, {@code [row][step][unit]}. */
  private static float[] factors(Dropout dropout) {
    float[] factors = ones(COUNT);
    for (int r = 0; r < ROWS; r++) {
      for (int t = 0; t < STEPS; t++) {
        dropout.apply(r, t, factors, (r * STEPS + t) * UNITS, UNITS);
      }
    }
    return factors;
  }

  private static float[] ones(int n) {
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
