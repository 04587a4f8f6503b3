package io.gatecast.benchmarks.sides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.network.Batch;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.OptimiserSpec;
import io.gatecast.core.spec.ScheduleSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PyTorch's network of segments against loops in double. */
class PyTorchSegmentsTest {
  private static final CellSpec GRU = new CellSpec.Gru(CellSpec.Reset.AFTER);
  private static final TrainingSpec ADAM = TrainingSpec.adam(1, 8, 0.01, 1, 1e9, 1);

  /** A network, its weights and a batch, drawn; windows are far from zero, as levels are. */
  private static final class Case {
    final NetworkSpec spec;
    final NamedWeights weights;
    final double[][][] x;
    final double[][] target;
    final Batch batch;

    Case(NetworkSpec spec, int windows, int time) {
      this.spec = spec;
      Random random = new Random(7);
      Map<String, WeightTensor> tensors = new LinkedHashMap<>();
      NamedWeights.shapes(spec)
          .forEach(
              (name, shape) -> {
                float[] values = new float[shape.length == 1 ? shape[0] : shape[0] * shape[1]];
                fill(random, values, 0.8f, 0);
                tensors.put(name, WeightTensor.of(values, shape));
              });
      weights = NamedWeights.of(spec, tensors);
      float[] flatX = new float[windows * time * spec.inputs()];
      float[] flatY = new float[windows * spec.outputs()];
      fill(random, flatX, 1.5f, 2);
      fill(random, flatY, 2.5f, 2);
      batch = new Batch(windows, time, flatX, flatY);
      x = new double[windows][time][spec.inputs()];
      target = new double[windows][spec.outputs()];
      for (int i = 0; i < flatX.length; i++) {
        x[i / spec.inputs() / time][i / spec.inputs() % time][i % spec.inputs()] = flatX[i];
      }
      for (int i = 0; i < flatY.length; i++) {
        target[i / spec.outputs()][i % spec.outputs()] = flatY[i];
      }
    }

    private static void fill(Random random, float[] values, float scale, float centre) {
      for (int i = 0; i < values.length; i++) {
        values[i] = centre + scale * (2 * random.nextFloat() - 1);
      }
    }

    @Override
    public String toString() {
      return spec.top().cell().label() + " " + spec.loss().label() + " " + spec.segments().get();
    }
  }

  private static Case of(
      CellSpec cell,
      Loss loss,
      int channels,
      int inputs,
      Normalisation normalisation,
      int linear,
      int time) {
    Segments segments = new Segments(3, 4, channels, normalisation, 0, linear);
    return new Case(NetworkSpec.segmented(cell, channels * inputs, 5, 7, segments, loss), 2, time);
  }

  private static Stream<Case> cases() {
    Loss huber = new Loss.Huber(0.7);
    return Stream.of(
        of(GRU, new Loss.Squared(), 1, 1, Normalisation.NONE, 0, 6),
        of(GRU, new Loss.Absolute(), 3, 1, Normalisation.LAST_VALUE, 0, 9),
        of(GRU, huber, 2, 2, Normalisation.INSTANCE, 4, 8),
        of(new CellSpec.Lstm(), new Loss.Absolute(), 2, 1, Normalisation.INSTANCE, 0, 7),
        of(new CellSpec.Lstm(), huber, 1, 3, Normalisation.LAST_VALUE, 2, 10),
        of(
            new CellSpec.Rnn(CellSpec.Activation.TANH),
            new Loss.Squared(),
            3,
            2,
            Normalisation.LAST_VALUE,
            2,
            4));
  }

  @Nested
  class WithItsNativeLibrary {
    @BeforeEach
    void itIsThere() {
      if (!PyTorchPeer.available()) {
        String reason = "PyTorch's native library is on the classpath with -Ppytorch alone";
        System.out.println("skipped: " + reason);
        Assumptions.abort(reason);
      }
    }

    static Stream<Case> cases() {
      return PyTorchSegmentsTest.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsLossAndGradientAreTheEquations(Case of) {
      SegmentLoops loops = new SegmentLoops(of.spec, of.weights);
      try (PyTorchSegments side = new PyTorchSegments(of.spec, of.weights, ADAM, 1, 1)) {
        assertEquals(of.weights, side.weights());
        PyTorchSegments.Held held = side.hold(of.batch);
        float[] y = side.outputs(held);
        for (int i = 0; i < y.length; i++) {
          int outputs = of.spec.outputs();
          assertEquals(loops.outputs(of.x[i / outputs])[i % outputs], y[i], 2e-6 * 4);
        }
        double loss = loops.loss(of.x, of.target);
        assertEquals(loss, side.loss(held), 2e-6 * loss);
        PyTorchSegments.Gradient gradient = side.gradient(held);
        assertEquals(loss, gradient.loss(), 2e-6 * loss);
        alike(loops.gradient(of.x, of.target), gradient.weights(), 1e-5);
        // What gradients were asked for leaves no trace in the next ones.
        assertEquals(gradient.weights(), side.gradient(held).weights());
      }
    }

    @Test
    void stepsAreAdamsWithDecayScheduleAndClipping() {
      Case of = of(GRU, new Loss.Squared(), 2, 1, Normalisation.LAST_VALUE, 2, 6);
      // Adam does not see a gradient's scale but against ε: this one is large for clipping to show.
      OptimiserSpec.AdamW adam = new OptimiserSpec.AdamW(0.02, 0.8, 0.95, 0.1, 0.3);
      TrainingSpec training =
          TrainingSpec.adam(2, 2, 1, 1, 0.05, 1).with(adam).with(new ScheduleSpec.Step(1, 0.5));
      SegmentLoops loops = new SegmentLoops(of.spec, of.weights);
      Map<String, double[]> m = new LinkedHashMap<>();
      Map<String, double[]> v = new LinkedHashMap<>();
      try (PyTorchSegments side = new PyTorchSegments(of.spec, of.weights, training, 2, 2)) {
        PyTorchSegments.Held held = side.hold(of.batch);
        for (int step = 1; step <= 4; step++) {
          double loss = loops.loss(of.x, of.target);
          assertEquals(loss, side.step(held), 1e-5 * loss);
          Map<String, double[]> gradient = loops.gradient(of.x, of.target);
          double norm =
              Math.sqrt(
                  gradient.values().stream().flatMapToDouble(Arrays::stream).map(g -> g * g).sum());
          assertTrue(norm > training.clipNorm());
          double rate = step <= 2 ? 0.02 : 0.01;
          int t = step;
          gradient.forEach(
              (name, slopes) -> {
                double[] w = loops.of(name);
                double[] first = m.computeIfAbsent(name, n -> new double[w.length]);
                double[] second = v.computeIfAbsent(name, n -> new double[w.length]);
                for (int i = 0; i < w.length; i++) {
                  double g = slopes[i] * 0.05 / norm;
                  first[i] = 0.8 * first[i] + 0.2 * g;
                  second[i] = 0.95 * second[i] + 0.05 * g * g;
                  double root = Math.sqrt(second[i] / (1 - Math.pow(0.95, t)));
                  w[i] -=
                      rate * 0.3 * w[i] + rate * first[i] / (1 - Math.pow(0.8, t)) / (root + 0.1);
                }
              });
        }
        NamedWeights found = side.weights();
        loops
            .named()
            .tensors()
            .forEach(
                (name, tensor) ->
                    assertArrayEquals(tensor.values(), found.get(name).values(), 2e-6f, name));
      }
    }

    @Test
    void dropoutIsOfTrainingAlone() {
      Segments segments = new Segments(3, 4, 2, Normalisation.LAST_VALUE, 0.5, 0);
      Case of = new Case(NetworkSpec.segmented(GRU, 2, 64, 7, segments, new Loss.Squared()), 2, 6);
      SegmentLoops loops = new SegmentLoops(of.spec, of.weights);
      try (PyTorchSegments side = new PyTorchSegments(of.spec, of.weights, ADAM, 1, 1)) {
        PyTorchSegments.Held held = side.hold(of.batch);
        double loss = loops.loss(of.x, of.target);
        assertEquals(loss, side.loss(held), 1e-5 * loss);
        double one = side.gradient(held).loss();
        assertNotEquals(loss, one, 1e-3 * loss);
        assertNotEquals(one, side.gradient(held).loss(), 1e-3 * loss);
      }
    }

    private static void alike(
        Map<String, double[]> expected, NamedWeights found, double tolerance) {
      double largest =
          expected.values().stream()
              .flatMapToDouble(Arrays::stream)
              .map(Math::abs)
              .max()
              .orElseThrow();
      expected.forEach(
          (name, values) -> {
            assertFalse(Arrays.stream(values).allMatch(g -> g == 0), name);
            float[] slopes = found.get(name).values();
            for (int i = 0; i < values.length; i++) {
              assertEquals(values[i], slopes[i], tolerance * largest, name + " " + i);
            }
          });
    }
  }

  @Test
  void whatPyTorchCannotDoIsRefused() {
    NetworkSpec plain = NetworkSpec.uniform(GRU, 1, 2, 1, 2, 0, new Loss.Squared());
    assertTrue(PyTorchSegments.lacks(plain, ADAM).orElseThrow().contains("reads segments"));
    Segments segments = new Segments(3, 4, 1, Normalisation.NONE, 0, 0);
    Loss pinball = new Loss.Pinball(0.9);
    NetworkSpec quantile = NetworkSpec.segmented(GRU, 1, 2, 3, segments, pinball);
    assertThrows(IllegalArgumentException.class, () -> new PyTorchLoss(pinball));
    assertTrue(PyTorchSegments.lacks(quantile, ADAM).isPresent());
    NetworkSpec before =
        NetworkSpec.segmented(
            new CellSpec.Gru(CellSpec.Reset.BEFORE), 1, 2, 3, segments, new Loss.Squared());
    assertTrue(PyTorchSegments.lacks(before, ADAM).isPresent());
    NetworkSpec fine = NetworkSpec.segmented(GRU, 1, 2, 3, segments, new Loss.Absolute());
    assertEquals(PyTorchPeer.available(), PyTorchSegments.lacks(fine, ADAM).isEmpty());
    assertTrue(PyTorchSegments.lacks(fine, ADAM.with(new OptimiserSpec.Sgd(0.1, 0))).isPresent());
  }
}
