package io.gatecast.reference;

import static io.gatecast.reference.RecurrentCellContract.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.contract.FiniteDifference;
import io.gatecast.reference.contract.RandomWeights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every gradient of a network of segments, by name, and of its inputs, against finite differences:
 * every cell, normalisation and shape of window and horizon, with and without a linear map.
 */
class SegmentedFiniteDifferenceTest {
  private static final double TOLERANCE = 1e-7;
  private static final double FLOOR = 1e-3;
  private static final int LENGTH = 3;
  private static final int EMBEDDING = 4;
  private static final int HIDDEN = 3;

  /** Further from a rectifier's kink than the difference quotient reaches. */
  private static final double CLEAR = 5e-3;

  private static final List<CellKind> KINDS =
      List.of(
          new CellKind.Rnn(Activation.TANH),
          new CellKind.Gru(Reset.BEFORE),
          new CellKind.Gru(Reset.AFTER),
          new CellKind.Lstm());

  /** A network's sizes beside the fixed ones. */
  record Shape(CellKind kind, Segmentation settings, int inputs, int linear, int time) {}

  /** Window and horizon that fill their segments in part. */
  static Stream<Shape> networks() {
    Stream.Builder<Shape> shapes = Stream.builder();
    for (CellKind kind : KINDS) {
      for (Segmentation.Normalisation normalisation : Segmentation.Normalisation.values()) {
        for (int channels : new int[] {1, 3}) {
          Segmentation settings = new Segmentation(LENGTH, channels, normalisation, 5, 1);
          for (int inputs = 1; inputs <= 2; inputs++) {
            shapes.add(new Shape(kind, settings, inputs, 0, 7));
            shapes.add(new Shape(kind, settings, inputs, 4, 7));
          }
        }
      }
    }
    return shapes.build();
  }

  /** Whole segments, windows and horizons below one segment, several outputs a step. */
  static Stream<Shape> otherShapes() {
    Stream.Builder<Shape> shapes = Stream.builder();
    for (CellKind kind : KINDS) {
      for (Segmentation.Normalisation normalisation : Segmentation.Normalisation.values()) {
        for (int[] sizes :
            new int[][] {{6, 6, 1, 6}, {2, 2, 2, 1}, {2, 4, 3, 2}, {1, 1, 1, 1}, {9, 7, 2, 5}}) {
          Segmentation settings =
              new Segmentation(LENGTH, sizes[2] > 1 ? 2 : 1, normalisation, sizes[1], sizes[2]);
          shapes.add(new Shape(kind, settings, 2, sizes[3], sizes[0]));
        }
      }
    }
    return shapes.build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"networks", "otherShapes"})
  void everyGradientIsThatOfTheOutputs(Shape shape) {
    Problem problem = Problem.draw(shape);
    SegmentedNetwork network = problem.network();
    double[] coefficients = problem.coefficients().values();
    SegmentedGradient found = network.backward(network.pass(problem.x().rows()), coefficients);

    assertEquals(network.weights().keySet(), found.weights().keySet());
    network
        .weights()
        .forEach(
            (name, weight) ->
                assertClose(
                    name,
                    FiniteDifference.gradient(weight, at -> problem.withWeight(name, at).cost()),
                    tensor(found.weights(), name)));
    assertClose(
        "x",
        FiniteDifference.gradient(problem.x(), at -> problem.withInput(at).cost()),
        Tensor.matrix(found.x().stream().map(Tensor::values).toArray(double[][]::new)));
  }

  private static void assertClose(String what, Tensor expected, Tensor found) {
    double difference = FiniteDifference.relativeDifference(found, expected, FLOOR);
    assertTrue(
        difference < TOLERANCE,
        () -> what + ": expected " + expected + ", found " + found + ", difference " + difference);
  }

  /** A network, one window, and a loss that is linear in the outputs. */
  private record Problem(SegmentedNetwork network, Tensor x, Tensor coefficients) {
    /** The first of some draws whose rectifiers are clear of their kinks, on both sides. */
    static Problem draw(Shape shape) {
      for (int seed = 0; seed < 2000; seed++) {
        RandomWeights random = new RandomWeights(seed);
        Segmentation settings = shape.settings();
        SegmentedNetwork network =
            SegmentedNetwork.fromWeights(
                shape.kind(),
                settings,
                random.segmented(
                    shape.kind(), settings, shape.inputs(), EMBEDDING, HIDDEN, shape.linear()));
        double[][] x = random.sequence(shape.time(), settings.channels() * shape.inputs());
        Tensor coefficients = Tensor.vector(random.vector(network.outputSize()));
        List<SegmentedPass.Channel> channels = network.pass(x).channels();
        double[] mapped =
            channels.stream().flatMapToDouble(c -> Arrays.stream(c.mapped().values())).toArray();
        if (Arrays.stream(mapped).allMatch(a -> Math.abs(a) > CLEAR)
            && Arrays.stream(mapped).anyMatch(a -> a < 0)
            && Arrays.stream(mapped).anyMatch(a -> a > 0)) {
          return new Problem(network, Tensor.matrix(x), coefficients);
        }
      }
      throw new AssertionError("expected a draw clear of all kinks among 2000, found none");
    }

    Problem withWeight(String name, Tensor weight) {
      Map<String, Tensor> changed = new LinkedHashMap<>(network.weights());
      changed.put(name, weight);
      return new Problem(network.withWeights(changed), x, coefficients);
    }

    Problem withInput(Tensor input) {
      return new Problem(network, input, coefficients);
    }

    double cost() {
      double[] outputs = network.forward(x.rows());
      double sum = 0;
      for (int i = 0; i < outputs.length; i++) {
        sum += coefficients.get(i) * outputs[i];
      }
      return sum;
    }
  }
}
