package io.gatecast.core.layers;

import static io.gatecast.core.layers.Drawn.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.spec.CellSpec;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Proves that dropout on inputs and between layers keeps the expectation, stays out of inference,
 * and drops on the way back what it dropped on the way there, in both formats.
 */
class InputDropoutTest {
  private static final double KEPT = 0.6;

  @Test
  void expectationIsKept() {
    int units = 40;
    CellSpec cell = new CellSpec.Rnn(CellSpec.Activation.RELU);
    MultiLayerNetwork network =
        Networks.of(
            Networks.base()
                .list()
                .layer(
                    new FusedRecurrent.Builder(cell).nIn(units).nOut(units).dropOut(KEPT).build())
                .build());
    network.params().assign(0);
    network.getParam("0_W").assign(Nd4j.eye(units));
    INDArray x = Nd4j.ones(DataType.DOUBLE, 50, units, 10);

    assertEquals(x, network.output(x));
    Nd4j.getRandom().setSeed(11);
    network.setInput(x);
    INDArray out = network.feedForward(true, false).get(1).dup();
    INDArray dx = network.backpropGradient(x.dup(), LayerWorkspaceMgr.noWorkspaces()).getSecond();
    // 20,000 draws: the mean's standard deviation is 0.0058.
    assertEquals(1, out.meanNumber().doubleValue(), 0.03);
    assertEquals(
        20_000,
        out.eq(0).castTo(DataType.INT64).sumNumber().longValue()
            + out.sub(1 / KEPT).eq(0).castTo(DataType.INT64).sumNumber().longValue());
    assertClose(out, dx, 0, "the same units, the same factor");
  }

  static Stream<Arguments> cases() {
    return Drawn.cells()
        .flatMap(cell -> Stream.of(RNNFormat.values()).map(format -> Arguments.of(cell, format)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientIsThatOfTheUnitsLeft(CellSpec cell, RNNFormat format) {
    MultiLayerNetwork network =
        Networks.of(
            Networks.base()
                .list()
                .layer(layer(cell, 3, 4, format))
                .layer(layer(cell, 4, 2, format))
                .build());
    boolean timeLast = format == RNNFormat.NCW;
    INDArray x = timeLast ? Drawn.array(1, 2, 3, 4) : Drawn.array(1, 2, 4, 3);
    INDArray dOut = timeLast ? Drawn.array(2, 2, 2, 4) : Drawn.array(2, 2, 4, 2);

    run(network, x);
    INDArray found =
        network.backpropGradient(dOut.dup(), LayerWorkspaceMgr.noWorkspaces()).getSecond().dup();
    INDArray ofParams = network.getFlattenedGradients().dup();

    assertClose(numeric(x, () -> loss(network, x, dOut)), found, 1e-7, "dx");
    INDArray params = network.params();
    assertClose(
        numeric(params, () -> loss(network, x, dOut)).reshape(-1),
        ofParams.reshape(-1),
        1e-7,
        "parameters");
  }

  private static FusedRecurrent layer(CellSpec cell, int inputs, int hidden, RNNFormat format) {
    return new FusedRecurrent.Builder(cell)
        .nIn(inputs)
        .nOut(hidden)
        .dropOut(KEPT)
        .dataFormat(format)
        .build();
  }

  private static double loss(MultiLayerNetwork network, INDArray x, INDArray dOut) {
    return run(network, x).mul(dOut).sumNumber().doubleValue();
  }

  /** A pass of training in which the same units are dropped every time. */
  private static INDArray run(MultiLayerNetwork network, INDArray x) {
    Nd4j.getRandom().setSeed(5);
    network.setInput(x.dup());
    return network.feedForward(true, false).get(2);
  }

  private interface Loss {
    double value();
  }

  private static INDArray numeric(INDArray at, Loss loss) {
    double step = 1e-6;
    INDArray slope = at.dup('c').assign(0);
    for (long i = 0; i < at.length(); i++) {
      double value = at.getDouble(i);
      at.putScalar(i, value + step);
      double above = loss.value();
      at.putScalar(i, value - step);
      double below = loss.value();
      at.putScalar(i, value);
      slope.putScalar(i, (above - below) / (2 * step));
    }
    return slope;
  }
}
