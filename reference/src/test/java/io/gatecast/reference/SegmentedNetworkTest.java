package io.gatecast.reference;

import static io.gatecast.reference.RecurrentCellContract.assertMessage;
import static io.gatecast.reference.RecurrentCellContract.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.Segmentation.Normalisation;
import io.gatecast.reference.contract.RandomWeights;
import io.gatecast.reference.training.Example;
import io.gatecast.reference.training.Loss;
import io.gatecast.reference.training.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks of segments: a worked example, what normalisation promises, and errors by name. */
class SegmentedNetworkTest {
  private static final CellKind RNN = new CellKind.Rnn(Activation.TANH);
  private static final CellKind LSTM = new CellKind.Lstm();
  private static final Segmentation THREE_CHANNELS =
      new Segmentation(2, 3, Normalisation.INSTANCE, 5, 2);

  /** One hidden unit, one number embedded, segments of two steps, three steps read and given. */
  @Test
  void aWorkedExample() {
    Map<String, Tensor> weights = new TreeMap<>();
    weights.put("segments.embedding.weights", Tensor.of(new double[] {2, 1}, 1, 2));
    weights.put("segments.embedding.bias", Tensor.vector(0.75));
    weights.put("segments.positions", Tensor.of(new double[] {0.3, -0.2}, 2, 1));
    weights.put("segments.linear.weights", Tensor.of(new double[] {0.5, 1, 0, 1, 2, 0}, 3, 2));
    weights.put("segments.linear.bias", Tensor.vector(0.1, 0.2, 0.3));
    weights.put("layers.0.hidden.input_weights", Tensor.of(new double[] {1}, 1, 1));
    weights.put("layers.0.hidden.recurrent_weights", Tensor.of(new double[] {0.5}, 1, 1));
    weights.put("layers.0.hidden.bias", Tensor.vector(0.1));
    weights.put("head.weights", Tensor.of(new double[] {1, 3}, 2, 1));
    weights.put("head.bias", Tensor.vector(0, 1));
    Segmentation settings = new Segmentation(2, 1, Normalisation.LAST_VALUE, 3, 1);
    SegmentedNetwork network = SegmentedNetwork.fromWeights(RNN, settings, weights);

    // v' = -1, -0.25, 0: segments [0, -1] and [-0.25, 0], embedded max(0, -0.25) and 0.25.
    double read = Math.tanh(0.25 + 0.5 * Math.tanh(0.1) + 0.1);
    double first = Math.tanh(0.3 + 0.5 * read + 0.1);
    double second = Math.tanh(-0.2 + 0.5 * read + 0.1);
    double[] expected = {
      first + (0.5 * -0.25 + 0.1) + 4, 3 * first + 1 + 0.2 + 4, second + (2 * -0.25 + 0.3) + 4
    };
    assertArrayEquals(expected, network.forward(new double[][] {{3}, {3.75}, {4}}), 1e-12);
    assertEquals(1, network.inputSize());
    assertEquals(3, network.outputSize());
    assertEquals(2, network.leastSteps());
    assertEquals(settings, network.settings());
    assertEquals(2 + 1 + 2 + 6 + 3 + 3 + 2 + 2, network.parameters());
  }

  @Test
  void eachChannelIsForecastFromItsOwnNumbers() {
    SegmentedNetwork network = threeChannels();
    double[][] x = new RandomWeights(4).sequence(7, 6);
    double[] before = network.forward(x);
    for (double[] step : x) {
      step[2] += 1.5;
      step[3] *= -2;
    }
    double[] after = network.forward(x);
    for (int step = 0; step < 5; step++) {
      for (int q = 0; q < 2; q++) {
        for (int channel : new int[] {0, 2}) {
          int at = THREE_CHANNELS.index(step, channel, q);
          assertEquals(before[at], after[at]);
        }
        int changed = THREE_CHANNELS.index(step, 1, q);
        assertEquals((step * 3 + 1) * 2 + q, changed);
        assertTrue(Math.abs(before[changed] - after[changed]) > 1e-3);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Normalisation.class,
      names = {"LAST_VALUE", "INSTANCE"})
  void forecastsMoveWithTheLevelOfTheWindow(Normalisation normalisation) {
    Segmentation settings = new Segmentation(3, 1, normalisation, 4, 1);
    SegmentedNetwork network = network(LSTM, settings, 2, 3);
    double[][] x = new RandomWeights(5).sequence(8, 2);
    double[] before = network.forward(x);
    Arrays.stream(x).forEach(step -> step[0] += 10);
    double[] after = network.forward(x);
    for (int i = 0; i < before.length; i++) {
      assertEquals(before[i] + 10, after[i], 1e-12);
    }
  }

  @Test
  void aWindowWithoutSpreadIsForecast() {
    SegmentedNetwork network =
        network(LSTM, new Segmentation(3, 1, Normalisation.INSTANCE, 4, 1), 1, 0);
    SegmentedPass pass = network.pass(new double[][] {{2}, {2}, {2}, {2}});
    assertEquals(2, pass.channels().get(0).mu());
    assertEquals(Math.sqrt(1e-5), pass.channels().get(0).sigma(), 1e-15);
    assertArrayEquals(new double[4], pass.channels().get(0).normalised().values());
  }

  @Test
  void anObjectiveTakesItsOutputsByStepAndChannel() {
    SegmentedNetwork network = threeChannels();
    RandomWeights random = new RandomWeights(6);
    Loss loss = new Loss.Quantiles(List.of(0.1, 0.7));
    Objective objective = new Objective(loss);
    Example example =
        new Example(Tensor.matrix(random.sequence(7, 6)), Tensor.of(random.vector(30), 1, 30));
    SegmentedPass pass = network.pass(example.x().rows());
    double mean = 0;
    double[] gradient = new double[30];
    for (int i = 0; i < 30; i++) {
      Loss.Pointwise ofQuantile = new Loss.Pinball(i % 2 == 0 ? 0.1 : 0.7);
      double y = pass.outputs().get(i);
      double target = example.targets().get(0, i);
      mean += ofQuantile.value(y, target) / 30;
      gradient[i] = ofQuantile.derivative(y, target) / 30;
    }
    Objective.Gradient found = objective.gradient(network, List.of(example));
    assertEquals(mean, found.loss(), 1e-14);
    assertEquals(mean, objective.value(network, List.of(example)), 1e-14);
    Map<String, Tensor> expected = network.backward(pass, gradient).weights();
    assertEquals(expected.keySet(), found.weights().keySet());
    expected.forEach(
        (name, right) ->
            assertArrayEquals(right.values(), tensor(found.weights(), name).values(), 1e-14, name));
    assertMessage(
        "outputs: expected 1 vector, found 2",
        () -> network.answer(example.x().rows()).backward(new double[2][30]));
  }

  @Test
  void passedArraysAndMapsAreNotKept() {
    Map<String, Tensor> weights = weights(LSTM, THREE_CHANNELS, 2, 3);
    SegmentedNetwork network = SegmentedNetwork.fromWeights(LSTM, THREE_CHANNELS, weights);
    double[][] x = new RandomWeights(7).sequence(5, 6);
    double[][] copy = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    double[] expected = network.forward(x);
    weights.clear();
    SegmentedPass pass = network.pass(x);
    assertArrayEquals(copy, x);
    Arrays.stream(x).forEach(step -> Arrays.fill(step, 99));
    assertArrayEquals(expected, pass.outputs().values());
    assertArrayEquals(expected, network.withWeights(network.weights()).forward(copy));
    assertThrows(UnsupportedOperationException.class, () -> network.weights().remove("head.bias"));
  }

  @Test
  void settingsNameWhatIsBelowItsBound() {
    assertMessage(
        "length: expected at least 1, found 0",
        () -> new Segmentation(0, 1, Normalisation.NONE, 1, 1));
    assertMessage(
        "channels: expected at least 1, found 0",
        () -> new Segmentation(1, 0, Normalisation.NONE, 1, 1));
    assertMessage(
        "horizon: expected at least 1, found 0",
        () -> new Segmentation(1, 1, Normalisation.NONE, 0, 1));
    assertMessage(
        "outputsPerStep: expected at least 1, found -1",
        () -> new Segmentation(1, 1, Normalisation.NONE, 1, -1));
  }

  @Test
  void missingTensorsAreNamed() {
    for (String name : weights(LSTM, THREE_CHANNELS, 2, 3).keySet()) {
      Map<String, Tensor> weights = weights(LSTM, THREE_CHANNELS, 2, 3);
      weights.remove(name);
      assertMessage(
          name + ": expected a tensor of this name, found only ",
          () -> SegmentedNetwork.fromWeights(LSTM, THREE_CHANNELS, weights));
    }
  }

  /** H 5, w 2, C 3, Q 2, F 2, E 4, hidden 3, K 3. */
  @Test
  void misshapenTensorsAreNamed() {
    assertShapeError("segments.embedding.weights", new int[] {4}, "rank 2 [embedding, segment]");
    assertShapeError(
        "segments.embedding.weights",
        new int[] {4, 5},
        "a multiple of 2 columns, as many numbers for each step of a segment");
    assertShapeError(
        "segments.embedding.weights",
        new int[] {5, 4},
        "an even number of rows for 3 channels, half for the position and half for the channel");
    assertShapeError("segments.embedding.bias", new int[] {3}, "shape [4]");
    assertShapeError("segments.positions", new int[] {2, 2}, "shape [3, 2]");
    assertShapeError("segments.positions", new int[] {3, 4}, "shape [3, 2]");
    assertShapeError("segments.channels", new int[] {2, 2}, "shape [3, 2]");
    assertShapeError("segments.linear.weights", new int[] {6, 3}, "shape [5, 3]");
    assertShapeError("segments.linear.weights", new int[] {5}, "rank 2 [horizon, steps]");
    assertShapeError("segments.linear.bias", new int[] {6}, "shape [5]");
    assertShapeError("layers.0.forget.input_weights", new int[] {3, 5}, "shape [3, 4]");
    assertShapeError("layers.0.output.recurrent_weights", new int[] {3, 4}, "shape [3, 3]");
    assertShapeError("head.weights", new int[] {2, 3}, "shape [4, 3]");
    assertShapeError("head.bias", new int[] {10}, "shape [4]");
  }

  private static void assertShapeError(String name, int[] shape, String expected) {
    Map<String, Tensor> weights = weights(LSTM, THREE_CHANNELS, 2, 3);
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    weights.put(name, Tensor.of(new double[size], shape));
    String found = (expected.startsWith("shape") ? "" : "shape ") + Arrays.toString(shape);
    assertMessage(
        name + ": expected " + expected + ", found " + found,
        () -> SegmentedNetwork.fromWeights(LSTM, THREE_CHANNELS, weights));
  }

  @Test
  void tensorsOfNoPartAreNamed() {
    Segmentation single = new Segmentation(2, 1, Normalisation.NONE, 5, 1);
    Map<String, Tensor> weights = weights(RNN, single, 2, 0);
    weights.put("segments.channels", Tensor.of(new double[2], 1, 2));
    weights.put("layers.1.hidden.bias", Tensor.vector(1, 2, 3));
    assertMessage(
        "weights: expected only the tensors of one layer Rnn[activation=TANH], of the head and of"
            + " segments of 1 channel, found also [layers.1.hidden.bias, segments.channels]",
        () -> SegmentedNetwork.fromWeights(RNN, single, weights));
  }

  @Test
  void inputAndGradientErrorsNameTheArgument() {
    SegmentedNetwork network = threeChannels();
    assertMessage(
        "x: expected at least 3 steps, which the linear map reads, found 2",
        () -> network.forward(new double[2][6]));
    assertMessage(
        "x: expected at least 1 step, found 0",
        () -> network(RNN, THREE_CHANNELS, 1, 0).forward(new double[0][]));
    double[][] x = new double[4][6];
    x[2] = new double[5];
    assertMessage("x[2]: expected shape [6], found [5]", () -> network.pass(x));
    SegmentedPass pass = network.pass(new double[4][6]);
    assertMessage(
        "outputs: expected shape [30], found [29]", () -> network.backward(pass, new double[29]));
    SegmentedNetwork longer =
        network(LSTM, new Segmentation(2, 3, Normalisation.INSTANCE, 6, 2), 2, 3);
    assertMessage(
        "pass.outputs: expected shape [36], found [30]",
        () -> longer.backward(pass, new double[36]));
    SegmentedNetwork oneChannel =
        network(LSTM, new Segmentation(2, 1, Normalisation.INSTANCE, 15, 2), 2, 3);
    assertMessage(
        "pass: expected 1 channels, found 3", () -> oneChannel.backward(pass, new double[30]));
  }

  private static SegmentedNetwork threeChannels() {
    return network(LSTM, THREE_CHANNELS, 2, 3);
  }

  private static SegmentedNetwork network(
      CellKind kind, Segmentation settings, int inputs, int linear) {
    return SegmentedNetwork.fromWeights(kind, settings, weights(kind, settings, inputs, linear));
  }

  /** E 4, hidden 3. */
  private static Map<String, Tensor> weights(
      CellKind kind, Segmentation settings, int inputs, int linear) {
    return new RandomWeights(3).segmented(kind, settings, inputs, 4, 3, linear);
  }
}
