package io.gatecast.core.inference;

import io.gatecast.core.layers.Dl4jConfiguration;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.samples.Batches;
import io.gatecast.core.samples.Inputs;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.Dl4jWeights;
import io.gatecast.core.weights.NamedWeights;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A live network: description and weights on ND4J, ready to forecast. Closing it frees its off-heap
 * memory. One thread at a time, as DL4J's networks are.
 */
public final class RecurrentNetwork implements AutoCloseable {
  private static final int BATCH = 256;

  private final NetworkSpec spec;
  private final MultiLayerNetwork network;

  /**
   * Wraps a live network.
   *
   * @param spec its description
   * @param network initialised from that description; owned from now on
   */
  public RecurrentNetwork(NetworkSpec spec, MultiLayerNetwork network) {
    this.spec = spec;
    this.network = network;
  }

  /**
   * Builds a network with given weights.
   *
   * @param spec its description
   * @param weights its weights
   * @return the live network; the caller closes it
   */
  public static RecurrentNetwork of(NetworkSpec spec, NamedWeights weights) {
    NativeRuntime.require();
    MultiLayerNetwork network = new MultiLayerNetwork(Dl4jConfiguration.of(spec));
    network.init();
    Dl4jWeights.write(spec, weights, network);
    return new RecurrentNetwork(spec, network);
  }

  /** The description. */
  public NetworkSpec spec() {
    return spec;
  }

  /** A copy of the live weights under canonical names. */
  public NamedWeights weights() {
    return Dl4jWeights.read(spec, network);
  }

  /**
   * Runs the network on every window.
   *
   * @param windows windows of this network's number of inputs
   * @return {@code [window][output]}; of a head that reads every step {@code
   *     [window][time·output]}, step by step
   * @throws IllegalArgumentException if the number of inputs differs
   */
  public float[][] forecast(Inputs windows) {
    if (windows.inputs() != spec.inputs()) {
      throw new IllegalArgumentException(
          "windows: expected " + spec.inputs() + " inputs, found " + windows.inputs());
    }
    float[][] result = new float[windows.size()][];
    for (int b = 0; b < Batches.count(windows.size(), BATCH); b++) {
      int[] indices = Batches.indices(windows.size(), BATCH, b);
      try (INDArray input = Batches.inputs(windows, indices);
          INDArray output = network.output(input, false)) {
        float[][] rows = rows(output);
        System.arraycopy(rows, 0, result, indices[0], rows.length);
      }
    }
    return result;
  }

  private static float[][] rows(INDArray output) {
    if (output.rank() == 2) {
      return output.toFloatMatrix();
    }
    try (INDArray stepByStep = output.permute(0, 2, 1).dup('c')) { // of [window, output, time]
      return stepByStep.reshape('c', output.size(0), -1).toFloatMatrix();
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
