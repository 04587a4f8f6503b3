package io.gatecast.core.kernel;

import io.gatecast.core.network.Batch;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.network.NetworkChecks;
import io.gatecast.core.network.Outputs;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A network that reads segments, in ND4J operations: it runs whatever ND4J runs on, in float or
 * double, and is what the portable kernel has for {@link NetworkSpec#segments}. The equations are
 * those of {@link Segments}.
 *
 * <p>What dropout drops follows from the seed and the place alone, as in the float networks, and is
 * the same as there.
 */
public final class SegmentedNd4jNetwork implements DifferentiableNetwork {
  /** The head reads what a second layer would. */
  private static final int DROPOUT_LAYER = 1;

  private final SegmentedForward network;
  private final float[] parameters;
  private final SegmentArrays gradients;
  private final SegmentArrays room;

  /**
   * A network whose parameters are zero.
   *
   * @param spec a network that reads segments
   * @param kernel computes the recurrent layer
   * @param type {@code FLOAT}, or {@code DOUBLE} on the portable kernel
   * @throws IllegalArgumentException if the network reads step by step
   */
  public SegmentedNd4jNetwork(NetworkSpec spec, LayerKernel kernel, DataType type) {
    this(spec, kernel, type, SegmentedForward.NUMBERS);
  }

  SegmentedNd4jNetwork(NetworkSpec spec, LayerKernel kernel, DataType type, long numbers) {
    requireSegments(spec);
    NativeRuntime.require();
    this.network = new SegmentedForward(spec, kernel, new SegmentArrays(spec, type), numbers);
    this.parameters = new float[Math.toIntExact(spec.parameters())];
    this.gradients = new SegmentArrays(spec, type);
    this.room = new SegmentArrays(spec, type);
  }

  /**
   * A network in float on the kernel that is taken for float; its parameters are zero.
   *
   * @param spec a network that reads segments
   * @return the network; the caller closes it
   * @throws IllegalArgumentException if the network reads step by step
   */
  public static SegmentedNd4jNetwork of(NetworkSpec spec) {
    return new SegmentedNd4jNetwork(spec, Kernels.best(DataType.FLOAT), DataType.FLOAT);
  }

  /**
   * A network with fixed weights, for forecasts, in float on the kernel that is taken for float:
   * many threads may share it.
   *
   * @param spec a network that reads segments
   * @param parameters its parameters, as {@code core.weights.FlatLayout} lays them out; copied
   * @return the network; the caller closes it
   * @throws IllegalArgumentException if the network reads step by step, or has another number of
   *     parameters
   */
  public static Outputs outputs(NetworkSpec spec, float[] parameters) {
    requireSegments(spec);
    if (parameters.length != spec.parameters()) {
      throw new IllegalArgumentException(
          "parameters: expected " + spec.parameters() + ", found " + parameters.length);
    }
    NativeRuntime.require();
    SegmentArrays weights = new SegmentArrays(spec, DataType.FLOAT);
    weights.load(parameters);
    return new SegmentedForward(
        spec, Kernels.best(DataType.FLOAT), weights, SegmentedForward.NUMBERS);
  }

  private static void requireSegments(NetworkSpec spec) {
    if (spec.segments().isEmpty()) {
      throw new IllegalArgumentException(
          "spec: expected a network that reads segments, found one that reads step by step; take"
              + " Dl4jNetwork for it");
    }
  }

  @Override
  public NetworkSpec spec() {
    return network.spec();
  }

  @Override
  public String kernel() {
    return network.kernel();
  }

  @Override
  public float[] parameters() {
    return parameters;
  }

  @Override
  public double gradient(Batch batch, long dropoutSeed, float[] gradient) {
    NetworkChecks.gradient(spec(), batch, gradient);
    double share = spec().segments().orElseThrow().dropout();
    Dropout dropout = share > 0 ? Dropout.of(share, dropoutSeed, DROPOUT_LAYER) : null;
    network.weights().load(parameters);
    gradients.clear();
    double[] sum = {0};
    network.inParts(
        batch,
        dropout,
        true,
        (pass, from) -> {
          double[] y = pass.outputs();
          sum[0] += cost(batch, from, y);
          pass.backward(slopes(batch, from, y), gradients, room);
        });
    System.arraycopy(gradients.floats(), 0, gradient, 0, gradient.length);
    return sum[0] / terms(batch);
  }

  @Override
  public double loss(Batch batch) {
    NetworkChecks.loss(spec(), batch);
    network.weights().load(parameters);
    double[] sum = {0};
    network.inParts(
        batch, null, false, (pass, from) -> sum[0] += cost(batch, from, pass.outputs()));
    return sum[0] / terms(batch);
  }

  @Override
  public void outputs(Batch batch, float[] outputs) {
    network.weights().load(parameters);
    network.outputs(batch, outputs);
  }

  /** Numbers that the loss is the mean of. */
  private double terms(Batch batch) {
    return (double) spec().outputs() * batch.size();
  }

  /** The loss of each of a step's outputs; further outputs have the same again. */
  private Loss.Pointwise[] losses() {
    Loss.Pointwise[] losses = new Loss.Pointwise[spec().loss().outputsPerStep()];
    Arrays.setAll(losses, spec().loss()::ofOutput);
    return losses;
  }

  /** The sum over the outputs of some windows, of which the first one is given. */
  private double cost(Batch batch, int from, double[] y) {
    Loss.Pointwise[] losses = losses();
    int target = from * spec().outputs();
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += losses[i % losses.length].value(y[i], batch.y()[target + i]);
    }
    return sum;
  }

  private double[] slopes(Batch batch, int from, double[] y) {
    Loss.Pointwise[] losses = losses();
    double terms = terms(batch);
    int target = from * spec().outputs();
    double[] slopes = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      slopes[i] = losses[i % losses.length].derivative(y[i], batch.y()[target + i]) / terms;
    }
    return slopes;
  }

  @Override
  public void close() {
    network.close();
    gradients.close();
    room.close();
  }
}
