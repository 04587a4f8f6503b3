package io.gatecast.core.layers;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static io.gatecast.core.layers.Drawn.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.spec.CellSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Proves that a sequence may come in pieces, and that it may start from any state: what the state's
 * keys are, who moves it, and that the way back knows it.
 */
class StoredStateTest {
  @ParameterizedTest
  @MethodSource("io.gatecast.core.layers.Drawn#cells")
  void piecesAreTheWhole(CellSpec cell) {
    MultiLayerNetwork network = Networks.of(Networks.sequence(Networks.base(), cell));
    INDArray x = Networks.sequenceData().getFeatures();
    INDArray whole = network.output(x);

    for (int time = 0; time < 2; time++) {
      network.rnnClearPreviousState();
      assertClose(steps(whole, 0, 2), network.rnnTimeStep(steps(x, 0, 2)), 1e-14, "two steps");
      assertClose(
          whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(2)),
          network.rnnTimeStep(
              x.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(2)).dup()),
          1e-14,
          "one step as a matrix");
      assertClose(steps(whole, 3, 5), network.rnnTimeStep(steps(x, 3, 5)), 1e-14, "the rest");
    }
    assertClose(whole, network.output(x), 0, "output starts from zeros all the same");
  }

  @ParameterizedTest
  @MethodSource("io.gatecast.core.layers.Drawn#cells")
  void anyStateMayBeTheFirst(CellSpec cell) {
    MultiLayerNetwork network =
        Networks.of(Networks.base().list().layer(Networks.layer(cell, 3, 2)).build());
    FusedRecurrent layer = (FusedRecurrent) network.getLayer(0).conf().getLayer();
    LayerOracle oracle = new LayerOracle(layer, Drawn.params(network.getLayer(0)));
    INDArray x = Drawn.array(1, Drawn.BATCH, 3, Drawn.TIME);
    INDArray dOut = Drawn.array(2, Drawn.BATCH, 2, Drawn.TIME);
    Map<String, INDArray> state = state(cell, Drawn.BATCH, 2);
    LayerOracle.Answer expected = oracle.run(x, null, state, dOut);

    network.rnnSetPreviousState(0, state);
    List<INDArray> activations = network.rnnActivateUsingStoredState(x, false, false);
    assertClose(expected.out(), activations.get(1), 1e-12, "from the state");
    assertEquals(state, network.rnnGetPreviousState(0), "which stays");

    network.setInput(x);
    network.rnnActivateUsingStoredState(x, true, false);
    Pair<Gradient, INDArray> back =
        network.backpropGradient(dOut.dup(), LayerWorkspaceMgr.noWorkspaces());
    expected
        .gradients()
        .forEach(
            (key, right) ->
                assertClose(right, back.getFirst().getGradientFor("0_" + key), 1e-12, key));
    assertClose(expected.dx(), back.getSecond(), 1e-12, "dx");

    assertClose(expected.out(), network.rnnTimeStep(x), 1e-12, "step by step, too");
    Map<String, INDArray> moved = network.rnnGetPreviousState(0);
    assertEquals(expected.last().keySet(), moved.keySet());
    expected.last().forEach((key, right) -> assertClose(right, Drawn.at(moved, key), 1e-12, key));
  }

  @Test
  void graphWithAnOutputAtTheLastStepTakesAState() {
    CellSpec cell = new CellSpec.Lstm();
    ComputationGraph graph = Networks.of(Networks.lastStepGraph(Networks.base(), cell));
    INDArray x = Networks.lastData().getFeatures();
    INDArray whole = graph.outputSingle(x);
    graph.rnnTimeStep(steps(x, 0, 3));
    Map<String, INDArray> first = graph.rnnGetPreviousState("first");
    Map<String, INDArray> second = graph.rnnGetPreviousState("second");
    graph.rnnClearPreviousState();
    graph.rnnSetPreviousState("first", first);
    graph.rnnSetPreviousState("second", second);
    assertClose(whole, graph.rnnTimeStep(steps(x, 3, 5))[0], 1e-14, "the rest");
  }

  @Test
  void timeInTheMiddle() {
    CellSpec cell = new CellSpec.Gru(CellSpec.Reset.BEFORE);
    MultiLayerNetwork network =
        Networks.of(
            Networks.base()
                .list()
                .layer(
                    new FusedRecurrent.Builder(cell)
                        .nIn(3)
                        .nOut(2)
                        .dataFormat(RNNFormat.NWC)
                        .build())
                .build());
    INDArray x = Drawn.array(1, Drawn.BATCH, Drawn.TIME, 3);
    INDArray whole = network.output(x);
    network.rnnTimeStep(x.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 3)).dup());
    assertClose(
        whole.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 5)),
        network.rnnTimeStep(x.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 5)).dup()),
        1e-14,
        "the rest");
  }

  @Test
  void statesThatDoNotFitAreNamed() {
    MultiLayerNetwork network =
        Networks.of(Networks.sequence(Networks.base(), new CellSpec.Lstm()));
    INDArray h = Drawn.array(1, 2, Networks.FIRST);
    assertContains(
        Messages.of(
            IllegalArgumentException.class,
            () -> network.rnnSetPreviousState(0, Map.of("prevAct", h, "prevMem", h))),
        "state: expected the keys [");
    assertContains(
        Messages.of(
            IllegalArgumentException.class,
            () -> network.rnnSetPreviousState(0, Map.of(FusedRecurrent.STATE_H, h))),
        "found [h] at (layer name: layer0, layer index: 0");

    network.rnnSetPreviousState(
        0, Map.of(FusedRecurrent.STATE_H, h, FusedRecurrent.STATE_C, h.dup()));
    assertContains(
        Messages.of(
            IllegalArgumentException.class,
            () -> network.rnnTimeStep(Networks.sequenceData().getFeatures())),
        ": expected [4, 4], found [2, 4] at (layer name: layer0");
  }

  private static Map<String, INDArray> state(CellSpec cell, int batch, int hidden) {
    Map<String, INDArray> state = new HashMap<>();
    state.put(FusedRecurrent.STATE_H, Drawn.array(8, batch, hidden));
    if (cell instanceof CellSpec.Lstm) {
      state.put(FusedRecurrent.STATE_C, Drawn.array(9, batch, hidden));
    }
    return state;
  }

  private static INDArray steps(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup();
  }
}
