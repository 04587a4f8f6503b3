package io.gatecast.forecasting.model.volatility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the estimates against published ones, known truths and an independent likelihood. */
class GarchTest {
  /** Returns of a process, after it has forgotten where it began. */
  private static double[] simulated(Garch of, int steps, DoubleSupplier shocks) {
    double[] returns = new double[steps];
    double variance = of.unconditional();
    for (int t = -500; t < steps; t++) {
      double residual = Math.sqrt(variance) * shocks.getAsDouble();
      if (t >= 0) {
        returns[t] = of.mean() + residual;
      }
      variance = of.omega() + of.alpha() * residual * residual + of.beta() * variance;
    }
    return returns;
  }

  private static double[] simulated(int steps, int seed) {
    return simulated(new Garch(5e-4, 2e-6, 0.09, 0.89, 1), steps, new Random(seed)::nextGaussian);
  }

  /** The likelihood of mean, omega, alpha and beta once more, as the definition says it. */
  private static double naive(double[] returns, double... p) {
    double presample = 0;
    for (double value : returns) {
      presample += Math.pow(value - p[0], 2) / returns.length;
    }
    double log = 0;
    double variance = presample;
    double last = presample;
    for (double value : returns) {
      variance = p[1] + p[2] * last + p[3] * variance;
      last = Math.pow(value - p[0], 2);
      log += Math.log(Math.exp(-last / (2 * variance)) / Math.sqrt(2 * Math.PI * variance));
    }
    return log;
  }

  private static double[] parameters(Garch of) {
    return new double[] {of.mean(), of.omega(), of.alpha(), of.beta()};
  }

  @Test
  void marksAndPoundsGiveThePublishedEstimates() throws IOException {
    double[] returns =
        Files.readAllLines(Fixtures.real("dem2gbp/dem2gbp.csv")).stream()
            .mapToDouble(Double::parseDouble)
            .toArray();
    assertEquals(1974, returns.length);
    Garch fitted = GarchFit.of(returns);
    // Fiorentini, Calzolari and Panattoni (1996), as McCullough and Renfro (1999) tell them.
    double[] published = {-0.00619041, 0.0107613, 0.153134, 0.805974};
    double[] found = parameters(fitted);
    for (int i = 0; i < published.length; i++) {
      assertEquals(published[i], found[i], 1e-5 * Math.abs(published[i]), "parameter " + i);
    }
    assertEquals(-1106.607881, fitted.logLikelihood(returns), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"0.05, 0.93, 1", "0.15, 0.80, 2", "0.30, 0.50, 3", "0.08, 0.60, 4"})
  void theTruthIsFoundAgain(double alpha, double beta, int seed) {
    Garch truth = new Garch(0.02, 0.01, alpha, beta, 1);
    Garch fitted = GarchFit.of(simulated(truth, 20_000, new Random(seed)::nextGaussian));
    assertEquals(truth.mean(), fitted.mean(), 0.02);
    assertEquals(alpha, fitted.alpha(), 0.025);
    assertEquals(beta, fitted.beta(), 0.06);
    assertEquals(1, fitted.unconditional() / truth.unconditional(), 0.15);
  }

  @Test
  void fatTailsDoNotMisleadIt() {
    Garch truth = new Garch(0, 0.05, 0.10, 0.85, 1);
    Random random = new Random(5);
    // Student's t with 8 degrees of freedom, scaled to variance 1.
    DoubleSupplier shocks =
        () -> {
          double chi = 0;
          for (int i = 0; i < 8; i++) {
            chi += Math.pow(random.nextGaussian(), 2);
          }
          return random.nextGaussian() / Math.sqrt(chi / 8) * Math.sqrt(6.0 / 8);
        };
    Garch fitted = GarchFit.of(simulated(truth, 40_000, shocks));
    assertEquals(0.10, fitted.alpha(), 0.02);
    assertEquals(0.85, fitted.beta(), 0.03);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void atTheEstimateTheLikelihoodIsFlatAndHighest(int seed) {
    double[] returns = simulated(1000 + 37 * seed, seed);
    Garch fitted = GarchFit.of(returns);
    double[] at = parameters(fitted);
    double highest = naive(returns, at);
    assertEquals(highest, fitted.logLikelihood(returns), 1e-8 * Math.abs(highest));
    double deviation = Math.sqrt(fitted.unconditional());
    double[] unit = {deviation, fitted.omega(), 1, 1};
    for (int i = 0; i < at.length; i++) {
      double step = 1e-5 * unit[i];
      double[] above = at.clone();
      double[] below = at.clone();
      above[i] += step;
      below[i] -= step;
      double slope = (naive(returns, above) - naive(returns, below)) / 2e-5 / returns.length;
      assertEquals(0, slope, 2e-6, "slope of parameter " + i);
      assertTrue(naive(returns, above) < highest && naive(returns, below) < highest);
    }
    Random random = new Random(seed);
    for (int any = 0; any < 300; any++) {
      double persistence = random.nextDouble();
      double alpha = persistence * random.nextDouble();
      double elsewhere =
          naive(
              returns,
              at[0] + deviation * random.nextGaussian() / 10,
              deviation * deviation * (1 - persistence) * Math.exp(random.nextGaussian() / 2),
              alpha,
              persistence - alpha);
      assertTrue(elsewhere < highest);
    }
  }

  @Test
  void theUnitDoesNotMatter() {
    double[] returns = simulated(1500, 7);
    Garch fitted = GarchFit.of(returns);
    Garch percent = GarchFit.of(Arrays.stream(returns).map(value -> 100 * value).toArray());
    assertEquals(100 * fitted.mean(), percent.mean(), 1e-6);
    assertEquals(1e4 * fitted.omega(), percent.omega(), 1e-6);
    assertEquals(fitted.alpha(), percent.alpha(), 1e-6);
    assertEquals(fitted.beta(), percent.beta(), 1e-6);
  }

  @Test
  void absentReturnsTeachNothing() {
    Garch truth = new Garch(0.02, 0.01, 0.12, 0.85, 1);
    Random random = new Random(8);
    double[] returns = simulated(truth, 30_000, random::nextGaussian);
    for (int t = 0; t < returns.length; t++) {
      returns[t] = random.nextInt(10) == 0 ? Double.NaN : returns[t];
    }
    Garch fitted = GarchFit.of(returns);
    assertEquals(0.12, fitted.alpha(), 0.02);
    assertEquals(0.85, fitted.beta(), 0.03);
    assertTrue(fitted.logLikelihood(returns) >= truth.logLikelihood(returns));
  }

  @Test
  void theFilterFollowsTheEquation() {
    Garch garch = new Garch(1, 0.5, 0.2, 0.7, 4);
    // 0.5 + 0.9 * 4; then 0.5 + 0.2 * 3² + 0.7 * 4.1; over the gap 0.5 + 0.9 * 5.17
    double[] variances = garch.filter(new double[] {4, Double.NaN});
    assertArrayEquals(new double[] {4.1, 5.17, 5.153}, variances, 1e-12);
    assertArrayEquals(
        variances, Arrays.copyOf(garch.filter(new double[] {4, Double.NaN, -9}), 3), 0);
  }

  @Test
  void forecastsTendToTheUnconditionalVariance() {
    Garch garch = new Garch(0, 0.5, 0.2, 0.7, 4);
    assertEquals(5, garch.unconditional(), 1e-12);
    double[] ahead = garch.forecast(9, 200);
    for (int k : new int[] {0, 1, 2, 20}) {
      assertEquals(5 + Math.pow(0.9, k) * 4, ahead[k], 1e-9);
    }
    assertEquals(5, ahead[199], 1e-6);
  }

  @Test
  void whatCannotBeEstimatedIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> GarchFit.of(new double[1000]));
    assertThrows(IllegalArgumentException.class, () -> GarchFit.of(simulated(99, 1)));
    double[] mostlyAbsent = new double[500];
    Arrays.fill(mostlyAbsent, Double.NaN);
    assertThrows(IllegalArgumentException.class, () -> GarchFit.of(mostlyAbsent));
    double[] infinite = simulated(500, 1);
    infinite[3] = Double.POSITIVE_INFINITY;
    assertThrows(IllegalArgumentException.class, () -> GarchFit.of(infinite));
    assertThrows(IllegalArgumentException.class, () -> new Garch(0, 1, 0.5, 0.5, 1));
    assertThrows(IllegalArgumentException.class, () -> new Garch(0, 0, 0.1, 0.5, 1));
    assertThrows(IllegalArgumentException.class, () -> new Garch(Double.NaN, 1, 0.1, 0.5, 1));
  }

  @Test
  void returnsOfConstantVarianceAreAllowed() {
    Random random = new Random(9);
    double[] returns = random.doubles(2000).map(any -> random.nextGaussian()).toArray();
    Garch fitted = GarchFit.of(returns);
    assertEquals(1, fitted.unconditional(), 0.1);
    assertTrue(fitted.alpha() < 0.05);
  }
}
