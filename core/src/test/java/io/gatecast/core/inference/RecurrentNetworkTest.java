package io.gatecast.core.inference;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.layers.Dl4jConfiguration;
import io.gatecast.core.samples.Batches;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.NamedWeights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Proves that a forecast depends on its window alone, not on the windows beside it or before it,
 * and that closing gives the memory back.
 */
class RecurrentNetworkTest {
  private static final NetworkSpec SPEC =
      NetworkSpec.uniform(new CellSpec.Lstm(), 3, 8, 2, 2, 0, new Loss.Squared());

  @ParameterizedTest
  @ValueSource(ints = {1, 257})
  void forecastsInBatchesAreThoseOfSingleWindows(int size) {
    ArraySamples windows = ArraySamples.random(1, size, 5, 3, 2);
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, RandomWeights.of(SPEC, 1))) {
      float[][] together = network.forecast(windows);

      assertEquals(size, together.length);
      for (int window : size == 1 ? new int[] {0} : new int[] {0, 1, 100, 255, 256}) {
        float[] alone = network.forecast(windows.only(window))[0];
        assertArrayEquals(alone, together[window], 1e-6f, "window " + window);
      }
    }
  }

  @Test
  void forecastLeavesNoStateBehind() {
    ArraySamples windows = ArraySamples.random(1, 3, 5, 3, 2);
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, RandomWeights.of(SPEC, 1))) {
      float[][] first = network.forecast(windows);

      assertArrayEquals(first, network.forecast(windows));
    }
  }

  @Test
  void noWindowsGiveNoForecasts() {
    ArraySamples three = ArraySamples.random(1, 3, 5, 3, 2);
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, RandomWeights.of(SPEC, 1))) {
      assertEquals(0, network.forecast(three.none()).length);
    }
  }

  @Test
  void networkKeepsItsDescriptionAndWeights() {
    NamedWeights weights = RandomWeights.of(SPEC, 1);
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, weights)) {
      network.forecast(ArraySamples.random(1, 3, 5, 3, 2));

      assertEquals(SPEC, network.spec());
      assertEquals(weights, network.weights());
    }
  }

  @Test
  void windowsOfOtherInputsAreRefused() {
    ArraySamples narrow = ArraySamples.random(1, 3, 5, 2, 2);
    try (RecurrentNetwork network = RecurrentNetwork.of(SPEC, RandomWeights.of(SPEC, 1))) {
      assertEquals(
          "windows: expected 3 inputs, found 2",
          Messages.of(IllegalArgumentException.class, () -> network.forecast(narrow)));
    }
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedByName() {
    NetworkSpec narrow = NetworkSpec.uniform(SPEC.top().cell(), 2, 8, 2, 2, 0, new Loss.Squared());
    NetworkSpec deep = NetworkSpec.uniform(SPEC.top().cell(), 3, 8, 3, 2, 0, new Loss.Squared());

    assertContains(
        refused(RandomWeights.of(narrow, 1)),
        "layers.0.forget.input_weights: expected shape [8, 3], found [8, 2]");
    assertContains(refused(RandomWeights.of(deep, 1)), "layers.2.forget.input_weights: unknown");
  }

  private static String refused(NamedWeights weights) {
    return Messages.of(
        IllegalArgumentException.class, () -> RecurrentNetwork.of(SPEC, weights).close());
  }

  @Test
  void closedNetworkRefusesToForecastAndMayBeClosedAgain() {
    ArraySamples windows = ArraySamples.random(1, 3, 5, 3, 2);
    RecurrentNetwork network = RecurrentNetwork.of(SPEC, RandomWeights.of(SPEC, 1));
    network.close();
    network.close();

    assertContains(Messages.of(RuntimeException.class, () -> network.forecast(windows)), "closed");
  }

  @Test
  void closingClosesWeightsGradientsAndOptimiser() {
    TrainingSpec training = TrainingSpec.adam(1, 4, 0.01, 1, 1, 1);
    MultiLayerNetwork live = new MultiLayerNetwork(Dl4jConfiguration.of(SPEC, training));
    live.init();
    ArraySamples samples = ArraySamples.random(1, 3, 5, 3, 2);
    int[] all = {0, 1, 2};
    live.fit(Batches.inputs(samples, all), Batches.targets(samples, all));
    List<INDArray> owned =
        List.of(live.params(), live.getFlattenedGradients(), live.getUpdater().getStateViewArray());
    assertEquals(List.of(false, false, false), owned.stream().map(INDArray::wasClosed).toList());

    new RecurrentNetwork(SPEC, live).close();

    assertEquals(List.of(true, true, true), owned.stream().map(INDArray::wasClosed).toList());
  }

  /**
   * ND4J's arrays are not in {@link Pointer#totalBytes()}, which stays at some kilobytes whatever
   * is allocated, so the process's memory is measured. Each network has more than 32 MB: smaller
   * blocks may stay with the C library after they are freed. The closed networks stay reachable:
   * what is gone was freed by closing, not by the garbage collector. Open ones show that the
   * measure sees them.
   */
  @Test
  void closingGivesTheMemoryBack() {
    NetworkSpec spec =
        NetworkSpec.uniform(
            new CellSpec.Rnn(CellSpec.Activation.TANH), 1, 3000, 1, 1, 0, new Loss.Squared());
    NamedWeights weights = RandomWeights.of(spec, 1);
    ArraySamples windows = ArraySamples.random(1, 1, 2, 1, 1);
    long bytes = spec.parameters() * Float.BYTES;
    List<RecurrentNetwork> reachable = new ArrayList<>();
    make(1, spec, weights, windows, reachable).forEach(RecurrentNetwork::close);

    int closed = 4;
    long before = Pointer.physicalBytes();
    for (int i = 0; i < closed; i++) {
      make(1, spec, weights, windows, reachable).forEach(RecurrentNetwork::close);
    }
    long grownByClosed = Pointer.physicalBytes() - before;

    int open = 2;
    before = Pointer.physicalBytes();
    List<RecurrentNetwork> live = make(open, spec, weights, windows, reachable);
    long grownByOpen = Pointer.physicalBytes() - before;
    live.forEach(RecurrentNetwork::close);

    assertTrue(grownByClosed < closed * bytes / 2, () -> "closed: " + grownByClosed + " bytes");
    assertTrue(grownByOpen > open * bytes / 2, () -> "open: " + grownByOpen + " bytes");
    assertEquals(1 + closed + open, reachable.size());
  }

  private static List<RecurrentNetwork> make(
      int count,
      NetworkSpec spec,
      NamedWeights weights,
      ArraySamples windows,
      List<RecurrentNetwork> reachable) {
    List<RecurrentNetwork> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RecurrentNetwork network = RecurrentNetwork.of(spec, weights);
      network.forecast(windows);
      made.add(network);
    }
    reachable.addAll(made);
    return made;
  }
}
