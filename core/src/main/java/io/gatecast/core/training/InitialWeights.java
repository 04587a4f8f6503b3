package io.gatecast.core.training;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Weights to start training from, the same for the same seed on every machine. Drawn in double and
 * rounded to float.
 *
 * <ul>
 *   <li>Input and head weights: uniform in {@code ±√(6 / (rows + columns))} of each gate's matrix
 *       (Glorot and Bengio, 2010; "Xavier").
 *   <li>Recurrent weights: a random orthogonal matrix, each gate its own (Saxe, McClelland and
 *       Ganguli, 2014).
 *   <li>Biases: 0, but 1 for an LSTM's forget gate, so that it starts by remembering (Gers,
 *       Schmidhuber and Cummins, 2000; Jozefowicz, Zaremba and Sutskever, 2015).
 *   <li>Embeddings of positions and channels: standard normal (SegRNN's). The linear map of
 *       segments: 0, so that a network begins without it.
 * </ul>
 */
public final class InitialWeights {
  private final Random random;

  private InitialWeights(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Draws a network's weights.
   *
   * @param spec the network
   * @param seed the seed
   * @return its weights, in canonical order and drawn in it
   */
  public static NamedWeights of(NetworkSpec spec, long seed) {
    InitialWeights drawn = new InitialWeights(seed);
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    NamedWeights.shapes(spec)
        .forEach(
            (name, shape) -> tensors.put(name, WeightTensor.of(drawn.tensor(name, shape), shape)));
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      if (spec.layers().get(layer).cell() instanceof CellSpec.Lstm) {
        float[] ones = new float[spec.layers().get(layer).hidden()];
        Arrays.fill(ones, 1);
        tensors.put(
            NamedWeights.prefix(layer, "forget") + "bias", WeightTensor.of(ones, ones.length));
      }
    }
    return NamedWeights.of(spec, tensors);
  }

  private float[] tensor(String name, int[] shape) {
    if (shape.length == 1) {
      return new float[shape[0]];
    }
    if (name.equals("segments.linear.weights")) {
      return new float[shape[0] * shape[1]];
    }
    if (name.equals("segments.positions") || name.equals("segments.channels")) {
      return normal(Math.multiplyExact(shape[0], shape[1]));
    }
    return name.endsWith(".recurrent_weights") ? orthogonal(shape[0]) : xavier(shape[0], shape[1]);
  }

  private float[] normal(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private float[] xavier(int rows, int columns) {
    double limit = Math.sqrt(6.0 / (rows + columns));
    return narrow(
        random.doubles(Math.multiplyExact((long) rows, columns), -limit, limit).toArray());
  }

  /**
   * Gram and Schmidt on rows of normal numbers, each freed of its predecessors twice, for the
   * rounding that the first time leaves. The result is uniform over the orthogonal matrices.
   */
  private float[] orthogonal(int size) {
    double[][] rows = new double[size][size];
    float[] matrix = new float[Math.multiplyExact(size, size)];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        rows[row][column] = random.nextGaussian();
      }
      for (int time = 0; time < 2; time++) {
        for (int earlier = 0; earlier < row; earlier++) {
          addMultiple(rows[row], rows[earlier], -dot(rows[row], rows[earlier]));
        }
      }
      double length = Math.sqrt(dot(rows[row], rows[row]));
      for (int column = 0; column < size; column++) {
        rows[row][column] /= length;
        matrix[row * size + column] = (float) rows[row][column];
      }
    }
    return matrix;
  }

  /** In four sums, as each addition waits for the one before it in the same sum. */
  private static double dot(double[] a, double[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int k = 0;
    for (; k <= a.length - 4; k += 4) {
      sum0 += a[k] * b[k];
      sum1 += a[k + 1] * b[k + 1];
      sum2 += a[k + 2] * b[k + 2];
      sum3 += a[k + 3] * b[k + 3];
    }
    for (; k < a.length; k++) {
      sum0 += a[k] * b[k];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private static void addMultiple(double[] sum, double[] addend, double factor) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += factor * addend[k];
    }
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
