package io.gatecast.reference.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.Tensor;
import io.gatecast.reference.experiments.ClippingExperiment.Clipped;
import io.gatecast.reference.experiments.ClippingExperiment.Start;
import io.gatecast.reference.experiments.GradientFlowExperiment.Flow;
import io.gatecast.reference.experiments.GradientFlowExperiment.Regime;
import io.gatecast.reference.training.Clipping;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The textbook's claims at a size that every build has time for. */
class TextbookClaimsTest {
  private static final int LENGTH = 40;
  private static final GradientFlowExperiment SMALL = new GradientFlowExperiment(8, LENGTH, 3);

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9, 1.0, 1.1})
  void ofALinearRnnTheNormIsTheRadiusToThePowerOfTheLag(double radius) {
    Flow flow = SMALL.orthogonal(radius, Regime.LINEAR);
    for (int lag = 0; lag < LENGTH; lag++) {
      assertEquals(1, flow.at(lag) / Math.pow(radius, lag), 1e-10, "lag " + lag);
    }
    // The smallest lag with 0.5^lag < 0.01.
    assertEquals(radius == 0.5 ? OptionalInt.of(7) : OptionalInt.empty(), flow.memory());
  }

  @Test
  void saturationTakesTheExplosionAway() {
    double linear = SMALL.orthogonal(1.1, Regime.LINEAR).at(LENGTH - 1);
    double fed = SMALL.orthogonal(1.1, Regime.STANDARD).at(LENGTH - 1);
    assertTrue(
        linear > 40 && fed < 0.1, () -> "expected > 40 and < 0.1, found " + linear + ", " + fed);
  }

  @Test
  void aGatedCellRemembersIfItsBiasesLetIt() {
    double gru = SMALL.contender(Contender.GRU, Regime.STANDARD).at(LENGTH - 1);
    double lstm = SMALL.contender(Contender.LSTM, Regime.STANDARD).at(LENGTH - 1);
    double openGru = SMALL.contender(Contender.GRU_CHRONO, Regime.STANDARD).at(LENGTH - 1);
    double openLstm = SMALL.contender(Contender.LSTM_CHRONO, Regime.STANDARD).at(LENGTH - 1);
    assertTrue(gru < 1e-3 && lstm < 0.1, () -> "expected small, found " + gru + ", " + lstm);
    assertTrue(
        openGru > 0.1 && openLstm > 0.1,
        () -> "expected > 0.1, found " + openGru + ", " + openLstm);
  }

  @Test
  void theRadiusIsThatOfTheEigenvalues() {
    assertEquals(2, RecurrentMatrix.radius(Tensor.matrix(new double[][] {{0, 2}, {-2, 0}})), 1e-8);
    assertEquals(3, RecurrentMatrix.radius(Tensor.matrix(new double[][] {{3, 50}, {0, 1}})), 1e-6);
    assertEquals(0, RecurrentMatrix.radius(Tensor.matrix(new double[][] {{0, 7}, {0, 0}})));
    assertEquals(0.9, RecurrentMatrix.radius(RecurrentMatrix.gaussian(13, 0.9, 1)), 1e-8);
    assertEquals(0.9, RecurrentMatrix.radius(RecurrentMatrix.orthogonal(13, 0.9, 1)), 1e-7);
  }

  @ParameterizedTest
  @EnumSource
  void clippingKeepsDirectionAndShares(Start start) {
    Clipped clipped = ClippingExperiment.clip(start, 20, 0.01);
    assertEquals(0.01, clipped.clippedNorm() / clipped.norm(), 1e-15);
    assertEquals(1, clipped.cosine(), 1e-14);
    assertEquals(1, clipped.clippedEarly() / clipped.early(), 1e-14);
    assertTrue(start == Start.EXPLODING ? clipped.early() > 0.1 : clipped.early() < 1e-2);
  }

  @Test
  void clippingBoundsTheUpdate() {
    double bound =
        ClippingExperiment.LEARNING_RATE
            * ClippingExperiment.LIMIT
            / (1 - ClippingExperiment.MOMENTUM);
    Clipping clipping = new Clipping.ByGlobalNorm(ClippingExperiment.LIMIT);
    double with = ClippingExperiment.train(Start.EXPLODING, 20, 3, clipping).largestUpdate();
    double without =
        ClippingExperiment.train(Start.EXPLODING, 20, 3, new Clipping.None()).largestUpdate();
    assertTrue(with <= bound && without > 10 * bound, () -> bound + ": " + with + ", " + without);
  }
}
