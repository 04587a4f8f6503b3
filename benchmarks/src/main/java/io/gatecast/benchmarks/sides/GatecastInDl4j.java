package io.gatecast.benchmarks.sides;

import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.layers.Dl4jConfiguration;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.Dl4jWeights;
import io.gatecast.core.weights.NamedWeights;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Our layers inside Deeplearning4j: the network that {@code core} configures for a specification,
 * trained by {@code fit} and run by {@code output}, with all that a {@code MultiLayerNetwork} does
 * around the layer. As a peer it shows what that costs. Clipping is there and never bites.
 */
public final class GatecastInDl4j implements Side {
  /** ND4J has one thread as the launcher starts it; the kernel has those that were asked for. */
  private static final int ND4J_THREADS = 1;

  private static final MultiLayerRun.Weights WEIGHTS =
      new MultiLayerRun.Weights() {
        @Override
        public void write(NetworkSpec spec, NamedWeights weights, MultiLayerNetwork network) {
          Dl4jWeights.write(spec, weights, network);
        }

        @Override
        public NamedWeights read(NetworkSpec spec, MultiLayerNetwork network) {
          return Dl4jWeights.read(spec, network);
        }
      };

  private final String kernel;

  /**
   * Our layers on one kernel.
   *
   * @param kernel as {@link Gatecast#engine} gives it
   */
  public GatecastInDl4j(String kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return "gatecast-dl4j";
  }

  @Override
  public Optional<String> lacks(Work work, CellSpec cell) {
    return Optional.empty();
  }

  @Override
  public TrainingStep training(Workload workload, int threads) {
    return run(workload, Dl4jConfiguration.of(workload.spec(), Gatecast.adam(workload)), threads);
  }

  @Override
  public InferenceRun inference(Workload workload, int threads) {
    return run(workload, Dl4jConfiguration.of(workload.spec()), threads);
  }

  private MultiLayerRun run(Workload workload, MultiLayerConfiguration configuration, int threads) {
    return new Engine(kernel, threads)
        .making(() -> new MultiLayerRun(workload, configuration, WEIGHTS, ND4J_THREADS));
  }
}
