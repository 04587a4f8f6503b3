package io.gatecast.core.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.core.fixtures.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that every loss is the oracle's, bit for bit, and that a label means one loss. */
class LossTest {
  /** Enough to see every level of the quantiles below, and the first of them again. */
  private static final int OUTPUTS = 4;

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
        new Pair(new Loss.Pinball(0.1), new io.gatecast.reference.training.Loss.Pinball(0.1)),
        quantiles(0.5),
        quantiles(0.025, 0.1, 1 - 1e-16));
  }

  private static Pair quantiles(Double... levels) {
    return new Pair(
        new Loss.Quantiles(List.of(levels)),
        new io.gatecast.reference.training.Loss.Quantiles(List.of(levels)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void valuesAndDerivativesAreTheOracles(Pair pair) {
    assertEquals(pair.oracles().outputsPerStep(), pair.ours().outputsPerStep());
    for (int output = 0; output < OUTPUTS; output++) {
      Loss.Pointwise ours = pair.ours().ofOutput(output);
      io.gatecast.reference.training.Loss.Pointwise oracles = pair.oracles().ofOutput(output);
      for (double y : NUMBERS) {
        for (double target : NUMBERS) {
          String where = output + ": " + y + " for " + target;
          assertEquals(oracles.value(y, target), ours.value(y, target), where);
          assertEquals(oracles.derivative(y, target), ours.derivative(y, target), where);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void kinksAndMinimaHaveNoSlope(Pair pair) {
    for (int output = 0; output < OUTPUTS; output++) {
      assertEquals(0, pair.ours().ofOutput(output).value(2.5, 2.5));
      assertEquals(0, pair.ours().ofOutput(output).derivative(2.5, 2.5));
    }
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
    assertEquals("quantiles(0.025,0.5)", new Loss.Quantiles(List.of(0.025, 0.5)).label());
    assertEquals(new Loss.Huber(2), Loss.of("huber(2)"));
    assertEquals(new Loss.Quantiles(List.of(0.1, 0.9)), Loss.of("quantiles(0.10, 0.9)"));
  }

  @Test
  void outputsOfAStepHaveItsLevelsInTurn() {
    Loss quantiles = new Loss.Quantiles(List.of(0.1, 0.5, 0.9));
    assertEquals(3, quantiles.outputsPerStep());
    assertEquals(
        Stream.of(0.1, 0.5, 0.9, 0.1, 0.5, 0.9).map(Loss.Pinball::new).toList(),
        IntStream.range(0, 6).mapToObj(quantiles::ofOutput).toList());
  }

  @Test
  void pointwiseLossIsThatOfEveryOutput() {
    Loss huber = new Loss.Huber(0.3);
    assertEquals(1, huber.outputsPerStep());
    assertSame(huber, huber.ofOutput(0));
    assertSame(huber, huber.ofOutput(7));
  }

  @Test
  void levelsAreCopied() {
    List<Double> levels = new ArrayList<>(List.of(0.1, 0.9));
    Loss.Quantiles quantiles = new Loss.Quantiles(levels);
    levels.clear();
    assertEquals(List.of(0.1, 0.9), quantiles.levels());
    assertThrows(UnsupportedOperationException.class, () -> quantiles.levels().clear());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mse",
        "Squared",
        "huber",
        "huber()",
        "huber(x)",
        "pinball(0.5",
        "huber(1,2)",
        "pinball(0.1,0.5)",
        "quantiles()",
        "quantiles(0.1,)",
        "quantiles(0.1;0.5)"
      })
  void unknownLabelIsRefusedWithTheLabels(String bad) {
    assertEquals(
        "loss: expected one of squared, absolute, huber(<delta>), pinball(<quantile>) and"
            + " quantiles(<level>,<level>,...), found "
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

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
  void everyLevelLiesBetweenZeroAndOne(double bad) {
    assertEquals(
        "levels[0]: expected above 0.0 and below 1, found "
            + bad
            + "; levels are strictly increasing",
        Messages.of(IllegalArgumentException.class, () -> Loss.of("quantiles(" + bad + ",0.5)")));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.4, 1, Double.NaN})
  void levelsIncreaseStrictly(double bad) {
    assertEquals(
        "levels[1]: expected above 0.5 and below 1, found "
            + bad
            + "; levels are strictly increasing",
        Messages.of(
            IllegalArgumentException.class, () -> new Loss.Quantiles(List.of(0.5, bad, 0.9))));
  }

  @Test
  void quantilesNeedALevel() {
    assertEquals(
        "levels: expected at least 1, found 0",
        Messages.of(IllegalArgumentException.class, () -> new Loss.Quantiles(List.of())));
  }
}
