package io.gatecast.core.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.Networks;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.Dl4jWeights;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.training.Example;
import io.gatecast.reference.training.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.util.DataTypeUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Proves that DL4J networks of mixed stacks, both readouts and all losses give the oracle's
 * outputs, loss and gradient: the loss is the mean over windows, steps and outputs, and nothing
 * divides the gradient further.
 */
class ConfiguredNetworkTest {
  private static final int BATCH = 3;
  private static final int TIME = 6;
  private static final double TOLERANCE = 1e-5;

  static Stream<NetworkSpec> networks() {
    return Stream.concat(Networks.varied(), mixedStacksOfEachLoss());
  }

  static Stream<NetworkSpec> mixedStacksOfEachLoss() {
    return Networks.losses()
        .flatMap(
            loss ->
                Stream.of(Readout.values())
                    .map(readout -> Networks.of(Networks.mixed(), readout, loss)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputsAreTheOracles(NetworkSpec spec) {
    List<Example> batch = batch(spec);
    ReferenceNetwork oracle = Oracle.of(spec, RandomWeights.of(spec, 1));
    INDArray y = live(spec).output(x(batch, DataType.FLOAT));

    for (int n = 0; n < BATCH; n++) {
      List<Tensor> expected =
          oracle.forward(batch.get(n).x().rows(), oracle.initialStates()).outputs();
      INDArray found = y.slice(n).reshape(spec.outputs(), -1);
      assertEquals(expected.size(), found.size(1));
      for (int t = 0; t < expected.size(); t++) {
        for (int k = 0; k < spec.outputs(); k++) {
          assertEquals(expected.get(t).get(k), found.getDouble(k, t), TOLERANCE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void scoreAndGradientAreTheMeanLossOfTheOracle(NetworkSpec spec) {
    List<Example> batch = batch(spec);
    Objective.Gradient expected =
        new Objective(Oracle.loss(spec.loss()))
            .gradient(Oracle.of(spec, RandomWeights.of(spec, 1)), batch);
    MultiLayerNetwork network = live(spec);
    DataSet data = new DataSet(x(batch, DataType.FLOAT), labels(spec, batch, DataType.FLOAT));

    assertEquals(expected.loss(), network.score(data, false), TOLERANCE * expected.loss());

    network.fit(data); // the configuration's updater leaves the gradient as it is
    assertEquals(expected.loss(), network.score(), TOLERANCE * expected.loss());
    NamedWeights found =
        FlatLayout.of(spec).read(network.getFlattenedGradients().dup().data().asFloat());
    expected.weights().forEach((name, tensor) -> assertClose(name, tensor, found.get(name)));
  }

  private static void assertClose(String name, Tensor expected, WeightTensor found) {
    double largest = 0;
    double[] oracle = expected.values();
    for (double value : oracle) {
      largest = Math.max(largest, Math.abs(value));
    }
    float[] values = found.values();
    for (int i = 0; i < oracle.length; i++) {
      assertEquals(oracle[i], values[i], TOLERANCE * Math.max(largest, 1e-2), name);
    }
  }

  @ParameterizedTest
  @MethodSource("mixedStacksOfEachLoss")
  void gradientsAreFiniteDifferencesOfTheScore(NetworkSpec spec) {
    assertTrue(gradientsAreRight(spec, null));
  }

  @ParameterizedTest
  @MethodSource("mixedStacksOfEachLoss")
  void gradientsWithMaskedLabelsAreFiniteDifferencesOfTheScore(NetworkSpec spec) {
    boolean everyStep = spec.head().readout() == Readout.EVERY_STEP;
    INDArray mask = Nd4j.ones(DataType.DOUBLE, BATCH, everyStep ? TIME : 1);
    mask.putScalar(1, 0, 0);

    assertTrue(gradientsAreRight(spec, mask));
  }

  private static boolean gradientsAreRight(NetworkSpec spec, @Nullable INDArray labelMask) {
    List<Example> batch = batch(spec);
    DataType before = DataTypeUtil.getDtypeFromContext();
    try {
      DataTypeUtil.setDTypeForContext(DataType.DOUBLE);
      return GradientCheckUtil.checkGradients(
          new GradientCheckUtil.MLNConfig()
              .net(live(spec).convertDataType(DataType.DOUBLE))
              .input(x(batch, DataType.DOUBLE))
              .labels(labels(spec, batch, DataType.DOUBLE))
              .labelMask(labelMask)
              .subset(true)
              .maxPerParam(4) // of each array; the oracle's gradients leave none out
              .maxRelError(1e-5)
              .minAbsoluteError(1e-9)
              .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)
              .exitOnFirstError(true));
    } finally {
      DataTypeUtil.setDTypeForContext(before);
    }
  }

  private static MultiLayerNetwork live(NetworkSpec spec) {
    MultiLayerNetwork network = new MultiLayerNetwork(Dl4jConfiguration.of(spec));
    network.init();
    Dl4jWeights.write(spec, RandomWeights.of(spec, 1), network);
    return network;
  }

  private static List<Example> batch(NetworkSpec spec) {
    Random random = new Random(2);
    int read = spec.head().readout() == Readout.EVERY_STEP ? TIME : 1;
    List<Example> examples = new ArrayList<>();
    for (int n = 0; n < BATCH; n++) {
      examples.add(
          new Example(
              Tensor.matrix(drawn(random, TIME, spec.inputs())),
              Tensor.matrix(drawn(random, read, spec.outputs()))));
    }
    return examples;
  }

  /** Floats, so that the oracle and the network read the same numbers. */
  private static double[][] drawn(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return matrix;
  }

  private static INDArray x(List<Example> batch, DataType type) {
    return channelsFirst(batch.stream().map(Example::x).toList(), type);
  }

  private static INDArray labels(NetworkSpec spec, List<Example> batch, DataType type) {
    INDArray labels = channelsFirst(batch.stream().map(Example::targets).toList(), type);
    boolean everyStep = spec.head().readout() == Readout.EVERY_STEP;
    return everyStep ? labels : labels.reshape(BATCH, spec.outputs());
  }

  /** {@code [batch, number, time]} of matrices {@code [time, number]}. */
  private static INDArray channelsFirst(List<Tensor> matrices, DataType type) {
    double[][][] values = new double[matrices.size()][][];
    for (int n = 0; n < values.length; n++) {
      values[n] = matrices.get(n).rows();
    }
    return Nd4j.createFromArray(values).permute(0, 2, 1).castTo(type).dup('c');
  }
}
