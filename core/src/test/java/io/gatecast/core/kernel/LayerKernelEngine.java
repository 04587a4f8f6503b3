package io.gatecast.core.kernel;

import io.gatecast.core.fixtures.Oracle;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Readout;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.contract.EngineAnswer;
import io.gatecast.reference.contract.EngineCase;
import io.gatecast.reference.contract.RecurrentEngine;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A kernel as the contract sees an engine: layers on top of each other, and a plain head. */
final class LayerKernelEngine implements RecurrentEngine {
  private final LayerKernel kernel;
  private final DataType type;

  LayerKernelEngine(LayerKernel kernel, DataType type) {
    this.kernel = kernel;
    this.type = type;
  }

  @Override
  public Set<Feature> features() {
    return EnumSet.allOf(Feature.class);
  }

  @Override
  public boolean supports(CellKind kind) {
    return true;
  }

  @Override
  public EngineAnswer run(EngineCase question) {
    int batch = question.x().size();
    int time = question.x().get(0).shape()[0];
    List<LayerShape> shapes = new ArrayList<>();
    List<LayerKernel.Pass> passes = new ArrayList<>();
    INDArray sequence = channelsFirst(question.x());
    for (int n = 0; n < question.layers().size(); n++) {
      LayerShape shape = shape(question, n);
      INDArray out = Nd4j.create(type, batch, shape.hidden(), time);
      shapes.add(shape);
      passes.add(
          kernel.forward(
              shape,
              weights(question.weights(), n, shape),
              sequence,
              null,
              ofLayer(question.initial(), n),
              out,
              true));
      sequence = out;
    }
    Map<String, Tensor> gradient = new LinkedHashMap<>();
    List<Tensor> outputs = new ArrayList<>();
    INDArray dOut = head(question, sequence, outputs, gradient);

    List<LayerState> last = new ArrayList<>();
    List<LayerState> initial = new ArrayList<>();
    for (int n = passes.size() - 1; n >= 0; n--) {
      LayerShape shape = shapes.get(n);
      LayerArrays gradients = zeros(shape);
      INDArray dx = Nd4j.create(type, batch, shape.inputs(), time);
      last.add(0, passes.get(n).last());
      initial.add(
          0, passes.get(n).backward(dOut, ofLayer(question.lastGradient(), n), gradients, dx));
      name(gradient, n, shape, gradients);
      dOut = dx;
    }
    List<Tensor> x = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      double[][] rows = new double[time][shapes.get(0).inputs()];
      for (int t = 0; t < time; t++) {
        for (int i = 0; i < rows[t].length; i++) {
          rows[t][i] = dOut.getDouble(b, i, t);
        }
      }
      x.add(Tensor.matrix(rows));
    }
    return new EngineAnswer(outputs, states(last, batch), gradient, x, states(initial, batch));
  }

  /** The outputs, the head's gradients, and ∂L/∂h of the top layer. */
  private INDArray head(
      EngineCase question, INDArray h, List<Tensor> outputs, Map<String, Tensor> gradient) {
    Tensor v = tensor(question.weights(), "head.weights");
    Tensor c = tensor(question.weights(), "head.bias");
    int batch = (int) h.size(0);
    int hidden = (int) h.size(1);
    int time = (int) h.size(2);
    int first = question.readout() == Readout.EVERY_STEP ? 0 : time - 1;
    double[][] dv = new double[c.size()][hidden];
    double[] dc = new double[c.size()];
    double[][][] dh = new double[batch][hidden][time];
    for (int b = 0; b < batch; b++) {
      double[][] y = new double[time - first][c.size()];
      for (int t = first; t < time; t++) {
        for (int k = 0; k < c.size(); k++) {
          double dy = question.outputGradient().get(b).get(t - first, k);
          y[t - first][k] = c.get(k);
          dc[k] += dy;
          for (int j = 0; j < hidden; j++) {
            double value = h.getDouble(b, j, t);
            y[t - first][k] += v.get(k, j) * value;
            dv[k][j] += dy * value;
            dh[b][j][t] += dy * v.get(k, j);
          }
        }
      }
      outputs.add(Tensor.matrix(y));
    }
    gradient.put("head.weights", Tensor.matrix(dv));
    gradient.put("head.bias", Tensor.vector(dc));
    return Nd4j.createFromArray(dh).castTo(type);
  }

  private static LayerShape shape(EngineCase question, int layer) {
    CellKind kind = question.layers().get(layer);
    String first = "layers." + layer + "." + kind.gates().get(0) + ".input_weights";
    int[] sizes = tensor(question.weights(), first).shape();
    return new LayerShape(Oracle.cell(kind), sizes[1], sizes[0]);
  }

  private static Tensor tensor(Map<String, Tensor> weights, String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  private LayerArrays zeros(LayerShape shape) {
    long width = (long) shape.gates() * shape.hidden();
    return new LayerArrays(
        Nd4j.create(type, shape.inputs(), width),
        Nd4j.create(type, shape.hidden(), width),
        Nd4j.create(type, width),
        shape.hasRecurrentBias() ? Nd4j.create(type, shape.hidden()) : null);
  }

  private LayerArrays weights(Map<String, Tensor> named, int layer, LayerShape shape) {
    LayerArrays weights = zeros(shape);
    int hidden = shape.hidden();
    for (int gate = 0; gate < shape.gates(); gate++) {
      String prefix = "layers." + layer + "." + shape.cell().gates().get(gate) + ".";
      for (int k = 0; k < hidden; k++) {
        int column = gate * hidden + k;
        for (int i = 0; i < shape.inputs(); i++) {
          double value = tensor(named, prefix + "input_weights").get(k, i);
          weights.input().putScalar(i, column, value);
        }
        for (int j = 0; j < hidden; j++) {
          double value = tensor(named, prefix + "recurrent_weights").get(k, j);
          weights.recurrent().putScalar(j, column, value);
        }
        weights.bias().putScalar(column, tensor(named, prefix + "bias").get(k));
      }
    }
    INDArray recurrentBias = weights.recurrentBias();
    if (recurrentBias != null) {
      Tensor values = tensor(named, "layers." + layer + ".candidate.recurrent_bias");
      for (int k = 0; k < hidden; k++) {
        recurrentBias.putScalar(k, values.get(k));
      }
    }
    return weights;
  }

  private static void name(
      Map<String, Tensor> named, int layer, LayerShape shape, LayerArrays weights) {
    int hidden = shape.hidden();
    for (int gate = 0; gate < shape.gates(); gate++) {
      String prefix = "layers." + layer + "." + shape.cell().gates().get(gate) + ".";
      double[][] w = new double[hidden][shape.inputs()];
      double[][] u = new double[hidden][hidden];
      double[] b = new double[hidden];
      for (int k = 0; k < hidden; k++) {
        int column = gate * hidden + k;
        for (int i = 0; i < shape.inputs(); i++) {
          w[k][i] = weights.input().getDouble(i, column);
        }
        for (int j = 0; j < hidden; j++) {
          u[k][j] = weights.recurrent().getDouble(j, column);
        }
        b[k] = weights.bias().getDouble(column);
      }
      named.put(prefix + "input_weights", Tensor.matrix(w));
      named.put(prefix + "recurrent_weights", Tensor.matrix(u));
      named.put(prefix + "bias", Tensor.vector(b));
    }
    INDArray recurrentBias = weights.recurrentBias();
    if (recurrentBias != null) {
      named.put(
          "layers." + layer + ".candidate.recurrent_bias",
          Tensor.vector(recurrentBias.toDoubleVector()));
    }
  }

  private INDArray channelsFirst(List<Tensor> x) {
    int time = x.get(0).shape()[0];
    double[][][] values = new double[x.size()][x.get(0).shape()[1]][time];
    for (int b = 0; b < values.length; b++) {
      for (int i = 0; i < values[b].length; i++) {
        for (int t = 0; t < time; t++) {
          values[b][i][t] = x.get(b).get(t, i);
        }
      }
    }
    return Nd4j.createFromArray(values).castTo(type);
  }

  /** One layer's state, or its gradient, of all sequences. */
  private LayerState ofLayer(List<List<State>> ofSequences, int layer) {
    double[][] h = new double[ofSequences.size()][];
    double[][] c = new double[h.length][];
    boolean cells = false;
    for (int b = 0; b < h.length; b++) {
      State state = ofSequences.get(b).get(layer);
      h[b] = state.h();
      if (state instanceof State.HiddenAndCell both) {
        c[b] = both.c();
        cells = true;
      }
    }
    return new LayerState(
        Nd4j.createFromArray(h).castTo(type), cells ? Nd4j.createFromArray(c).castTo(type) : null);
  }

  private static List<List<State>> states(List<LayerState> layers, int batch) {
    List<List<State>> states = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      List<State> row = new ArrayList<>();
      for (LayerState layer : layers) {
        @Nullable INDArray c = layer.c();
        double[] h = row(layer.h(), b);
        row.add(c == null ? State.of(h) : State.of(h, row(c, b)));
      }
      states.add(row);
    }
    return states;
  }

  private static double[] row(INDArray matrix, int row) {
    double[] values = new double[(int) matrix.size(1)];
    for (int k = 0; k < values.length; k++) {
      values[k] = matrix.getDouble(row, k);
    }
    return values;
  }
}
