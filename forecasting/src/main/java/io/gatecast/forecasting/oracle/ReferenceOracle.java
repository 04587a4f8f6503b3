package io.gatecast.forecasting.oracle;

import io.gatecast.core.samples.Inputs;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Readout;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Reset;
import io.gatecast.reference.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The oracle by hand: the same weights and windows through {@code reference}, in double. */
public final class ReferenceOracle implements Oracle {
  /** A float network of this project's sizes stays well below it; a wrong weight does not. */
  public static final double TOLERANCE = 1e-4;

  @Override
  public OracleResult check(
      NetworkSpec spec, NamedWeights weights, Inputs windows, float[][] outputs) {
    ReferenceNetwork reference = network(spec, weights);
    double[][] expected = new double[windows.size()][];
    float[] window = new float[windows.lookback() * windows.inputs()];
    double squares = 0;
    long count = 0;
    for (int i = 0; i < expected.length; i++) {
      windows.input(i, window);
      expected[i] = outputs(reference, steps(window, windows.inputs()));
      for (double value : expected[i]) {
        squares += value * value;
      }
      count += expected[i].length;
    }
    double rms = Math.sqrt(squares / count);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int k = 0; k < expected[i].length; k++) {
        double size = Math.max(Math.abs(expected[i][k]), rms);
        double difference = Math.abs(outputs[i][k] - expected[i][k]);
        // Math.max keeps NaN, and NaN fails the check.
        largest = Math.max(largest, difference == 0 ? 0 : difference / size);
      }
    }
    return new OracleResult(largest, TOLERANCE, expected.length);
  }

  /** {@code [output]}, or {@code [time·output]} of a head that reads every step. */
  private static double[] outputs(ReferenceNetwork reference, double[][] x) {
    return reference.forward(x, reference.initialStates()).outputs().stream()
        .flatMapToDouble(y -> Arrays.stream(y.values()))
        .toArray();
  }

  private static double[][] steps(float[] window, int inputs) {
    double[][] steps = new double[window.length / inputs][inputs];
    for (int t = 0; t < steps.length; t++) {
      for (int i = 0; i < inputs; i++) {
        steps[t][i] = window[t * inputs + i];
      }
    }
    return steps;
  }

  /**
   * The reference network of the same description and the same weights, in double.
   *
   * @param spec the network
   * @param weights its weights
   * @return the reference network
   */
  public static ReferenceNetwork network(NetworkSpec spec, NamedWeights weights) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.tensors().forEach((name, tensor) -> tensors.put(name, widened(tensor)));
    return ReferenceNetwork.fromWeights(
        spec.layers().stream().map(layer -> kind(layer.cell())).toList(),
        Readout.valueOf(spec.head().readout().name()),
        tensors);
  }

  private static Tensor widened(WeightTensor tensor) {
    float[] values = tensor.values();
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return Tensor.of(wide, tensor.shape());
  }

  private static CellKind kind(CellSpec cell) {
    if (cell instanceof CellSpec.Rnn rnn) {
      return new CellKind.Rnn(Activation.valueOf(rnn.activation().name()));
    }
    if (cell instanceof CellSpec.Gru gru) {
      return new CellKind.Gru(Reset.valueOf(gru.reset().name()));
    }
    return new CellKind.Lstm();
  }
}
