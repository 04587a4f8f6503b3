package io.gatecast.core.weights;

import io.gatecast.core.spec.NetworkSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Canonical weights to and from the parameter arrays of a live network of {@link
 * io.gatecast.core.layers.FusedRecurrent} layers.
 *
 * <p>A layer keeps {@code W [input, gates·hidden]}, {@code RW [hidden, gates·hidden]}, {@code b
 * [gates·hidden]} and, for a GRU that resets after, {@code rb [hidden]}: matrices transposed to the
 * canonical ones, gates side by side in canonical order.
 */
public final class Dl4jWeights {
  private Dl4jWeights() {}

  /**
   * Copies the live weights out.
   *
   * @param spec the network's description
   * @param network the live network built from it
   * @return its weights under canonical names
   */
  public static NamedWeights read(NetworkSpec spec, MultiLayerNetwork network) {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    int hidden = spec.hidden();
    List<String> blocks = spec.cell().gates();
    for (int layer = 0; layer < spec.layers(); layer++) {
      float[][] input = network.getParam(layer + "_W").toFloatMatrix();
      float[][] recurrent = network.getParam(layer + "_RW").toFloatMatrix();
      float[] bias = network.getParam(layer + "_b").reshape(-1).toFloatVector();
      for (int block = 0; block < blocks.size(); block++) {
        String prefix = NamedWeights.prefix(layer, blocks.get(block));
        int from = block * hidden;
        tensors.put(
            prefix + "input_weights",
            WeightTensor.of(transposedBlock(input, from, hidden), hidden, spec.inputsOf(layer)));
        tensors.put(
            prefix + "recurrent_weights",
            WeightTensor.of(transposedBlock(recurrent, from, hidden), hidden, hidden));
        float[] part = new float[hidden];
        System.arraycopy(bias, from, part, 0, hidden);
        tensors.put(prefix + "bias", WeightTensor.of(part, hidden));
      }
      if (spec.cell().hasRecurrentBias()) {
        tensors.put(
            NamedWeights.prefix(layer, "candidate") + "recurrent_bias",
            WeightTensor.of(network.getParam(layer + "_rb").reshape(-1).toFloatVector(), hidden));
      }
    }
    float[][] head = network.getParam(spec.layers() + "_W").toFloatMatrix();
    tensors.put(
        "head.weights",
        WeightTensor.of(transposedBlock(head, 0, spec.outputs()), spec.outputs(), hidden));
    tensors.put(
        "head.bias",
        WeightTensor.of(
            network.getParam(spec.layers() + "_b").reshape(-1).toFloatVector(), spec.outputs()));
    return NamedWeights.of(spec, tensors);
  }

  /**
   * Copies weights into a live network.
   *
   * @param spec the network's description
   * @param weights what to copy in
   * @param network the live network built from the description; its parameters are overwritten
   * @throws IllegalArgumentException naming the tensor, if the weights are of another network
   */
  public static void write(NetworkSpec spec, NamedWeights weights, MultiLayerNetwork network) {
    NamedWeights.of(spec, weights.tensors()); // smaller tensors would fit into larger arrays
    int hidden = spec.hidden();
    List<String> blocks = spec.cell().gates();
    for (int layer = 0; layer < spec.layers(); layer++) {
      float[][] input = new float[spec.inputsOf(layer)][blocks.size() * hidden];
      float[][] recurrent = new float[hidden][blocks.size() * hidden];
      float[] bias = new float[blocks.size() * hidden];
      for (int block = 0; block < blocks.size(); block++) {
        String prefix = NamedWeights.prefix(layer, blocks.get(block));
        int from = block * hidden;
        putTransposed(weights.get(prefix + "input_weights"), input, from);
        putTransposed(weights.get(prefix + "recurrent_weights"), recurrent, from);
        System.arraycopy(weights.get(prefix + "bias").values(), 0, bias, from, hidden);
      }
      assign(network, layer + "_W", Nd4j.createFromArray(input));
      assign(network, layer + "_RW", Nd4j.createFromArray(recurrent));
      assign(network, layer + "_b", Nd4j.createFromArray(bias));
      if (spec.cell().hasRecurrentBias()) {
        WeightTensor second =
            weights.get(NamedWeights.prefix(layer, "candidate") + "recurrent_bias");
        assign(network, layer + "_rb", Nd4j.createFromArray(second.values()));
      }
    }
    float[][] head = new float[hidden][spec.outputs()];
    putTransposed(weights.get("head.weights"), head, 0);
    assign(network, spec.layers() + "_W", Nd4j.createFromArray(head));
    assign(network, spec.layers() + "_b", Nd4j.createFromArray(weights.get("head.bias").values()));
  }

  /** Copies a value into a parameter and closes the value. */
  private static void assign(MultiLayerNetwork network, String name, INDArray value) {
    try (value) { // off the heap: the collector would not see how much it holds
      INDArray parameter = network.getParam(name);
      parameter.assign(value.reshape(parameter.shape()));
    }
  }

  /** Columns {@code [from, from + count)} of a matrix, as the rows of a row-major result. */
  private static float[] transposedBlock(float[][] matrix, int from, int count) {
    float[] result = new float[count * matrix.length];
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < matrix.length; column++) {
        result[row * matrix.length + column] = matrix[column][from + row];
      }
    }
    return result;
  }

  private static void putTransposed(WeightTensor tensor, float[][] matrix, int from) {
    int rows = tensor.shape()[0];
    int columns = tensor.shape()[1];
    float[] values = tensor.values();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        matrix[column][from + row] = values[row * columns + column];
      }
    }
  }
}
