package io.gatecast.core.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gatecast.core.spec.CellSpec;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Proves that a copy of a network is the same network, and a copy; and what a layer's order is. */
class CloneTest {
  @ParameterizedTest
  @MethodSource("io.gatecast.core.layers.Drawn#cells")
  void copyGoesItsOwnWay(CellSpec cell) {
    MultiLayerNetwork network = Networks.of(Networks.lastStep(Networks.base(), cell));
    DataSet data = Networks.lastData();
    INDArray before = network.params().dup();
    MultiLayerNetwork copy = network.clone();
    assertEquals(network.output(data.getFeatures()), copy.output(data.getFeatures()));

    copy.fit(data);
    assertEquals(before, network.params());
    assertNotEquals(before, copy.params());
    network.fit(data);
    assertEquals(network.params(), copy.params());
  }

  @Test
  void copyOfAGraph() {
    ComputationGraph network =
        Networks.of(Networks.lastStepGraph(Networks.base(), new CellSpec.Lstm()));
    DataSet data = Networks.lastData();
    ComputationGraph copy = network.clone();
    copy.fit(data);
    network.fit(data);
    assertEquals(network.params(), copy.params());
  }

  @Test
  void layersParametersAreSetInTheOrderInWhichTheyAreGiven() {
    MultiLayerNetwork network =
        Networks.of(Networks.sequence(Networks.base(), new CellSpec.Lstm()));
    INDArray before = network.params().dup();
    network.getLayer(0).setParams(network.getLayer(0).params().dup());
    assertEquals(before, network.params());
  }
}
