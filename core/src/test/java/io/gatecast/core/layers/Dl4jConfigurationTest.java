package io.gatecast.core.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.Networks;
import io.gatecast.core.fixtures.SegmentedNetworks;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.spec.TrainingSpec;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Proves that every cell has a DL4J layer, and that training's settings reach every layer. */
class Dl4jConfigurationTest {
  private static final TrainingSpec TRAINING = TrainingSpec.adam(1, 1, 0.02, 1, 0.7, 5);

  static Stream<CellSpec> cells() {
    return CellSpec.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyCellHasALayer(CellSpec cell) {
    MultiLayerConfiguration configuration = Dl4jConfiguration.of(spec(cell, 2, 0), TRAINING);
    FusedRecurrent layer = (FusedRecurrent) unwrapped(configuration.getConf(0).getLayer());
    assertEquals(cell, layer.cell());
    assertEquals(
        configuration, MultiLayerConfiguration.fromJson(configuration.toJson()), "JSON round trip");
  }

  @Test
  void segmentsAreRefused() {
    NetworkSpec spec = SegmentedNetworks.ofEachLoss().findFirst().orElseThrow();
    String expected =
        "spec: expected a network that reads step by step, as DL4J's layers do, found one that"
            + " reads segments; Trainer and RecurrentNetwork have networks of their own for it";
    assertEquals(
        expected, Messages.of(IllegalArgumentException.class, () -> Dl4jConfiguration.of(spec)));
    assertEquals(
        expected,
        Messages.of(IllegalArgumentException.class, () -> Dl4jConfiguration.of(spec, TRAINING)));
  }

  @Test
  void optimiserAndClippingReachEveryLayerInsideItsWrapper() {
    MultiLayerConfiguration configuration =
        Dl4jConfiguration.of(spec(new CellSpec.Lstm(), 3, 0), TRAINING);

    for (int layer = 0; layer < 4; layer++) {
      BaseLayer found = (BaseLayer) unwrapped(configuration.getConf(layer).getLayer());
      assertEquals(new Adam(0.02), found.getIUpdater(), "layer " + layer);
      assertEquals(0.7, found.getGradientNormalizationThreshold(), "layer " + layer);
    }
  }

  @Test
  void dropoutLiesBetweenLayersOnly() {
    MultiLayerConfiguration configuration =
        Dl4jConfiguration.of(spec(new CellSpec.Lstm(), 3, 0.25), TRAINING);

    assertEquals(null, unwrapped(configuration.getConf(0).getLayer()).getIDropout());
    assertEquals(new Dropout(0.75), unwrapped(configuration.getConf(1).getLayer()).getIDropout());
    assertEquals(new Dropout(0.75), unwrapped(configuration.getConf(2).getLayer()).getIDropout());
    assertEquals(null, unwrapped(configuration.getConf(3).getLayer()).getIDropout());
  }

  static Stream<NetworkSpec> mixedStacksOfEachLoss() {
    return Networks.losses()
        .flatMap(
            loss ->
                Stream.of(Readout.values())
                    .map(readout -> Networks.of(Networks.mixed(), readout, loss)));
  }

  @ParameterizedTest
  @MethodSource("mixedStacksOfEachLoss")
  void everyLossReadoutAndLayerSurvivesJson(NetworkSpec spec) {
    MultiLayerConfiguration configuration = Dl4jConfiguration.of(spec, TRAINING);
    String json = configuration.toJson();

    assertEquals(configuration, MultiLayerConfiguration.fromJson(json));
    Messages.assertContains(json, "\"" + spec.loss().label() + "\"");
    Layer head = configuration.getConf(3).getLayer();
    boolean everyStep = spec.head().readout() == Readout.EVERY_STEP;
    assertEquals(everyStep ? RnnOutputLayer.class : OutputLayer.class, head.getClass());
    assertEquals(!everyStep, configuration.getConf(2).getLayer() instanceof LastTimeStep);
    for (int layer = 0; layer < 3; layer++) {
      FusedRecurrent found = (FusedRecurrent) unwrapped(configuration.getConf(layer).getLayer());
      assertEquals(spec.layers().get(layer).cell(), found.cell());
    }
  }

  @Test
  void eachLayerHasItsOwnDropout() {
    CellSpec lstm = new CellSpec.Lstm();
    NetworkSpec spec =
        Networks.of(
            List.of(
                new LayerSpec(lstm, 3, 0.5),
                new LayerSpec(lstm, 3, 0),
                new LayerSpec(lstm, 3, 0.2)),
            Readout.EVERY_STEP,
            new Loss.Squared());
    MultiLayerConfiguration configuration = Dl4jConfiguration.of(spec, TRAINING);

    assertEquals(new Dropout(0.5), configuration.getConf(0).getLayer().getIDropout());
    assertEquals(null, configuration.getConf(1).getLayer().getIDropout());
    assertEquals(new Dropout(0.8), configuration.getConf(2).getLayer().getIDropout());
    assertEquals(null, configuration.getConf(3).getLayer().getIDropout());
  }

  /** A network that gives its input back, of one step, shows what training drops of it. */
  @Test
  void dropoutOfTheFirstLayerDropsItsShareOfTheInputsAndScalesTheRest() {
    NetworkSpec spec =
        new NetworkSpec(
            1,
            List.of(new LayerSpec(new CellSpec.Rnn(CellSpec.Activation.RELU), 1, 0.25)),
            new HeadSpec(1, Readout.LAST_STEP),
            new Loss.Squared());
    MultiLayerNetwork network = new MultiLayerNetwork(Dl4jConfiguration.of(spec, TRAINING));
    network.init();
    network.setParams(Nd4j.createFromArray(1f, 0, 0, 1, 0).reshape(1, -1)); // W, U, b, V, c
    int windows = 4000;
    INDArray x = Nd4j.ones(DataType.FLOAT, windows, 1, 1);

    int kept = 0;
    for (float y : network.output(x, true).reshape(-1).toFloatVector()) {
      assertTrue(y == 0 || Math.abs(y - 4 / 3f) < 1e-6, () -> "found " + y);
      kept += y == 0 ? 0 : 1;
    }

    assertEquals(0.75, kept / (double) windows, 0.04); // six standard deviations
    assertEquals(Nd4j.ones(DataType.FLOAT, windows, 1, 1), x, "the caller's array");
    assertEquals(windows, network.output(x, false).sumNumber().doubleValue());
  }

  private static Layer unwrapped(Layer layer) {
    return layer instanceof LastTimeStep last ? last.getUnderlying() : layer;
  }

  private static NetworkSpec spec(CellSpec cell, int layers, double dropout) {
    return NetworkSpec.uniform(cell, 2, 3, layers, 1, dropout, new Loss.Squared());
  }
}
