package io.gatecast.core.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.spec.Loss;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Proves that squared and absolute losses are DL4J's own, divided by the rows, with the same masks,
 * whatever the order of the arrays; and that a masked label may be no number.
 */
class MeanLossTest {
  private static final int ROWS = 5;
  private static final int OUTPUTS = 3;
  private static final INDArray Y = drawn(1);
  private static final INDArray TARGETS = drawn(2);

  /** One loss as ours and as DL4J's, with an activation and a mask. */
  record Case(
      String name,
      Loss ours,
      ILossFunction dl4js,
      IActivation activation,
      @Nullable INDArray mask) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    INDArray rows = Nd4j.createFromArray(1.0, 0, 1, 0.5, 1).reshape(ROWS, 1);
    INDArray outputs = Nd4j.ones(DataType.DOUBLE, ROWS, OUTPUTS);
    outputs.putScalar(1, 2, 0);
    outputs.putScalar(4, 0, 0);
    return Stream.of(new ActivationIdentity(), new ActivationTanH())
        .flatMap(
            activation ->
                Stream.of(
                    of("no mask", activation, null),
                    of("rows", activation, rows),
                    of("outputs", activation, outputs)))
        .flatMap(cases -> cases);
  }

  private static Stream<Case> of(String name, IActivation activation, @Nullable INDArray mask) {
    String where = ", " + activation + ", " + name;
    return Stream.of(
        new Case("squared" + where, new Loss.Squared(), new LossMSE(), activation, mask),
        new Case("absolute" + where, new Loss.Absolute(), new LossMAE(), activation, mask));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scoresAndGradientsAreDl4jsOverTheRows(Case one) {
    MeanLoss ours = new MeanLoss(one.ours());
    ILossFunction dl4js = one.dl4js();
    IActivation activation = one.activation();
    INDArray mask = one.mask();
    for (char order : new char[] {'c', 'f'}) {
      // A copy for each call: with tanh, DL4J writes its derivative over the argument.
      Supplier<INDArray> y = () -> Y.dup(order);

      double score = dl4js.computeScore(TARGETS, y.get(), activation, mask, true);
      assertEquals(score, ours.computeScore(TARGETS, y.get(), activation, mask, true), 1e-12);
      assertEquals(score, ours.computeScore(TARGETS, y.get(), activation, mask, false), 1e-12);

      INDArray gradient = dl4js.computeGradient(TARGETS, y.get(), activation, mask).div(ROWS);
      assertClose(gradient, ours.computeGradient(TARGETS, y.get(), activation, mask));
      Pair<Double, INDArray> both =
          ours.computeGradientAndScore(TARGETS, y.get(), activation, mask, false);
      assertEquals(score, both.getFirst(), 1e-12);
      assertClose(gradient, both.getSecond());

      INDArray rows = dl4js.computeScoreArray(TARGETS, y.get(), activation, mask);
      // DL4J's own are means over the outputs for squares, and sums for absolute errors.
      INDArray means = dl4js instanceof LossMAE ? rows.div(OUTPUTS) : rows;
      assertClose(means, ours.computeScoreArray(TARGETS, y.get(), activation, mask));
    }
  }

  private static void assertClose(INDArray expected, INDArray found) {
    assertTrue(expected.equalShapes(found), found::shapeInfoToString);
    assertTrue(expected.equalsWithEps(found, 1e-12), () -> expected + " and " + found);
  }

  @Test
  void maskedLabelMayBeNoNumber() {
    INDArray mask = Nd4j.ones(DataType.DOUBLE, ROWS, 1).putScalar(2, 0, 0);
    INDArray targets = TARGETS.dup().putScalar(2, 1, Double.NaN);
    MeanLoss loss = new MeanLoss(new Loss.Squared());
    IActivation identity = new ActivationIdentity();

    assertEquals(
        loss.computeScore(TARGETS, Y, identity, mask, false),
        loss.computeScore(targets, Y, identity, mask, false));
    assertEquals(
        loss.computeGradient(TARGETS, Y, identity, mask),
        loss.computeGradient(targets, Y, identity, mask));
    assertTrue(Double.isNaN(loss.computeScore(targets, Y, identity, null, false)));
  }

  @Test
  void labelsAndMasksOfOtherShapesAreRefused() {
    MeanLoss loss = new MeanLoss(new Loss.Squared());
    IActivation identity = new ActivationIdentity();

    assertEquals(
        "labels: expected the outputs' shape [5, 3], found [3, 5]",
        Messages.of(
            IllegalArgumentException.class,
            () -> loss.computeScore(TARGETS.transpose(), Y, identity, null, false)));
    assertEquals(
        "mask: expected a column of 5 rows, or the outputs' shape [5, 3], found [3, 1]",
        Messages.of(
            IllegalArgumentException.class,
            () ->
                loss.computeGradient(
                    TARGETS, Y, identity, Nd4j.ones(DataType.DOUBLE, OUTPUTS, 1))));
  }

  @Test
  void lossesAreEqualByTheirLabels() {
    assertEquals(new MeanLoss(new Loss.Huber(1)), new MeanLoss(Loss.of("huber(1.0)")));
    assertEquals(
        new MeanLoss(new Loss.Huber(1)).hashCode(), new MeanLoss(Loss.of("huber(1)")).hashCode());
    assertNotEquals(new MeanLoss(new Loss.Huber(1)), new MeanLoss(new Loss.Huber(2)));
    assertEquals("huber(1.0)", new MeanLoss(new Loss.Huber(1)).name());
    MeanLoss quantiles = new MeanLoss(new Loss.Quantiles(List.of(0.1, 0.9)));
    MeanLoss read = new MeanLoss(new Loss.Squared());
    read.setLoss(quantiles.getLoss()); // as JSON does
    assertEquals(quantiles, read);
  }

  /** The mean of the pinball losses of single columns. */
  @Test
  void quantilesChargeEachColumnByItsLevel() {
    List<Double> levels = List.of(0.1, 0.5, 0.8);
    MeanLoss together = new MeanLoss(new Loss.Quantiles(levels));
    IActivation identity = new ActivationIdentity();
    INDArray gradient = together.computeGradient(TARGETS, Y, identity, null);
    double sum = 0;
    for (int k = 0; k < OUTPUTS; k++) {
      MeanLoss alone = new MeanLoss(new Loss.Pinball(levels.get(k)));
      INDArray targets = TARGETS.getColumn(k, true);
      INDArray y = Y.getColumn(k, true);
      sum += alone.computeScore(targets, y, identity, null, false);
      assertClose(
          alone.computeGradient(targets, y, identity, null).div(OUTPUTS),
          gradient.getColumn(k, true));
    }
    assertEquals(sum / OUTPUTS, together.computeScore(TARGETS, Y, identity, null, false), 1e-12);
  }

  private static INDArray drawn(long seed) {
    Nd4j.getRandom().setSeed(seed);
    return Nd4j.randn(DataType.DOUBLE, ROWS, OUTPUTS);
  }
}
