package io.gatecast.forecasting.evaluation.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the conformal quantile by hand and its coverage on exchangeable errors. */
class SplitConformalTest {
  private static final int LAST = Quantiles.COUNT - 1;

  /** Quantiles of a forecast of that level after errors as given. */
  private static double[] after(ErrorScale scale, double level, double... errors) {
    double[] target = new double[errors.length + 1];
    Arrays.setAll(target, i -> i < errors.length ? scale.shifted(level, errors[i]) : Double.NaN);
    Track track = Tracks.oneStep(level, target, errors.length);
    return new SplitConformal().quantiles(track, scale)[0][0];
  }

  @ParameterizedTest
  @CsvSource({
    "19, 0.95, 19",
    "19, 0.80, 16",
    "20, 0.95, 20",
    "20, 0.80, 17",
    "99, 0.95, 95",
    "99, 0.80, 80",
    "100, 0.95, 96",
    "100, 0.80, 81",
    "100, 0.40, 41",
  })
  void theHalfWidthIsTheResidualOfTheConformalRank(int n, double coverage, int rank) {
    double[] errors = new double[n];
    for (int i = 0; i < n; i++) {
      // 1 … n in a scrambled order and with alternating signs.
      errors[(i * 7) % n] = i % 2 == 0 ? i + 1 : -(i + 1);
    }
    double[] sorted = DoubleStream.of(errors).map(Math::abs).sorted().toArray();
    assertEquals(rank, sorted[rank - 1], "each of 1 … n once");
    double[] quantiles = after(ErrorScale.ADDITIVE, 50, errors);
    int lower = Quantiles.lower(coverage);
    assertEquals(50 - rank, quantiles[lower], 1e-12);
    assertEquals(50 + rank, quantiles[LAST - lower], 1e-12);
    assertEquals(50, quantiles[Quantiles.MEDIAN]);
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 95})
  void theRankIsTheLeastThatCovers(int hundredths) {
    for (int n = IntervalMethod.FEWEST; n < 250; n++) {
      double[] errors = new double[n];
      Arrays.setAll(errors, i -> i + 1);
      int rank = 1;
      while (100 * rank < (n + 1) * hundredths) {
        rank++;
      }
      int upper = LAST - Quantiles.lower(hundredths / 100.0);
      assertEquals(rank, after(ErrorScale.ADDITIVE, 0, errors)[upper], 1e-9, "n = " + n);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 100, 7e6})
  void intervalsOfPricesAreMultiplicative(double price) {
    double[] errors = new double[IntervalMethod.FEWEST];
    Arrays.fill(errors, Math.log(1.1));
    double[] quantiles = after(ErrorScale.MULTIPLICATIVE, price, errors);
    assertEquals(price / 1.1, quantiles[0], 1e-9 * price);
    assertEquals(price * 1.1, quantiles[LAST], 1e-9 * price);
  }

  @Test
  void eachStepHasItsOwnWidthAndLearnsNothingLater() {
    int n = 60;
    double[] target = new double[n + 3];
    double[][] mean = new double[n][2];
    for (int i = 0; i < n; i++) {
      mean[i] = new double[] {-1, 2};
    }
    Arrays.fill(target, n / 2 + 2, target.length, 1000); // after the calibration
    double[][][] made =
        new SplitConformal()
            .quantiles(
                Tracks.of(Fixtures.daily("s", target), Forecasts.of(mean), n / 2),
                ErrorScale.ADDITIVE);
    assertEquals(n / 2, made.length);
    for (double[][] steps : made) {
      assertEquals(-1 + 1, steps[0][LAST]);
      assertEquals(2 + 2, steps[1][LAST]);
    }
  }

  @ParameterizedTest
  @CsvSource({"ADDITIVE, 0.8", "ADDITIVE, 0.95", "MULTIPLICATIVE, 0.8", "MULTIPLICATIVE, 0.95"})
  void coversExchangeableErrorsAsOftenAsItSays(ErrorScale scale, double coverage) {
    int trials = 1500;
    // (n + 1) · coverage is whole for 99, so that the coverage is exact; four standard errors.
    double tolerance = 4 * Math.sqrt(coverage * (1 - coverage) / trials);
    assertEquals(coverage, covered(scale, coverage, 99, trials), tolerance);
    // Otherwise it is at least nominal and at most 1 / (n + 1) above it.
    for (int n : new int[] {19, 26, 50}) {
      double share = covered(scale, coverage, n, trials);
      assertTrue(share >= coverage - tolerance, n + ": " + share);
      assertTrue(share <= coverage + 1.0 / (n + 1) + tolerance, n + ": " + share);
    }
  }

  private static double covered(ErrorScale scale, double coverage, int n, int trials) {
    Random random = new Random(42);
    int lower = Quantiles.lower(coverage);
    int inside = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] errors = new double[n];
      Arrays.setAll(errors, i -> 0.1 * random.nextGaussian() * random.nextGaussian());
      double truth = scale.shifted(80, 0.1 * random.nextGaussian() * random.nextGaussian());
      double[] quantiles = after(scale, 80, errors);
      inside += quantiles[lower] <= truth && truth <= quantiles[LAST - lower] ? 1 : 0;
    }
    return (double) inside / trials;
  }
}
