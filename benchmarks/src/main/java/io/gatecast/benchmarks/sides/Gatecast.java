package io.gatecast.benchmarks.sides;

import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.layers.Dl4jConfiguration;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.Dl4jWeights;
import io.gatecast.core.weights.NamedWeights;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Ours: the network that {@code core} configures for a specification, called as {@code
 * RecurrentNetwork} calls it, and in training by DL4J's {@code fit}, with all that a {@code
 * MultiLayerNetwork} does around the layer. Clipping is there and never bites.
 *
 * <p>Benchmarks know nothing else of our engine; another one is plugged in here.
 */
public final class Gatecast implements Side {
  private static final double NEVER_CLIPS = 1e9;

  /** ND4J has one thread as the launcher starts it; the kernel has those that were asked for. */
  private static final int ND4J_THREADS = 1;

  private static final String KERNEL_THREADS = "gatecast.threads";

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

  @Override
  public String name() {
    return "gatecast";
  }

  @Override
  public Optional<String> lacks(Work work, CellSpec cell) {
    return Optional.empty();
  }

  @Override
  public TrainingStep training(Workload workload, int threads) {
    TrainingSpec training =
        TrainingSpec.adam(1, workload.size().batch(), workload.learningRate(), 1, NEVER_CLIPS, 1);
    return run(workload, Dl4jConfiguration.of(workload.spec(), training), threads);
  }

  @Override
  public InferenceRun inference(Workload workload, int threads) {
    return run(workload, Dl4jConfiguration.of(workload.spec()), threads);
  }

  /** A layer reads the number of threads when it is made. */
  private static MultiLayerRun run(
      Workload workload, MultiLayerConfiguration configuration, int threads) {
    String before = System.setProperty(KERNEL_THREADS, Integer.toString(threads));
    try {
      return new MultiLayerRun(workload, configuration, WEIGHTS, ND4J_THREADS);
    } finally {
      if (before == null) {
        System.clearProperty(KERNEL_THREADS);
      } else {
        System.setProperty(KERNEL_THREADS, before);
      }
    }
  }
}
