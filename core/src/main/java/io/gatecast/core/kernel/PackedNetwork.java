package io.gatecast.core.kernel;

import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.FlatLayout;
import java.util.ArrayList;
import java.util.List;

/** A whole network's weights, padded and packed for the products of its layers and head. */
final class PackedNetwork implements AutoCloseable {
  final NetworkSpec spec;
  final List<PackedWeights> layers = new ArrayList<>();
  final PackedHead head;
  private final FlatLayout layout;

  /**
   * Zeros.
   *
   * @param backward whether there will be a way back
   */
  PackedNetwork(Arithmetic arithmetic, NetworkSpec spec, boolean backward) {
    this.spec = spec;
    this.layout = FlatLayout.of(spec);
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      layers.add(new PackedWeights(arithmetic, shape(layer), backward));
    }
    head = new PackedHead(arithmetic, spec.top().hidden(), spec.outputs(), backward);
  }

  private LayerShape shape(int layer) {
    LayerSpec one = spec.layers().get(layer);
    return new LayerShape(one.cell(), spec.inputsOf(layer), one.hidden());
  }

  private LayerWeights view(int layer, float[] flat) {
    return new LayerWeights(shape(layer), flat, layout.inputWeights(layer));
  }

  /** Takes over parameters in DL4J's flat order. */
  void load(float[] parameters) {
    for (int layer = 0; layer < layers.size(); layer++) {
      layers.get(layer).load(view(layer, parameters));
    }
    head.load(parameters, layout.headWeights(), layout.headBias());
  }

  /** Frees what lies off the heap. */
  @Override
  public void close() {
    layers.forEach(PackedWeights::close);
    head.close();
  }

  /** Adds what some rows found to a gradient in the parameters' order. */
  void addGradient(NetworkRows rows, float[] gradient) {
    for (int layer = 0; layer < layers.size(); layer++) {
      layers.get(layer).addGradient(rows.gradients.get(layer), view(layer, gradient));
    }
    head.addGradient(
        rows.headGradient,
        rows.headBiasGradient,
        gradient,
        layout.headWeights(),
        layout.headBias());
  }
}
