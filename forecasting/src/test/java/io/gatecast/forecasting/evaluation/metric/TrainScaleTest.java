package io.gatecast.forecasting.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves what the scale of a train part is, and that nothing outside the part enters. */
class TrainScaleTest {
  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  @Test
  void itIsOverPairsThatAreThere() {
    TimeSeries series = Fixtures.daily("s", 1, 3, Double.NaN, 7, 6, 6, 100);
    TrainScale scale = TrainScale.of(series, 0, 5);
    assertEquals((2 + 1 + 0) / 3.0, scale.absolute());
    assertEquals(Math.sqrt((4 + 1 + 0) / 3.0), scale.rootMeanSquare());
    assertEquals(new TrainScale(0.5, Math.sqrt(0.5)), TrainScale.of(series, 3, 5));
    assertEquals(new TrainScale(1, 1), TrainScale.of(series, 1, 4), "both ends of a pair are in");
  }

  @Test
  void itKnowsWhatWasKnownAtTheEndOfTheTrainPart() {
    TimeSeries series =
        Fixtures.daily("s", 1, 22, 33)
            .restated(new int[] {1, 1, 2}, new long[] {1, 5, 2}, new double[][] {{2, 22, 33}});
    assertEquals((1 + 31) / 2.0, TrainScale.of(series, 0, 2).absolute());
    assertEquals((21 + 11) / 2.0, TrainScale.of(series, 0, 5).absolute());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingOutsideThePartEnters(long seed) {
    double[][] values = {Fixtures.walk(seed, 60)};
    double[][] later = Fixtures.changedAfter(values, 40, seed);
    double[][] both = {later[0].clone()};
    for (int step = 0; step < 20; step++) {
      both[0][step] += 100 + step * step;
    }
    TrainScale expected = TrainScale.of(Fixtures.daily("s", 0, values), 20, 40);
    assertEquals(expected, TrainScale.of(Fixtures.daily("s", 0, later), 20, 40));
    assertEquals(expected, TrainScale.of(Fixtures.daily("s", 0, both), 20, 40));
  }

  @Test
  void aSeriesThatNeverMovesHasTheScaleZeroAndOneWithoutPairsNone() {
    assertEquals(new TrainScale(0, 0), TrainScale.of(Fixtures.daily("s", 5, 5, 5), 0, 2));
    assertEquals(TrainScale.UNKNOWN, TrainScale.of(Fixtures.daily("s", 5, 5, 5), 1, 1));
    assertEquals(TrainScale.UNKNOWN, TrainScale.of(Fixtures.daily("s", 5, Double.NaN, 5), 0, 2));
    assertEquals(TrainScale.UNKNOWN, TrainScale.of(Fixtures.daily("s", 5, 5, 5), 10, 20));
  }

  @Test
  void itRefusesWhatIsNoScale() {
    assertThrows(IllegalArgumentException.class, () -> new TrainScale(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> new TrainScale(1, Double.POSITIVE_INFINITY));
    TimeSeries series = Fixtures.daily("s", 1, 2);
    assertThrows(IllegalArgumentException.class, () -> TrainScale.of(series, 2, 1));
  }
}
