package io.gatecast.core.layers;

import static io.gatecast.core.fixtures.Messages.assertContains;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.spec.CellSpec;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Proves that what would come out wrong is refused, with a message that says what to do. */
class RefusalTest {
  private static final CellSpec CELL = new CellSpec.Gru(CellSpec.Reset.BEFORE);

  @Test
  void truncatedBackpropagationInARow() {
    MultiLayerConfiguration configuration = Networks.sequence(Networks.base(), CELL);
    configuration.setBackpropType(BackpropType.TruncatedBPTT);
    configuration.setTbpttFwdLength(2);
    configuration.setTbpttBackLength(2);
    MultiLayerNetwork network = Networks.of(configuration);
    INDArray before = network.params().dup();
    assertContains(
        Messages.of(
            UnsupportedOperationException.class, () -> network.fit(Networks.sequenceData())),
        "backpropType: expected Standard, found TruncatedBPTT at (layer name: layer0");
    Drawn.assertClose(before, network.params(), 0, "nothing was trained");
  }

  @Test
  void truncatedBackpropagationInAGraph() {
    ComputationGraph network =
        Networks.of(
            Networks.base()
                .graphBuilder()
                .addInputs("x")
                .addLayer("memory", Networks.layer(CELL, 3, 4), "x")
                .addLayer("out", Networks.sequenceOutput(4), "memory")
                .setOutputs("out")
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(2)
                .build());
    assertContains(
        Messages.of(
            UnsupportedOperationException.class, () -> network.fit(Networks.sequenceData())),
        "backpropType: expected Standard, found TruncatedBPTT at (layer name: memory");
  }

  @Test
  void typeThatIsTooNarrow() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(Networks.sequence(Networks.base().dataType(DataType.FLOAT16), CELL));
    assertContains(
        Messages.of(DL4JInvalidConfigException.class, network::init),
        "data type: expected FLOAT or DOUBLE, found " + DataType.FLOAT16 + " (layer name: layer0");
  }

  @Test
  void inputsOfAnotherShape() {
    MultiLayerNetwork network = Networks.of(Networks.sequence(Networks.base(), CELL));
    assertContains(
        Messages.of(IllegalArgumentException.class, () -> network.output(Drawn.array(1, 4, 5, 3))),
        "input: expected 3 inputs a step, found 5 in [4, 5, 3], taken as [batch, size, time]");
    assertContains(
        Messages.of(
            IllegalArgumentException.class, () -> network.output(Drawn.array(1, 4, 3, 5, 1))),
        "input: expected three dimensions, found [4, 3, 5, 1]");
  }

  @Test
  void masksOfAnotherShape() {
    MultiLayerNetwork network = Networks.of(Networks.sequence(Networks.base(), CELL));
    INDArray x = Networks.sequenceData().getFeatures();
    assertContains(
        Messages.of(
            IllegalArgumentException.class,
            () -> network.output(x, false, Drawn.array(1, 4, 4), null)),
        "mask: expected [4, 5], a number for each step, found [4, 4]");
  }
}
