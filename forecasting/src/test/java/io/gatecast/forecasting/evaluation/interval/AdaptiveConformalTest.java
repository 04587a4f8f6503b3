package io.gatecast.forecasting.evaluation.interval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves adaptive conformal inference against its definition and by its long-run coverage. */
class AdaptiveConformalTest {
  private static final int LAST = Quantiles.COUNT - 1;

  @ParameterizedTest
  @CsvSource({"ADDITIVE, false", "ADDITIVE, true", "MULTIPLICATIVE, false", "MULTIPLICATIVE, true"})
  void agreesWithItsDefinition(ErrorScale scale, boolean own) {
    int length = 160;
    int calibration = 60;
    for (int window : new int[] {19, 40, 1000}) {
      double[] target = Fixtures.walk(window, length);
      Track track =
          Tracks.of(publishedLate(target), Tracks.forecasts(target, 3, window), calibration);
      double[][][] made = new AdaptiveConformal(own, window, 0.05).quantiles(track, scale);
      for (int step = 0; step < 3; step++) {
        double[][] naive = new NaiveAdaptive(track, scale, step, own, window, 0.05).quantiles();
        for (int i = 0; i < length - calibration; i++) {
          assertArrayEquals(naive[i], made[i][step], 1e-8 * target[i]);
        }
      }
    }
  }

  /** Some values are told up to nine days late, some are restated. */
  private static TimeSeries publishedLate(double[] target) {
    Random random = new Random(target.length);
    int[] steps = new int[target.length / 2];
    long[] known = new long[steps.length];
    double[][] versions = new double[1][steps.length];
    for (int j = 0; j < steps.length; j++) {
      steps[j] = 4 * (j / 2);
      known[j] = steps[j] + (j % 2 == 0 ? random.nextLong(10) : 10 + random.nextLong(5));
      versions[0][j] = target[steps[j]] * (j % 2 == 0 ? 0.99 : 1);
    }
    return Fixtures.daily("s", target).restated(steps, known, versions);
  }

  /** Errors whose size jumps, drifts and turns to one side, all after calibration in calm. */
  private static double[] shifting(int length, int calm) {
    Random random = new Random(23);
    double[] errors = new double[length];
    for (int i = 0; i < length; i++) {
      double size = 1;
      if (i >= calm) {
        size = (i / 300 % 2 == 0 ? 1 : 12) * (1 + 3.0 * i / length);
      }
      double bias = i >= calm && i / 700 % 3 == 1 ? 8 : 0;
      errors[i] = bias + size * (2 * random.nextDouble() - 1);
    }
    return errors;
  }

  /** Shares below the lower and above the upper end of a central interval. */
  private static double[] missed(double[][][] made, double[] errors, int calm, int lower) {
    double[] missed = new double[2];
    for (int i = 0; i < made.length; i++) {
      double y = errors[calm + i];
      missed[0] += y < made[i][0][lower] ? 1.0 / made.length : 0;
      missed[1] += y > made[i][0][LAST - lower] ? 1.0 / made.length : 0;
    }
    return missed;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.95})
  void eachTailIsMissedAsOftenAsItSaysUnderAnAdversarialShift(double coverage) {
    int calm = 200;
    int length = 20_200;
    double[] errors = shifting(length, calm);
    Track track = Tracks.oneStep(0, errors, calm);
    double stepSize = 0.05;
    double[][][] made =
        new AdaptiveConformal(false, 150, stepSize).quantiles(track, ErrorScale.ADDITIVE);
    int lower = Quantiles.lower(coverage);
    double nominal = Quantiles.level(lower);
    double gamma = stepSize * 4 * nominal * (1 - nominal);
    // Proposition 4.1 of Gibbs and Candès, with the level that the calm has left for a start.
    double bound = (1 + 2 * gamma) / (gamma * (length - calm));
    assertTrue(bound < 0.012, "a bound that says something: " + bound);
    for (double share : missed(made, errors, calm, lower)) {
      assertEquals(nominal, share, bound);
    }
    double[] split =
        missed(new SplitConformal().quantiles(track, ErrorScale.ADDITIVE), errors, calm, lower);
    assertTrue(split[0] + split[1] > 1 - coverage + 0.3, "split: " + Arrays.toString(split));
  }

  @Test
  void theConstantsOfJobsKeepCoverageUnderTheShift() {
    int calm = 500;
    double[] errors = shifting(9_000, calm);
    double[][][] made =
        AdaptiveConformal.ofResiduals()
            .quantiles(Tracks.oneStep(0, errors, calm), ErrorScale.ADDITIVE);
    for (double coverage : new double[] {0.8, 0.95}) {
      double[] missed = missed(made, errors, calm, Quantiles.lower(coverage));
      assertEquals(1 - coverage, missed[0] + missed[1], 0.02);
    }
  }

  @Test
  void errorsBeyondAllThatTheWindowHeldAreCoveredAtLast() {
    Random random = new Random(41);
    double[] errors = new double[4000];
    Arrays.setAll(
        errors, i -> (i < 30 ? 1e-3 : Math.exp(i / 400.0)) * (2 * random.nextDouble() - 1));
    double[][][] made =
        new AdaptiveConformal(false, 100, 0.2)
            .quantiles(Tracks.oneStep(0, errors, 30), ErrorScale.ADDITIVE);
    for (double share : missed(made, errors, 30, Quantiles.lower(0.8))) {
      assertEquals(0.1, share, 0.01);
    }
  }

  @Test
  void quietAndWildTimesHaveIntervalsOfTheirOwn() {
    Random random = new Random(31);
    double[] errors = new double[3000];
    double[] size = new double[errors.length];
    for (int i = 0; i < errors.length; i++) {
      size[i] = i / 60 % 2 == 0 ? 1 : 8;
      errors[i] = size[i] * random.nextGaussian();
    }
    int calibration = 1000;
    double[][][] made =
        AdaptiveConformal.ofResiduals()
            .quantiles(Tracks.oneStep(0, errors, calibration), ErrorScale.ADDITIVE);
    double[] width = new double[2];
    int[] count = new int[2];
    for (int i = calibration; i < errors.length; i++) {
      if (i % 60 >= 30) {
        int wild = size[i] > 1 ? 1 : 0;
        width[wild] += made[i - calibration][0][LAST] - made[i - calibration][0][0];
        count[wild]++;
      }
    }
    double ratio = width[1] / count[1] / (width[0] / count[0]);
    assertTrue(ratio > 3, "the wild interval is " + ratio + " times the quiet one");
  }

  @Test
  void eachStepAheadIsLearnedForItself() {
    double[] target = new double[600];
    Random random = new Random(5);
    for (int t = 1; t < target.length; t++) {
      target[t] = target[t - 1] + random.nextGaussian();
    }
    double[][] mean = new double[target.length][9];
    for (int i = 0; i < target.length; i++) {
      Arrays.fill(mean[i], target[i]);
    }
    double[][][] made =
        AdaptiveConformal.ofResiduals()
            .quantiles(
                Tracks.of(Fixtures.daily("s", target), Forecasts.of(mean), 400),
                ErrorScale.ADDITIVE);
    double first = 0;
    double ninth = 0;
    for (double[][] steps : made) {
      first += steps[0][LAST - 1] - steps[0][1];
      ninth += steps[8][LAST - 1] - steps[8][1];
    }
    // A random walk's spread grows with the root of the steps.
    assertEquals(3, ninth / first, 0.8);
  }
}
