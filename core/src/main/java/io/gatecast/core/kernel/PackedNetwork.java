package io.gatecast.core.kernel;

import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.FlatLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole network's weights, padded and packed for the products of its layers and head. */
final class PackedNetwork implements AutoCloseable {
  final NetworkSpec spec;
  final List<PackedWeights> layers = new ArrayList<>();
  final PackedHead head;

  /** What surrounds the layer of a network that reads segments. */
  final Optional<PackedSegments> segments;

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
    head = new PackedHead(arithmetic, spec.top().hidden(), spec.headWidth(), backward);
    segments = spec.segments().map(of -> new PackedSegments(arithmetic, spec, layers.get(0)));
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
    segments.ifPresent(of -> of.load(parameters));
  }

  /** Frees what lies off the heap. */
  @Override
  public void close() {
    layers.forEach(PackedWeights::close);
    head.close();
    segments.ifPresent(PackedSegments::close);
  }

  /**
   * Adds what some rows found to a gradient in the parameters' order.
   *
   * @param ofLayers one for each layer
   * @param ofHead ∂L/∂V turned, {@code [hidden, outputs]}, padded
   * @param ofHeadBias ∂L/∂c, padded
   */
  void addGradient(
      List<RowsGradient> ofLayers, float[] ofHead, float[] ofHeadBias, float[] gradient) {
    for (int layer = 0; layer < layers.size(); layer++) {
      layers.get(layer).addGradient(ofLayers.get(layer), view(layer, gradient));
    }
    head.addGradient(ofHead, ofHeadBias, gradient, layout.headWeights(), layout.headBias());
  }
}
