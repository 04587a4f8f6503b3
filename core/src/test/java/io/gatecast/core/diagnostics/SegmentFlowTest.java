package io.gatecast.core.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.fixtures.SegmentedNetworks;
import io.gatecast.core.fixtures.SegmentedOracle;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.kernel.PortableKernel;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.reference.NetworkPass;
import io.gatecast.reference.Readout;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.SegmentedNetwork;
import io.gatecast.reference.SegmentedPass;
import io.gatecast.reference.SequenceGradient;
import io.gatecast.reference.SequencePass;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.Unrolled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Proves that the flow of a network that reads segments is the oracle's: that of a layer over the
 * embedded segments, whose last state the answers read.
 */
class SegmentFlowTest {
  private static final int TIME = SegmentedNetworks.TIME;

  static Stream<NetworkSpec> networks() {
    return Stream.concat(SegmentedNetworks.varied(), SegmentedNetworks.ofEachLoss());
  }

  private static double[][] drawn(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      Arrays.setAll(row, k -> (float) (2 * random.nextDouble() - 1));
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void flowInDoubleIsTheMeanOfTheOraclesOverChannels(NetworkSpec spec) {
    NamedWeights weights = RandomWeights.of(spec, 5);
    double[][] window = drawn(TIME, spec.inputs(), 6);
    double[][] gradient = drawn(1, spec.outputs(), 7);
    NetworkProbe probe = new NetworkProbe(spec, weights, new PortableKernel(), DataType.DOUBLE);
    agree(
        oracle(spec, weights, window, gradient[0]), probe.gradientFlowOf(window, gradient), 1e-10);
  }

  /** Towards a target it is the flow of the network's own loss. */
  @ParameterizedTest
  @MethodSource("networks")
  void flowTowardsATargetIsThatOfTheNetworksLoss(NetworkSpec spec) {
    NamedWeights weights = RandomWeights.of(spec, 8);
    double[][] window = drawn(TIME, spec.inputs(), 9);
    double[][] target = drawn(1, spec.outputs(), 10);
    double[] y = SegmentedOracle.of(spec, weights).forward(window);
    double[] slopes = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      slopes[i] = spec.loss().ofOutput(i).derivative(y[i], target[0][i]) / y.length;
    }
    NetworkProbe probe = new NetworkProbe(spec, weights, new PortableKernel(), DataType.DOUBLE);
    agree(oracle(spec, weights, window, slopes), probe.gradientFlow(window, target), 1e-10);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void flowOfALiveNetworkIsThatOfItsWeights(NetworkSpec spec) {
    NamedWeights weights = RandomWeights.of(spec, 11);
    double[][] window = drawn(TIME, spec.inputs(), 12);
    double[][] gradient = drawn(1, spec.outputs(), 13);
    try (RecurrentNetwork live = RecurrentNetwork.of(spec, weights)) {
      agree(
          oracle(spec, weights, window, gradient[0]),
          NetworkProbe.of(live).gradientFlowOf(window, gradient),
          2e-5);
    }
  }

  @Test
  void windowsThatTheLinearMapCannotReadAreRefused() {
    NetworkSpec spec = SegmentedNetworks.ofEachLoss().findFirst().orElseThrow();
    NetworkProbe probe =
        new NetworkProbe(spec, RandomWeights.of(spec, 1), new PortableKernel(), DataType.DOUBLE);
    assertEquals(
        "window: expected at least 4 steps, which the linear map of the segments reads, found 3",
        Messages.of(
            IllegalArgumentException.class,
            () -> probe.gradientFlow(new double[3][6], new double[1][15])));
  }

  private static void agree(GradientFlow expected, List<GradientFlow> flows, double tolerance) {
    assertEquals(1, flows.size());
    GradientFlow found = flows.get(0);
    agree("loss", expected.loss(), found.loss(), tolerance);
    agree("hidden", expected.hidden(), found.hidden(), tolerance);
    agree("state", expected.state(), found.state(), tolerance);
  }

  private static void agree(
      String what, List<Double> expected, List<Double> found, double tolerance) {
    assertEquals(expected.size(), found.size(), what);
    for (int s = 0; s < expected.size(); s++) {
      double norm = expected.get(s);
      assertEquals(norm, found.get(s), tolerance * norm, what + " at segment " + s);
    }
  }

  private static GradientFlow oracle(
      NetworkSpec spec, NamedWeights weights, double[][] window, double[] slopes) {
    SegmentedNetwork network = SegmentedOracle.of(spec, weights);
    List<SegmentedPass.Channel> channels = network.pass(window).channels();
    int segments = spec.segments().orElseThrow().count(window.length);
    double[][] means = new double[3][segments];
    for (int c = 0; c < channels.size(); c++) {
      GradientFlow flow = oracle(spec, network, channels.get(c), ofChannel(network, c, slopes));
      List<List<Double>> norms = List.of(flow.loss(), flow.hidden(), flow.state());
      for (int n = 0; n < means.length; n++) {
        for (int s = 0; s < segments; s++) {
          means[n][s] += norms.get(n).get(s) / channels.size();
        }
      }
    }
    return new GradientFlow(listed(means[0]), listed(means[1]), listed(means[2]));
  }

  private static List<Double> listed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double[] ofChannel(SegmentedNetwork network, int channel, double[] slopes) {
    int perStep = network.settings().outputsPerStep();
    double[] own = new double[network.settings().horizon() * perStep];
    for (int i = 0; i < own.length; i++) {
      own[i] = slopes[network.settings().index(i / perStep, channel, i % perStep)];
    }
    return own;
  }

  /** Along the oracle's own way over the segments, in its own parts. */
  private static GradientFlow oracle(
      NetworkSpec spec, SegmentedNetwork network, SegmentedPass.Channel pass, double[] slopes) {
    Unrolled layer =
        new Unrolled(
            Oracle.kind(spec.top().cell()).cellFromWeights(network.weights(), "layers.0."));
    State last = layer.cell().initialState();
    double[][] head = tensor(network, "head.weights").rows();
    for (int k = 0; k < pass.answers().size(); k++) {
      double[] dh = new double[spec.top().hidden()];
      for (int i = 0; i < head.length && k * head.length + i < slopes.length; i++) {
        for (int j = 0; j < dh.length; j++) {
          dh[j] += pass.sigma() * slopes[k * head.length + i] * head[i][j];
        }
      }
      last =
          plus(
              last,
              layer
                  .backward(pass.answers().get(k), new double[][] {dh}, layer.cell().initialState())
                  .initial());
    }
    return new GradientFlow(
        losses(layer, pass.reading(), last),
        jacobians(spec, network, pass).hidden(),
        jacobians(spec, network, pass).state());
  }

  private static State plus(State a, State b) {
    if (a instanceof State.HiddenAndCell first && b instanceof State.HiddenAndCell second) {
      double[] sum = first.c();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += second.c()[i];
      }
      return State.of(first.h(), sum).plusHidden(second.h());
    }
    return a.plusHidden(b.h());
  }

  /** ‖∂L/∂h_s‖ for all s, each by a way back of its own over the segments behind it. */
  private static List<Double> losses(Unrolled layer, SequencePass reading, State last) {
    List<Double> norms = new ArrayList<>();
    int steps = reading.time();
    for (int s = 0; s < steps; s++) {
      double[][] x = new double[steps - 1 - s][];
      for (int t = 0; t < x.length; t++) {
        x[t] = reading.x().get(s + 1 + t).values();
      }
      double[] gradient = last.h();
      if (x.length > 0) {
        SequencePass rest = layer.forward(x, reading.before(s + 1));
        SequenceGradient back = layer.backward(rest, new double[x.length][gradient.length], last);
        gradient = back.initial().h();
      }
      norms.add(Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum()));
    }
    return norms;
  }

  /** Those of a network that reads the embedded segments step by step. */
  private static io.gatecast.reference.GradientFlow jacobians(
      NetworkSpec spec, SegmentedNetwork network, SegmentedPass.Channel pass) {
    Map<String, Tensor> weights = new LinkedHashMap<>(network.weights());
    weights.keySet().removeIf(name -> name.startsWith("segments."));
    ReferenceNetwork steps =
        ReferenceNetwork.fromWeights(
            List.of(Oracle.kind(spec.top().cell())), Readout.LAST_STEP, weights);
    double[][] embedded =
        Arrays.stream(pass.mapped().rows())
            .map(row -> Arrays.stream(row).map(a -> Math.max(0, a)).toArray())
            .toArray(double[][]::new);
    NetworkPass whole = steps.forward(embedded, steps.initialStates());
    return io.gatecast.reference.GradientFlow.of(steps, whole, new double[1][spec.headWidth()])
        .get(0);
  }

  private static Tensor tensor(SegmentedNetwork network, String name) {
    return network.weights().getOrDefault(name, Tensor.vector(0));
  }
}
