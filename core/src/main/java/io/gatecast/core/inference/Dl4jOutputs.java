package io.gatecast.core.inference;

import io.gatecast.core.layers.Dl4jConfiguration;
import io.gatecast.core.network.Outputs;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.Dl4jWeights;
import io.gatecast.core.weights.NamedWeights;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
    int inputs = spec.inputs();
    float[] byInput = new float[windows * time * inputs];
    for (int window = 0; window < windows; window++) {
      for (int step = 0; step < time; step++) {
        for (int input = 0; input < inputs; input++) {
          byInput[(window * inputs + input) * time + step] =
              x[(window * time + step) * inputs + input];
        }
      }
    }
    try (INDArray array = Nd4j.createFromArray(byInput);
        INDArray output = network.output(array.reshape(windows, inputs, time), false)) {
      float[] flat = stepByStep(output);
      System.arraycopy(flat, 0, into, 0, flat.length);
    }
  }

  private static float[] stepByStep(INDArray output) {
    try (INDArray rows =
        output.rank() == 2
            ? output.dup('c')
            : output.permute(0, 2, 1).dup('c')) { // of [window, output, time]
      return rows.data().getFloatsAt(0, (int) rows.length());
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
