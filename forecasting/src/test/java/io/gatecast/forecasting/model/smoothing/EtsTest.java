package io.gatecast.forecasting.model.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves fits on simulated series, the choice of a form, and what short or odd series get. */
class EtsTest {
  private static final EtsForm HOLT_WINTERS =
      new EtsForm(EtsForm.Errors.ADDITIVE, EtsForm.Trend.ADDITIVE, EtsForm.Seasonal.ADDITIVE, 6);

  /** The form's own errors, passed through it: what the model says that data is. */
  private static double[] simulated(
      EtsForm form, EtsParameters parameters, EtsStart start, double sigma, int length, long seed) {
    Random random = new Random(seed);
    EtsState state = new EtsState(form, parameters, start);
    double[] values = new double[length];
    for (int t = 0; t < length; t++) {
      double expected = state.expected();
      double error = sigma * random.nextGaussian();
      boolean factor = form.errors() == EtsForm.Errors.MULTIPLICATIVE;
      values[t] = factor ? expected * (1 + error) : expected + error;
      state.step(values[t]);
    }
    return values;
  }

  private static double[] noise(long seed, int length) {
    return new Random(seed).doubles(length).map(value -> 10 + value).toArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void recoversTheParametersOfASimulatedSeries(long seed) {
    EtsParameters truth = new EtsParameters(0.4, 0.05, 0.2, 1);
    EtsStart start = new EtsStart(50, 0.3, List.of(5.0, -3.0, 2.0, -6.0, 4.0, -2.0));
    double[] values = simulated(HOLT_WINTERS, truth, start, 1, 1000, seed);
    EtsFit fit = Ets.fit(values, HOLT_WINTERS);
    // About three standard errors of a thousand steps.
    assertEquals(truth.alpha(), fit.parameters().alpha(), 0.12, fit::toString);
    assertEquals(truth.beta(), fit.parameters().beta(), 0.04, fit::toString);
    assertEquals(truth.gamma(), fit.parameters().gamma(), 0.1, fit::toString);
    double[] seasons = fit.start().seasonal().stream().mapToDouble(Double::doubleValue).toArray();
    assertArrayEquals(new double[] {5, -3, 2, -6, 4, -2}, seasons, 2);
    assertEquals(0, Arrays.stream(seasons).sum(), 1e-9);
    assertTrue(
        -2 * fit.logLikelihood() <= new EtsLikelihood(HOLT_WINTERS, values).deviance(truth, start));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void recoversFactorsToo(long seed) {
    EtsForm form =
        new EtsForm(
            EtsForm.Errors.MULTIPLICATIVE, EtsForm.Trend.NONE, EtsForm.Seasonal.MULTIPLICATIVE, 4);
    EtsStart start = new EtsStart(200, 0, List.of(1.3, 0.8, 0.7, 1.2));
    EtsParameters truth = new EtsParameters(0.5, 0, 0.1, 1);
    double[] values = simulated(form, truth, start, 0.03, 800, seed);
    EtsFit fit = Ets.fit(values, form);
    assertEquals(0.5, fit.parameters().alpha(), 0.12, fit::toString);
    assertEquals(0.1, fit.parameters().gamma(), 0.08, fit::toString);
    assertEquals(1.3, fit.start().seasonal().get(0), 0.1, fit::toString);
    assertTrue(-2 * fit.logLikelihood() <= new EtsLikelihood(form, values).deviance(truth, start));
    assertEquals(EtsForm.Seasonal.MULTIPLICATIVE, Ets.choose(values, 4, true).form().seasonal());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noPointOfAFineGridIsBetterThanWhereTheSearchEnds(long seed) {
    EtsParameters truth = new EtsParameters(0.5, 0, 0.1, 1);
    EtsStart start = new EtsStart(200, 0, List.of(1.3, 0.8, 0.7, 1.2));
    for (EtsForm.Seasonal seasonal :
        List.of(EtsForm.Seasonal.ADDITIVE, EtsForm.Seasonal.MULTIPLICATIVE)) {
      EtsForm form = new EtsForm(EtsForm.Errors.MULTIPLICATIVE, EtsForm.Trend.NONE, seasonal, 4);
      double[] values = simulated(form, truth, start, 0.03, 200, seed);
      EtsLikelihood likelihood = new EtsLikelihood(form, values);
      double least = Double.POSITIVE_INFINITY;
      for (int alpha = 0; alpha <= 30; alpha++) {
        for (int gamma = 0; gamma <= 30; gamma++) {
          double[] place = {alpha / 30.0, gamma / 30.0};
          EtsParameters point = EtsParameters.inBounds(form, place);
          least = Math.min(least, likelihood.concentrated(point, 30).deviance());
        }
      }
      assertTrue(-2 * Ets.fit(values, form).logLikelihood() < least + 1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void choosesASeasonWhereThereIsOneAndNoneInNoise(long seed) {
    EtsStart start = new EtsStart(50, 0, List.of(5.0, -3.0, 2.0, -6.0, 4.0, -2.0));
    EtsParameters slow = new EtsParameters(0.2, 1e-4, 0.05, 1);
    EtsFit seasonal = Ets.choose(simulated(HOLT_WINTERS, slow, start, 1, 150, seed), 6, false);
    assertEquals(EtsForm.Seasonal.ADDITIVE, seasonal.form().seasonal(), seasonal::toString);
    EtsFit none = Ets.choose(noise(seed, 150), 6, true);
    assertEquals(EtsForm.Seasonal.NONE, none.form().seasonal(), none::toString);
    assertTrue(none.parameters().alpha() < 0.35, none::toString);
  }

  @Test
  void choosesATrendWhereThereIsOneAndFollowsAWalk() {
    double[] line = new double[120];
    double[] walk = new double[300];
    Random random = new Random(5);
    for (int t = 0; t < line.length; t++) {
      line[t] = 3 * t + 10 * random.nextGaussian();
    }
    for (int t = 1; t < walk.length; t++) {
      walk[t] = walk[t - 1] + random.nextGaussian();
    }
    EtsFit trend = Ets.choose(line, 1, false);
    assertEquals(EtsForm.Trend.ADDITIVE, trend.form().trend(), trend::toString);
    assertEquals(3, trend.start().trend(), 0.2);
    EtsFit level = Ets.choose(walk, 1, false);
    assertEquals(EtsForm.simple(), level.form());
    assertTrue(level.parameters().alpha() > 0.85, level::toString);
  }

  @Property(tries = 30)
  void additiveModelsMoveWithShiftAndScale(
      @ForAll @IntRange(max = 1000) int seed,
      @ForAll @IntRange(min = -1000, max = 1000) int shift,
      @ForAll @IntRange(min = -6, max = 6) int power) {
    double scale = Math.pow(10, power);
    EtsStart start = new EtsStart(50, 0.3, List.of(5.0, -3.0, 2.0, -6.0, 4.0, -2.0));
    EtsParameters parameters = new EtsParameters(0.3, 0.02, 0.1, 1);
    double[] values = simulated(HOLT_WINTERS, parameters, start, 1, 90, seed);
    double[] moved = Arrays.stream(values).map(y -> (y + shift) * scale).toArray();
    EtsFit fit = Ets.choose(values, 6, false);
    EtsFit same = Ets.choose(moved, 6, false);
    assertEquals(fit.form(), same.form());
    // The search ends within its tolerance; rounding may lead it another way.
    double[] expected =
        Arrays.stream(forecast(fit, values)).map(y -> (y + shift) * scale).toArray();
    assertArrayEquals(expected, forecast(same, moved), 0.02 * scale);
    // Exactly: the likelihood of given parameters.
    EtsLikelihood.Value one =
        new EtsLikelihood(fit.form(), values).concentrated(fit.parameters(), 1);
    EtsLikelihood.Value two =
        new EtsLikelihood(fit.form(), moved).concentrated(fit.parameters(), 1);
    assertEquals(one.deviance() + 2 * values.length * Math.log(scale), two.deviance(), 1e-6);
    assertEquals((one.start().level() + shift) * scale, two.start().level(), 1e-6 * scale);
  }

  private static double[] forecast(EtsFit fit, double[] values) {
    EtsState state = fit.state();
    for (int t = fit.first(); t < values.length; t++) {
      state.step(values[t]);
    }
    return state.forecast(8);
  }

  @Test
  void initialStatesAreThoseOfLeastSquares() {
    // With parameters near zero the model is a line with a season: ordinary regression.
    double[] values = new double[48];
    Random random = new Random(3);
    for (int t = 0; t < values.length; t++) {
      values[t] = 4 - 0.5 * t + (t % 6 == 2 ? 9 : 0) + random.nextGaussian();
    }
    values[7] = Double.NaN;
    EtsParameters fixed = new EtsParameters(0, 0, 0, 1);
    EtsLikelihood likelihood = new EtsLikelihood(HOLT_WINTERS, values);
    EtsLikelihood.Value best = likelihood.concentrated(fixed, 1);
    for (int k = 0; k < HOLT_WINTERS.initial(); k++) {
      double[] change = new double[HOLT_WINTERS.initial()];
      change[k] = 1e-3;
      for (double share : new double[] {-1, 1}) {
        EtsStart moved = best.start().moved(HOLT_WINTERS, change, share);
        assertTrue(likelihood.deviance(fixed, moved) > best.deviance());
      }
    }
  }

  @Test
  void shortAndConstantSeriesRepeatTheLastValue() {
    for (double[] values :
        List.of(
            new double[] {5},
            new double[] {3, 5},
            new double[] {1, 2, 3, 5},
            new double[] {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5},
            new double[] {Double.NaN, 2, Double.NaN, 5, Double.NaN})) {
      EtsFit fit = Ets.choose(values, 3, true);
      assertFalse(fit.fitted());
      assertEquals(0, fit.estimated());
      assertArrayEquals(new double[] {5, 5, 5}, Arrays.copyOf(forecast(fit, values), 3));
    }
    for (double[] values : List.of(new double[0], new double[] {Double.NaN, Double.NaN})) {
      EtsFit fit = Ets.choose(values, 3, true);
      assertTrue(Double.isNaN(forecast(fit, values)[0]));
      assertEquals(0, fit.observations());
    }
    assertTrue(Ets.choose(new double[] {1, 2, 4, 2, 5}, 3, true).fitted());
  }

  @Test
  void whatAFormExplainsWithoutErrorTakesTheSimplestSuchForm() {
    double[] line = new double[40];
    double[] wave = new double[40];
    for (int t = 0; t < line.length; t++) {
      line[t] = 2 + 0.5 * t;
      wave[t] = t % 4;
    }
    EtsFit straight = Ets.choose(line, 4, false);
    assertEquals("ETS(A,A,N)", straight.form().label());
    assertEquals(22.0, forecast(straight, line)[0], 1e-6);
    EtsFit seasonal = Ets.choose(wave, 4, true);
    assertEquals("ETS(A,N,A)", seasonal.form().label());
    assertArrayEquals(new double[] {0, 1, 2, 3, 0, 1, 2, 3}, forecast(seasonal, wave), 1e-6);
  }

  @Test
  void gapsAreStepsWithoutEvidence() {
    EtsStart start = new EtsStart(50, 0.3, List.of(5.0, -3.0, 2.0, -6.0, 4.0, -2.0));
    EtsParameters truth = new EtsParameters(0.3, 0.01, 0.05, 1);
    double[] values = simulated(HOLT_WINTERS, truth, start, 1, 600, 9);
    double[] gappy = values.clone();
    Random random = new Random(4);
    for (int t = 1; t < gappy.length - 1; t++) {
      gappy[t] = random.nextInt(4) == 0 ? Double.NaN : gappy[t];
    }
    Arrays.fill(gappy, 200, 260, Double.NaN);
    EtsFit fit = Ets.choose(gappy, 6, false);
    assertEquals(EtsForm.Seasonal.ADDITIVE, fit.form().seasonal());
    assertEquals(
        Arrays.stream(gappy).filter(value -> !Double.isNaN(value)).count(), fit.observations());
    assertArrayEquals(forecast(Ets.choose(values, 6, false), values), forecast(fit, gappy), 2);
  }

  @Test
  void readsTheLatestValuesOnly() {
    double[] long1 = noise(1, 3000);
    double[] long2 = long1.clone();
    for (int t = 0; t < 2000; t++) {
      long2[t] *= -7;
    }
    long1[1500] = Double.NaN;
    EtsFit one = Ets.choose(long1, 7, true);
    assertEquals(one, Ets.choose(long2, 7, true));
    assertEquals(2000, one.first());
    assertEquals(Ets.MAX_OBSERVATIONS, one.observations());
  }

  @Test
  void aSeasonThatIsTooLongIsLeftOut() {
    double[] values = new double[200];
    for (int t = 0; t < values.length; t++) {
      values[t] = Math.sin(2 * Math.PI * t / 25) + 0.01 * (t % 7);
    }
    assertEquals(EtsForm.Seasonal.NONE, Ets.choose(values, 25, false).form().seasonal());
    assertEquals(
        EtsForm.Seasonal.NONE,
        Ets.choose(Arrays.copyOf(values, 47), 24, false).form().seasonal(),
        "less than two seasons");
  }

  @Test
  void refusesWhatAFormDoesNotAllow() {
    EtsForm relative =
        new EtsForm(EtsForm.Errors.MULTIPLICATIVE, EtsForm.Trend.NONE, EtsForm.Seasonal.NONE, 1);
    double[] values = noise(2, 20);
    values[7] = 0;
    IllegalArgumentException zero =
        assertThrows(IllegalArgumentException.class, () -> Ets.fit(values, relative));
    assertTrue(String.valueOf(zero.getMessage()).contains("found 0.0 at step 7"), zero::toString);
    assertEquals(EtsForm.Errors.ADDITIVE, Ets.choose(values, 1, true).form().errors());
    values[7] = Double.POSITIVE_INFINITY;
    assertThrows(IllegalArgumentException.class, () -> Ets.fit(values, EtsForm.simple()));
    assertThrows(
        IllegalArgumentException.class, () -> Ets.fit(new double[] {Double.NaN}, EtsForm.simple()));
  }

  @Test
  void aiccIsThatOfItsFormula() {
    EtsStart start = new EtsStart(1, 0, Collections.nCopies(6, 0.0));
    EtsFit fit = new EtsFit(HOLT_WINTERS, new EtsParameters(0.1, 0.1, 0.1, 1), start, 0, 30, -40);
    // Three parameters, a level, a slope, five seasonal states, the variance.
    assertEquals(80 + 22 + 2 * 11 * 12 / 18.0, fit.aicc(), 1e-12);
    EtsFit few = new EtsFit(HOLT_WINTERS, fit.parameters(), start, 0, 12, -40);
    assertEquals(Double.POSITIVE_INFINITY, few.aicc());
  }
}
