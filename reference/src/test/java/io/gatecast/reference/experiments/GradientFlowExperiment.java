package io.gatecast.reference.experiments;

import io.gatecast.reference.GradientFlow;
import io.gatecast.reference.NetworkPass;
import io.gatecast.reference.Readout;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/**
 * How much of a gradient survives the way back, in networks that are not trained: vanilla RNNs of
 * chosen spectral radius, GRUs and LSTMs.
 *
 * <p>Each network reads sequences of normal numbers, in one of two regimes. It is measured over
 * several seeds, each with weights and a sequence of its own; what is reported of a lag is the
 * median.
 *
 * @param hidden units of each network
 * @param length T, steps of each sequence
 * @param seeds how many; odd, so that a median is one of the measurements
 */
record GradientFlowExperiment(int hidden, int length, int seeds) {
  static final List<Double> RADII = List.of(0.5, 0.9, 1.0, 1.1);
  private static final int INPUT = 8;

  /** How large the inputs are: the standard deviation of their numbers. */
  enum Regime {
    /** So small that tanh is the identity to all digits that matter: a linear network. */
    LINEAR("tiny inputs", 1e-20),

    /** Standardised inputs, as a network meets them in practice: tanh saturates. */
    STANDARD("standardised inputs", 1);

    private final String title;
    private final double deviation;

    Regime(String title, double deviation) {
      this.title = title;
      this.deviation = deviation;
    }

    String title() {
      return title;
    }
  }

  /**
   * What was measured of one network in one regime. Each list has one element for each lag {@code T
   * − t}, that of lag 0 first.
   *
   * @param state the medians of ‖∂h_T/∂s_t‖
   * @param loss the medians of ‖∂L/∂h_t‖ / ‖∂L/∂h_T‖
   * @param memory the median effective memory in steps; empty if the norm does not fall to 1 %
   */
  record Flow(List<Double> state, List<Double> loss, OptionalInt memory) {
    double at(int lag) {
      return state.get(lag);
    }

    double largest() {
      return state.stream().reduce(0.0, Math::max);
    }
  }

  private interface Networks {
    ReferenceNetwork of(long seed);
  }

  /** The vanilla RNN with tanh, U orthogonal times ρ. */
  Flow orthogonal(double radius, Regime regime) {
    return measure(seed -> vanilla(RecurrentMatrix.orthogonal(hidden, radius, seed), seed), regime);
  }

  /** The vanilla RNN with tanh, U Gaussian and scaled to ρ. */
  Flow gaussian(double radius, Regime regime) {
    return measure(seed -> vanilla(RecurrentMatrix.gaussian(hidden, radius, seed), seed), regime);
  }

  /** A contender at its start. */
  Flow contender(Contender contender, Regime regime) {
    return measure(
        seed -> contender.network(INPUT, hidden, 1, Readout.LAST_STEP, length, seed), regime);
  }

  private ReferenceNetwork vanilla(Tensor recurrent, long seed) {
    ReferenceNetwork network =
        Contender.RNN.network(INPUT, hidden, 1, Readout.LAST_STEP, length, seed);
    Map<String, Tensor> weights = new LinkedHashMap<>(network.weights());
    weights.put("layers.0.hidden.recurrent_weights", recurrent);
    return network.withWeights(weights);
  }

  private Flow measure(Networks networks, Regime regime) {
    List<GradientFlow> flows = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      ReferenceNetwork network = networks.of(seed);
      Random random = new Random(-seed);
      double[][] x = new double[length][INPUT];
      for (double[] step : x) {
        for (int k = 0; k < INPUT; k++) {
          step[k] = regime.deviation * random.nextGaussian();
        }
      }
      NetworkPass pass = network.forward(x, network.initialStates());
      flows.add(GradientFlow.of(network, pass, new double[][] {{1}}).get(0));
    }
    List<Double> state = new ArrayList<>();
    List<Double> loss = new ArrayList<>();
    for (int lag = 0; lag < length; lag++) {
      int t = length - 1 - lag;
      state.add(median(flows.stream().map(flow -> flow.state().get(t)).toList()));
      loss.add(
          median(
              flows.stream()
                  .map(flow -> flow.loss().get(t) / flow.loss().get(length - 1))
                  .toList()));
    }
    double memory =
        median(
            flows.stream()
                .map(flow -> (double) flow.effectiveMemory().orElse(Integer.MAX_VALUE))
                .toList());
    return new Flow(
        List.copyOf(state),
        List.copyOf(loss),
        memory == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) memory));
  }

  private static double median(List<Double> values) {
    return Numbers.median(values.stream().sorted().toList());
  }
}
