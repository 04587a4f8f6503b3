package io.gatecast.core.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
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
import org.nd4j.linalg.api.ndarray.INDArray;

/** Proves that closing a network of DL4J's gives all of its memory back. */
class Dl4jOutputsTest {
  private static final NetworkSpec SPEC =
      NetworkSpec.uniform(new CellSpec.Lstm(), 3, 8, 2, 2, 0, new Loss.Squared());

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

    new Dl4jOutputs(SPEC, live).close();

    assertEquals(List.of(true, true, true), owned.stream().map(INDArray::wasClosed).toList());
  }

  /**
   * ND4J's arrays are not in {@link Pointer#totalBytes()}, which stays at some kilobytes whatever
   * is allocated, so the process's memory is measured. Each network has more than 32 MB: smaller
   * blocks may stay with the C library after they are freed. The closed networks stay reachable:
   * what is gone was freed by closing, not by the garbage collector. Open ones show that the
   * measure sees them. The Java heap is measured, too, and may grow in one round or the other; what
   * is not freed makes every round grow.
   */
  @Test
  void closingGivesTheMemoryBack() {
    NetworkSpec spec =
        NetworkSpec.uniform(
            new CellSpec.Rnn(CellSpec.Activation.TANH), 1, 3000, 1, 1, 0, new Loss.Squared());
    NamedWeights weights = RandomWeights.of(spec, 1);
    float[] windows = {0.5f, -0.5f};
    long bytes = spec.parameters() * Float.BYTES;
    List<Dl4jOutputs> reachable = new ArrayList<>();
    make(1, spec, weights, windows, reachable).forEach(Dl4jOutputs::close);

    int closed = 4;
    int rounds = 5;
    long grown = Long.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      long start = Pointer.physicalBytes();
      for (int i = 0; i < closed; i++) {
        make(1, spec, weights, windows, reachable).forEach(Dl4jOutputs::close);
      }
      grown = Math.min(grown, Pointer.physicalBytes() - start);
    }
    long grownByClosed = grown;

    int open = 6; // so that what the heap does beside them weighs little
    long before = Pointer.physicalBytes();
    List<Dl4jOutputs> live = make(open, spec, weights, windows, reachable);
    long grownByOpen = Pointer.physicalBytes() - before;
    live.forEach(Dl4jOutputs::close);

    assertTrue(grownByClosed < closed * bytes / 2, () -> "closed: " + grownByClosed + " bytes");
    assertTrue(grownByOpen > open * bytes / 2, () -> "open: " + grownByOpen + " bytes");
    assertEquals(1 + rounds * closed + open, reachable.size());
  }

  private static List<Dl4jOutputs> make(
      int count,
      NetworkSpec spec,
      NamedWeights weights,
      float[] windows,
      List<Dl4jOutputs> reachable) {
    List<Dl4jOutputs> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Dl4jOutputs network = Dl4jOutputs.of(spec, weights);
      network.outputs(windows, 1, 2, new float[1]);
      made.add(network);
    }
    reachable.addAll(made);
    return made;
  }
}
