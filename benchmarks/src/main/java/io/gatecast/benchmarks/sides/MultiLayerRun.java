package io.gatecast.benchmarks.sides;

import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.samples.Batches;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One batch through a {@code MultiLayerNetwork}, in training by {@code fit} and forward by {@code
 * output}. The arrays are made once, in DL4J's layout {@code [batch, input, time]}, as it would
 * have them from an iterator.
 */
final class MultiLayerRun implements TrainingStep, InferenceRun {
  /** Canonical weights to and from a live network. */
  interface Weights {
    /** Copies weights into the network. */
    void write(NetworkSpec spec, NamedWeights weights, MultiLayerNetwork network);

    /** Copies the network's weights out. */
    NamedWeights read(NetworkSpec spec, MultiLayerNetwork network);
  }

  private final Workload workload;
  private final Weights weights;
  private final MultiLayerNetwork network;
  private final INDArray x;
  private final INDArray target;
  private @Nullable INDArray outputs;

  MultiLayerRun(
      Workload workload, MultiLayerConfiguration configuration, Weights weights, int nd4jThreads) {
    NativeRuntime.require();
    NativeRuntime.useThreads(nd4jThreads);
    this.workload = workload;
    this.weights = weights;
    this.network = new MultiLayerNetwork(configuration);
    network.init();
    weights.write(workload.spec(), workload.weights(), network);
    WorkSize size = workload.size();
    this.x = Batches.timeLast(workload.x(), size.batch(), size.steps(), size.inputs());
    this.target = Nd4j.createFromArray(workload.target()).reshape(size.batch(), size.outputs());
  }

  @Override
  public double step() {
    network.fit(x, target);
    return network.score();
  }

  @Override
  public NamedWeights weights() {
    return weights.read(workload.spec(), network);
  }

  @Override
  public void run() {
    forget();
    outputs = network.output(x, false);
  }

  @Override
  public float[] outputs() {
    if (outputs == null) {
      throw new IllegalStateException("outputs: expected a run before, found none");
    }
    return outputs.reshape(-1).toFloatVector();
  }

  @Override
  public void close() {
    forget();
    x.close();
    target.close();
    network.close();
  }

  private void forget() {
    if (outputs != null) {
      outputs.close();
      outputs = null;
    }
  }
}
