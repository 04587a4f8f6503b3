package io.gatecast.core.inference;

import io.gatecast.core.layers.Dl4jConfiguration;
import io.gatecast.core.network.Outputs;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.samples.Batches;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.Dl4jWeights;
import io.gatecast.core.weights.NamedWeights;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Forecasts of a live DL4J network: for the portable kernel and whatever backend ND4J has. Calls
 * wait for each other, as DL4J's do.
 */
final class Dl4jOutputs implements Outputs {
  private final NetworkSpec spec;
  private final MultiLayerNetwork network;

  /** Wraps a live network, initialised from the description; owned from now on. */
  Dl4jOutputs(NetworkSpec spec, MultiLayerNetwork network) {
    this.spec = spec;
    this.network = network;
  }

  static Dl4jOutputs of(NetworkSpec spec, NamedWeights weights) {
    NativeRuntime.require();
    MultiLayerNetwork network = new MultiLayerNetwork(Dl4jConfiguration.of(spec));
    network.init();
    Dl4jWeights.write(spec, weights, network);
    return new Dl4jOutputs(spec, network);
  }

  @Override
  public String kernel() {
    return "portable";
  }

  @Override
  public void outputs(float[] x, int windows, int time, float[] into) {
    try (INDArray input = Batches.timeLast(x, windows, time, spec.inputs());
        INDArray output = network.output(input, false)) {
      float[] flat = Batches.stepByStep(output);
      System.arraycopy(flat, 0, into, 0, flat.length);
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
