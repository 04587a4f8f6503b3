package io.gatecast.forecasting.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves what is stated for zero scales, constant truths, single points, unknown values and large
 * numbers, and that memory does not grow.
 */
class ScorecardEdgesTest {
  private static final double[] LEVELS = {0.1, 0.5, 0.9};
  private static final TrainScale UNIT = new TrainScale(1, 1);
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final List<ToDoubleFunction<Accuracy>> OF_THE_MODEL =
      List.of(
          Accuracy::mae,
          Accuracy::rmse,
          Accuracy::mase,
          Accuracy::rmsse,
          Accuracy::smape,
          Accuracy::bias,
          Accuracy::r2,
          Accuracy::directionalAccuracy,
          Accuracy::wql,
          Accuracy::crps,
          Accuracy::qlike,
          any -> any.pinball().get(0),
          any -> any.pinball().get(2),
          any -> any.interval(0.8).coverage(),
          any -> any.interval(0.8).width(),
          any -> any.interval(0.8).winkler());

  private static Scorecard card(Observation... observations) {
    Scorecard card = new Scorecard(1, LEVELS, VarianceTarget.LOG_VARIANCE);
    for (Observation observation : observations) {
      card.add(0, observation);
    }
    return card;
  }

  private static Observation point(double actual, double forecast, double last, double scale) {
    return new Observation(actual, forecast, last, new TrainScale(scale, scale));
  }

  @Test
  void aZeroScaleCountsNoErrorAsZeroAndAnyOtherAsInfinite() {
    Accuracy perfect = card(point(5, 5, 5, 0), point(5, 4, 5, 2)).overall();
    assertEquals(0.25, perfect.mase());
    assertEquals(Math.sqrt(0.125), perfect.rmsse());
    Accuracy wrong = card(point(5, 5, 5, 0), point(5, 5.001, 5, 0)).overall();
    assertEquals(INFINITY, wrong.mase());
    assertEquals(INFINITY, wrong.rmsse());
    assertEquals(0.0005, wrong.mae(), 1e-12, "the rest stays as it is");
    assertTrue(Double.isNaN(card(point(1, 2, 0, 1), point(1, 2, 0, Double.NaN)).overall().mase()));
  }

  @Test
  void zeroTruthsHaveNoPercentageErrorOnlyWhereTheForecastIsZeroToo() {
    assertEquals(0, card(point(0, 0, 0, 1)).overall().smape());
    assertEquals(200, card(point(0, 1e-300, 0, 1)).overall().smape());
    assertEquals(200, card(point(1, -1, 0, 1)).overall().smape());
    assertEquals(200, card(point(1, INFINITY, 0, 1)).overall().smape());
    assertEquals(0, card(new Observation(0, 0, 0, UNIT, 0, 0, 0)).overall().wql());
    assertEquals(INFINITY, card(new Observation(0, 0, 0, UNIT, 0, 0, 1)).overall().wql());
  }

  @Test
  void oneTruthOrEqualOnesHaveNoR2() {
    assertTrue(Double.isNaN(card(point(3, 3, 1, 1)).overall().r2()));
    assertTrue(Double.isNaN(card(point(0.1, 3, 1, 1), point(0.1, 0.1, 1, 1)).overall().r2()));
    assertEquals(1, card(point(1, 1, 1, 1), point(2, 2, 1, 1)).overall().r2());
    assertEquals(0, card(point(1, 1.5, 1, 1), point(2, 1.5, 1, 1)).overall().r2());
    assertEquals(-3, card(point(1, 2, 1, 1), point(2, 1, 1, 1)).overall().r2());
  }

  @Test
  void onePointHasItsOwnError() {
    Accuracy one = card(new Observation(3, 5, 4, new TrainScale(2, 4), 1, 5, 6)).overall();
    assertEquals(1, one.count());
    assertEquals(2, one.mae());
    assertEquals(2, one.rmse());
    assertEquals(1, one.mase());
    assertEquals(0.5, one.rmsse());
    assertEquals(50, one.smape());
    assertEquals(2, one.bias());
    assertEquals(0, one.directionalAccuracy());
    assertEquals(0, one.alwaysUp());
    assertEquals(1, one.interval(0.8).coverage());
    assertEquals(Math.exp(-2) + 2 - 1, one.qlike(), 1e-15);
  }

  @Test
  void boundsAreInsideTheInterval() {
    Accuracy found =
        card(
                new Observation(1, 2, 0, UNIT, 1, 2, 3),
                new Observation(3, 2, 0, UNIT, 1, 2, 3),
                new Observation(Math.nextUp(3.0), 2, 0, UNIT, 1, 2, 3))
            .overall();
    assertEquals(2 / 3.0, found.interval(0.8).coverage());
  }

  @Test
  void anInfiniteIntervalCoversAndIsInfinitelyWide() {
    Accuracy found = card(new Observation(1, 1, 1, UNIT, -INFINITY, 1, INFINITY)).overall();
    assertEquals(1, found.interval(0.8).coverage());
    assertEquals(INFINITY, found.interval(0.8).width());
    assertEquals(INFINITY, found.interval(0.8).winkler());
    assertEquals(INFINITY, found.crps());
    assertEquals(0, found.pinball().get(1));
  }

  @Test
  void tiesNameNoDirection() {
    Accuracy found =
        card(point(5, 6, 5, 1), point(6, 5, 5, 1), point(6, 7, 5, 1), point(4, 4.5, 5, 1))
            .overall();
    assertEquals(3, found.moves(), "a truth that stays is no move");
    assertEquals(2 / 3.0, found.directionalAccuracy(), "a forecast that stays misses");
    assertEquals(2 / 3.0, found.alwaysUp());
    Accuracy still = card(point(5, 6, 5, 1)).overall();
    assertTrue(Double.isNaN(still.directionalAccuracy()) && Double.isNaN(still.alwaysUp()));
    Accuracy unknown = card(point(6, 7, 5, 1), point(6, 7, Double.NaN, 1)).overall();
    assertTrue(Double.isNaN(unknown.directionalAccuracy()) && Double.isNaN(unknown.alwaysUp()));
    assertEquals(1, unknown.mae());
  }

  @Test
  void aForecastThatIsNoNumberMakesEveryMeasureOfTheModelSo() {
    Observation good = new Observation(3, 5, 4, UNIT, 1, 5, 6);
    Observation other = new Observation(7, 5, 4, UNIT, 1, 5, 6);
    OF_THE_MODEL.forEach(
        any -> assertTrue(Double.isFinite(any.applyAsDouble(card(good, other).overall()))));
    Observation noPoint = new Observation(4, Double.NaN, 4, UNIT, 1, 5, 6);
    Observation noQuantile = new Observation(4, 5, 4, UNIT, 1, Double.NaN, 6);
    for (Observation broken : List.of(noPoint, noQuantile)) {
      Accuracy found = card(good, broken, other).overall();
      OF_THE_MODEL.forEach(any -> assertTrue(Double.isNaN(any.applyAsDouble(found))));
      assertEquals(3, found.count());
      assertEquals(0.5, found.alwaysUp(), "which is the truth's");
    }
    Scorecard steps = new Scorecard(2, LEVELS, VarianceTarget.NONE);
    steps.add(0, good);
    steps.add(1, noPoint);
    assertEquals(2, steps.byStep().get(0).mae());
    assertTrue(Double.isNaN(steps.byStep().get(1).mae()) && Double.isNaN(steps.overall().mae()));
  }

  @Test
  void whatDoesNotApplyIsNoNumber() {
    OF_THE_MODEL.forEach(any -> assertTrue(Double.isNaN(any.applyAsDouble(card().overall()))));
    Scorecard points = new Scorecard(2, LEVELS, VarianceTarget.NONE);
    points.add(0, point(1, 2, 0, 1));
    Accuracy found = points.overall();
    assertEquals(1, found.mae());
    assertTrue(Double.isNaN(found.crps()) && Double.isNaN(found.wql()));
    assertTrue(Double.isNaN(found.interval(0.8).coverage()) && Double.isNaN(found.qlike()));
    assertEquals(0, points.byStep().get(1).count());
    assertTrue(Double.isNaN(points.byStep().get(1).mae()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, -0.0})
  void qlikeIsUndefinedForVariancesThatAreNotPositive(double bad) {
    for (Observation any : List.of(point(bad, 1, 0, 1), point(1, bad, 0, 1))) {
      Scorecard card = new Scorecard(1, new double[0], VarianceTarget.VARIANCE);
      card.add(0, point(2, 1, 0, 1));
      assertEquals(2 - Math.log(2) - 1, card.overall().qlike(), 1e-15);
      card.add(0, any);
      assertTrue(Double.isNaN(card.overall().qlike()));
      assertTrue(Double.isFinite(card.overall().mae()));
    }
  }

  @Test
  void skillIsTheShareOfTheBaselinesLossThatIsGone() {
    assertEquals(0.75, Accuracy.skill(1, 4));
    assertEquals(-1, Accuracy.skill(4, 2));
    assertEquals(0, Accuracy.skill(0, 0));
    assertEquals(-INFINITY, Accuracy.skill(1, 0));
    assertTrue(Double.isNaN(Accuracy.skill(Double.NaN, 1)));
    Accuracy model = card(point(1, 2, 0, 1), point(5, 4, 0, 1)).overall();
    Accuracy mean = card(point(1, 3, 0, 1), point(5, 3, 0, 1)).overall();
    assertEquals(0.5, model.skill(Accuracy::mae, mean));
    assertEquals(model.r2(), model.skill(any -> any.rmse() * any.rmse(), mean), 1e-15);
    Accuracy fewer = card(point(1, 3, 0, 1)).overall();
    assertThrows(IllegalArgumentException.class, () -> model.skill(Accuracy::mae, fewer));
  }

  /** Prices near a million that vary by less than one, against exact decimal arithmetic. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e6, 1e9})
  void sumsKeepTheirDigitsFarFromZero(double offset) {
    Random random = new Random(11);
    int n = 2000;
    double[] y = random.doubles(n).map(u -> offset + u / 4).toArray();
    double[] f = random.doubles(n).map(u -> offset + u / 4).toArray();
    Scorecard card = new Scorecard(7, new double[0], VarianceTarget.NONE);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal errors = BigDecimal.ZERO;
    BigDecimal squaredErrors = BigDecimal.ZERO;
    for (int i = 0; i < n; i++) {
      card.add(i % 7, point(y[i], f[i], offset, 1));
      BigDecimal error = new BigDecimal(f[i]).subtract(new BigDecimal(y[i]));
      sum = sum.add(new BigDecimal(y[i]));
      errors = errors.add(error);
      squaredErrors = squaredErrors.add(error.multiply(error));
    }
    BigDecimal mean = sum.divide(BigDecimal.valueOf(n), MathContext.DECIMAL128);
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : y) {
      BigDecimal deviation = new BigDecimal(value).subtract(mean);
      squares = squares.add(deviation.multiply(deviation));
    }
    Accuracy found = card.overall();
    double ratio = squaredErrors.divide(squares, MathContext.DECIMAL128).doubleValue();
    assertEquals(1 - ratio, found.r2(), 1e-12);
    assertEquals(errors.doubleValue() / n, found.bias(), 1e-14);
    assertEquals(Math.sqrt(squaredErrors.doubleValue() / n), found.rmse(), 1e-14);
  }

  @Test
  void aLongSumDoesNotDrift() {
    Scorecard card = new Scorecard(1, new double[0], VarianceTarget.NONE);
    Observation tenth = point(0, 0.1, 0, 1);
    for (int i = 0; i < 1_000_000; i++) {
      card.add(0, tenth);
    }
    assertEquals(0.1, card.overall().mae(), 1e-16);
    assertEquals(0.1, card.overall().bias(), 1e-16);
  }

  @Test
  void addingTakesNoMemory() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Observation one = new Observation(3, 5, 4, UNIT, 1, 5, 6);
    Scorecard card = card(one);
    int observations = 200_000;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < observations; i++) {
      card.add(0, one);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < observations, bytes + " bytes for " + observations + " observations");
  }

  @Test
  void itRefusesWhatItCannotScore() {
    refused("finite true value", () -> point(Double.NaN, 1, 1, 1));
    refused("finite true value", () -> point(INFINITY, 1, 1, 1));
    refused("finite last value", () -> point(1, 1, INFINITY, 1));
    refused("do not cross", () -> new Observation(1, 1, 1, UNIT, 1, 3, 2));
    refused("horizon", () -> new Scorecard(0, LEVELS, VarianceTarget.NONE));
    for (double[] bad : new double[][] {{0, 0.5}, {0.5, 1}, {0.5, 0.5}, {0.9, 0.1}, {Double.NaN}}) {
      refused("levels", () -> new Scorecard(1, bad, VarianceTarget.NONE));
    }
    refused("step from 0 to 0", () -> card().add(1, point(1, 1, 1, 1)));
    refused("step from 0 to 0", () -> card().add(-1, point(1, 1, 1, 1)));
    refused("3 levels", () -> card().add(0, new Observation(1, 1, 1, UNIT, 1, 2)));
    Observation three = new Observation(1, 1, 1, UNIT, 1, 2, 3);
    refused("always or never", () -> card(three, point(1, 1, 1, 1)));
    refused("always or never", () -> card(point(1, 1, 1, 1)).merge(card(three)));
    refused("of 1 steps", () -> card().merge(new Scorecard(2, LEVELS, VarianceTarget.NONE)));
    Scorecard self = card(three);
    refused("another scorecard", () -> self.merge(self));
    refused("one of the intervals [0.8]", () -> self.overall().interval(0.95));
    card(three).merge(card());
    assertEquals(1, merged(card(), card(three)).overall().count());
  }

  private static Scorecard merged(Scorecard into, Scorecard other) {
    into.merge(other);
    return into;
  }

  private static void refused(String expected, Executable body) {
    String message = assertThrows(IllegalArgumentException.class, body).toString();
    assertTrue(message.contains(expected), message);
  }
}
