package io.gatecast.core.kernel;

import io.gatecast.core.network.Batch;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.network.NetworkChecks;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.FlatLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A whole network in float on plain arrays, for training: each thread takes some rows of the batch
 * through all layers and back, so that threads meet once a step. Its memory is used again from step
 * to step.
 */
final class FloatNetwork implements DifferentiableNetwork {
  private final NetworkSpec spec;
  private final FloatKernel kernel;
  private final float[] parameters;
  private final PackedNetwork packed;
  private final List<NetworkRows> learning = new ArrayList<>();
  private final List<NetworkRows> looking = new ArrayList<>();

  FloatNetwork(NetworkSpec spec, FloatKernel kernel) {
    this.spec = spec;
    this.kernel = kernel;
    this.parameters = new float[FlatLayout.of(spec).length()];
    this.packed = new PackedNetwork(kernel.arithmetic(), spec, true);
    for (int part = 0; part < kernel.rows().threads(); part++) {
      learning.add(NetworkRows.of(kernel.arithmetic(), packed, true));
      looking.add(NetworkRows.of(kernel.arithmetic(), packed, false));
    }
  }

  @Override
  public NetworkSpec spec() {
    return spec;
  }

  @Override
  public String kernel() {
    return kernel.name();
  }

  @Override
  public float[] parameters() {
    return parameters;
  }

  /** Numbers that a window's loss is the mean of. */
  private double terms(Batch batch) {
    return (double) spec.outputs() * spec.head().steps(batch.time()) * batch.size();
  }

  @Override
  public double gradient(Batch batch, long dropoutSeed, float[] gradient) {
    NetworkChecks.gradient(spec, batch, gradient);
    packed.load(parameters);
    double terms = terms(batch);
    List<Double> losses =
        kernel
            .rows()
            .share(
                batch.size(),
                (part, from, to) ->
                    learning.get(part).gradient(batch, from, to, 1 / terms, dropoutSeed));
    Arrays.fill(gradient, 0);
    for (int part = 0; part < losses.size(); part++) { // in order: the same sums every time
      learning.get(part).addTo(gradient);
    }
    return losses.stream().mapToDouble(loss -> loss).sum() / terms;
  }

  @Override
  public double loss(Batch batch) {
    NetworkChecks.loss(spec, batch);
    packed.load(parameters);
    return kernel
            .rows()
            .share(batch.size(), (part, from, to) -> looking.get(part).loss(batch, from, to))
            .stream()
            .mapToDouble(loss -> loss)
            .sum()
        / terms(batch);
  }

  @Override
  public void outputs(Batch batch, float[] outputs) {
    NetworkChecks.outputs(spec, batch, outputs);
    packed.load(parameters);
    kernel
        .rows()
        .share(
            batch.size(),
            (part, from, to) -> {
              looking.get(part).outputs(batch.x(), batch.time(), from, to, outputs);
              return part;
            });
  }

  /** Frees what BLAS has off the heap; there is nothing else. */
  @Override
  public void close() {
    packed.close();
  }
}
