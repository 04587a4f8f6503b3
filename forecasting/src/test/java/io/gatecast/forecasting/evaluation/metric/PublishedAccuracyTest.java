package io.gatecast.forecasting.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.forecasting.data.Fixtures;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Reproduces published results: Hyndman and Athanasopoulos, Forecasting: principles and practice,
 * with what the R package forecast prints for its example.
 */
class PublishedAccuracyTest {
  /** Australian quarterly beer production, megalitres, 1992 Q1 to 2007 Q4 (ABS; ausbeer in R). */
  private static final double[] TRAIN = {
    443, 410, 420, 532, 433, 421, 410, 512, 449, 381, 423, 531, 426, 408, 416, 520, 409, 398, 398,
    507, 432, 398, 406, 526, 428, 397, 403, 517, 435, 383, 424, 521, 421, 402, 414, 500, 451, 380,
    416, 492, 428, 408, 406, 506, 435, 380, 421, 490, 435, 390, 412, 454, 416, 403, 408, 482, 438,
    386, 405, 491, 427, 383, 394, 473
  };

  /** The same, 2008 Q1 to 2010 Q2. */
  private static final double[] TEST = {420, 390, 410, 488, 415, 398, 419, 488, 414, 374};

  /** The mean absolute and the root mean squared change over a year, which that book scales by. */
  private static final TrainScale YEARLY = new TrainScale(14.3, 16.781934735);

  @Test
  void theBeerTable() {
    double mean = Arrays.stream(TRAIN).average().orElseThrow();
    int last = TRAIN.length - 1;
    check(forecast(h -> mean), -13.775, 38.44724, 34.82500, 2.435315);
    check(forecast(h -> TRAIN[last]), -51.4, 62.69290, 57.4, 4.013986);
    Accuracy seasonal = forecast(h -> TRAIN[last - 3 + h % 4]);
    check(seasonal, 5.2, 14.31084, 13.4, 0.9370629);
    assertEquals(14.31084 / 16.78193, seasonal.rmsse(), 1e-6);
    double slope = (TRAIN[last] - TRAIN[0]) / last;
    Accuracy drift = forecast(h -> TRAIN[last] + (h + 1) * slope);
    assertEquals(64.90, drift.rmse(), 0.005);
    assertEquals(58.88, drift.mae(), 0.005);
    assertEquals(4.12, drift.mase(), 0.005);
  }

  @Test
  void theTrainingErrorOfPersistenceIsTheTrainScale() {
    TrainScale scale = TrainScale.of(Fixtures.daily("beer", TRAIN), 0, TRAIN.length - 1);
    assertEquals(54.73016, scale.absolute(), 5e-6);
    assertEquals(65.31511, scale.rootMeanSquare(), 5e-6);
  }

  /** Section 5.9: the 80 % interval of Google's price on 2016-01-04 was missed from below. */
  @Test
  void theQuantileAndWinklerScoresOfGoogle() {
    Scorecard card = new Scorecard(1, new double[] {0.1, 0.9}, VarianceTarget.NONE);
    card.add(0, new Observation(741.84, 758.88, 758.88, TrainScale.UNKNOWN, 744.54, 773.22));
    Accuracy found = card.overall();
    assertEquals(4.86, 2 * found.pinball().get(0), 1e-10, "which the book doubles");
    assertEquals(55.68, found.interval(0.8).winkler(), 1e-10);
    assertEquals(773.22 - 744.54, found.interval(0.8).width(), 1e-10);
    assertEquals(0, found.interval(0.8).coverage());
  }

  /** Expected values of the Python package forecast-tools' own tests. */
  @Test
  void symmetricPercentages() {
    double[] actual = {129, 111, 122, 129, 110, 141, 142, 143};
    double[] forecast = {103, 130, 132, 124, 124, 108, 160, 160};
    Scorecard card = new Scorecard(1, new double[0], VarianceTarget.NONE);
    for (int i = 0; i < actual.length; i++) {
      card.add(0, new Observation(actual[i], forecast[i], 0, TrainScale.UNKNOWN));
    }
    assertEquals(13.9526876064932, card.overall().smape(), 1e-10);
    assertEquals(17.75, card.overall().mae(), 1e-12);
    assertEquals(19.5576072156079, card.overall().rmse(), 1e-10);
    assertEquals(1.75, card.overall().bias(), 1e-12, "there the sign is the other way");
  }

  private static Accuracy forecast(IntToDoubleFunction model) {
    Scorecard card = new Scorecard(TEST.length, new double[0], VarianceTarget.NONE);
    double last = TRAIN[TRAIN.length - 1];
    for (int h = 0; h < TEST.length; h++) {
      card.add(h, new Observation(TEST[h], model.applyAsDouble(h), last, YEARLY));
    }
    return card.overall();
  }

  /** R prints seven digits; its mean error is truth less forecast. */
  private static void check(Accuracy found, double me, double rmse, double mae, double mase) {
    assertEquals(-me, found.bias(), 1e-9);
    assertEquals(rmse, found.rmse(), 5e-6);
    assertEquals(mae, found.mae(), 1e-9);
    assertEquals(mase, found.mase(), 5e-7);
  }
}
