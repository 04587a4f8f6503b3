package io.gatecast.core.layers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.spec.CellSpec;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.NoOp;

/** DL4J's own numeric gradient check on whole networks of the layers, with padding and L2. */
@ExtendWith(DoubleByDefault.class)
class GradientCheckTest {
  static Stream<Arguments> cases() {
    return Drawn.cells()
        .flatMap(
            cell ->
                Stream.of(Drawn.Mask.BEHIND, Drawn.Mask.BEFORE)
                    .map(mask -> Arguments.of(cell, mask)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void row(CellSpec cell, Drawn.Mask padding) {
    DataSet data = Networks.sequenceData();
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GradientCheckUtil.MLNConfig()
                .net(Networks.of(Networks.sequence(base(), cell)))
                .input(data.getFeatures())
                .labels(data.getLabels())
                .inputMask(padding.array())
                .labelMask(padding.array())
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-8)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void graph(CellSpec cell, Drawn.Mask padding) {
    DataSet data = Networks.lastData();
    INDArray mask = padding.array();
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GradientCheckUtil.GraphConfig()
                .net(Networks.of(Networks.lastStepGraph(base(), cell)))
                .inputs(new INDArray[] {data.getFeatures()})
                .labels(new INDArray[] {data.getLabels()})
                .inputMask(mask == null ? null : new INDArray[] {mask})
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-8)));
  }

  private static NeuralNetConfiguration.Builder base() {
    return Networks.base().updater(new NoOp()).l2(0.01).l1Bias(0.02);
  }
}
