package io.gatecast.core.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Adam;

/** Proves that every cell has a DL4J layer, and that training's settings reach every layer. */
class Dl4jConfigurationTest {
  private static final TrainingSpec TRAINING = new TrainingSpec(1, 1, 0.02, 1, 0.7, 5);

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

  private static Layer unwrapped(Layer layer) {
    return layer instanceof LastTimeStep last ? last.getUnderlying() : layer;
  }

  private static NetworkSpec spec(CellSpec cell, int layers, double dropout) {
    return NetworkSpec.uniform(cell, 2, 3, layers, 1, dropout, new Loss.Squared());
  }
}
