package io.gatecast.core.layers;

import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.kernel.LayerShape;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.RecurrentCell;
import io.gatecast.reference.SequenceGradient;
import io.gatecast.reference.SequencePass;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.Unrolled;
import io.gatecast.reference.contract.RecurrentContract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The oracle with a layer's own weights: what a batch of sequences gives, and the way back. Padding
 * is left out of the oracle's sequence; its output is the state before it, and what reads that
 * output reads that state.
 */
final class LayerOracle {
  private final LayerShape shape;
  private final Unrolled cell;

  /**
   * The oracle of a layer.
   *
   * @param layer the configuration
   * @param params the arrays by DL4J's keys, in any data type
   */
  LayerOracle(FusedRecurrent layer, Map<String, INDArray> params) {
    shape = layer.shape();
    CellKind kind =
        RecurrentContract.kinds().stream()
            .filter(candidate -> Oracle.cell(candidate).equals(layer.cell()))
            .findFirst()
            .orElseThrow();
    RecurrentCell ofWeights = kind.cellFromWeights(canonical(params), "");
    cell = new Unrolled(ofWeights);
  }

  /**
   * What the oracle finds, in double.
   *
   * @param out {@code [batch, hidden, time]}
   * @param last the states after the last step, {@code [batch, hidden]}, by DL4J's keys
   * @param gradients of the weights, by DL4J's keys
   * @param dx {@code [batch, inputs, time]}
   */
  record Answer(
      INDArray out, Map<String, INDArray> last, Map<String, INDArray> gradients, INDArray dx) {}

  /** A batch from zeros. */
  Answer run(INDArray x, @Nullable INDArray mask, INDArray dOut) {
    return run(x, mask, Map.of(), dOut);
  }

  /** A batch from given states, {@code [batch, hidden]} by DL4J's keys; none for zeros. */
  Answer run(INDArray x, @Nullable INDArray mask, Map<String, INDArray> initial, INDArray dOut) {
    int batch = (int) x.size(0);
    int time = (int) x.size(2);
    INDArray out = Nd4j.zeros(DataType.DOUBLE, batch, shape.hidden(), time);
    INDArray dx = Nd4j.zeros(DataType.DOUBLE, x.shape());
    Map<String, INDArray> last = new LinkedHashMap<>();
    Map<String, INDArray> gradients = zeros();
    for (int b = 0; b < batch; b++) {
      State start = initial.isEmpty() ? cell.cell().initialState() : state(initial, b);
      List<Integer> taken = new ArrayList<>();
      int[] stateOf = new int[time];
      for (int t = 0; t < time; t++) {
        if (mask == null || mask.getDouble(b, t) != 0) {
          taken.add(t);
        }
        stateOf[t] = taken.size();
      }
      double[][] steps = new double[taken.size()][];
      for (int s = 0; s < steps.length; s++) {
        steps[s] = column(x, b, taken.get(s));
      }
      SequencePass pass = cell.forward(steps, start);
      double[][] dh = new double[steps.length][shape.hidden()];
      for (int t = 0; t < time; t++) {
        double[] h = pass.before(stateOf[t]).h();
        for (int k = 0; k < h.length; k++) {
          out.putScalar(new int[] {b, k, t}, h[k]);
          if (stateOf[t] > 0) {
            dh[stateOf[t] - 1][k] += dOut.getDouble(b, k, t);
          }
        }
      }
      put(last, b, batch, pass.last());
      if (steps.length > 0) {
        SequenceGradient gradient = cell.backward(pass, dh, cell.cell().initialState());
        add(gradients, gradient.weights());
        for (int s = 0; s < steps.length; s++) {
          for (int i = 0; i < shape.inputs(); i++) {
            dx.putScalar(new int[] {b, i, taken.get(s)}, gradient.x().get(s).get(i));
          }
        }
      }
    }
    return new Answer(out, last, gradients, dx);
  }

  private Map<String, INDArray> zeros() {
    long width = (long) shape.gates() * shape.hidden();
    Map<String, INDArray> zeros = new LinkedHashMap<>();
    zeros.put("W", Nd4j.zeros(DataType.DOUBLE, shape.inputs(), width));
    zeros.put("RW", Nd4j.zeros(DataType.DOUBLE, shape.hidden(), width));
    zeros.put("b", Nd4j.zeros(DataType.DOUBLE, width));
    if (shape.hasRecurrentBias()) {
      zeros.put("rb", Nd4j.zeros(DataType.DOUBLE, shape.hidden()));
    }
    return zeros;
  }

  private Map<String, Tensor> canonical(Map<String, INDArray> params) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    INDArray w = Drawn.at(params, "W");
    INDArray u = Drawn.at(params, "RW");
    INDArray b = Drawn.at(params, "b").reshape(-1);
    int hidden = shape.hidden();
    for (int gate = 0; gate < shape.gates(); gate++) {
      double[][] ofInput = new double[hidden][shape.inputs()];
      double[][] ofState = new double[hidden][hidden];
      double[] bias = new double[hidden];
      for (int k = 0; k < hidden; k++) {
        int column = gate * hidden + k;
        for (int i = 0; i < shape.inputs(); i++) {
          ofInput[k][i] = w.getDouble(i, column);
        }
        for (int j = 0; j < hidden; j++) {
          ofState[k][j] = u.getDouble(j, column);
        }
        bias[k] = b.getDouble(column);
      }
      String name = shape.cell().gates().get(gate);
      named.put(name + ".input_weights", Tensor.matrix(ofInput));
      named.put(name + ".recurrent_weights", Tensor.matrix(ofState));
      named.put(name + ".bias", Tensor.vector(bias));
    }
    if (shape.hasRecurrentBias()) {
      INDArray second = Drawn.at(params, "rb").reshape(-1).castTo(DataType.DOUBLE);
      named.put("candidate.recurrent_bias", Tensor.vector(second.toDoubleVector()));
    }
    return named;
  }

  private void add(Map<String, INDArray> sums, Map<String, Tensor> named) {
    int hidden = shape.hidden();
    for (int gate = 0; gate < shape.gates(); gate++) {
      String name = shape.cell().gates().get(gate);
      Tensor w = Objects.requireNonNull(named.get(name + ".input_weights"));
      Tensor u = Objects.requireNonNull(named.get(name + ".recurrent_weights"));
      Tensor b = Objects.requireNonNull(named.get(name + ".bias"));
      for (int k = 0; k < hidden; k++) {
        int column = gate * hidden + k;
        for (int i = 0; i < shape.inputs(); i++) {
          add(Drawn.at(sums, "W"), w.get(k, i), i, column);
        }
        for (int j = 0; j < hidden; j++) {
          add(Drawn.at(sums, "RW"), u.get(k, j), j, column);
        }
        add(Drawn.at(sums, "b"), b.get(k), column);
      }
    }
    Tensor second = named.get("candidate.recurrent_bias");
    for (int k = 0; second != null && k < hidden; k++) {
      add(Drawn.at(sums, "rb"), second.get(k), k);
    }
  }

  private static void add(INDArray sum, double addend, int... where) {
    sum.putScalar(where, sum.getDouble(where) + addend);
  }

  private State state(Map<String, INDArray> states, int row) {
    double[] h = row(Drawn.at(states, FusedRecurrent.STATE_H), row);
    return shape.hasCellState()
        ? State.of(h, row(Drawn.at(states, FusedRecurrent.STATE_C), row))
        : State.of(h);
  }

  private void put(Map<String, INDArray> states, int row, int batch, State state) {
    putRow(states, FusedRecurrent.STATE_H, row, batch, state.h());
    if (state instanceof State.HiddenAndCell both) {
      putRow(states, FusedRecurrent.STATE_C, row, batch, both.c());
    }
  }

  private static void putRow(
      Map<String, INDArray> states, String key, int row, int batch, double[] values) {
    INDArray array =
        states.computeIfAbsent(key, k -> Nd4j.zeros(DataType.DOUBLE, batch, values.length));
    for (int k = 0; k < values.length; k++) {
      array.putScalar(row, k, values[k]);
    }
  }

  private static double[] row(INDArray matrix, int row) {
    double[] values = new double[(int) matrix.size(1)];
    for (int k = 0; k < values.length; k++) {
      values[k] = matrix.getDouble(row, k);
    }
    return values;
  }

  private static double[] column(INDArray x, int b, int t) {
    double[] values = new double[(int) x.size(1)];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.getDouble(b, i, t);
    }
    return values;
  }
}
