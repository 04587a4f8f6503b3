package io.gatecast.reference.training;

import io.gatecast.reference.CellKind;
import io.gatecast.reference.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Weights to start training from, the same for the same seed on every machine.
 *
 * <ul>
 *   <li>Input and head weights: uniform in {@code ±√(6 / (rows + columns))}. X. Glorot and Y.
 *       Bengio (whence "Xavier"), <i>Understanding the Difficulty of Training Deep Feedforward
 *       Neural Networks</i>, AISTATS 2010.
 *   <li>Recurrent weights: a random orthogonal matrix, each gate its own. A. M. Saxe, J. L.
 *       McClelland and S. Ganguli, <i>Exact Solutions to the Nonlinear Dynamics of Learning in Deep
 *       Linear Neural Networks</i>, ICLR 2014. It keeps a vector's length, so that a linear network
 *       would neither forget nor explode.
 *   <li>Biases: 0, but 1 for an LSTM's forget gate, so that it starts by remembering. F. A. Gers,
 *       J. Schmidhuber and F. Cummins 2000; R. Jozefowicz, W. Zaremba and I. Sutskever, ICML 2015.
 * </ul>
 */
public final class Initialisation {
  private final Random random;

  private Initialisation(long seed) {
    random = new Random(seed);
  }

  /**
   * The weights of a network whose layers are equally wide.
   *
   * @param layers the kinds of the layers from the input upwards, at least one
   * @param input the size of the input vector, at least 1
   * @param hidden the number of hidden units of each layer, at least 1
   * @param output the number of outputs, at least 1
   * @param seed the seed
   * @return the tensors by canonical name; unmodifiable
   * @throws IllegalArgumentException if there is no layer or a size is below 1
   */
  public static Map<String, Tensor> weights(
      List<? extends CellKind> layers, int input, int hidden, int output, long seed) {
    Require.atLeastOne("layers", layers.size());
    Require.atLeastOne("input", input);
    Require.atLeastOne("hidden", hidden);
    Require.atLeastOne("output", output);
    Initialisation drawn = new Initialisation(seed);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (int n = 0; n < layers.size(); n++) {
      for (String name : layers.get(n).tensorNames()) {
        weights.put(
            "layers." + n + "." + name, drawn.tensor(name, n == 0 ? input : hidden, hidden));
      }
      if (layers.get(n) instanceof CellKind.Lstm) {
        weights.put("layers." + n + ".forget.bias", constant(1, hidden));
      }
    }
    weights.put("head.weights", drawn.xavier(output, hidden));
    weights.put("head.bias", constant(0, output));
    return Collections.unmodifiableMap(weights);
  }

  private Tensor tensor(String name, int input, int hidden) {
    if (name.endsWith(".input_weights")) {
      return xavier(hidden, input);
    }
    if (name.endsWith(".recurrent_weights")) {
      return orthogonal(hidden);
    }
    return constant(0, hidden);
  }

  private static Tensor constant(double value, int size) {
    return Tensor.vector(Collections.nCopies(size, value).stream().mapToDouble(v -> v).toArray());
  }

  private Tensor xavier(int rows, int columns) {
    double limit = Math.sqrt(6.0 / (rows + columns));
    return Tensor.of(random.doubles((long) rows * columns, -limit, limit).toArray(), rows, columns);
  }

  /**
   * Gram and Schmidt on rows of normal numbers, each freed of its predecessors twice, for the
   * rounding that the first time leaves. The result is uniform over the orthogonal matrices.
   */
  private Tensor orthogonal(int size) {
    double[][] rows = new double[size][size];
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
      }
    }
    return Tensor.matrix(rows);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void addMultiple(double[] sum, double[] addend, double factor) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += factor * addend[k];
    }
  }
}
