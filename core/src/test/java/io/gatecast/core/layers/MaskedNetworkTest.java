package io.gatecast.core.layers;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static io.gatecast.core.layers.Drawn.assertClose;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.spec.CellSpec;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Proves against the oracle that padding is right from the mask of a data set to the gradients of a
 * whole network, with an output at the last step (by wrapper and by vertex) and at every step.
 */
@ExtendWith(DoubleByDefault.class)
class MaskedNetworkTest {
  static Stream<Arguments> cases() {
    return Drawn.cells()
        .flatMap(cell -> Stream.of(Drawn.Mask.values()).map(mask -> Arguments.of(cell, mask)));
  }

  static Stream<Arguments> casesWithSteps() {
    return cases().filter(arguments -> arguments.get()[1] != Drawn.Mask.WHOLE_SEQUENCES);
  }

  @ParameterizedTest
  @MethodSource("casesWithSteps")
  void outputAtTheLastStep(CellSpec cell, Drawn.Mask padding) {
    DataSet data = masked(Networks.lastData(), padding);
    MultiLayerNetwork network = Networks.of(Networks.lastStep(Networks.base(), cell));
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.setLayerMaskArrays(data.getFeaturesMaskArray(), null);
    network.computeGradientAndScore();

    check(network.getLayers(), data, network.gradient(), "0_", "1_", "2_");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputAtTheLastStepOfAGraph(CellSpec cell, Drawn.Mask padding) {
    DataSet data = masked(Networks.lastData(), padding);
    ComputationGraph network = Networks.of(Networks.lastStepGraph(Networks.base(), cell));
    network.setInput(0, data.getFeatures());
    network.setLabel(0, data.getLabels());
    INDArray mask = data.getFeaturesMaskArray();
    network.setLayerMaskArrays(mask == null ? null : new INDArray[] {mask}, null);
    network.computeGradientAndScore();

    check(network.getLayers(), data, network.gradient(), "first_", "second_", "out_");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputAtEveryStep(CellSpec cell, Drawn.Mask padding) {
    DataSet data = masked(Networks.sequenceData(), padding);
    MultiLayerNetwork network = Networks.of(Networks.sequence(Networks.base(), cell));
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.setLayerMaskArrays(data.getFeaturesMaskArray(), data.getFeaturesMaskArray());
    network.computeGradientAndScore();

    check(network.getLayers(), data, network.gradient(), "0_", "1_", "2_");
  }

  @Test
  void sequenceWithoutAStepHasNoLastStepForTheWrapper() {
    DataSet data = masked(Networks.lastData(), Drawn.Mask.WHOLE_SEQUENCES);
    MultiLayerNetwork network =
        Networks.of(Networks.lastStep(Networks.base(), new CellSpec.Lstm()));
    assertContains(
        Messages.of(IllegalStateException.class, () -> network.fit(data)),
        "example 1 in minibatch is entirely masked out");
  }

  private static DataSet masked(DataSet data, Drawn.Mask padding) {
    data.setFeaturesMaskArray(padding.array());
    return data;
  }

  /** Mean of squares over the outputs, summed over sequences and steps that are no padding. */
  private static void check(Layer[] layers, DataSet data, Gradient gradient, String... prefixes) {
    INDArray mask = data.getFeaturesMaskArray();
    LayerOracle first = oracle(layers[0]);
    LayerOracle second = oracle(layers[1]);
    Map<String, INDArray> head = Drawn.params(layers[2]);
    INDArray v = Drawn.at(head, "W");
    INDArray c = Drawn.at(head, "b");

    INDArray zeros = Nd4j.zeros(DataType.DOUBLE, Drawn.BATCH, Networks.FIRST, Drawn.TIME);
    INDArray between = first.run(data.getFeatures(), mask, zeros).out();
    INDArray dTop = Nd4j.zeros(DataType.DOUBLE, Drawn.BATCH, Networks.SECOND, Drawn.TIME);
    INDArray top = second.run(between, mask, dTop).out();
    INDArray dv = v.mul(0);
    INDArray dc = c.mul(0);
    boolean everyStep = data.getLabels().rank() == 3;
    for (int b = 0; b < Drawn.BATCH; b++) {
      for (int t = everyStep ? 0 : Drawn.TIME - 1; t < Drawn.TIME; t++) {
        if (everyStep && mask != null && mask.getDouble(b, t) == 0) {
          continue;
        }
        for (int k = 0; k < Networks.OUTPUTS; k++) {
          double y = c.getDouble(k);
          for (int j = 0; j < Networks.SECOND; j++) {
            y += top.getDouble(b, j, t) * v.getDouble(j, k);
          }
          double target =
              everyStep ? data.getLabels().getDouble(b, k, t) : data.getLabels().getDouble(b, k);
          double dy = 2 * (y - target) / Networks.OUTPUTS;
          dc.putScalar(k, dc.getDouble(k) + dy);
          for (int j = 0; j < Networks.SECOND; j++) {
            dv.putScalar(j, k, dv.getDouble(j, k) + dy * top.getDouble(b, j, t));
            int[] at = {b, j, t};
            dTop.putScalar(at, dTop.getDouble(at) + dy * v.getDouble(j, k));
          }
        }
      }
    }
    LayerOracle.Answer above = second.run(between, mask, dTop);
    LayerOracle.Answer below = first.run(data.getFeatures(), mask, above.dx());
    check(below.gradients(), gradient, prefixes[0]);
    check(above.gradients(), gradient, prefixes[1]);
    check(Map.of("W", dv, "b", dc), gradient, prefixes[2]);
  }

  private static void check(Map<String, INDArray> expected, Gradient found, String prefix) {
    expected.forEach(
        (key, right) ->
            assertClose(right, found.getGradientFor(prefix + key), 1e-11, prefix + key));
  }

  private static LayerOracle oracle(Layer layer) {
    return new LayerOracle((FusedRecurrent) layer.conf().getLayer(), Drawn.params(layer));
  }
}
