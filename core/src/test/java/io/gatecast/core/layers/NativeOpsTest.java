package io.gatecast.core.layers;

import static io.gatecast.core.layers.Drawn.BATCH;
import static io.gatecast.core.layers.Drawn.TIME;
import static io.gatecast.core.layers.Drawn.assertClose;

import io.gatecast.core.spec.CellSpec;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Proves that ND4J's native operations {@code lstmLayer} and {@code gru}, a second opinion that
 * shares no code with anything here, give the same outputs as the layers. Forward only: {@code
 * gru_bp} is wrong in 1.0.0-M2.1.
 */
class NativeOpsTest {
  private static final int INPUTS = 3;
  private static final int HIDDEN = 4;

  /** {@code x [time, batch, inputs]}, {@code W [inputs, 4·hidden]} in the order i, f, C~, o. */
  @Test
  void lstm() {
    MultiLayerNetwork network = network(new CellSpec.Lstm());
    Map<String, INDArray> params = Drawn.params(network.getLayer(0));
    INDArray h0 = Drawn.array(8, BATCH, HIDDEN);
    INDArray c0 = Drawn.array(9, BATCH, HIDDEN);
    List<String> order = List.of("input", "forget", "candidate", "output");
    INDArray x = Drawn.array(1, BATCH, INPUTS, TIME);
    INDArray out = Nd4j.create(DataType.DOUBLE, TIME, BATCH, HIDDEN);
    Nd4j.exec(
        DynamicCustomOp.builder("lstmLayer")
            .addInputs(
                x.permute(2, 0, 1).dup('c'),
                inOrder(new CellSpec.Lstm(), params, "W", order),
                inOrder(new CellSpec.Lstm(), params, "RW", order),
                inOrder(new CellSpec.Lstm(), params, "b", order).reshape(-1),
                h0,
                c0)
            .addOutputs(out)
            // time first, forwards, gates logistic, C~ and the output tanh
            .addIntegerArguments(0, 0, 2, 0, 0)
            .addFloatingPointArguments(0.0)
            // bias, no lengths, h0, c0, no peepholes, every step, neither last state
            .addBooleanArguments(true, false, true, true, false, true, false, false)
            .build());

    network.rnnSetPreviousState(0, Map.of(FusedRecurrent.STATE_H, h0, FusedRecurrent.STATE_C, c0));
    assertClose(out.permute(1, 2, 0), network.rnnTimeStep(x), 1e-9, "out");
  }

  /**
   * Order r, u, C~ and {@code h = u ∘ h' + (1 − u) ∘ h~}, so that u is 1 − z and its pre-activation
   * −a_z; reset after the product, without a bias of its own.
   */
  @Test
  void gru() {
    CellSpec cell = new CellSpec.Gru(CellSpec.Reset.AFTER);
    MultiLayerNetwork network = network(cell);
    network.getParam("0_rb").assign(0);
    Map<String, INDArray> params = Drawn.params(network.getLayer(0));
    INDArray h0 = Drawn.array(8, BATCH, HIDDEN);
    List<String> order = List.of("reset", "update", "candidate");
    INDArray x = Drawn.array(1, BATCH, INPUTS, TIME);
    INDArray out = Nd4j.create(DataType.DOUBLE, TIME, BATCH, HIDDEN);
    Nd4j.exec(
        DynamicCustomOp.builder("gru")
            .addInputs(
                x.permute(2, 0, 1).dup('c'),
                h0,
                updateNegated(inOrder(cell, params, "W", order)),
                updateNegated(inOrder(cell, params, "RW", order)),
                updateNegated(inOrder(cell, params, "b", order)).reshape(-1))
            .addOutputs(out)
            .build());

    network.rnnSetPreviousState(0, Map.of(FusedRecurrent.STATE_H, h0));
    assertClose(out.permute(1, 2, 0), network.rnnTimeStep(x), 1e-9, "out");
  }

  private static MultiLayerNetwork network(CellSpec cell) {
    return Networks.of(Networks.base().list().layer(Networks.layer(cell, INPUTS, HIDDEN)).build());
  }

  private static INDArray inOrder(
      CellSpec cell, Map<String, INDArray> params, String key, List<String> gates) {
    INDArray all = Drawn.at(params, key);
    INDArray rows = all.rank() == 1 ? all.reshape(1, all.length()) : all;
    return Nd4j.concat(
        1,
        gates.stream()
            .map(gate -> block(rows, cell.gates().indexOf(gate)))
            .toArray(INDArray[]::new));
  }

  private static INDArray updateNegated(INDArray rows) {
    block(rows, 1).negi();
    return rows;
  }

  private static INDArray block(INDArray rows, int block) {
    return rows.get(
        NDArrayIndex.all(), NDArrayIndex.interval(block * HIDDEN, (block + 1) * HIDDEN));
  }
}
