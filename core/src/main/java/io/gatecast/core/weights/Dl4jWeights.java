package io.gatecast.core.weights;

import io.gatecast.core.spec.NetworkSpec;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Canonical weights to and from the flat parameters of a live network of {@link
 * io.gatecast.core.layers.Dl4jConfiguration}. Their order is {@link FlatLayout}'s.
 */
public final class Dl4jWeights {
  private Dl4jWeights() {}

  /**
   * Copies the live weights out.
   *
   * @param spec the network's description
   * @param network the live network built from it
   * @return its weights under canonical names
   * @throws IllegalArgumentException if the network has another number of parameters
   */
  public static NamedWeights read(NetworkSpec spec, MultiLayerNetwork network) {
    try (INDArray copy = network.params().dup()) { // off the heap: the collector would not see it
      return FlatLayout.of(spec).read(copy.data().asFloat());
    }
  }

  /**
   * Copies weights into a live network.
   *
   * @param spec the network's description
   * @param weights what to copy in
   * @param network the live network built from the description; its parameters are overwritten
   * @throws IllegalArgumentException if the weights are of another network, naming the tensor, or
   *     the network has another number of parameters
   */
  public static void write(NetworkSpec spec, NamedWeights weights, MultiLayerNetwork network) {
    FlatLayout layout = FlatLayout.of(spec);
    float[] flat = new float[layout.length()];
    layout.write(weights, flat);
    INDArray parameters = network.params();
    if (parameters.length() != flat.length) {
      throw new IllegalArgumentException(
          "network: expected "
              + flat.length
              + " parameters, as the description has, found "
              + parameters.length());
    }
    try (INDArray values = Nd4j.createFromArray(flat)) {
      parameters.assign(values.reshape(parameters.shape()));
    }
  }
}
