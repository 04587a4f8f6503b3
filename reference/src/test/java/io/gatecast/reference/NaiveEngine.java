package io.gatecast.reference;

import io.gatecast.reference.contract.EngineAnswer;
import io.gatecast.reference.contract.EngineCase;
import io.gatecast.reference.contract.RecurrentEngine;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A second implementation of the forward pass, on {@link NaiveCell}: it shares no arithmetic with
 * the oracle, so that the contract's comparisons mean something for the oracle itself. It has no
 * gradients; those are held against finite differences.
 */
final class NaiveEngine implements RecurrentEngine {
  @Override
  public Set<Feature> features() {
    return EnumSet.of(Feature.STATES, Feature.EVERY_STEP);
  }

  @Override
  public boolean supports(CellKind kind) {
    return true;
  }

  @Override
  public EngineAnswer run(EngineCase question) {
    List<Tensor> outputs = new ArrayList<>();
    List<List<State>> last = new ArrayList<>();
    for (int n = 0; n < question.x().size(); n++) {
      double[][] sequence = question.x().get(n).rows();
      List<State> states = new ArrayList<>();
      for (int layer = 0; layer < question.layers().size(); layer++) {
        NaiveCell cell =
            new NaiveCell(
                question.layers().get(layer), question.weights(), "layers." + layer + ".");
        State state = question.initial().get(n).get(layer);
        double[][] hidden = new double[sequence.length][];
        for (int t = 0; t < sequence.length; t++) {
          state = cell.next(sequence[t], state);
          hidden[t] = state.h();
        }
        states.add(state);
        sequence = hidden;
      }
      int first = question.readout() == Readout.EVERY_STEP ? 0 : sequence.length - 1;
      double[][] y = new double[sequence.length - first][];
      for (int t = first; t < sequence.length; t++) {
        y[t - first] = head(question.weights(), sequence[t]);
      }
      outputs.add(Tensor.matrix(y));
      last.add(List.copyOf(states));
    }
    return new EngineAnswer(outputs, last, Map.of(), List.of(), List.of());
  }

  private static double[] head(Map<String, Tensor> weights, double[] h) {
    Tensor v = Objects.requireNonNull(weights.get("head.weights"));
    double[] y = Objects.requireNonNull(weights.get("head.bias")).values();
    for (int k = 0; k < y.length; k++) {
      for (int j = 0; j < h.length; j++) {
        y[k] += v.get(k, j) * h[j];
      }
    }
    return y;
  }
}
