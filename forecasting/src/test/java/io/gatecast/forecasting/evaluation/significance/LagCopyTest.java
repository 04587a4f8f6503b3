package io.gatecast.forecasting.evaluation.significance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.evaluation.significance.LagCopy.Finding;
import io.gatecast.forecasting.evaluation.significance.LagCopy.Verdict;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the verdict on forecasts of which it is known whether they are copies. */
class LagCopyTest {
  private static final double LEVEL = 0.05;

  /** A forecast at an origin. */
  private interface Rule {
    double forecast(double[] series, int origin, int step);
  }

  private static Verdict verdict(double[] series, int horizon, int stride, Rule rule) {
    LagCopy check = new LagCopy();
    add(check, series, horizon, stride, 1, rule);
    return check.verdict(LEVEL, stride);
  }

  private static void add(
      LagCopy check, double[] series, int horizon, int stride, double scale, Rule rule) {
    for (int origin = 1; origin + horizon < series.length; origin += stride) {
      for (int step = 1; step <= horizon; step++) {
        double forecast = rule.forecast(series, origin, step);
        check.add(series[origin], forecast, series[origin + step], scale, step, origin);
      }
    }
  }

  private static double[] walk(long seed, int n) {
    return Shocks.autoregression(new Random(seed), n, 1, 0);
  }

  @Test
  void knowsHandValues() {
    LagCopy check = new LagCopy();
    check.add(10, 12, 14, 2, 1, 7); // p 1, a 2
    check.add(10, 12, 18, 1, 4, 7); // p 1, a 4
    check.add(3, 3, 4, 1, 1, 8); // p 0, a 1
    Verdict verdict = check.verdict(LEVEL, 4);
    // mean p² at 7: 1, at 8: 0; mean a²: 10 and 1; mean pa: 3 and 0
    assertEquals(Math.sqrt(0.5 / 5.5), verdict.ratio(), 1e-15);
    assertEquals(1.5 / Math.sqrt(0.5 * 5.5), verdict.correlation(), 1e-15);
    assertEquals(3, verdict.slope(), 1e-15);
    assertEquals(2, verdict.origins());
    assertEquals(4, verdict.correlationByStep().size());
    assertEquals(2 / Math.sqrt(5), verdict.correlationByStep().get(0), 1e-15);
    assertTrue(verdict.correlationByStep().get(1).isNaN());
    assertEquals(1, verdict.correlationByStep().get(3), 1e-15);
    assertEquals(DieboldMariano.test(new double[] {-6, 0}, 1).pValue(), verdict.pValue(), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 24})
  void persistenceIsACopy(int horizon) {
    Verdict verdict = verdict(walk(1, 500), horizon, 1, (y, t, h) -> y[t]);
    assertEquals(Finding.REPEATS, verdict.finding());
    assertTrue(verdict.copy());
    assertEquals(0, verdict.ratio());
    assertEquals(0.5, verdict.pValue());
    assertEquals(
        "The forecast repeats the last value: its changes are 0.00 % of the actual ones in size.",
        verdict.text());
  }

  /** Copies of a random walk pass as informative about as often as the level says. */
  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void theLastValueAndNoiseIsACopy(int horizon) {
    Random noise = new Random(17);
    int copies = 0;
    for (int seed = 0; seed < 400; seed++) {
      Verdict verdict =
          verdict(walk(seed, 300), horizon, 1, (y, t, h) -> y[t] + 0.3 * noise.nextGaussian());
      assertTrue(verdict.ratio() > LagCopy.NEGLIGIBLE);
      copies += verdict.copy() ? 1 : 0;
    }
    assertTrue(copies > 0.91 * 400 && copies < 0.99 * 400, copies + " of 400");
  }

  @Test
  void littleNoiseIsNegligible() {
    Random noise = new Random(18);
    Verdict verdict = verdict(walk(3, 300), 1, 1, (y, t, h) -> y[t] + 0.02 * noise.nextGaussian());
    assertEquals(Finding.REPEATS, verdict.finding());
    assertTrue(verdict.ratio() > 0);
  }

  /** A network that smooths: close to the series in a plot, a step late. */
  @Test
  void aMovingAverageOfARandomWalkIsUninformative() {
    Verdict verdict = verdict(walk(6, 600), 1, 1, (y, t, h) -> 0.6 * y[t] + 0.4 * y[t - 1]);
    assertEquals(Finding.UNINFORMATIVE, verdict.finding());
    assertTrue(verdict.copy());
    assertTrue(verdict.text().contains("no more than the last value"), verdict.text());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void aDampedForecastOfAnAutoregressionIsNoCopy(int horizon) {
    for (int seed = 0; seed < 50; seed++) {
      double[] series = Shocks.autoregression(new Random(seed), 500, 0.8, 0);
      Verdict verdict = verdict(series, horizon, 1, (y, t, h) -> Math.pow(0.8, h) * y[t]);
      assertEquals(Finding.INFORMATIVE, verdict.finding(), verdict.text());
      assertFalse(verdict.copy());
      assertEquals(1, verdict.slope(), 0.35);
      assertTrue(verdict.text().contains("no copy"), verdict.text());
    }
  }

  /** The wrong way round is not information. */
  @Test
  void changesAgainstTheActualOnesAreUninformative() {
    double[] series = Shocks.autoregression(new Random(9), 500, 0.8, 0);
    Verdict verdict = verdict(series, 1, 1, (y, t, h) -> 1.2 * y[t]);
    assertEquals(Finding.UNINFORMATIVE, verdict.finding());
    assertTrue(verdict.correlation() < -0.2 && verdict.pValue() > 0.99);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void theLastValueAndTheRightDriftIsADrift(int horizon) {
    double[] series = Shocks.autoregression(new Random(10), 800, 1, 0.4);
    Verdict verdict = verdict(series, horizon, 1, (y, t, h) -> y[t] + 0.4 * h);
    assertEquals(Finding.DRIFT, verdict.finding(), verdict.text());
    assertFalse(verdict.copy());
    assertTrue(verdict.text().contains("drift"), verdict.text());
  }

  @Test
  void aDriftAgainstTheTrendOrWithoutOneIsACopy() {
    double[] rising = Shocks.autoregression(new Random(10), 800, 1, 0.4);
    assertTrue(verdict(rising, 1, 1, (y, t, h) -> y[t] - 0.4).copy());
    assertTrue(verdict(walk(12, 800), 1, 1, (y, t, h) -> y[t] + 0.4).copy());
  }

  /** Without any noise, the right trend is foreseen and nothing varies. */
  @Test
  void theExactTrendIsNoCopy() {
    double[] line = IntStream.range(0, 60).mapToDouble(t -> t).toArray();
    Verdict verdict = verdict(line, 1, 1, (y, t, h) -> y[t] + h);
    assertEquals(Finding.DRIFT, verdict.finding());
    assertEquals(1, verdict.slope());
    assertEquals(0, verdict.pValue());
  }

  @Test
  void whatIsForeseenAtLaterStepsCounts() {
    double[] season = IntStream.range(0, 400).mapToDouble(t -> Math.sin(t * Math.PI / 6)).toArray();
    Verdict verdict =
        verdict(season, 6, 1, (y, t, h) -> h < 4 ? y[t] : Math.sin((t + h) * Math.PI / 6));
    assertEquals(Finding.INFORMATIVE, verdict.finding());
    assertTrue(verdict.correlationByStep().get(2).isNaN());
    assertEquals(1, verdict.correlationByStep().get(5), 1e-9);
  }

  @Test
  void keptOriginsOverlapLess() {
    double[] series = Shocks.autoregression(new Random(11), 600, 0.8, 0);
    Rule rule = (y, t, h) -> Math.pow(0.8, h) * y[t];
    LagCopy check = new LagCopy();
    add(check, series, 12, 12, 1, rule);
    assertEquals(Finding.INFORMATIVE, check.verdict(LEVEL, 12).finding());
    assertEquals(50 - 1, check.verdict(LEVEL, 12).origins());
    // As if all 49 overlapped by 24 steps and more: no verdict.
    LagCopy far = new LagCopy();
    add(far, series, 25, 12, 1, rule);
    assertEquals(Finding.TOO_FEW, far.verdict(LEVEL, 1).finding());
  }

  @Property(tries = 30)
  void unitsAndCopiesOfASeriesDoNotMatter(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int copies) {
    double[] series = Shocks.autoregression(new Random(seed), 200, 0.9, 0);
    Rule rule = (y, t, h) -> 0.8 * y[t];
    LagCopy one = new LagCopy();
    add(one, series, 3, 1, 1, rule);
    LagCopy many = new LagCopy();
    for (int copy = 0; copy < copies; copy++) {
      double unit = Math.pow(10, copy - 5);
      double[] scaled = new double[series.length];
      for (int t = 0; t < scaled.length; t++) {
        scaled[t] = unit * series[t];
      }
      add(many, scaled, 3, 1, unit, rule);
    }
    Verdict expected = one.verdict(LEVEL, 1);
    Verdict found = many.verdict(LEVEL, 1);
    assertEquals(expected.finding(), found.finding());
    assertEquals(expected.pValue(), found.pValue(), 1e-9);
    assertEquals(expected.ratio(), found.ratio(), 1e-9);
    assertEquals(expected.slope(), found.slope(), 1e-9);
    assertEquals(expected.origins(), found.origins());
  }

  @Test
  void aConstantSeriesIsNoReasonToFail() {
    double[] flat = new double[50];
    assertEquals(Finding.REPEATS, verdict(flat, 2, 1, (y, t, h) -> y[t]).finding());
    Verdict moving = verdict(flat, 2, 1, (y, t, h) -> y[t] + 1);
    assertEquals(Finding.UNINFORMATIVE, moving.finding());
    assertEquals(Double.POSITIVE_INFINITY, moving.ratio());
  }

  @Test
  void tooFewOriginsAreNoVerdict() {
    Verdict none = new LagCopy().verdict(LEVEL, 1);
    assertEquals(Finding.TOO_FEW, none.finding());
    assertTrue(Double.isNaN(none.ratio()) && none.correlationByStep().isEmpty());
    Verdict few = verdict(walk(1, 9), 4, 1, (y, t, h) -> 0);
    assertEquals(Finding.TOO_FEW, few.finding());
    assertFalse(few.copy());
    assertTrue(few.text().contains("(4)"), few.text());
  }

  @Test
  void refusesWhatIsNoForecast() {
    LagCopy check = new LagCopy();
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class, () -> check.add(1, Double.NaN, 1, 1, 1, 77))
                .getMessage());
    assertTrue(message.contains("time 77") && message.contains("forecast NaN"), message);
    assertThrows(IllegalArgumentException.class, () -> check.add(1, 1, 1, 0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> check.add(1, 1, 1, Double.NaN, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> check.add(1, 1, 1, 1, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> check.add(Double.POSITIVE_INFINITY, 1, 1, 1, 1, 0));
    check.add(1, 2, 3, 1, 1, 0);
    assertThrows(IllegalArgumentException.class, () -> check.verdict(1, 1));
    assertThrows(IllegalArgumentException.class, () -> check.verdict(LEVEL, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Verdict(Finding.DRIFT, 1, 1, 1, 2, 1, List.of(), ""));
  }
}
