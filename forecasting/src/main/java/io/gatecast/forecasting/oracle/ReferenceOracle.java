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
import io.gatecast.reference.SegmentedNetwork;
import io.gatecast.reference.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The oracle by hand: the same weights and windows through {@code reference}, in double. */
public final class ReferenceOracle implements Oracle {
  /** A float network of this project's sizes stays well below it; a wrong weight does not. */
  public static final double TOLERANCE = 1e-4;

  /**
   * {@inheritDoc}
   *
   * <p>Of a network of segments, the difference is relative to what it adds to the μ that it took
   * from a window, as next to a level a wrong weight would hide; and what float cannot tell apart
   * at that level is no difference.
   */
  @Override
  public OracleResult check(
      NetworkSpec spec, NamedWeights weights, Inputs windows, float[][] outputs) {
    Function<double[][], double[]> reference = reference(spec, weights);
    double[][] expected = new double[windows.size()][];
    double[][] centres = new double[windows.size()][];
    float[] window = new float[windows.lookback() * windows.inputs()];
    double squares = 0;
    long count = 0;
    for (int i = 0; i < expected.length; i++) {
      windows.input(i, window);
      double[][] x = steps(window, windows.inputs());
      expected[i] = reference.apply(x);
      centres[i] = SegmentedReference.centres(spec, x, expected[i].length);
      for (int k = 0; k < expected[i].length; k++) {
        double own = expected[i][k] - centres[i][k];
        squares += own * own;
      }
      count += expected[i].length;
    }
    double rms = Math.sqrt(squares / count);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int k = 0; k < expected[i].length; k++) {
        double size = Math.max(Math.abs(expected[i][k] - centres[i][k]), rms);
        double beyond = Math.abs(outputs[i][k] - expected[i][k]) - rounding(centres[i][k]);
        // Math.max keeps NaN, and NaN fails the check.
        double difference = Math.max(0, beyond);
        largest = Math.max(largest, difference == 0 ? 0 : difference / size);
      }
    }
    return new OracleResult(largest, TOLERANCE, expected.length);
  }

  /** Rounding μ itself and its sum with what is added, each by half a place. */
  private static double rounding(double centre) {
    return centre == 0 ? 0 : Math.ulp((float) centre);
  }

  private static Function<double[][], double[]> reference(NetworkSpec spec, NamedWeights weights) {
    if (spec.segments().isPresent()) {
      return segmentedNetwork(spec, weights)::forward;
    }
    ReferenceNetwork network = network(spec, weights);
    return x -> outputs(network, x);
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
   * @param spec a network that reads step by step
   * @param weights its weights
   * @return the reference network
   * @throws IllegalArgumentException if it reads segments
   */
  public static ReferenceNetwork network(NetworkSpec spec, NamedWeights weights) {
    return ReferenceNetwork.fromWeights(
        spec.layers().stream().map(layer -> kind(layer.cell())).toList(),
        Readout.valueOf(spec.head().readout().name()),
        widened(weights));
  }

  /**
   * The reference network of the same description and the same weights, in double.
   *
   * @param spec a network that reads segments
   * @param weights its weights
   * @return the reference network
   * @throws java.util.NoSuchElementException if it reads step by step
   */
  public static SegmentedNetwork segmentedNetwork(NetworkSpec spec, NamedWeights weights) {
    return SegmentedNetwork.fromWeights(
        kind(spec.top().cell()), SegmentedReference.settings(spec), widened(weights));
  }

  private static Map<String, Tensor> widened(NamedWeights weights) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.tensors().forEach((name, tensor) -> tensors.put(name, widened(tensor)));
    return tensors;
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
