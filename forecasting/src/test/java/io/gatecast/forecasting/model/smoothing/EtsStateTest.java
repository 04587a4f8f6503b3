package io.gatecast.forecasting.model.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Proves the recursion, its derivatives and its forecasts against loops over the textbook's forms.
 */
class EtsStateTest {
  private static final int STEPS = 60;
  private static final List<EtsForm> FORMS = EtsForm.candidates(5, true);

  /** A form, its parameters, a start and positive values, all from a seed. */
  @SuppressWarnings("ArrayRecordComponent") // read by index, never compared
  private record Case(EtsForm form, EtsParameters parameters, EtsStart start, double[] values) {
    static Case of(long seed, int which) {
      EtsForm form = FORMS.get(which % FORMS.size());
      Random random = new Random(seed);
      double[] place = random.doubles(form.smoothing()).toArray();
      double[] values = new double[STEPS];
      for (int t = 0; t < STEPS; t++) {
        values[t] = 100 + t / 3.0 + 20 * Math.sin(2 * Math.PI * t / 5) + random.nextGaussian();
      }
      return new Case(
          form, EtsParameters.inBounds(form, place), EtsStart.guess(form, values), values);
    }
  }

  /** Holt and Winters' forms, which average; the ETS forms correct errors. */
  private static double[] textbook(Case made, int steps, int horizon) {
    EtsForm form = made.form();
    EtsParameters p = made.parameters();
    boolean factors = form.seasonal() == EtsForm.Seasonal.MULTIPLICATIVE;
    int m = form.season();
    double betaStar = p.beta() / p.alpha();
    double level = made.start().level();
    double trend = made.start().trend();
    // s[t] is the season of step t − m.
    List<Double> s = new ArrayList<>(made.start().seasonal());
    for (int t = 0; t < steps; t++) {
      double y = made.values()[t];
      double season = s.isEmpty() ? 0 : s.get(t);
      double expected = level + p.phi() * trend;
      double adjusted = factors ? y / season : y - season;
      double next = p.alpha() * adjusted + (1 - p.alpha()) * expected;
      trend = betaStar * (next - level) + (1 - betaStar) * p.phi() * trend;
      level = next;
      if (!s.isEmpty()) {
        s.add(p.gamma() * (factors ? y / expected : y - expected) + (1 - p.gamma()) * season);
      }
    }
    double[] forecast = new double[horizon];
    for (int h = 1; h <= horizon; h++) {
      double faded = 0;
      for (int i = 1; i <= h; i++) {
        faded += Math.pow(p.phi(), i);
      }
      double season = s.isEmpty() ? 0 : s.get(steps + (h - 1) % m);
      double mean = level + faded * trend;
      forecast[h - 1] = factors ? mean * season : mean + season;
    }
    return forecast;
  }

  @Property(tries = 200)
  void agreesWithTheTextbooksLoops(@ForAll long seed, @ForAll @IntRange(max = 14) int which) {
    Case made = Case.of(seed, which);
    EtsState state = new EtsState(made.form(), made.parameters(), made.start());
    for (int t = 0; t < STEPS; t++) {
      double expected = textbook(made, t, 1)[0];
      assertEquals(expected, state.expected(), 1e-9 * Math.abs(expected));
      assertEquals(state.expected(), state.step(made.values()[t]));
    }
    assertArrayEquals(textbook(made, STEPS, 12), state.forecast(12), 1e-7);
  }

  @Property(tries = 100)
  void anAbsentStepIsForecastOver(@ForAll long seed, @ForAll @IntRange(max = 14) int which) {
    Case made = Case.of(seed, which);
    EtsState state = new EtsState(made.form(), made.parameters(), made.start());
    for (double value : made.values()) {
      state.step(value);
    }
    double[] ahead = state.forecast(13);
    for (int gap = 0; gap < 7; gap++) {
      assertEquals(ahead[gap], state.step(Double.NaN), 1e-9);
    }
    assertArrayEquals(Arrays.copyOfRange(ahead, 7, 13), state.forecast(6), 1e-9);
  }

  @Property(tries = 100)
  void derivativesAreThoseOfFiniteDifferences(
      @ForAll long seed, @ForAll @IntRange(max = 14) int which) {
    Case made = Case.of(seed, which);
    Random random = new Random(seed);
    double[] values = made.values().clone();
    for (int t = 1; t < STEPS; t++) {
      values[t] = random.nextInt(6) == 0 ? Double.NaN : values[t];
    }
    EtsForm form = made.form();
    for (int k = 0; k < form.initial(); k++) {
      double[] change = new double[form.initial()];
      change[k] = 1e-5;
      EtsState state = new EtsState(form, made.parameters(), made.start());
      EtsState up = new EtsState(form, made.parameters(), made.start().moved(form, change, 1));
      EtsState down = new EtsState(form, made.parameters(), made.start().moved(form, change, -1));
      EtsSlopes slopes = new EtsSlopes(form, made.parameters());
      for (double value : values) {
        double q = state.expectedLevel();
        double s = state.expectedSeason();
        double slope = slopes.expected(q, s)[k];
        double difference = (up.step(value) - down.step(value)) / 2e-5;
        assertEquals(difference, slope, 1e-4 * Math.max(1, Math.abs(difference)));
        slopes.step(value - state.step(value), q, s);
      }
    }
  }

  @Property(tries = 100)
  void factorsStayPositiveWhateverComes(@ForAll long seed) {
    Case made = Case.of(seed, 14);
    assertEquals("ETS(M,Ad,M)", made.form().label());
    EtsState state = new EtsState(made.form(), made.parameters(), made.start());
    Random random = new Random(seed);
    for (int t = 0; t < 2000; t++) {
      state.step(random.nextBoolean() ? made.values()[t % STEPS] : -1000 * random.nextDouble());
      assertTrue(state.expected() > 0 && Double.isFinite(state.expected()), state::toString);
    }
  }

  @Test
  void withoutAStartTheFirstValueIsTheLevel() {
    EtsForm form = FORMS.get(0);
    EtsState state = EtsState.unknown(form, new EtsParameters(0.3, 0, 0, 1));
    assertTrue(Double.isNaN(state.forecast(1)[0]));
    state.step(Double.NaN);
    assertTrue(Double.isNaN(state.expected()));
    state.step(7);
    assertArrayEquals(new double[] {7, 7}, state.forecast(2));
    state.step(17);
    assertArrayEquals(new double[] {10, 10}, state.forecast(2), 1e-12);
  }

  @Test
  void theFormsAreThoseOfTheFamily() {
    assertEquals(
        List.of("ETS(A,N,N)", "ETS(A,A,N)", "ETS(A,Ad,N)"),
        EtsForm.candidates(1, false).stream().map(EtsForm::label).toList());
    assertEquals(6, EtsForm.candidates(25, true).size(), "a season too long");
    assertEquals(6, EtsForm.candidates(24, false).size());
    assertEquals(15, FORMS.size());
    EtsForm last = FORMS.get(14);
    // alpha, beta, gamma, phi; level, slope and four of five seasonal states.
    assertEquals(4, last.smoothing());
    assertEquals(6, last.initial());
    EtsForm.Trend none = EtsForm.Trend.NONE;
    EtsForm.Seasonal factors = EtsForm.Seasonal.MULTIPLICATIVE;
    assertThrows(
        IllegalArgumentException.class,
        () -> new EtsForm(EtsForm.Errors.ADDITIVE, none, factors, 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EtsForm(EtsForm.Errors.MULTIPLICATIVE, none, factors, 25));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EtsForm(EtsForm.Errors.ADDITIVE, none, EtsForm.Seasonal.NONE, 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EtsState(last, EtsParameters.LAST_VALUE, new EtsStart(1, 0, List.of(1.0, 1.0))));
    assertThrows(IllegalArgumentException.class, () -> new EtsParameters(Double.NaN, 0, 0, 1));
  }
}
