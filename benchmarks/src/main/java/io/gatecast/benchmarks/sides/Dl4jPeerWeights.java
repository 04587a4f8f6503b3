package io.gatecast.benchmarks.sides;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Canonical weights to and from DL4J's own recurrent layers, which keep {@code W [input,
 * gates·hidden]} and {@code RW [hidden, gates·hidden]}, transposed to ours, gates side by side. Its
 * LSTM calls the blocks I, F, O, G, where "I" is the tanh candidate and "G" the sigmoid input gate
 * (read in {@code LSTMHelpers} of 1.0.0-M2.1).
 */
final class Dl4jPeerWeights implements MultiLayerRun.Weights {
  private static final List<String> LSTM_BLOCKS = List.of("candidate", "forget", "output", "input");
  private static final List<String> RNN_BLOCKS = List.of("hidden");

  @Override
  public void write(NetworkSpec spec, NamedWeights weights, MultiLayerNetwork network) {
    views(
        spec,
        network,
        (name, view) -> {
          WeightTensor tensor = weights.get(name);
          try (INDArray values = Nd4j.createFromArray(tensor.values())) {
            view.assign(values.reshape(view.shape()));
          }
        });
  }

  @Override
  public NamedWeights read(NetworkSpec spec, MultiLayerNetwork network) {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    Map<String, int[]> shapes = NamedWeights.shapes(spec);
    views(
        spec,
        network,
        (name, view) -> {
          try (INDArray copy = view.dup('c')) {
            int[] shape = Objects.requireNonNull(shapes.get(name), name);
            tensors.put(name, WeightTensor.of(copy.reshape(-1).toFloatVector(), shape));
          }
        });
    return NamedWeights.of(spec, tensors);
  }

  /** Gives each tensor's place in the network, in canonical shape, by canonical name. */
  private static void views(
      NetworkSpec spec, MultiLayerNetwork network, BiConsumer<String, INDArray> visitor) {
    int hidden = spec.top().hidden();
    List<String> blocks = spec.top().cell() instanceof CellSpec.Lstm ? LSTM_BLOCKS : RNN_BLOCKS;
    for (int block = 0; block < blocks.size(); block++) {
      String prefix = "layers.0." + blocks.get(block) + ".";
      int from = block * hidden;
      visitor.accept(prefix + "input_weights", columns(network.getParam("0_W"), from, hidden));
      visitor.accept(prefix + "recurrent_weights", columns(network.getParam("0_RW"), from, hidden));
      visitor.accept(
          prefix + "bias", columns(network.getParam("0_b").reshape(1, -1), from, hidden));
    }
    visitor.accept("head.weights", network.getParam("1_W").transpose());
    visitor.accept("head.bias", network.getParam("1_b"));
  }

  private static INDArray columns(INDArray matrix, int from, int count) {
    return matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + count)).transpose();
  }
}
