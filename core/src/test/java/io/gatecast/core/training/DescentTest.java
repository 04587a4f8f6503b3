package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.FaultyNetwork;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.OracleTraining;
import io.gatecast.core.network.Batch;
import io.gatecast.core.network.BatchBuffer;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.OptimiserSpec;
import io.gatecast.core.spec.ScheduleSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.training.Adam;
import io.gatecast.reference.training.Clipping;
import io.gatecast.reference.training.Objective;
import io.gatecast.reference.training.OptimizerState;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that steps follow the oracle's training, that clipping and schedule act as written, and
 * that a step on what is no number is not made.
 */
class DescentTest {
  private static final int[] ORDER = {4, 1, 0, 7, 3, 2, 6, 5};

  static Stream<CellSpec> cells() {
    return CellSpec.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void twentyStepsHaveTheOraclesLosses(CellSpec cell) {
    NetworkSpec spec = NetworkSpec.uniform(cell, 2, 6, 2, 3, 0, new Loss.Squared());
    ArraySamples samples = ArraySamples.random(3, 8, 12, 2, 3);
    NamedWeights weights = InitialWeights.of(spec, 4);
    ReferenceNetwork oracle = Oracle.of(spec, weights);
    Objective objective = OracleTraining.objective(spec);
    OptimizerState adam = new Adam(0.01).start();
    Batch first = new BatchBuffer(samples, 3).fill(ORDER, 0);
    double bound = // a little less than the first gradient's norm, which falls with the loss
        0.95
            * Clipping.norm(
                objective
                    .gradient(oracle, OracleTraining.examples(spec, first, 1))
                    .weights()
                    .values());
    Clipping clipping = new Clipping.ByGlobalNorm(bound);
    TrainingSpec training = TrainingSpec.adam(1, 3, 0.01, 1, bound, 1);
    int clipped = 0;
    try (DifferentiableNetwork network = Trainer.network(spec)) {
      FlatLayout.of(spec).write(weights, network.parameters());
      Descent descent = new Descent(network, training, 3);
      BatchBuffer buffer = new BatchBuffer(samples, 3);

      for (int step = 0; step < 20; step++) {
        Batch batch = buffer.fill(ORDER, step % 3 * 3); // of 3, 3 and 2 windows
        Objective.Gradient expected =
            objective.gradient(oracle, OracleTraining.examples(spec, batch, 1));
        oracle =
            oracle.withWeights(adam.update(oracle.weights(), clipping.apply(expected.weights())));

        Descent.Step found = descent.step(batch);

        assertEquals(expected.loss(), found.loss(), 1e-4 * expected.loss(), "step " + step);
        double norm = Clipping.norm(expected.weights().values());
        assertEquals(norm, found.norm(), 1e-3 * norm, "step " + step);
        clipped += found.clipped() ? 1 : 0;
      }
    }
    assertTrue(clipped > 0 && clipped < 20, "clipping in " + clipped + " steps of 20");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 1, 4})
  void onlyGradientsBeyondTheBoundAreScaled(double share) {
    NetworkSpec spec = lstm();
    ArraySamples samples = ArraySamples.random(3, 8, 4, 2, 3);
    try (DifferentiableNetwork network = Trainer.network(spec)) {
      Batch batch = new BatchBuffer(samples, 8).fill(ORDER, 0);
      float[] gradient = new float[network.parameters().length];
      network.gradient(batch, 0, gradient);
      double norm = GlobalNorm.of(gradient);
      float[] before = network.parameters().clone();

      TrainingSpec training =
          TrainingSpec.adam(1, 8, 1, 1, share * norm, 1).with(new OptimiserSpec.Sgd(0.5, 0));
      Descent.Step step = new Descent(network, training, 1).step(batch);

      assertEquals(share < 1, step.clipped());
      assertEquals(norm, step.norm());
      for (int i = 0; i < before.length; i++) {
        double expected = before[i] - 0.5 * Math.min(1, share) * gradient[i];
        assertEquals(expected, network.parameters()[i], 1e-6);
      }
    }
  }

  @Test
  void scheduleScalesEveryStep() {
    TrainingSpec training =
        TrainingSpec.adam(4, 8, 0.1, 1, 1, 1).with(new ScheduleSpec.Exponential(0.5));
    try (DifferentiableNetwork network = Trainer.network(lstm())) {
      Descent descent = new Descent(network, training, 2);
      Batch batch = new BatchBuffer(ArraySamples.random(3, 8, 4, 2, 3), 8).fill(ORDER, 0);

      for (int step = 0; step < 8; step++) {
        double rate = descent.step(batch).learningRate();
        assertEquals(0.1 * Math.pow(0.5, step / 2.0), rate, 1e-12, "step " + step);
        assertEquals(step + 1, descent.steps());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void stepOnWhatIsNoNumberChangesNothing(float bad) {
    Batch batch = new BatchBuffer(ArraySamples.random(3, 8, 4, 2, 3), 8).fill(ORDER, 0);
    TrainingSpec training = TrainingSpec.adam(4, 8, 0.1, 1, 1, 1);
    try (FaultyNetwork network = new FaultyNetwork(Trainer.network(lstm()))) {
      Descent descent = new Descent(network, training, 2);
      assertTrue(descent.step(batch).made());
      float[] before = network.parameters().clone();
      float[] m = Objects.requireNonNull(descent.memory().get("m")).clone();

      network.spoilGradient(1, bad);
      Descent.Step step = descent.step(batch);

      assertFalse(step.made());
      assertTrue(Double.isFinite(step.loss()));
      assertArrayEquals(before, network.parameters());
      assertArrayEquals(m, descent.memory().get("m"));
      assertEquals(1, descent.steps());
    }
  }

  private static NetworkSpec lstm() {
    return NetworkSpec.uniform(new CellSpec.Lstm(), 2, 5, 1, 3, 0, new Loss.Squared());
  }
}
