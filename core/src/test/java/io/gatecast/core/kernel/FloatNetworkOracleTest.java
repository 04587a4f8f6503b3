package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.DrawnBatch;
import io.gatecast.core.fixtures.Networks;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.network.Batch;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.contract.FiniteDifference;
import io.gatecast.reference.training.Example;
import io.gatecast.reference.training.Objective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that whole networks in float have the oracle's loss and gradient: for all losses and both
 * readouts on mixed stacks, and for sizes that fill no vector.
 */
class FloatNetworkOracleTest {
  private static final double TOLERANCE = 1e-5;

  static Stream<FloatKernel> kernels() {
    return Stream.of(Kernels.vector(1), Kernels.vector(2), Kernels.blas());
  }

  static Stream<Arguments> stacks() {
    return kernels()
        .flatMap(
            kernel ->
                Stream.concat(Networks.varied(), mixedStacksOfEachLoss())
                    .map(spec -> Arguments.of(kernel, spec)));
  }

  static Stream<NetworkSpec> mixedStacksOfEachLoss() {
    return Networks.losses()
        .flatMap(
            loss ->
                Stream.of(Readout.values())
                    .map(readout -> Networks.of(Networks.mixed(), readout, loss)));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void lossAndGradientAreTheOracles(FloatKernel kernel, NetworkSpec spec) {
    for (int size : new int[] {1, 5, 9}) {
      check(kernel, spec, DrawnBatch.of(spec, size, 6, 2));
    }
  }

  static Stream<Arguments> awkwardSizes() {
    return kernels()
        .flatMap(
            kernel ->
                CellSpec.all().stream()
                    .flatMap(
                        cell ->
                            IntStream.of(1, 13, 16, 17, 207)
                                .mapToObj(hidden -> Arguments.of(kernel, cell, hidden))));
  }

  /** What fills vectors up is zero: it reaches neither outputs nor gradients. */
  @ParameterizedTest
  @MethodSource("awkwardSizes")
  void paddingOfUnitsInputsAndOutputsIsNotSeen(FloatKernel kernel, CellSpec cell, int hidden) {
    for (int inputs = 1; inputs <= 9; inputs++) {
      List<LayerSpec> layers = List.of(new LayerSpec(cell, hidden, 0));
      HeadSpec head = new HeadSpec(10 - inputs, Readout.EVERY_STEP);
      NetworkSpec spec = new NetworkSpec(inputs, layers, head, new Loss.Squared());
      check(kernel, spec, DrawnBatch.of(spec, 5, 3, inputs));
    }
  }

  /** One layer's padding beside another's: a stack of sizes that all need some. */
  @ParameterizedTest
  @MethodSource("kernels")
  void paddingBetweenLayersIsNotSeen(FloatKernel kernel) {
    for (CellSpec cell : CellSpec.all()) {
      for (int[] sizes : new int[][] {{1, 17, 3}, {17, 1, 33}, {16, 15, 17}}) {
        List<LayerSpec> layers =
            IntStream.of(sizes).mapToObj(size -> new LayerSpec(cell, size, 0)).toList();
        NetworkSpec spec =
            new NetworkSpec(5, layers, new HeadSpec(17, Readout.LAST_STEP), new Loss.Squared());
        check(kernel, spec, DrawnBatch.of(spec, 6, 4, 3));
      }
    }
  }

  private static void check(FloatKernel kernel, NetworkSpec spec, Batch batch) {
    NamedWeights weights = RandomWeights.of(spec, 1);
    Objective.Gradient expected =
        new Objective(Oracle.loss(spec.loss()))
            .gradient(Oracle.of(spec, weights), DrawnBatch.examples(spec, batch));
    FlatLayout layout = FlatLayout.of(spec);
    FloatNetwork network = new FloatNetwork(spec, kernel);
    layout.write(weights, network.parameters());
    float[] gradient = new float[layout.length()];

    assertEquals(expected.loss(), network.loss(batch), TOLERANCE * expected.loss());
    assertEquals(
        expected.loss(), network.gradient(batch, 0, gradient), TOLERANCE * expected.loss());
    Oracle.assertClose(expected.weights(), layout.read(gradient), TOLERANCE);
  }

  /** In double, so that the quotient is good to more digits than the gradient under test. */
  @ParameterizedTest
  @MethodSource("mixedStacksOfEachLoss")
  void gradientIsTheFiniteDifferenceOfTheOraclesLoss(NetworkSpec spec) {
    Batch batch = DrawnBatch.of(spec, 5, 6, 2);
    List<Example> examples = DrawnBatch.examples(spec, batch);
    NamedWeights weights = RandomWeights.of(spec, 1);
    ReferenceNetwork oracle = Oracle.of(spec, weights);
    Objective objective = new Objective(Oracle.loss(spec.loss()));
    FlatLayout layout = FlatLayout.of(spec);
    FloatNetwork network = new FloatNetwork(spec, Kernels.vector(2));
    layout.write(weights, network.parameters());
    float[] gradient = new float[layout.length()];
    network.gradient(batch, 0, gradient);

    Map<String, Tensor> found = Oracle.wide(layout.read(gradient));
    Map<String, Tensor> all = oracle.weights();
    found.forEach(
        (name, tensor) -> {
          Map<String, Tensor> changed = new LinkedHashMap<>(all);
          Tensor quotient =
              FiniteDifference.gradient(
                  tensorOf(all, name),
                  other -> {
                    changed.put(name, other);
                    return objective.value(oracle.withWeights(changed), examples);
                  });
          double difference = FiniteDifference.relativeDifference(tensor, quotient, 1e-2);
          assertTrue(difference <= TOLERANCE, () -> name + ": found " + difference);
        });
  }

  private static Tensor tensorOf(Map<String, Tensor> tensors, String name) {
    return tensors.getOrDefault(name, Tensor.vector(0));
  }
}
