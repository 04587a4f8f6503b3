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
      learning.add(new NetworkRows(kernel.arithmetic(), packed, true));
      looking.add(new NetworkRows(kernel.arithmetic(), packed, false));
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
                (part, from, to) -> {
                  NetworkRows rows = learning.get(part);
                  rows.clear();
                  rows.forward(batch.x(), batch.time(), from, to, dropoutSeed, true);
                  rows.backward(batch.y(), 1 / terms, dropoutSeed);
                  return rows.loss(batch.y());
                });
    Arrays.fill(gradient, 0);
    for (int part = 0; part < losses.size(); part++) { // in order: the same sums every time
      packed.addGradient(learning.get(part), gradient);
    }
    return losses.stream().mapToDouble(loss -> loss).sum() / terms;
  }

  @Override
  public double loss(Batch batch) {
    NetworkChecks.loss(spec, batch);
    packed.load(parameters);
    return kernel
            .rows()
            .share(batch.size(), (part, from, to) -> look(part, batch, from, to).loss(batch.y()))
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
              look(part, batch, from, to).outputs(outputs);
              return part;
            });
  }

  private NetworkRows look(int part, Batch batch, int from, int to) {
    NetworkRows rows = looking.get(part);
    rows.forward(batch.x(), batch.time(), from, to, 0, false);
    return rows;
  }

  /** Frees what BLAS has off the heap; there is nothing else. */
  @Override
  public void close() {
    packed.close();
  }
}
