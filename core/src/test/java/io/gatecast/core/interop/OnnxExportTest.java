package io.gatecast.core.interop;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.Networks;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.fixtures.SegmentedNetworks;
import io.gatecast.core.samples.Inputs;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that ONNX Runtime computes the oracle's forecasts from an exported model, for every cell
 * and variant, stacked, and with batches and times that the model was not made for.
 *
 * <p>The runtime computes in float, the oracle in double, from the same weights and inputs: what is
 * left is float's rounding, 6e-8 of each number, in sums of up to 207 terms over up to 28 steps,
 * and the runtime's own approximations of σ and tanh. Hence 1e-5, relative to the forecasts' size.
 * The weights are drawn so that the recurrent matrices contract: a chaotic network would make any
 * rounding as large as one likes. That 1e-5 tells gates apart, {@link #aTensorOfTheWrongSignIsSeen}
 * shows.
 */
@DisabledOnOs(
    value = OS.MAC,
    architectures = "x86_64",
    disabledReason = "ONNX Runtime 1.29 has no native library for macOS on x86-64")
class OnnxExportTest {
  private static final double TOLERANCE = 1e-5;
  private static final CellSpec GRU = new CellSpec.Gru(CellSpec.Reset.AFTER);

  static Stream<NetworkSpec> networks() {
    return Stream.concat(uniform(), Networks.varied());
  }

  private static Stream<NetworkSpec> uniform() {
    return cells()
        .flatMap(
            cell ->
                Stream.of(
                    spec(cell, 1, 1, 1, 1),
                    spec(cell, 2, 1, 3, 7),
                    spec(cell, 1, 2, 2, 1),
                    spec(cell, 13, 13, 1, 2),
                    spec(cell, 3, 13, 3, 2),
                    spec(cell, 2, 64, 2, 7),
                    spec(cell, 5, 207, 1, 3)));
  }

  static Stream<CellSpec> cells() {
    return Stream.of(
        new CellSpec.Rnn(CellSpec.Activation.TANH),
        new CellSpec.Rnn(CellSpec.Activation.SIGMOID),
        new CellSpec.Rnn(CellSpec.Activation.RELU),
        new CellSpec.Gru(CellSpec.Reset.BEFORE),
        GRU,
        new CellSpec.Lstm());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void runtimeGivesTheOraclesForecasts(NetworkSpec spec) throws OrtException {
    NamedWeights weights = RandomWeights.of(spec, 7);
    try (OrtSession session = session(OnnxExport.model(spec, weights))) {
      for (int time : new int[] {1, 2, 28}) {
        for (int batch : new int[] {1, 3}) {
          Inputs windows = ArraySamples.random(9, batch, time, spec.inputs(), spec.outputs());

          float[][] found = run(session, windows);

          double difference =
              Oracle.relativeDifference(Oracle.forecast(spec, weights, windows), found);
          assertEquals(batch, found.length);
          assertTrue(
              difference <= TOLERANCE,
              () -> "time " + time + ", batch " + batch + ": differs by " + difference);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aTensorOfTheWrongSignIsSeen(CellSpec cell) throws OrtException {
    NetworkSpec spec = spec(cell, 2, 13, 2, 2);
    NamedWeights weights = RandomWeights.of(spec, 5);
    Inputs windows = ArraySamples.random(6, 3, 28, 2, 2);
    double[][] expected = Oracle.forecast(spec, weights, windows);
    List<String> names = List.copyOf(weights.tensors().keySet());

    for (String name : names) {
      if (name.startsWith("layers.")) {
        NamedWeights wrong = weights.with(name, negated(weights.get(name)));
        try (OrtSession session = session(OnnxExport.model(spec, wrong))) {
          double difference = Oracle.relativeDifference(expected, run(session, windows));
          assertTrue(difference > 100 * TOLERANCE, () -> name + ": found only " + difference);
        }
      }
    }
  }

  @Test
  void modelNamesWhatItReadsAndGives() throws OrtException {
    NetworkSpec spec = spec(GRU, 3, 4, 2, 7);
    try (OrtSession session = session(OnnxExport.model(spec, RandomWeights.of(spec, 1)))) {
      assertEquals(List.of("x"), List.copyOf(session.getInputNames()));
      assertEquals(List.of("y"), List.copyOf(session.getOutputNames()));
      TensorInfo x = (TensorInfo) session.getInputInfo().values().iterator().next().getInfo();
      TensorInfo y = (TensorInfo) session.getOutputInfo().values().iterator().next().getInfo();
      assertArrayEquals(new long[] {-1, -1, 3}, x.getShape());
      assertArrayEquals(new String[] {"batch", "time", ""}, x.getDimensionNames());
      assertArrayEquals(new long[] {-1, 7}, y.getShape());
      assertArrayEquals(new String[] {"batch", ""}, y.getDimensionNames());
    }
  }

  @Test
  void headOfEveryStepGivesAsManyStepsAsItReads() throws OrtException {
    NetworkSpec spec = Networks.of(Networks.mixed(), Readout.EVERY_STEP, new Loss.Squared());
    try (OrtSession session = session(OnnxExport.model(spec, RandomWeights.of(spec, 1)))) {
      TensorInfo y = (TensorInfo) session.getOutputInfo().values().iterator().next().getInfo();
      assertArrayEquals(new long[] {-1, -1, 4}, y.getShape());
      assertArrayEquals(new String[] {"batch", "time", ""}, y.getDimensionNames());
    }
  }

  @Test
  void fileHoldsTheModel(@TempDir Path folder) throws IOException {
    NetworkSpec spec = spec(GRU, 3, 4, 2, 7);
    NamedWeights weights = RandomWeights.of(spec, 1);
    Path file = folder.resolve("network.onnx");

    OnnxExport.write(spec, weights, file);

    assertArrayEquals(OnnxExport.model(spec, weights), Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void whatOnlyTrainingNeedsIsNotInTheModel() {
    NetworkSpec spec = spec(GRU, 3, 4, 2, 7);
    NetworkSpec trained = NetworkSpec.uniform(GRU, 3, 4, 2, 7, 0.5, new Loss.Absolute());
    NamedWeights weights = RandomWeights.of(spec, 1);

    assertArrayEquals(OnnxExport.model(spec, weights), OnnxExport.model(trained, weights));
  }

  @Test
  void segmentsAreRefused() {
    NetworkSpec spec = SegmentedNetworks.ofEachLoss().findFirst().orElseThrow();
    assertEquals(
        "spec: expected a network that reads step by step, found one that reads segments, which"
            + " is not exported to ONNX; export its weights as safetensors",
        Messages.of(
            IllegalArgumentException.class,
            () -> OnnxExport.model(spec, RandomWeights.of(spec, 1))));
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    NamedWeights other = RandomWeights.of(spec(GRU, 3, 5, 1, 1), 1);

    String message =
        Messages.of(
            IllegalArgumentException.class, () -> OnnxExport.model(spec(GRU, 3, 4, 1, 1), other));

    assertContains(message, "layers.0.update.input_weights: expected shape [4, 3], found [5, 3]");
  }

  private static NetworkSpec spec(CellSpec cell, int inputs, int hidden, int layers, int outputs) {
    return NetworkSpec.uniform(cell, inputs, hidden, layers, outputs, 0, new Loss.Squared());
  }

  private static WeightTensor negated(WeightTensor tensor) {
    float[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
    return WeightTensor.of(values, tensor.shape());
  }

  private static OrtSession session(byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return OrtEnvironment.getEnvironment().createSession(model, options);
    }
  }

  /** What the model gives for all windows as one batch, {@code [window][output]}. */
  /** {@code [window][output]}, or {@code [window][time·output]} of a head on every step. */
  private static float[][] run(OrtSession session, Inputs windows) throws OrtException {
    int length = windows.lookback() * windows.inputs();
    float[] window = new float[length];
    FloatBuffer x = FloatBuffer.allocate(windows.size() * length);
    for (int w = 0; w < windows.size(); w++) {
      windows.input(w, window);
      x.put(window);
    }
    long[] shape = {windows.size(), windows.lookback(), windows.inputs()};
    try (OnnxTensor operand =
            OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), x.flip(), shape);
        OrtSession.Result result = session.run(Map.of("x", operand))) {
      FloatBuffer y = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[][] rows = new float[windows.size()][y.remaining() / windows.size()];
      for (float[] row : rows) {
        y.get(row);
      }
      return rows;
    }
  }
}
