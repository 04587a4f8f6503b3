package io.gatecast.benchmarks.sides;

import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.network.Batch;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.training.Descent;
import io.gatecast.core.training.Trainer;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import java.util.List;
import java.util.Optional;

/**
 * Ours, as a trainer and a forecaster run it: a step of {@link Descent} on the network that {@link
 * Trainer#network} makes, and {@link RecurrentNetwork#forecast(float[], int, int, float[])}.
 * Clipping is there and never bites.
 */
public final class Gatecast implements Side {
  /** A bound on the gradient's norm that no workload reaches. */
  static final double NEVER_CLIPS = 1e9;

  private static final List<String> ENGINES = List.of("vector", "blas");

  private final String kernel;

  /**
   * Ours on one kernel.
   *
   * @param kernel as {@link #engine} gives it
   */
  public Gatecast(String kernel) {
    this.kernel = kernel;
  }

  /**
   * The kernel to measure.
   *
   * @param asked the name asked for; without one the kernel that training and forecasts take
   * @return its name
   * @throws IllegalArgumentException if there is none of this name
   * @throws io.gatecast.core.kernel.KernelUnavailableException if it cannot run here
   */
  public static String engine(Optional<String> asked) {
    if (asked.isEmpty()) {
      return Kernels.chosen();
    }
    String name = asked.get();
    if (!ENGINES.contains(name)) {
      throw new IllegalArgumentException(
          "--engine: expected any of " + ENGINES + ", found \"" + name + "\"");
    }
    Kernels.of(name); // where it cannot run it says why
    return name;
  }

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
    return new Training(
        workload, new Engine(kernel, threads).making(() -> Trainer.network(workload.spec())));
  }

  @Override
  public InferenceRun inference(Workload workload, int threads) {
    return new Inference(
        workload,
        new Engine(kernel, threads)
            .making(() -> RecurrentNetwork.of(workload.spec(), workload.weights())));
  }

  /** What a workload's Adam is to a trainer: one epoch at a constant rate. */
  static TrainingSpec adam(Workload workload) {
    return TrainingSpec.adam(
        1, workload.size().batch(), workload.learningRate(), 1, NEVER_CLIPS, 1);
  }

  private static final class Training implements TrainingStep {
    private final FlatLayout layout;
    private final DifferentiableNetwork network;
    private final Descent descent;
    private final Batch batch;

    Training(Workload workload, DifferentiableNetwork network) {
      this.layout = FlatLayout.of(workload.spec());
      this.network = network;
      layout.write(workload.weights(), network.parameters());
      this.descent = new Descent(network, adam(workload), 1);
      WorkSize size = workload.size();
      this.batch = new Batch(size.batch(), size.steps(), workload.x(), workload.target());
    }

    @Override
    public double step() {
      return descent.step(batch).loss();
    }

    @Override
    public NamedWeights weights() {
      return layout.read(network.parameters());
    }

    @Override
    public void close() {
      network.close();
    }
  }

  private static final class Inference implements InferenceRun {
    private final RecurrentNetwork network;
    private final WorkSize size;
    private final float[] x;
    private final float[] outputs;
    private boolean hasRun;

    Inference(Workload workload, RecurrentNetwork network) {
      this.network = network;
      this.size = workload.size();
      this.x = workload.x();
      this.outputs = new float[size.batch() * size.outputs()];
    }

    @Override
    public void run() {
      network.forecast(x, size.batch(), size.steps(), outputs);
      hasRun = true;
    }

    @Override
    public float[] outputs() {
      if (!hasRun) {
        throw new IllegalStateException("outputs: expected a run before, found none");
      }
      return outputs.clone();
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
