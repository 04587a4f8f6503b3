package io.gatecast.core.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.Messages;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that every loss is the oracle's, bit for bit, and that a label means one loss. */
class LossTest {
  /** One loss and the oracle's of the same name. */
  record Pair(Loss ours, io.gatecast.reference.training.Loss oracles) {}

  private static final double[] NUMBERS = {
    0, -0.0, 1e-9, 0.3, -0.3, 1, -1, 1.5, 7, -7, 1e9, -1e9, Double.NaN, Double.POSITIVE_INFINITY
  };

  static Stream<Pair> pairs() {
    return Stream.of(
        new Pair(new Loss.Squared(), new io.gatecast.reference.training.Loss.Squared()),
        new Pair(new Loss.Absolute(), new io.gatecast.reference.training.Loss.Absolute()),
        new Pair(new Loss.Huber(0.3), new io.gatecast.reference.training.Loss.Huber(0.3)),
        new Pair(new Loss.Huber(1e6), new io.gatecast.reference.training.Loss.Huber(1e6)),
        new Pair(new Loss.Pinball(0.9), new io.gatecast.reference.training.Loss.Pinball(0.9)),
        new Pair(new Loss.Pinball(0.1), new io.gatecast.reference.training.Loss.Pinball(0.1)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void valuesAndDerivativesAreTheOracles(Pair pair) {
    for (double y : NUMBERS) {
      for (double target : NUMBERS) {
        String where = y + " for " + target;
        assertEquals(pair.oracles().value(y, target), pair.ours().value(y, target), where);
        assertEquals(
            pair.oracles().derivative(y, target), pair.ours().derivative(y, target), where);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void kinksAndMinimaHaveNoSlope(Pair pair) {
    assertEquals(0, pair.ours().value(2.5, 2.5));
    assertEquals(0, pair.ours().derivative(2.5, 2.5));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void labelMeansTheLoss(Pair pair) {
    assertEquals(pair.ours(), Loss.of(pair.ours().label()));
  }

  @Test
  void labelsAreThoseOfJobFiles() {
    assertEquals("squared", new Loss.Squared().label());
    assertEquals("absolute", new Loss.Absolute().label());
    assertEquals("huber(1.5)", new Loss.Huber(1.5).label());
    assertEquals("pinball(0.9)", new Loss.Pinball(0.9).label());
    assertEquals(new Loss.Huber(2), Loss.of("huber(2)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mse", "Squared", "huber", "huber()", "huber(x)", "pinball(0.5"})
  void unknownLabelIsRefusedWithTheLabels(String bad) {
    assertEquals(
        "loss: expected one of squared, absolute, huber(<delta>) and pinball(<quantile>), found "
            + bad,
        Messages.of(IllegalArgumentException.class, () -> Loss.of(bad)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void deltaIsPositiveAndFinite(double bad) {
    assertEquals(
        "delta: expected a positive number, found " + bad,
        Messages.of(IllegalArgumentException.class, () -> new Loss.Huber(bad)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
  void quantileLiesBetweenZeroAndOne(double bad) {
    assertEquals(
        "quantile: expected above 0 and below 1, found " + bad,
        Messages.of(IllegalArgumentException.class, () -> Loss.of("pinball(" + bad + ")")));
  }
}
