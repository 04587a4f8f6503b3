package io.gatecast.reference.training;

import static io.gatecast.reference.training.LossTest.assertError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.CellKind;
import io.gatecast.reference.GradientSum;
import io.gatecast.reference.Readout;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Reset;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.contract.FiniteDifference;
import io.gatecast.reference.contract.RandomWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The objective's mean and gradient, and that the loop does what its parts do in their order. */
class TrainingTest {
  private static final List<CellKind> LAYERS = List.of(new CellKind.Gru(Reset.BEFORE));

  private static ReferenceNetwork network(Readout readout) {
    return ReferenceNetwork.fromWeights(
        LAYERS, readout, new RandomWeights(1).network(LAYERS, 2, 3, 2));
  }

  private static List<Example> examples(int count, int read) {
    RandomWeights random = new RandomWeights(5);
    List<Example> examples = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      examples.add(
          new Example(
              Tensor.matrix(random.sequence(4, 2)), Tensor.matrix(random.sequence(read, 2))));
    }
    return examples;
  }

  @ParameterizedTest
  @EnumSource(Readout.class)
  void gradientIsThatOfTheMean(Readout readout) {
    ReferenceNetwork network = network(readout);
    List<Example> batch = examples(3, readout == Readout.EVERY_STEP ? 4 : 1);
    Objective objective = new Objective(new Loss.Squared());
    Objective.Gradient gradient = objective.gradient(network, batch);

    double sum = 0;
    int terms = 0;
    for (Example example : batch) {
      List<Tensor> outputs = network.forward(example.x().rows(), network.initialStates()).outputs();
      for (int t = 0; t < outputs.size(); t++) {
        for (int k = 0; k < 2; k++) {
          double error = outputs.get(t).get(k) - example.targets().get(t, k);
          sum += error * error;
          terms++;
        }
      }
    }
    assertEquals(sum / terms, gradient.loss(), 1e-12);
    assertEquals(sum / terms, objective.value(network, batch), 1e-12);
    assertEquals(network.weights().keySet(), gradient.weights().keySet());
    network
        .weights()
        .forEach(
            (name, weight) -> {
              Tensor expected =
                  FiniteDifference.gradient(
                      weight,
                      at -> {
                        Map<String, Tensor> changed = new LinkedHashMap<>(network.weights());
                        changed.put(name, at);
                        return objective.value(network.withWeights(changed), batch);
                      });
              Tensor found = Objects.requireNonNull(gradient.weights().get(name));
              assertTrue(FiniteDifference.relativeDifference(found, expected, 1e-3) < 1e-7, name);
            });
  }

  /** Two levels of one step: by hand, the mean of {@code q (target − y)} or {@code (1 − q) e}. */
  @Test
  void quantilesChargeEachOutputByItsLevel() {
    ReferenceNetwork network = network(Readout.LAST_STEP);
    Objective objective = new Objective(new Loss.Quantiles(List.of(0.1, 0.9)));
    double sum = 0;
    for (Example example : examples(5, 1)) {
      Tensor y = network.forward(example.x().rows(), network.initialStates()).outputs().get(0);
      double low = y.get(0) - example.targets().get(0, 0);
      double high = y.get(1) - example.targets().get(0, 1);
      sum += low < 0 ? -0.1 * low : 0.9 * low;
      sum += high < 0 ? -0.9 * high : 0.1 * high;
    }
    assertEquals(sum / 10, objective.value(network, examples(5, 1)), 1e-14);
  }

  @Test
  void batchIsTheMeanOfItsExamples() {
    ReferenceNetwork network = network(Readout.LAST_STEP);
    List<Example> batch = examples(4, 1);
    Objective objective = new Objective(new Loss.Huber(0.3));
    GradientSum sum = new GradientSum();
    double loss = 0;
    for (Example example : batch) {
      Objective.Gradient single = objective.gradient(network, List.of(example));
      sum.addAll(single.weights());
      loss += single.loss() / 4;
    }
    Objective.Gradient whole = objective.gradient(network, batch);
    assertEquals(loss, whole.loss(), 1e-14);
    sum.tensors()
        .forEach(
            (name, tensor) -> {
              double[] found = Objects.requireNonNull(whole.weights().get(name)).values();
              for (int i = 0; i < found.length; i++) {
                assertEquals(tensor.values()[i] / 4, found[i], 1e-14, name);
              }
            });
  }

  /** One batch holds all examples, so that their order does not matter and the steps are known. */
  @Test
  void eachEpochIsGradientThenClippingThenUpdate() {
    List<Example> examples = examples(3, 1);
    Clipping clipping = new Clipping.ByGlobalNorm(0.05);
    Adam adam = new Adam(0.01);
    Objective objective = new Objective(new Loss.Squared());
    Training.Trained trained =
        new Training(new Loss.Squared(), clipping, adam, 3, 4, 1)
            .fit(network(Readout.LAST_STEP), examples);

    ReferenceNetwork network = network(Readout.LAST_STEP);
    OptimizerState state = adam.start();
    for (int epoch = 0; epoch < 4; epoch++) {
      Objective.Gradient gradient = objective.gradient(network, examples);
      assertTrue(Clipping.norm(gradient.weights().values()) > 0.05);
      assertEquals(gradient.loss(), trained.losses().get(epoch), 1e-12);
      network =
          network.withWeights(state.update(network.weights(), clipping.apply(gradient.weights())));
    }
    assertEquals(4, trained.losses().size());
    for (String name : network.weights().keySet()) {
      assertArrayEquals(
          Objects.requireNonNull(network.weights().get(name)).values(),
          Objects.requireNonNull(trained.network().weights().get(name)).values(),
          1e-12,
          name);
    }
  }

  @Test
  void everyExampleIsSeenOnceAnEpochInAnOrderOfTheSeeds() {
    List<Example> examples = examples(5, 1);
    Training training = training(2, 3, 1);
    Training.Trained trained = training.fit(network(Readout.LAST_STEP), examples);
    // Batches of two, two and one.
    assertEquals(9, trained.losses().size());
    assertEquals(trained.losses(), training.fit(network(Readout.LAST_STEP), examples).losses());
    assertNotEquals(
        trained.losses(), training(2, 3, 2).fit(network(Readout.LAST_STEP), examples).losses());
    // Hardly moving, so that an epoch's losses by batch add up to the mean over all examples.
    List<Double> still =
        new Training(new Loss.Squared(), new Clipping.None(), new Sgd(1e-300, 0), 2, 1, 1)
            .fit(network(Readout.LAST_STEP), examples)
            .losses();
    double mean = (2 * still.get(0) + 2 * still.get(1) + still.get(2)) / 5;
    assertEquals(
        new Objective(new Loss.Squared()).value(network(Readout.LAST_STEP), examples), mean, 1e-12);
    assertEquals(5, examples.size());
    assertEquals(examples(5, 1), examples);
  }

  private static Training training(int batchSize, int epochs, long seed) {
    return new Training(
        new Loss.Squared(), new Clipping.None(), new Sgd(0.1, 0.9), batchSize, epochs, seed);
  }

  /** Each cell learns to give back, at the end, what it was told at the first of five steps. */
  @ParameterizedTest
  @MethodSource("io.gatecast.reference.contract.RecurrentContract#kinds")
  void everyCellLearnsToRemember(CellKind kind) {
    List<CellKind> layers = List.of(kind);
    List<Example> examples = new ArrayList<>();
    for (double told : new double[] {-1, -0.5, 0, 0.5, 1}) {
      double[][] x = new double[5][1];
      x[0][0] = told;
      examples.add(new Example(Tensor.matrix(x), Tensor.matrix(new double[][] {{told}})));
    }
    ReferenceNetwork start =
        ReferenceNetwork.fromWeights(layers, Initialisation.weights(layers, 1, 8, 1, 3));
    Objective objective = new Objective(new Loss.Squared());
    Training.Trained trained =
        new Training(new Loss.Squared(), new Clipping.ByGlobalNorm(1), new Adam(0.02), 5, 300, 1)
            .fit(start, examples);
    // Always saying 0 costs 0.5.
    double last = objective.value(trained.network(), examples);
    assertTrue(last < 0.01, () -> "loss " + last);
    assertEquals(start.weights(), Initialisation.weights(layers, 1, 8, 1, 3));
  }

  @Test
  void misfitsAreNamed() {
    ReferenceNetwork network = network(Readout.LAST_STEP);
    Objective objective = new Objective(new Loss.Squared());
    assertError(
        "batch: expected at least 1 example, found 0",
        () -> objective.gradient(network, List.of()));
    assertError(
        "batch: expected at least 1 example, found 0", () -> objective.value(network, List.of()));
    assertError(
        "outputs: expected a multiple of 3, those per step of the loss, found 2",
        () ->
            new Objective(new Loss.Quantiles(List.of(0.1, 0.5, 0.9)))
                .value(network, examples(1, 1)));
    assertError(
        "targets: expected shape [1, 2], found [4, 2]",
        () -> objective.gradient(network, examples(1, 4)));
    Example narrow = new Example(Tensor.of(new double[8], 4, 2), Tensor.of(new double[1], 1, 1));
    assertError(
        "targets: expected shape [1, 2], found [1, 1]",
        () -> objective.value(network, List.of(narrow)));
    assertError(
        "x: expected a matrix [time, input], found rank 1",
        () -> new Example(Tensor.vector(1), Tensor.of(new double[1], 1, 1)));
    assertError(
        "targets: expected a matrix [outputs read, output], found rank 1",
        () -> new Example(Tensor.of(new double[1], 1, 1), Tensor.vector(1)));
    assertError("batchSize: expected at least 1, found 0", () -> training(0, 1, 1));
    assertError("epochs: expected at least 1, found 0", () -> training(1, 0, 1));
    assertError(
        "examples: expected at least 1, found 0", () -> training(1, 1, 1).fit(network, List.of()));
    assertThrows(
        UnsupportedOperationException.class,
        () -> objective.gradient(network, examples(1, 1)).weights().clear());
  }
}
