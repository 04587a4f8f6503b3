package io.gatecast.core.layers;

import static io.gatecast.core.layers.Drawn.BATCH;
import static io.gatecast.core.layers.Drawn.TIME;
import static io.gatecast.core.layers.Drawn.assertClose;

import io.gatecast.core.spec.CellSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Proves that DL4J's {@code Bidirectional} around a layer is two of the oracle's passes, one of
 * them over the reversed sequence: all ways to join them, with padding and in both formats.
 */
class BothDirectionsTest {
  private static final int HIDDEN = 2;

  static Stream<Arguments> cases() {
    CellSpec gru = new CellSpec.Gru(CellSpec.Reset.BEFORE);
    Stream<Arguments> modes =
        Stream.of(Bidirectional.Mode.values())
            .flatMap(
                mode ->
                    Stream.of(RNNFormat.values())
                        .flatMap(
                            format ->
                                Stream.of(Drawn.Mask.values())
                                    .map(mask -> Arguments.of(gru, mode, format, mask))));
    Stream<Arguments> cells =
        Drawn.cells()
            .map(
                cell ->
                    Arguments.of(
                        cell, Bidirectional.Mode.CONCAT, RNNFormat.NCW, Drawn.Mask.ANYWHERE));
    return Stream.concat(modes, cells);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTwoPasses(CellSpec cell, Bidirectional.Mode mode, RNNFormat format, Drawn.Mask padding) {
    FusedRecurrent layer =
        new FusedRecurrent.Builder(cell).nIn(3).nOut(HIDDEN).dataFormat(format).build();
    MultiLayerNetwork network =
        Networks.of(Networks.base().list().layer(new Bidirectional(mode, layer)).build());
    INDArray x = Drawn.array(1, BATCH, 3, TIME);
    INDArray dOut =
        Drawn.array(2, BATCH, mode == Bidirectional.Mode.CONCAT ? 2 * HIDDEN : HIDDEN, TIME);
    INDArray mask = padding.array();

    Map<String, INDArray> params = Drawn.params(network.getLayer(0));
    LayerOracle ahead = new LayerOracle(layer, part(params, 'f'));
    LayerOracle back = new LayerOracle(layer, part(params, 'b'));
    INDArray zeros = Drawn.array(0, BATCH, HIDDEN, TIME).mul(0);
    INDArray first = ahead.run(x, mask, zeros).out();
    INDArray second = reversed(back.run(reversed(x), reversedMask(mask), zeros).out());
    LayerOracle.Answer ofAhead = ahead.run(x, mask, ofFirst(mode, dOut, second));
    LayerOracle.Answer ofBack =
        back.run(reversed(x), reversedMask(mask), reversed(ofSecond(mode, dOut, first)));

    network.setInput(inFormat(x, format));
    network.setLayerMaskArrays(mask, null);
    INDArray out = network.feedForward(true, false).get(1);
    assertClose(joined(mode, first, second), inFormat(out, format), 1e-12, "out");

    Pair<Gradient, INDArray> found =
        network.backpropGradient(inFormat(dOut, format).dup(), LayerWorkspaceMgr.noWorkspaces());
    check(ofAhead, found.getFirst(), "0_f");
    check(ofBack, found.getFirst(), "0_b");
    assertClose(
        ofAhead.dx().add(reversed(ofBack.dx())), inFormat(found.getSecond(), format), 1e-12, "dx");
  }

  private static INDArray joined(Bidirectional.Mode mode, INDArray a, INDArray b) {
    return switch (mode) {
      case ADD -> a.add(b);
      case MUL -> a.mul(b);
      case AVERAGE -> a.add(b).mul(0.5);
      case CONCAT -> Nd4j.concat(1, a, b);
    };
  }

  private static INDArray ofFirst(Bidirectional.Mode mode, INDArray dOut, INDArray second) {
    return switch (mode) {
      case ADD -> dOut;
      case MUL -> dOut.mul(second);
      case AVERAGE -> dOut.mul(0.5);
      case CONCAT -> units(dOut, 0, HIDDEN);
    };
  }

  private static INDArray ofSecond(Bidirectional.Mode mode, INDArray dOut, INDArray first) {
    return mode == Bidirectional.Mode.CONCAT
        ? units(dOut, HIDDEN, 2 * HIDDEN)
        : ofFirst(mode, dOut, first);
  }

  private static INDArray units(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  private static void check(LayerOracle.Answer answer, Gradient found, String prefix) {
    answer
        .gradients()
        .forEach(
            (key, expected) ->
                assertClose(expected, found.getGradientFor(prefix + key), 1e-12, prefix + key));
  }

  private static Map<String, INDArray> part(Map<String, INDArray> params, char prefix) {
    Map<String, INDArray> part = new LinkedHashMap<>();
    params.forEach(
        (key, value) -> {
          if (key.charAt(0) == prefix) {
            part.put(key.substring(1), value);
          }
        });
    return part;
  }

  private static INDArray reversed(INDArray sequence) {
    INDArray reversed = sequence.dup('c');
    for (int t = 0; t < TIME; t++) {
      INDArray step =
          sequence.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(TIME - 1 - t));
      reversed.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t)).assign(step);
    }
    return reversed;
  }

  private static @Nullable INDArray reversedMask(@Nullable INDArray mask) {
    return mask == null
        ? null
        : reversed(mask.reshape('c', BATCH, 1, TIME)).reshape('c', BATCH, TIME);
  }

  private static INDArray inFormat(INDArray array, RNNFormat format) {
    return format == RNNFormat.NWC ? array.permute(0, 2, 1) : array;
  }
}
