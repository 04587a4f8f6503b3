package io.gatecast.cli.trace;

import io.gatecast.forecasting.Names;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The textbook's worked example: one input, one hidden unit, a linear output, two steps. Every
 * number can be changed, and nothing else: larger networks come from a file.
 */
public final class TraceExample {
  private static final String DEFAULT_INPUT = "1,0.5";
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  /** W, U and b of each gate, in the order of the cell's gates. */
  private static final double[][] RNN = {{0.5, 0.8, 0.1}};

  private static final double[][] GRU = {{0.5, 0.4, 0.1}, {0.6, 0.3, -0.2}, {0.8, 0.7, 0.2}};

  /** The forget gate's bias is 1, as it is at the start of training. */
  private static final double[][] LSTM = {
    {0.5, 0.4, 1}, {0.6, 0.3, -0.2}, {0.7, 0.2, 0.1}, {0.8, 0.6, 0.2}
  };

  private static final double CANDIDATE_RECURRENT_BIAS = 0.3;
  private static final double HEAD_WEIGHT = 1.5;
  private static final double HEAD_BIAS = 0.2;

  private final CellKind kind;
  private final Map<String, Double> weights = new LinkedHashMap<>();
  private final Set<String> changed = new HashSet<>();
  private List<Tensor> x;
  private double h0;
  private double c0;

  /** The example as it is in the textbook, for one kind of cell. */
  public TraceExample(CellKind kind) {
    this.kind = kind;
    double[][] numbers =
        kind instanceof CellKind.Rnn ? RNN : kind instanceof CellKind.Gru ? GRU : LSTM;
    for (int gate = 0; gate < numbers.length; gate++) {
      String name = kind.gates().get(gate);
      weights.put(name + ".input_weights", numbers[gate][0]);
      weights.put(name + ".recurrent_weights", numbers[gate][1]);
      weights.put(name + ".bias", numbers[gate][2]);
    }
    for (String name : kind.tensorNames()) {
      weights.putIfAbsent(name, CANDIDATE_RECURRENT_BIAS); // of reset after alone
    }
    weights.put(TraceCase.HEAD_WEIGHTS, HEAD_WEIGHT);
    weights.put(TraceCase.HEAD_BIAS, HEAD_BIAS);
    x = inputs(DEFAULT_INPUT);
  }

  /** Takes the inputs: one number for each step, with commas between them. */
  public void input(String text) {
    x = inputs(text);
  }

  private static List<Tensor> inputs(String text) {
    List<Tensor> inputs = new ArrayList<>();
    for (String number : text.split(",", -1)) {
      inputs.add(Tensor.vector(number(number, Place.option("--input"))));
    }
    return inputs;
  }

  /** Takes one weight: {@code hidden.bias=0.1}. */
  public void weight(String assignment) {
    Place place = Place.option("--weight");
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      throw place.fault(
          "NAME=VALUE", "\"" + assignment + "\"", "write it like " + TraceCase.HEAD_BIAS + "=0.1");
    }
    String name = assignment.substring(0, equals);
    if (!weights.containsKey(name)) {
      throw place.fault(
          "the name of a weight", "\"" + name + "\"", Names.nearest(name, weights.keySet()));
    }
    if (!changed.add(name)) {
      throw place.fault("each weight once", "\"" + name + "\" again", "remove one of the two");
    }
    weights.put(name, number(assignment.substring(equals + 1), Place.option("--weight " + name)));
  }

  public void h0(String text) {
    h0 = number(text, Place.option("--h0"));
  }

  public void c0(String text) {
    c0 = number(text, Place.option("--c0"));
  }

  /** A decimal number; Java would also read 1d, 0x1p3 and NaN. */
  private static double number(String text, Place place) {
    String trimmed = text.strip();
    if (DECIMAL.matcher(trimmed).matches()) {
      double number = Double.parseDouble(trimmed);
      if (Double.isFinite(number)) {
        return number;
      }
    }
    throw place.fault(
        "a finite number", "\"" + text + "\"", "write it like -0.5, with commas between several");
  }

  public TraceCase toCase() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.forEach((name, value) -> tensors.put(name, tensor(name, value)));
    double[] h = {h0};
    State initial = kind instanceof CellKind.Lstm ? State.of(h, new double[] {c0}) : State.of(h);
    return new TraceCase(kind, tensors, x, initial, null);
  }

  private static Tensor tensor(String name, double value) {
    return name.endsWith("bias") ? Tensor.vector(value) : Tensor.matrix(new double[][] {{value}});
  }
}
