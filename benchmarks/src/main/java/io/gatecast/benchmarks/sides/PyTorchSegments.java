package io.gatecast.benchmarks.sides;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.core.network.Batch;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.OptimiserSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.NamedWeights;
import java.util.Arrays;
import java.util.Optional;

/**
 * A network of segments ({@link io.gatecast.core.spec.Segments}; SegRNN, arXiv 2308.11200) trained
 * in PyTorch on the processor, through DJL: PyTorch's recurrent operator, autograd and dropout, one
 * learning rate for all weights, clipping by the global norm, Adam. What it drops is PyTorch's
 * draw, not ours: with dropout two sides agree in distribution alone.
 *
 * <p>It makes no batches, no epochs and no early stopping. One thread at a time; PyTorch's own
 * threads are the whole process's, so that all that are open at once have the same number.
 */
public final class PyTorchSegments implements AutoCloseable {
  private final NDManager manager;
  private final PyTorchSegmentNetwork network;
  private final PyTorchLoss loss;
  private final PyTorchAdam adam;
  private final TrainingSpec training;
  private final long stepsPerEpoch;
  private final NetworkSpec spec;

  /** A batch in PyTorch's memory; it is freed with the network that made it. */
  public static final class Held {
    private final NDArray x;
    private final NDArray target;

    private Held(NDArray x, NDArray target) {
      this.x = x;
      this.target = target;
    }
  }

  /**
   * What a batch gives.
   *
   * @param loss the mean over windows and outputs
   * @param weights its gradient, by canonical name
   */
  public record Gradient(double loss, NamedWeights weights) {}

  /**
   * What keeps PyTorch from a training.
   *
   * @param spec the network
   * @param training its optimiser
   * @return the reason, or nothing if it can
   */
  public static Optional<String> lacks(NetworkSpec spec, TrainingSpec training) {
    if (spec.segments().isEmpty()) {
      return Optional.of("spec: expected a network that reads segments, found one without");
    }
    CellSpec cell = spec.top().cell();
    Optional<String> reason = new PyTorchPeer().lacks(Side.Work.TRAINING, cell);
    if (reason.isPresent()) {
      return reason;
    }
    if (training.optimiser() instanceof OptimiserSpec.Sgd) {
      return Optional.of("optimiser: expected Adam or AdamW, found " + training.optimiser());
    }
    return PyTorchLoss.lacks(spec.loss());
  }

  /**
   * Begins at given weights.
   *
   * @param spec the network
   * @param weights to start from; copied
   * @param training optimiser, schedule, bound of the gradient's norm, and seed of the dropout
   * @param stepsPerEpoch at least 1; durations of the schedule are in epochs
   * @param threads of PyTorch, in the whole process from now on
   * @throws IllegalArgumentException for what {@link #lacks} names, or weights of another network
   */
  public PyTorchSegments(
      NetworkSpec spec,
      NamedWeights weights,
      TrainingSpec training,
      long stepsPerEpoch,
      int threads) {
    Optional<String> reason = lacks(spec, training);
    if (reason.isPresent()) {
      throw new IllegalArgumentException(reason.get());
    }
    this.spec = spec;
    this.training = training;
    this.stepsPerEpoch = stepsPerEpoch;
    this.loss = new PyTorchLoss(spec.loss());
    this.manager = PyTorchPeer.manager(threads);
    JniUtils.setSeed(training.seed());
    this.network = new PyTorchSegmentNetwork(spec, weights, manager);
    this.adam = new PyTorchAdam(network.trained(), settings(training.optimiser()));
  }

  private static OptimiserSpec.AdamW settings(OptimiserSpec optimiser) {
    if (optimiser instanceof OptimiserSpec.Adam adam) {
      return new OptimiserSpec.AdamW(
          adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon(), 0);
    }
    return (OptimiserSpec.AdamW) optimiser;
  }

  /**
   * Copies a batch into PyTorch's memory, once for all steps on it.
   *
   * @param batch windows and targets
   */
  public Held hold(Batch batch) {
    int inputs = spec.inputs();
    int outputs = spec.outputs();
    float[] x = Arrays.copyOf(batch.x(), batch.size() * batch.time() * inputs);
    float[] y = Arrays.copyOf(batch.y(), batch.size() * outputs);
    return new Held(
        PyTorchModule.array(manager, x, batch.size(), batch.time(), inputs),
        PyTorchModule.array(manager, y, batch.size(), outputs));
  }

  /**
   * One step: forward with dropout, backward, clipping, Adam's update of every weight.
   *
   * @param batch windows and targets
   * @return the loss before the update
   */
  public double step(Held batch) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray error = backward(batch);
      double rate =
          training.learningRate()
              * training.schedule().factor(adam.updates(), stepsPerEpoch, training.epochs());
      adam.update(rate, scale());
      return loss.mean(error);
    }
  }

  private double scale() {
    if (training.clipNorm() == Double.POSITIVE_INFINITY) {
      return 1;
    }
    double norm = adam.norm();
    return norm > training.clipNorm() ? training.clipNorm() / norm : 1;
  }

  /** Forward and back; gives y − target. */
  private NDArray backward(Held batch) {
    NDArray y;
    JniUtils.setGradMode(true);
    try {
      y = network.forward(batch.x, true);
    } finally {
      JniUtils.setGradMode(false);
    }
    NDArray error = y.sub(batch.target);
    JniUtils.backward((PtNDArray) y, (PtNDArray) loss.derivative(error), false, false);
    return error;
  }

  /**
   * The loss and its gradient, as a step meets them, dropout included; nothing moves.
   *
   * @param batch windows and targets
   */
  public Gradient gradient(Held batch) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      double mean = loss.mean(backward(batch));
      NamedWeights gradients = network.gradients();
      for (NDArray weight : network.trained()) {
        JniUtils.zeroGrad((PtNDArray) weight);
      }
      return new Gradient(mean, gradients);
    }
  }

  /**
   * The loss without dropout, as validation asks for it.
   *
   * @param batch windows and targets
   */
  public double loss(Held batch) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return loss.mean(network.forward(batch.x, false).sub(batch.target));
    }
  }

  /**
   * The outputs without dropout.
   *
   * @param batch windows; its targets are not read
   * @return {@code [window][output]} without gaps
   */
  public float[] outputs(Held batch) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return network.forward(batch.x, false).toFloatArray();
    }
  }

  /** A copy of the weights as they now are. */
  public NamedWeights weights() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return network.weights();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
