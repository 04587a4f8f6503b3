package io.gatecast.forecasting.evaluation.significance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves the test of equal accuracy against published results, naive loops, and its own promise:
 * how often it errs where there is no difference, and that it sees one where there is.
 */
class DieboldMarianoTest {
  /** Squared errors of two forecasts of a random walk, as an R script drew them. */
  private static double[][] errorsDrawnInR() {
    RGenerator random = new RGenerator(123);
    double[] actual = random.normal(100);
    Arrays.parallelPrefix(actual, Double::sum);
    double[][] errors = new double[2][];
    for (int model = 0; model < 2; model++) {
      double noise = model == 0 ? 0.5 : 1.5;
      errors[model] = random.normal(100);
      for (int t = 0; t < 100; t++) {
        double last = t == 0 ? 0 : actual[t - 1];
        errors[model][t] = actual[t] - (last + noise * errors[model][t]);
      }
    }
    return errors;
  }

  private static double[] differentials(double[][] errors, UnaryOperator<Double> loss) {
    double[] d = new double[errors[0].length];
    for (int t = 0; t < d.length; t++) {
      d[t] = loss.apply(errors[0][t]) - loss.apply(errors[1][t]);
    }
    return d;
  }

  /**
   * What {@code forecast::dm.test} of R gave, as published with the test data of
   * anofox-statistics-rs ({@code R/data/diebold_mariano.csv}), both estimators of the variance.
   */
  @Test
  void agreesWithR() {
    double[][] errors = errorsDrawnInR();
    assertEquals(-0.205272364702562, errors[0][0], 1e-12);
    assertEquals(-0.358619344061545, errors[0][1], 1e-12);
    double[] squared = differentials(errors, e -> e * e);

    DieboldMariano one = DieboldMariano.classical(squared, 1);
    assertEquals(-5.19425848151562, one.statistic(), 1e-10);
    assertEquals(5.50818094869588e-07, one.pValue(), 1e-16);
    assertEquals(1.10163618973918e-06, one.twoSidedPValue(), 1e-16);

    DieboldMariano absolute = DieboldMariano.classical(differentials(errors, Math::abs), 1);
    assertEquals(-5.68608096176618, absolute.statistic(), 1e-10);
    assertEquals(1.3175500842911e-07, absolute.twoSidedPValue(), 1e-17);

    DieboldMariano three = DieboldMariano.classical(squared, 3);
    assertEquals(-5.47560424036964, three.statistic(), 1e-10);
    assertEquals(3.30643651414324e-07, three.twoSidedPValue(), 1e-17);

    DieboldMariano bartlett = DieboldMariano.test(squared, 3, 2);
    assertEquals(-5.26421843810818, bartlett.statistic(), 1e-10);
    assertEquals(8.1912407581098e-07, bartlett.twoSidedPValue(), 1e-16);
  }

  /** What the Python package dieboldmariano publishes: in its description and in its tests. */
  @Test
  void agreesWithPublishedExamples() {
    int[] actual = {10, 20, 30, 40, 50};
    int[] first = {11, 21, 29, 42, 53};
    int[] second = {13, 26, 24, 40, 59};
    double[] d = new double[5];
    for (int t = 0; t < 5; t++) {
      d[t] = Math.pow(actual[t] - first[t], 2) - Math.pow(actual[t] - second[t], 2);
    }
    assertEquals(-2.2229922805746782, DieboldMariano.classical(d, 1).statistic(), 1e-14);
    assertEquals(0.04515565862099125, DieboldMariano.classical(d, 1).pValue(), 1e-10);

    double[] six = {0, 1 - 4, 4 - 9, 0, 16 - 25, 25 - 36};
    assertEquals(-2.4905, DieboldMariano.classical(six, 1).statistic(), 5e-5);
    assertEquals(0.05513, DieboldMariano.classical(six, 1).twoSidedPValue(), 5e-6);
  }

  @Property(tries = 200)
  void agreesWithNaiveLoops(
      @ForAll long seed,
      @ForAll @IntRange(min = 4, max = 70) int n,
      @ForAll @IntRange(min = 1, max = 24) int horizon) {
    double[] d = Shocks.movingSums(new Random(seed), n, 3);
    DieboldMariano result = DieboldMariano.test(d, horizon);
    double mean = 0;
    for (double value : d) {
      mean += value / n;
    }
    assertEquals(mean, result.meanDifference(), 1e-12);
    assertEquals(n, result.n());
    assertEquals(n >= 2 * horizon, result.conclusive());
    if (n < 2 * horizon) {
      return;
    }
    int bandwidth = Math.max(horizon - 1, (int) (4 * Math.pow(n / 100.0, 2 / 9.0)));
    assertEquals(bandwidth, result.bandwidth());
    double variance = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double weight = Math.max(0, 1 - Math.abs(i - j) / (bandwidth + 1.0));
        variance += weight * (d[i] - mean) * (d[j] - mean) / n / n;
      }
    }
    double h = horizon;
    double expected = mean / Math.sqrt(variance) * Math.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n);
    assertEquals(expected, result.statistic(), 1e-9 * (1 + Math.abs(expected)));
  }

  @Property(tries = 100)
  void theOtherWayRoundIsTheOtherVerdict(@ForAll long seed) {
    double[] d = Shocks.movingSums(new Random(seed), 50, 2);
    DieboldMariano first = DieboldMariano.test(d, 2);
    DieboldMariano second = DieboldMariano.test(Arrays.stream(d).map(value -> -value).toArray(), 2);
    assertEquals(-first.statistic(), second.statistic(), 1e-12);
    assertEquals(1, first.pValue() + second.pValue(), 1e-12);
    assertEquals(first.twoSidedPValue(), second.twoSidedPValue(), 1e-12);
    assertEquals(2 * Math.min(first.pValue(), second.pValue()), first.twoSidedPValue(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-200, 1e-9, 1e200, 1e300})
  void theUnitDoesNotMatter(double unit) {
    double[] d = Shocks.movingSums(new Random(8), 60, 2);
    DieboldMariano plain = DieboldMariano.test(d, 2);
    DieboldMariano scaled =
        DieboldMariano.test(Arrays.stream(d).map(value -> unit * value).toArray(), 2);
    assertEquals(plain.statistic(), scaled.statistic(), 1e-12);
    assertEquals(plain.meanDifference(), scaled.meanDifference() / unit, 1e-12);
  }

  /** Rejections at 5 % where the first is no better, of 2000 samples. */
  @ParameterizedTest
  @CsvSource({"1, 30", "1, 400", "2, 60", "4, 120", "7, 365"})
  void errsAboutAsOftenAsTheLevelSays(int horizon, int n) {
    Random random = new Random(31L * horizon + n);
    int first = 0;
    int either = 0;
    int samples = 2000;
    for (int i = 0; i < samples; i++) {
      double[] actual = Shocks.movingSums(random, n, horizon);
      double[] one = Shocks.movingSums(random, n, horizon);
      double[] other = Shocks.movingSums(random, n, horizon);
      double[] d = new double[n];
      for (int t = 0; t < n; t++) {
        d[t] = Math.abs(actual[t] - 0.7 * one[t]) - Math.abs(actual[t] - 0.7 * other[t]);
      }
      DieboldMariano result = DieboldMariano.test(d, horizon);
      first += result.firstIsBetter(0.05) ? 1 : 0;
      either += result.twoSidedPValue() < 0.05 ? 1 : 0;
    }
    assertTrue(first > 0.03 * samples && first < 0.09 * samples, first + " of " + samples);
    assertTrue(either > 0.03 * samples && either < 0.10 * samples, either + " of " + samples);
  }

  /** The naive t-test takes overlapping forecasts for independent ones; this one does not. */
  @Test
  void overlapIsNotTakenForEvidence() {
    Random random = new Random(3);
    int naive = 0;
    int found = 0;
    for (int i = 0; i < 1000; i++) {
      double[] d = Shocks.movingSums(random, 240, 6);
      naive += DieboldMariano.classical(d, 1).firstIsBetter(0.05) ? 1 : 0;
      found += DieboldMariano.test(d, 6).firstIsBetter(0.05) ? 1 : 0;
    }
    assertTrue(naive > 200, "naive: " + naive);
    assertTrue(found < 110, "found: " + found);
  }

  @Test
  void seesARealDifference() {
    Random random = new Random(4);
    int found = 0;
    for (int i = 0; i < 500; i++) {
      double[] d = Shocks.movingSums(random, 200, 3);
      found +=
          DieboldMariano.test(Arrays.stream(d).map(value -> value - 0.7).toArray(), 3)
                  .firstIsBetter(0.05)
              ? 1
              : 0;
    }
    assertTrue(found > 450, found + " of 500");
  }

  @Test
  void equalForecastsAreEvidenceOfNothing() {
    DieboldMariano result = DieboldMariano.test(new double[20], 3);
    assertEquals(new DieboldMariano(0, 0.5, 20, 2, 0), result);
    assertEquals(1, result.twoSidedPValue());
    assertFalse(result.firstIsBetter(0.05));
  }

  @Test
  void aDifferenceWithoutVarianceIsCertain() {
    double[] better = new double[20];
    Arrays.fill(better, -0.1);
    double[] worse = new double[20];
    Arrays.fill(worse, 0.1);
    assertEquals(
        new DieboldMariano(Double.NEGATIVE_INFINITY, 0, 20, 2, -0.1),
        withMean(DieboldMariano.test(better, 3), -0.1));
    assertEquals(1, DieboldMariano.classical(worse, 3).pValue());
    assertEquals(0, DieboldMariano.test(worse, 3).twoSidedPValue());
    assertTrue(DieboldMariano.test(better, 3).firstIsBetter(0.001));
    assertFalse(DieboldMariano.test(worse, 3).firstIsBetter(0.999));
  }

  /** The mean, rounded. */
  private static DieboldMariano withMean(DieboldMariano result, double mean) {
    assertEquals(mean, result.meanDifference(), 1e-15);
    return new DieboldMariano(
        result.statistic(), result.pValue(), result.n(), result.bandwidth(), mean);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "3, 2", "5, 6", "47, 24"})
  void tooFewForTheHorizonGiveNoVerdict(int n, int horizon) {
    double[] d = Shocks.independent(new Random(1), n);
    for (DieboldMariano result :
        new DieboldMariano[] {
          DieboldMariano.test(d, horizon), DieboldMariano.classical(d, horizon)
        }) {
      assertFalse(result.conclusive());
      assertTrue(Double.isNaN(result.pValue()) && Double.isNaN(result.statistic()));
      assertTrue(Double.isNaN(result.twoSidedPValue()));
      assertFalse(result.firstIsBetter(0.999));
      assertEquals(n == 0, Double.isNaN(result.meanDifference()));
    }
  }

  @Test
  void aNegativeVarianceOfTheClassicalTestGivesNoVerdict() {
    double[] alternating = new double[20];
    Arrays.setAll(alternating, t -> t % 2 == 0 ? -3 : 1);
    assertFalse(DieboldMariano.classical(alternating, 2).conclusive());
    assertTrue(DieboldMariano.test(alternating, 2).firstIsBetter(0.05));
  }

  @Test
  void manyDifferentialsAreNoTrouble() {
    double[] d = Shocks.independent(new Random(2), 1_000_000);
    DieboldMariano result = DieboldMariano.test(d, 24);
    double z = result.statistic();
    assertEquals(new NormalDistribution().cumulativeProbability(z), result.pValue(), 1e-5);
  }

  @Test
  void refusesWhatIsNoDifferential() {
    assertThrows(
        IllegalArgumentException.class,
        () -> DieboldMariano.test(new double[] {1, Double.NaN, 2}, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> DieboldMariano.test(new double[] {Double.POSITIVE_INFINITY}, 1));
    assertThrows(IllegalArgumentException.class, () -> DieboldMariano.test(new double[] {1, 2}, 0));
    assertThrows(IllegalArgumentException.class, () -> DieboldMariano.test(new double[9], 4, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> DieboldMariano.test(new double[] {1, 2}, 1).firstIsBetter(0));
    assertThrows(IllegalArgumentException.class, () -> new DieboldMariano(1, 1.5, 3, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new DieboldMariano(1, Double.NaN, 3, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new DieboldMariano(1, 0.5, -1, 0, 1));
  }
}
