package io.gatecast.reference;

import static io.gatecast.reference.RecurrentCellContract.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gatecast.reference.contract.RandomWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the oracle against ONNX Runtime's kernels, with both places of the GRU's reset gate: every
 * hidden vector and the last states, for drawn weights, lengths and batches.
 *
 * <p>The models are of {@code src/test/python/generate_onnx.py}. ONNX stacks the gates z, r, h and
 * i, o, f, c; its z weighs the old state, so that the canonical update gate changes sign.
 *
 * <p>The kernels compute in float, both sides read the same numbers, rounded to float: what is left
 * is float's rounding, 6e-8 for a number of the size of 1, in sums of up to 18 terms and over up to
 * 17 steps, and the kernels' own approximations of σ and tanh. Hence 1e-5; gates in a wrong order
 * or the wrong reset differ by 1e-3 and more.
 */
@DisabledOnOs(
    value = OS.MAC,
    architectures = "x86_64",
    disabledReason = "ONNX Runtime 1.29 has no native library for macOS on x86-64")
class OnnxRuntimeTest {
  private static final double TOLERANCE = 1e-5;
  private static final int SEEDS = 5;

  static Stream<Arguments> models() {
    Map<String, CellKind> kinds = new LinkedHashMap<>();
    kinds.put("rnn-tanh", new CellKind.Rnn(Activation.TANH));
    kinds.put("rnn-relu", new CellKind.Rnn(Activation.RELU));
    kinds.put("rnn-sigmoid", new CellKind.Rnn(Activation.SIGMOID));
    kinds.put("gru-before", new CellKind.Gru(Reset.BEFORE));
    kinds.put("gru-after", new CellKind.Gru(Reset.AFTER));
    kinds.put("lstm", new CellKind.Lstm());
    return kinds.entrySet().stream()
        .flatMap(
            kind ->
                Stream.of(1, 4, 13)
                    .map(hidden -> Arguments.of(kind.getKey(), kind.getValue(), hidden)));
  }

  @ParameterizedTest(name = "{0}, hidden {2}")
  @MethodSource("models")
  void hiddenVectorsAndLastStatesAreThoseOfTheKernel(String name, CellKind kind, int hidden)
      throws IOException, OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(model(name, hidden), options)) {
        for (int seed = 0; seed < SEEDS; seed++) {
          for (int time : new int[] {1, 2, 17}) {
            for (int batch : new int[] {1, 3}) {
              assertSameStates(session, kind, hidden, time, batch, seed);
            }
          }
        }
      }
    }
  }

  private static byte[] model(String name, int hidden) throws IOException {
    String resource = "/onnx/" + name + "-" + hidden + ".onnx";
    try (InputStream stream = OnnxRuntimeTest.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IOException("expected the model " + resource + ", found none");
      }
      return stream.readAllBytes();
    }
  }

  private static void assertSameStates(
      OrtSession session, CellKind kind, int hidden, int time, int batch, int seed)
      throws OrtException {
    RandomWeights random = new RandomWeights(seed);
    int input = 1 + seed % 3;
    Map<String, Tensor> weights = drawn(random, kind, input, hidden);
    Unrolled oracle = new Unrolled(kind.cellFromWeights(weights, ""));
    List<double[][]> sequences = new ArrayList<>();
    List<State> initial = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      double[] x = rounded(random.vector(time * input), 1);
      sequences.add(Tensor.of(x, time, input).rows());
      double[] h = rounded(random.vector(hidden), 1);
      initial.add(
          kind instanceof CellKind.Lstm
              ? State.of(h, rounded(random.vector(hidden), 1))
              : State.of(h));
    }

    Map<String, OnnxTensor> operands = weights(kind, weights, input, hidden);
    operands.put("X", operand(timeFirst(sequences), time, batch, input));
    double[] h0 = joined(initial.stream().map(State::h));
    operands.put("initial_h", operand(h0, 1, batch, hidden));
    if (kind instanceof CellKind.Lstm) {
      double[] c0 = joined(initial.stream().map(OnnxRuntimeTest::c));
      operands.put("initial_c", operand(c0, 1, batch, hidden));
    }
    Map<String, float[]> found = run(session, operands);

    String where = "input " + input + ", time " + time + ", batch " + batch + ", seed " + seed;
    List<SequencePass> passes = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      passes.add(oracle.forward(sequences.get(b), initial.get(b)));
    }
    double[] y = timeFirst(passes.stream().map(SequencePass::hidden).toList());
    assertClose(y, output(found, "Y"), "Y, " + where);
    assertClose(
        joined(passes.stream().map(pass -> pass.last().h())),
        output(found, "Y_h"),
        "Y_h, " + where);
    if (kind instanceof CellKind.Lstm) {
      assertClose(
          joined(passes.stream().map(pass -> c(pass.last()))),
          output(found, "Y_c"),
          "Y_c, " + where);
    }
  }

  /**
   * Weights of the size of 1/√hidden: larger ones would make the network chaotic or let it explode,
   * and its own dynamics would make any rounding as large as one likes.
   */
  private static Map<String, Tensor> drawn(
      RandomWeights random, CellKind kind, int input, int hidden) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    random
        .cell(kind, "", input, hidden)
        .forEach(
            (name, tensor) ->
                weights.put(
                    name,
                    Tensor.of(rounded(tensor.values(), 1 / Math.sqrt(hidden)), tensor.shape())));
    return weights;
  }

  private static double[] rounded(double[] values, double scale) {
    return Arrays.stream(values).map(value -> (float) (value * scale)).toArray();
  }

  /** W, R and B: the canonical tensors in ONNX's order, with ONNX's sign. */
  private static Map<String, OnnxTensor> weights(
      CellKind kind, Map<String, Tensor> weights, int input, int hidden) throws OrtException {
    List<String> gates = gatesOfOnnx(kind);
    double[] inputBias = stacked(weights, gates, ".bias");
    double[] recurrentBias = inputBias.clone();
    for (int k = 0; k < inputBias.length; k++) {
      // Halves are exact in float, so that the sum of both is the canonical bias.
      inputBias[k] /= 2;
      recurrentBias[k] /= 2;
    }
    if (kind.tensorNames().contains("candidate.recurrent_bias")) {
      double[] b = tensor(weights, "candidate.bias").values();
      double[] c = tensor(weights, "candidate.recurrent_bias").values();
      System.arraycopy(b, 0, inputBias, 2 * hidden, hidden);
      System.arraycopy(c, 0, recurrentBias, 2 * hidden, hidden);
    }
    int rows = gates.size() * hidden;
    Map<String, OnnxTensor> operands = new LinkedHashMap<>();
    operands.put("W", operand(stacked(weights, gates, ".input_weights"), 1, rows, input));
    operands.put("R", operand(stacked(weights, gates, ".recurrent_weights"), 1, rows, hidden));
    operands.put("B", operand(joined(Stream.of(inputBias, recurrentBias)), 1, 2L * rows));
    return operands;
  }

  private static List<String> gatesOfOnnx(CellKind kind) {
    if (kind instanceof CellKind.Lstm) {
      return List.of("input", "output", "forget", "candidate");
    }
    return kind instanceof CellKind.Gru
        ? List.of("update", "reset", "candidate")
        : List.of("hidden");
  }

  private static double[] stacked(
      Map<String, Tensor> weights, List<String> gates, String parameter) {
    return joined(
        gates.stream()
            .map(
                gate -> {
                  double sign = gate.equals("update") ? -1 : 1;
                  double[] values = tensor(weights, gate + parameter).values();
                  return Arrays.stream(values).map(value -> sign * value).toArray();
                }));
  }

  private static double[] c(State state) {
    return ((State.HiddenAndCell) state).c();
  }

  private static double[] joined(Stream<double[]> parts) {
    return parts.flatMapToDouble(DoubleStream::of).toArray();
  }

  /** Sequences of shape {@code [time][size]} each, as one of {@code [time][batch][size]}. */
  private static double[] timeFirst(List<double[][]> sequences) {
    return joined(
        IntStream.range(0, sequences.get(0).length)
            .boxed()
            .flatMap(t -> sequences.stream().map(sequence -> sequence[t])));
  }

  private static OnnxTensor operand(double[] values, long... shape) throws OrtException {
    float[] floats = new float[values.length];
    for (int k = 0; k < floats.length; k++) {
      floats[k] = (float) values[k];
      assertEquals(values[k], floats[k], "the oracle must read what the runtime reads");
    }
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), FloatBuffer.wrap(floats), shape);
  }

  /** Runs the model and closes its inputs. */
  private static Map<String, float[]> run(OrtSession session, Map<String, OnnxTensor> inputs)
      throws OrtException {
    Map<String, float[]> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(inputs)) {
      for (Map.Entry<String, OnnxValue> output : result) {
        FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
        float[] copy = new float[values.remaining()];
        values.get(copy);
        outputs.put(output.getKey(), copy);
      }
      return outputs;
    } finally {
      OnnxValue.close(inputs.values());
    }
  }

  private static float[] output(Map<String, float[]> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  private static void assertClose(double[] oracle, float[] kernel, String what) {
    assertEquals(oracle.length, kernel.length, what);
    for (int k = 0; k < oracle.length; k++) {
      assertEquals(oracle[k], kernel[k], TOLERANCE, what);
    }
  }
}
