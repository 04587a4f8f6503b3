package io.gatecast.core.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.kernel.LayerKernel;
import io.gatecast.core.kernel.PortableKernel;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import io.gatecast.reference.NetworkPass;
import io.gatecast.reference.ReferenceNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Proves that the flow of a live network is the oracle's on the same weights, and known forms. */
class NetworkProbeTest {
  private static final CellSpec RELU = new CellSpec.Rnn(CellSpec.Activation.RELU);
  private static final CellSpec TANH = new CellSpec.Rnn(CellSpec.Activation.TANH);

  /** Every cell in stacks of one to three layers of different sizes, with both readouts. */
  static Stream<NetworkSpec> networks() {
    return CellSpec.all().stream()
        .flatMap(
            cell ->
                Stream.of(
                    network(Readout.LAST_STEP, Loss.of("squared"), layer(cell, 7)),
                    network(Readout.EVERY_STEP, Loss.of("huber(0.5)"), layer(cell, 1)),
                    network(
                        Readout.LAST_STEP,
                        Loss.of("quantiles(0.2,0.7)"),
                        layer(cell, 2),
                        layer(cell, 5)),
                    network(
                        Readout.EVERY_STEP,
                        Loss.of("absolute"),
                        layer(cell, 3),
                        layer(new CellSpec.Lstm(), 4),
                        layer(cell, 13))));
  }

  private static LayerSpec layer(CellSpec cell, int hidden) {
    return new LayerSpec(cell, hidden, 0);
  }

  private static NetworkSpec network(Readout readout, Loss loss, LayerSpec... layers) {
    return new NetworkSpec(3, List.of(layers), new HeadSpec(2, readout), loss);
  }

  /** Float numbers, so that every engine reads the same ones. */
  private static double[][] drawn(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      Arrays.setAll(row, k -> (float) (2 * random.nextDouble() - 1));
    }
    return values;
  }

  private static int outputsRead(NetworkSpec spec, int time) {
    return spec.head().readout() == Readout.EVERY_STEP ? time : 1;
  }

  private static List<GradientFlow> oracle(
      NetworkSpec spec, NamedWeights weights, double[][] window, double[][] outputGradient) {
    ReferenceNetwork network = Oracle.of(spec, weights);
    NetworkPass pass = network.forward(window, network.initialStates());
    return io.gatecast.reference.GradientFlow.of(network, pass, outputGradient).stream()
        .map(flow -> new GradientFlow(flow.loss(), flow.hidden(), flow.state()))
        .toList();
  }

  /** Each norm relative to itself: that of a step long past, too. */
  private static void agree(
      List<GradientFlow> expected, List<GradientFlow> found, double tolerance) {
    assertEquals(expected.size(), found.size());
    for (int n = 0; n < expected.size(); n++) {
      String layer = "layer " + n + ", ";
      agree(layer + "loss", expected.get(n).loss(), found.get(n).loss(), tolerance);
      agree(layer + "hidden", expected.get(n).hidden(), found.get(n).hidden(), tolerance);
      agree(layer + "state", expected.get(n).state(), found.get(n).state(), tolerance);
      assertEquals(expected.get(n).effectiveMemory(), found.get(n).effectiveMemory(), layer);
    }
  }

  private static void agree(
      String what, List<Double> expected, List<Double> found, double tolerance) {
    assertEquals(expected.size(), found.size(), what);
    for (int t = 0; t < expected.size(); t++) {
      double norm = expected.get(t);
      assertEquals(norm, found.get(t), tolerance * norm, what + " at step " + t);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void flowInDoubleIsTheOracles(NetworkSpec spec) {
    int time = 9;
    NamedWeights weights = RandomWeights.of(spec, 5);
    double[][] window = drawn(time, spec.inputs(), 6);
    double[][] gradient = drawn(outputsRead(spec, time), spec.outputs(), 7);
    NetworkProbe probe = new NetworkProbe(spec, weights, new PortableKernel(), DataType.DOUBLE);
    agree(oracle(spec, weights, window, gradient), probe.gradientFlowOf(window, gradient), 1e-10);
  }

  static Stream<LayerKernel> floatKernels() {
    return Kernels.available().stream().map(Kernels::of);
  }

  @ParameterizedTest
  @MethodSource("floatKernels")
  void flowInFloatIsTheOraclesOnEveryKernel(LayerKernel kernel) {
    for (NetworkSpec spec : networks().toList()) {
      flowInFloatIsTheOracles(spec, kernel, 12);
    }
    for (CellSpec cell : CellSpec.all()) {
      flowInFloatIsTheOracles(
          network(Readout.LAST_STEP, Loss.of("squared"), layer(cell, 33)), kernel, 40);
    }
  }

  private static void flowInFloatIsTheOracles(NetworkSpec spec, LayerKernel kernel, int time) {
    NamedWeights weights = RandomWeights.of(spec, 5);
    double[][] window = drawn(time, spec.inputs(), 6);
    double[][] gradient = drawn(outputsRead(spec, time), spec.outputs(), 7);
    NetworkProbe probe = new NetworkProbe(spec, weights, kernel, DataType.FLOAT);
    // Roundings add up with the steps and with the terms of each sum.
    double tolerance = 1e-6 * (time + spec.top().hidden());
    agree(
        oracle(spec, weights, window, gradient), probe.gradientFlowOf(window, gradient), tolerance);
  }

  /** The loss is the specification's mean over steps and outputs. */
  @ParameterizedTest
  @MethodSource("networks")
  void flowTowardsATargetIsThatOfTheNetworksLoss(NetworkSpec spec) {
    int time = 5;
    NamedWeights weights = RandomWeights.of(spec, 8);
    double[][] window = drawn(time, spec.inputs(), 9);
    double[][] target = drawn(outputsRead(spec, time), spec.outputs(), 10);
    ReferenceNetwork network = Oracle.of(spec, weights);
    NetworkPass pass = network.forward(window, network.initialStates());
    double[][] gradient = new double[target.length][spec.outputs()];
    for (int t = 0; t < target.length; t++) {
      for (int k = 0; k < spec.outputs(); k++) {
        double y = pass.outputs().get(t).get(k);
        gradient[t][k] =
            spec.loss().ofOutput(k).derivative(y, target[t][k]) / (target.length * spec.outputs());
      }
    }
    NetworkProbe probe = new NetworkProbe(spec, weights, new PortableKernel(), DataType.DOUBLE);
    agree(oracle(spec, weights, window, gradient), probe.gradientFlow(window, target), 1e-10);
  }

  @Test
  void flowOfALiveNetworkIsThatOfItsWeights() {
    NetworkSpec spec = NetworkSpec.uniform(new CellSpec.Lstm(), 3, 4, 2, 2, 0, Loss.of("squared"));
    NamedWeights weights = RandomWeights.of(spec, 11);
    double[][] window = drawn(8, 3, 12);
    double[][] gradient = drawn(1, 2, 13);
    try (RecurrentNetwork live = RecurrentNetwork.of(spec, weights)) {
      agree(
          oracle(spec, weights, window, gradient),
          NetworkProbe.of(live).gradientFlowOf(window, gradient),
          2e-5);
    }
  }

  /** Groups of unit vectors give what all of them together give. */
  @Test
  void boundedMemoryChangesNothing() {
    for (CellSpec cell : CellSpec.all()) {
      NetworkSpec spec = network(Readout.LAST_STEP, Loss.of("squared"), layer(cell, 7));
      NamedWeights weights = RandomWeights.of(spec, 14);
      double[][] window = drawn(6, spec.inputs(), 15);
      double[][] gradient = drawn(1, 2, 16);
      LayerKernel kernel = new PortableKernel();
      List<GradientFlow> whole =
          new NetworkProbe(spec, weights, kernel, DataType.DOUBLE).gradientFlowOf(window, gradient);
      for (int numbers : new int[] {0, 200}) {
        agree(
            whole,
            new NetworkProbe(spec, weights, kernel, DataType.DOUBLE, numbers)
                .gradientFlowOf(window, gradient),
            1e-13);
      }
    }
  }

  /** All weights zero but those named. */
  private static NamedWeights only(NetworkSpec spec, Map<String, float[]> values) {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    NamedWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              float[] zeros = new float[shape.length == 1 ? shape[0] : shape[0] * shape[1]];
              tensors.put(name, WeightTensor.of(values.getOrDefault(name, zeros), shape));
            });
    return NamedWeights.of(spec, tensors);
  }

  /**
   * A rectifier that stays on is linear: with U = ρ times a permutation, ∂h_T/∂h_t has norm
   * ρ^(T-t), whatever the lag: also where float has no such small number.
   */
  @Test
  void flowOfALinearLayerIsThePowerOfItsSpectralRadius() {
    NetworkSpec spec = network(Readout.LAST_STEP, Loss.of("squared"), layer(RELU, 3));
    int time = 300;
    double[][] window = new double[time][3];
    for (float radius : new float[] {0.5f, 0.75f, 1, 1.25f}) {
      NamedWeights weights =
          only(
              spec,
              Map.of(
                  "layers.0.hidden.recurrent_weights",
                  new float[] {0, radius, 0, 0, 0, radius, radius, 0, 0},
                  "layers.0.hidden.bias",
                  new float[] {1, 1, 1},
                  "head.weights",
                  new float[] {3, 0, 0, 0, 0, 0}));
      for (LayerKernel kernel : floatKernels().toList()) {
        GradientFlow flow =
            new NetworkProbe(spec, weights, kernel, DataType.FLOAT)
                .gradientFlowOf(window, new double[][] {{1, 0}})
                .get(0);
        for (int lag = 0; lag < time; lag++) {
          int t = time - 1 - lag;
          double expected = Math.pow(radius, lag);
          assertEquals(expected, flow.hidden().get(t), 1e-4 * expected, "lag " + lag);
          assertEquals(expected, flow.state().get(t), 1e-4 * expected, "lag " + lag);
          if (expected > 1e-30 && expected < 1e30) { // this one is the engine's own float
            assertEquals(3 * expected, flow.loss().get(t), 3e-4 * expected, "lag " + lag);
          }
        }
      }
    }
  }

  /** 0.5^7 is the first power of a half under 1 %; exploding gradients have no such lag. */
  @Test
  void effectiveMemoryIsTheFirstLagUnderOnePercent() {
    assertEquals(OptionalInt.of(7), memory(0.5, 40));
    assertEquals(OptionalInt.empty(), memory(0.5, 7));
    assertEquals(OptionalInt.empty(), memory(1.25, 40));
    assertEquals(OptionalInt.empty(), memory(0, 1));
    // It falls under 1 % of a first peak, then rises to a higher one, from which it must fall anew.
    List<Double> peaks = List.of(0.05, 0.2, 10.0, 0.001, 1.0);
    assertEquals(OptionalInt.of(4), new GradientFlow(peaks, peaks, peaks).effectiveMemory());
  }

  private static OptionalInt memory(double factor, int time) {
    List<Double> norms = new ArrayList<>();
    for (int t = 0; t < time; t++) {
      norms.add(Math.pow(factor, time - 1 - t));
    }
    return new GradientFlow(norms, norms, norms).effectiveMemory();
  }

  /** What the textbook says of a tanh layer with small and with large recurrent weights. */
  @Test
  void gradientsVanishAndExplode() {
    double small = firstOverLast(0.5);
    double large = firstOverLast(4);
    assertTrue(small < 1e-8, "expected a gradient that vanishes, found the ratio " + small);
    assertTrue(large > 1e4, "expected a gradient that explodes, found the ratio " + large);
  }

  /** ‖∂h_T/∂h_1‖ over ‖∂h_T/∂h_T‖ after 50 steps without input, U of a given spectral radius. */
  private static double firstOverLast(double radius) {
    int hidden = 64;
    NetworkSpec spec = network(Readout.LAST_STEP, Loss.of("squared"), layer(TANH, hidden));
    Random random = new Random(17);
    float[] recurrent = new float[hidden * hidden];
    for (int i = 0; i < recurrent.length; i++) {
      recurrent[i] = (float) (radius * random.nextGaussian() / Math.sqrt(hidden));
    }
    NamedWeights weights = only(spec, Map.of("layers.0.hidden.recurrent_weights", recurrent));
    double[][] window = new double[50][3];
    NetworkProbe probe =
        new NetworkProbe(spec, weights, Kernels.best(DataType.FLOAT), DataType.FLOAT);
    List<Double> norms = probe.gradientFlowOf(window, new double[][] {{1, 0}}).get(0).hidden();
    return norms.get(0) / norms.get(norms.size() - 1);
  }

  @Test
  void misfitsAreNamed() {
    NetworkSpec spec = network(Readout.EVERY_STEP, Loss.of("squared"), layer(TANH, 4));
    NetworkProbe probe =
        new NetworkProbe(spec, RandomWeights.of(spec, 1), new PortableKernel(), DataType.DOUBLE);
    double[][] window = new double[2][3];
    double[][] outputs = new double[2][2];
    refused(
        "window: expected at least 1 step, found 0",
        () -> probe.gradientFlow(new double[0][], outputs));
    refused(
        "window[1]: expected 3 numbers, found 1",
        () -> probe.gradientFlow(new double[][] {{1, 2, 3}, {1}}, outputs));
    refused(
        "target: expected 2 vectors, found 1", () -> probe.gradientFlow(window, new double[1][2]));
    refused(
        "outputGradient[0]: expected 2 numbers, found 3",
        () -> probe.gradientFlowOf(window, new double[2][3]));
    refused(
        "hidden, state: expected 1 steps, as many as the loss has, found 0 and 1",
        () -> new GradientFlow(List.of(1.0), List.of(), List.of(1.0)));
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
