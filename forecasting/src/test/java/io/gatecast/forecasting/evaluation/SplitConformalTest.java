package io.gatecast.forecasting.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the conformal quantile by hand and its coverage on exchangeable errors. */
class SplitConformalTest {
  private static final TimeSeries SERIES = Fixtures.daily("s", 1, 2);
  private static final TimeSeries OTHER = Fixtures.daily("other", 1, 2);

  private static List<History> origins(TimeSeries series, int count) {
    List<History> origins = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      origins.add(new History(series, 0));
    }
    return origins;
  }

  /** One step ahead, errors as given. */
  private static SplitConformal fitted(ErrorScale transform, double[] errors) {
    double[][] actual = new double[errors.length][1];
    double[][] forecast = new double[errors.length][1];
    for (int i = 0; i < errors.length; i++) {
      forecast[i][0] = 100;
      actual[i][0] = transform.shifted(100, errors[i]);
    }
    return SplitConformal.fit(transform, origins(SERIES, errors.length), actual, forecast);
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
  })
  void theHalfWidthIsTheResidualOfTheConformalRank(int n, double level, int rank) {
    double[] errors = new double[n];
    for (int i = 0; i < n; i++) {
      // 1 … n in a scrambled order and with alternating signs.
      errors[(i * 7) % n] = i % 2 == 0 ? i + 1 : -(i + 1);
    }
    double[] sorted = DoubleStream.of(errors).map(Math::abs).sorted().toArray();
    assertEquals(rank, sorted[rank - 1], "each of 1 … n once");
    SplitConformal.Interval interval =
        fitted(ErrorScale.ADDITIVE, errors).interval("s", 0, 50, level);
    assertEquals(50 - rank, interval.low(), 1e-12);
    assertEquals(50 + rank, interval.high(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.95})
  void theRankIsTheLeastThatCovers(double level) {
    for (int n = SplitConformal.FEWEST_WINDOWS; n < 250; n++) {
      double[] errors = new double[n];
      Arrays.setAll(errors, i -> i + 1);
      double width = fitted(ErrorScale.ADDITIVE, errors).interval("s", 0, 0, level).high();
      int hundredths = (int) Math.round(level * 100);
      int rank = 1;
      while (100 * rank < (n + 1) * hundredths) {
        rank++;
      }
      assertEquals(rank, width, 1e-9, "n = " + n);
    }
  }

  @Test
  void tooFewWindowsAreAnErrorAndTheFewestAreEnough() {
    SplitConformal enough = fitted(ErrorScale.ADDITIVE, new double[SplitConformal.FEWEST_WINDOWS]);
    assertTrue(enough.interval("s", 0, 1, 0.95).contains(1));
    SplitConformal few = fitted(ErrorScale.ADDITIVE, new double[SplitConformal.FEWEST_WINDOWS - 1]);
    assertTrue(few.interval("s", 0, 1, 0.80).contains(1));
    assertThrows(IllegalArgumentException.class, () -> few.interval("s", 0, 1, 0.95));
    assertThrows(IllegalArgumentException.class, () -> enough.interval("unknown", 0, 1, 0.80));
  }

  @Test
  void intervalsOfPricesAreMultiplicative() {
    double[] errors = new double[19];
    Arrays.fill(errors, Math.log(1.1));
    SplitConformal prices = fitted(ErrorScale.MULTIPLICATIVE, errors);
    for (double price : new double[] {0.5, 100, 7e6}) {
      SplitConformal.Interval interval = prices.interval("s", 0, price, 0.95);
      assertEquals(price / 1.1, interval.low(), 1e-9 * price);
      assertEquals(price * 1.1, interval.high(), 1e-9 * price);
    }
  }

  @Test
  void eachSeriesAndStepHasItsOwnWidth() {
    int n = 19;
    List<History> origins = new ArrayList<>(origins(SERIES, n));
    origins.addAll(origins(OTHER, n));
    double[][] actual = new double[2 * n][];
    for (int i = 0; i < 2 * n; i++) {
      actual[i] = i < n ? new double[] {1, 2} : new double[] {10, -20};
    }
    SplitConformal fitted =
        SplitConformal.fit(ErrorScale.ADDITIVE, origins, actual, new double[2 * n][2]);
    assertEquals(1, fitted.interval("s", 0, 0, 0.8).high());
    assertEquals(2, fitted.interval("s", 1, 0, 0.8).high());
    assertEquals(10, fitted.interval("other", 0, 0, 0.8).high());
    assertEquals(20, fitted.interval("other", 1, 0, 0.8).high());
  }

  @Test
  void anIntervalContainsItsEndsAndNothingBeyond() {
    SplitConformal.Interval interval = new SplitConformal.Interval(1, 2);
    assertTrue(interval.contains(1) && interval.contains(2));
    assertFalse(interval.contains(Math.nextDown(1.0)) || interval.contains(Math.nextUp(2.0)));
    assertFalse(interval.contains(Double.NaN));
  }

  @ParameterizedTest
  @CsvSource({"ADDITIVE, 0.8", "ADDITIVE, 0.95", "MULTIPLICATIVE, 0.8", "MULTIPLICATIVE, 0.95"})
  void coversExchangeableErrorsAsOftenAsItSays(ErrorScale transform, double level) {
    Random random = new Random(42);
    int n = 99;
    int trials = 1500;
    int inside = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] errors = new double[n];
      Arrays.setAll(errors, i -> 0.1 * random.nextGaussian() * random.nextGaussian());
      double truth = transform.shifted(80, 0.1 * random.nextGaussian() * random.nextGaussian());
      if (fitted(transform, errors).interval("s", 0, 80, level).contains(truth)) {
        inside++;
      }
    }
    // (n + 1) · level is whole here, so that the coverage is exact; four standard errors.
    double tolerance = 4 * Math.sqrt(level * (1 - level) / trials);
    assertEquals(level, (double) inside / trials, tolerance);
  }
}
