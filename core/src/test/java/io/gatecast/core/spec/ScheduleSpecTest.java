package io.gatecast.core.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves the shape of each schedule at its corners. */
class ScheduleSpecTest {
  private static final int EPOCHS = 10;
  private static final long PER_EPOCH = 4;
  private static final double ROUNDING = 1e-12;

  @Test
  void stepFallsWithTheFirstStepOfEveryThirdEpoch() {
    ScheduleSpec schedule = new ScheduleSpec.Step(3, 0.1);

    assertEquals(1, at(schedule, 0));
    assertEquals(1, at(schedule, 11));
    assertEquals(0.1, at(schedule, 12), ROUNDING);
    assertEquals(0.1, at(schedule, 23), ROUNDING);
    assertEquals(0.01, at(schedule, 24), ROUNDING);
  }

  @Test
  void exponentialFallsByItsFactorAnEpochAndByEqualPartsAStep() {
    ScheduleSpec schedule = new ScheduleSpec.Exponential(0.5);

    assertEquals(1, at(schedule, 0));
    assertEquals(0.5, at(schedule, 4), ROUNDING);
    assertEquals(0.25, at(schedule, 8), ROUNDING);
    assertEquals(Math.pow(0.5, 0.25), at(schedule, 1), ROUNDING);
  }

  @Test
  void cosineRisesInALineAndFallsToItsLastValue() {
    ScheduleSpec schedule = new ScheduleSpec.Cosine(2, 0.2); // 8 steps up, 32 down

    assertEquals(1.0 / 8, at(schedule, 0), ROUNDING);
    assertEquals(0.5, at(schedule, 3), ROUNDING);
    assertEquals(1, at(schedule, 7), ROUNDING);
    assertEquals(1, at(schedule, 8), ROUNDING);
    assertEquals(0.2 + 0.8 * (1 + Math.sqrt(0.5)) / 2, at(schedule, 16), ROUNDING);
    assertEquals(0.6, at(schedule, 24), ROUNDING);
    assertEquals(0.2, at(schedule, 40), ROUNDING);
    assertEquals(0.2, at(schedule, 50), ROUNDING, "beyond the end");
  }

  @Test
  void cosineWithoutWarmUpStartsAtTheFullRate() {
    assertEquals(1, at(new ScheduleSpec.Cosine(0, 0), 0));
    assertEquals(0.5, at(new ScheduleSpec.Cosine(0, 0), 20), ROUNDING);
  }

  @Test
  void warmUpLongerThanTrainingOnlyRises() {
    ScheduleSpec schedule = new ScheduleSpec.Cosine(20, 0);

    assertEquals(1.0 / 80, at(schedule, 0), ROUNDING);
    assertEquals(0.5, at(schedule, 39), ROUNDING);
  }

  static Stream<ScheduleSpec> falling() {
    return Stream.of(
        new ScheduleSpec.Constant(),
        new ScheduleSpec.Step(2, 0.3),
        new ScheduleSpec.Exponential(0.8),
        new ScheduleSpec.Cosine(0, 0.1));
  }

  @ParameterizedTest
  @MethodSource("falling")
  void neverRisesAgain(ScheduleSpec schedule) {
    double before = 1;
    for (long step = 0; step < EPOCHS * PER_EPOCH; step++) {
      double factor = at(schedule, step);
      assertTrue(factor <= before && factor > 0, schedule + " at " + step);
      before = factor;
    }
  }

  private static double at(ScheduleSpec schedule, long step) {
    return schedule.factor(step, PER_EPOCH, EPOCHS);
  }
}
