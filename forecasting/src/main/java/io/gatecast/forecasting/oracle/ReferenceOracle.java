package io.gatecast.forecasting.oracle;

import io.gatecast.core.samples.Inputs;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Reset;
import io.gatecast.reference.Tensor;
import java.util.Collections;
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
    for (int i = 0; i < expected.length; i++) {
      windows.input(i, window);
      expected[i] = reference.forward(steps(window, windows.inputs()));
      for (double value : expected[i]) {
        squares += value * value;
      }
    }
    double rms = Math.sqrt(squares / ((double) expected.length * spec.outputs()));
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int k = 0; k < spec.outputs(); k++) {
        double size = Math.max(Math.abs(expected[i][k]), rms);
        double difference = Math.abs(outputs[i][k] - expected[i][k]);
        // Math.max keeps NaN, and NaN fails the check.
        largest = Math.max(largest, difference == 0 ? 0 : difference / size);
      }
    }
    return new OracleResult(largest, TOLERANCE, expected.length);
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
        Collections.nCopies(spec.layers(), kind(spec.cell())), tensors);
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
