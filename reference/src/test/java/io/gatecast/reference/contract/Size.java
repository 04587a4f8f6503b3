package io.gatecast.reference.contract;

import io.gatecast.reference.CellKind;
import io.gatecast.reference.Readout;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.Unrolled;
import io.gatecast.reference.contract.RecurrentEngine.Feature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How large a drawn case is.
 *
 * @param batch sequences
 * @param time steps
 * @param input inputs a step
 * @param hidden hidden units of each layer
 * @param output outputs of the head
 * @param depth layers
 */
record Size(int batch, int time, int input, int hidden, int output, int depth) {
  /**
   * A case of this size, all layers of one kind, from a seed. Recurrent weights are scaled to the
   * hidden size, or wide layers would be chaotic: a rounding would then grow from step to step, and
   * not the engine but the network be at fault.
   */
  EngineCase draw(CellKind kind, Set<Feature> features, long seed) {
    RandomWeights random = new RandomWeights(seed);
    List<CellKind> layers = Collections.nCopies(depth, kind);
    Map<String, Tensor> weights = random.network(layers, input, hidden, output);
    weights.replaceAll(
        (name, tensor) ->
            tensor.rank() == 1 ? tensor : scaled(tensor, 1.5 / Math.sqrt(tensor.shape()[1])));
    Readout readout =
        features.contains(Feature.EVERY_STEP) ? Readout.EVERY_STEP : Readout.LAST_STEP;
    ReferenceNetwork network = ReferenceNetwork.fromWeights(layers, readout, weights);

    List<Tensor> x = new ArrayList<>();
    List<List<State>> initial = new ArrayList<>();
    List<Tensor> outputGradient = new ArrayList<>();
    for (int n = 0; n < batch; n++) {
      x.add(Tensor.matrix(random.sequence(time, input)));
      initial.add(states(network, features.contains(Feature.STATES), random));
      int read = readout == Readout.EVERY_STEP ? time : 1;
      outputGradient.add(Tensor.matrix(random.sequence(read, output)));
    }
    List<List<State>> lastGradient = new ArrayList<>();
    for (int n = 0; n < batch; n++) {
      lastGradient.add(states(network, features.contains(Feature.LAST_STATE_GRADIENTS), random));
    }
    return new EngineCase(layers, readout, weights, x, initial, outputGradient, lastGradient);
  }

  /** One for each layer: drawn, or zeros. */
  private static List<State> states(ReferenceNetwork network, boolean drawn, RandomWeights random) {
    return network.layers().stream()
        .map(Unrolled::cell)
        .map(cell -> drawn ? random.state(cell) : cell.initialState())
        .toList();
  }

  private static Tensor scaled(Tensor tensor, double factor) {
    double[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return Tensor.of(values, tensor.shape());
  }

  @Override
  public String toString() {
    return "batch "
        + batch
        + ", time "
        + time
        + ", input "
        + input
        + ", hidden "
        + hidden
        + ", output "
        + output
        + ", depth "
        + depth;
  }
}
