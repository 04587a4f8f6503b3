package io.gatecast.core.layers;

import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.network.Batch;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.network.NetworkChecks;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.samples.Batches;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of DL4J's as training sees it. It runs whatever ND4J runs on: any kernel, float or
 * double, any backend. Parameters are copied in before every call and the gradient out after it.
 *
 * <p>Dropout draws from ND4J's one generator of the process, which is seeded before each call:
 * networks with dropout must not train at the same time in one process.
 */
public final class Dl4jNetwork implements DifferentiableNetwork {
  private final NetworkSpec spec;
  private final MultiLayerNetwork network;
  private final DataType type;
  private final float[] parameters;

  /**
   * Wraps a network.
   *
   * @param spec its description
   * @param network initialised from a configuration of {@link Dl4jConfiguration}; owned from now on
   */
  public Dl4jNetwork(NetworkSpec spec, MultiLayerNetwork network) {
    this.spec = spec;
    this.network = network;
    this.type = network.getLayerWiseConfigurations().getDataType();
    this.parameters = network.params().toFloatVector();
  }

  /**
   * A network in float.
   *
   * @param spec its description
   * @return the network, with parameters of DL4J's choice; the caller closes it
   */
  public static Dl4jNetwork of(NetworkSpec spec) {
    NativeRuntime.require();
    MultiLayerNetwork network = new MultiLayerNetwork(Dl4jConfiguration.of(spec));
    network.init();
    return new Dl4jNetwork(spec, network);
  }

  @Override
  public NetworkSpec spec() {
    return spec;
  }

  @Override
  public String kernel() {
    return type == DataType.FLOAT ? Kernels.chosen() : "portable";
  }

  @Override
  public float[] parameters() {
    return parameters;
  }

  @Override
  public double gradient(Batch batch, long dropoutSeed, float[] gradient) {
    NetworkChecks.gradient(spec, batch, gradient);
    setParameters();
    if (spec.layers().stream().anyMatch(layer -> layer.dropout() > 0)) {
      Nd4j.getRandom().setSeed(dropoutSeed);
    }
    try (INDArray x = inputs(batch);
        INDArray y = targets(batch)) {
      network.setInput(x);
      network.setLabels(y);
      network.computeGradientAndScore();
      float[] found = network.getFlattenedGradients().toFloatVector();
      System.arraycopy(found, 0, gradient, 0, gradient.length);
      return network.score();
    } finally {
      network.clear();
    }
  }

  @Override
  public double loss(Batch batch) {
    NetworkChecks.loss(spec, batch);
    setParameters();
    try (INDArray x = inputs(batch);
        INDArray y = targets(batch)) {
      return network.score(new DataSet(x, y), false);
    } finally {
      network.clear();
    }
  }

  @Override
  public void outputs(Batch batch, float[] outputs) {
    NetworkChecks.outputs(spec, batch, outputs);
    setParameters();
    try (INDArray x = inputs(batch);
        INDArray found = network.output(x, false)) {
      float[] values = Batches.stepByStep(found);
      System.arraycopy(values, 0, outputs, 0, values.length);
    } finally {
      network.clear();
    }
  }

  private boolean everyStep() {
    return spec.head().readout() == Readout.EVERY_STEP;
  }

  private void setParameters() {
    try (INDArray values = Nd4j.createFromArray(parameters)) {
      INDArray live = network.params();
      live.assign(values.reshape(live.shape()));
    }
  }

  /** {@code [batch, input, time]}. */
  private INDArray inputs(Batch batch) {
    return timeLast(batch.x(), batch.size(), batch.time(), spec.inputs());
  }

  /** {@code [batch, output]}, or {@code [batch, output, time]}. */
  private INDArray targets(Batch batch) {
    if (everyStep()) {
      return timeLast(batch.y(), batch.size(), batch.time(), spec.outputs());
    }
    int length = batch.size() * spec.outputs();
    INDArray rows = Nd4j.createFromArray(Arrays.copyOf(batch.y(), length));
    return cast(rows.reshape(batch.size(), spec.outputs()));
  }

  private INDArray timeLast(float[] values, int size, int time, int width) {
    return cast(Batches.timeLast(values, size, time, width));
  }

  /** The array in the network's type: itself, or another in its place. */
  private INDArray cast(INDArray floats) {
    if (type == DataType.FLOAT) {
      return floats;
    }
    try (floats) {
      return floats.castTo(type);
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
