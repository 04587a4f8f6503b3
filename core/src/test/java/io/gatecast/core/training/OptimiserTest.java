package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.interop.Safetensors;
import io.gatecast.core.spec.OptimiserSpec;
import io.gatecast.core.weights.WeightTensor;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.training.Adam;
import io.gatecast.reference.training.Optimizer;
import io.gatecast.reference.training.OptimizerState;
import io.gatecast.reference.training.Sgd;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that the optimisers move parameters as the oracle's and PyTorch's do in double, up to a
 * float's rounding, and that clipping's factor acts as on the gradient itself.
 */
class OptimiserTest {
  /** Some dozen roundings of 6e-8, on parameters of about 1. */
  private static final double TOLERANCE = 3e-6;

  /** One optimiser and the name of its trace in the golden file. */
  record Golden(String name, OptimiserSpec spec) {}

  static Stream<Golden> golden() {
    return Stream.of(
        new Golden("adam", new OptimiserSpec.Adam(0.01)),
        new Golden("adam-betas", new OptimiserSpec.Adam(0.02, 0.8, 0.9, 1e-4)),
        new Golden("adamw", new OptimiserSpec.AdamW(0.01, 0.1)),
        new Golden("sgd", new OptimiserSpec.Sgd(0.001, 0)),
        new Golden("sgd-momentum", new OptimiserSpec.Sgd(0.001, 0.9)));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void parametersFollowPyTorchs(Golden golden) throws Exception {
    Map<String, WeightTensor> file = file();
    float[] parameters = tensor(file, "start");
    float[] gradients = tensor(file, "gradients");
    float[] expected = tensor(file, golden.name());
    int count = parameters.length;
    float[] gradient = new float[count];
    Optimiser optimiser = Optimiser.of(golden.spec(), count);

    for (int step = 0; step < gradients.length / count; step++) {
      System.arraycopy(gradients, step * count, gradient, 0, count);
      optimiser.update(parameters, gradient, 1, golden.spec().learningRate());
      for (int i = 0; i < count; i++) {
        double wanted = expected[step * count + i];
        assertEquals(
            wanted,
            parameters[i],
            TOLERANCE * Math.max(1, Math.abs(wanted)),
            "step " + step + ", parameter " + i);
      }
    }
    assertEquals(gradients.length / count, optimiser.steps());
  }

  /** One optimiser and the oracle's. */
  record Pair(OptimiserSpec ours, Optimizer oracles) {}

  static Stream<Pair> pairs() {
    return Stream.of(
        new Pair(new OptimiserSpec.Adam(0.003), new Adam(0.003)),
        new Pair(new OptimiserSpec.Adam(0.1, 0, 0, 1e-3), new Adam(0.1, 0, 0, 1e-3)),
        new Pair(new OptimiserSpec.Sgd(0.05, 0), new Sgd(0.05, 0)),
        new Pair(new OptimiserSpec.Sgd(0.05, 0.8), new Sgd(0.05, 0.8)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void parametersFollowTheOracles(Pair pair) {
    int count = 207;
    Random random = new Random(3);
    float[] parameters = numbers(random, count);
    float[] gradient = new float[count];
    Map<String, Tensor> weights = Map.of("w", Tensor.vector(wide(parameters)));
    Optimiser optimiser = Optimiser.of(pair.ours(), count);
    OptimizerState oracle = pair.oracles().start();

    for (int step = 0; step < 40; step++) {
      System.arraycopy(numbers(random, count), 0, gradient, 0, count);
      optimiser.update(parameters, gradient, 1, pair.ours().learningRate());
      weights = oracle.update(weights, Map.of("w", Tensor.vector(wide(gradient))));
    }

    double[] expected = Objects.requireNonNull(weights.get("w")).values();
    for (int i = 0; i < count; i++) {
      assertEquals(expected[i], parameters[i], 10 * TOLERANCE, "parameter " + i);
    }
  }

  static Stream<OptimiserSpec> optimisers() {
    return golden().map(Golden::spec);
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void scaleActsAsOnTheGradient(OptimiserSpec spec) {
    Random random = new Random(5);
    float[] start = numbers(random, 19);
    float[] gradient = numbers(random, 19);
    float[] quarter = new float[19];
    for (int i = 0; i < 19; i++) {
      quarter[i] = 0.25f * gradient[i]; // exact
    }
    float[] scaled = start.clone();
    float[] given = start.clone();
    Optimiser scaling = Optimiser.of(spec, 19);
    Optimiser plain = Optimiser.of(spec, 19);

    for (int step = 0; step < 3; step++) {
      scaling.update(scaled, gradient, 0.25, 0.01);
      plain.update(given, quarter, 1, 0.01);
    }

    for (int i = 0; i < 19; i++) {
      assertEquals(given[i], scaled[i]);
    }
  }

  private static Map<String, WeightTensor> file() throws Exception {
    try (InputStream stream =
        Objects.requireNonNull(
            OptimiserTest.class.getResourceAsStream("/training/optimisers.safetensors"))) {
      return Safetensors.read(stream, "optimisers.safetensors").tensors();
    }
  }

  private static float[] tensor(Map<String, WeightTensor> file, String name) {
    return Objects.requireNonNull(file.get(name), name).values();
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static double[] wide(float[] numbers) {
    double[] wide = new double[numbers.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = numbers[i];
    }
    return wide;
  }
}
