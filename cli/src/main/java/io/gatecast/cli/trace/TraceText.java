package io.gatecast.cli.trace;

import io.gatecast.cli.TextTable;
import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.RecurrentCell;
import io.gatecast.reference.Reset;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A trace for people: what was given, each step, with its formulas if it is the oracle's, the
 * gradients.
 */
public final class TraceText {
  /** Weights of more numbers are the file's to show. */
  private static final int NUMBERS_SHOWN = 16;

  private final PrintStream out;

  public TraceText(PrintStream out) {
    this.out = out;
  }

  public void print(Trace trace) {
    out.println(title(trace));
    out.println();
    given(trace.given());
    for (int t = 0; t < trace.pass().time(); t++) {
      if (trace.engine() == null) {
        new StepText(out, trace, t).print();
      } else {
        new EngineStepText(out, trace, t).print();
      }
    }
    if (trace.gradient() != null) {
      gradients(trace, trace.gradient());
    }
    out.println();
    out.println(
        trace.engine() == null
            ? "Computed in double precision, shown with 6 significant digits; --json has them all."
            : "Computed by the engine "
                + trace.engine()
                + ", shown with 6 significant digits; --json has them all.");
  }

  private static String title(Trace trace) {
    RecurrentCell cell = trace.given().cell();
    return name(trace.given().kind())
        + ": "
        + count(cell.inputSize(), "input")
        + ", "
        + count(cell.hiddenSize(), "hidden unit")
        + trace.given().head().map(head -> ", " + count(head.outputSize(), "output")).orElse("")
        + ", "
        + count(trace.pass().time(), "step");
  }

  private static String name(CellKind kind) {
    if (kind instanceof CellKind.Rnn rnn) {
      boolean logistic = rnn.activation() == Activation.SIGMOID;
      return "RNN, " + (logistic ? "logistic" : rnn.activation().name().toLowerCase(Locale.ROOT));
    }
    if (kind instanceof CellKind.Gru gru) {
      return "GRU, reset " + (gru.reset() == Reset.BEFORE ? "before" : "after") + " the product";
    }
    return "LSTM";
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private void given(TraceCase given) {
    TextTable table = new TextTable(3);
    for (String name : TraceCase.tensorNames(given.kind())) {
      if (given.weights().containsKey(name)) {
        row(table, name, TraceSymbols.tensor(given.kind(), name), given.weight(name));
      }
    }
    row(table, "h0", "h_0", Tensor.vector(given.initial().h()));
    if (given.initial() instanceof State.HiddenAndCell state) {
      row(table, "c0", "C_0", Tensor.vector(state.c()));
    }
    table.print(out);
  }

  private static void row(TextTable table, String name, String symbol, Tensor tensor) {
    String value =
        tensor.size() > NUMBERS_SHOWN
            ? "of shape " + Arrays.toString(tensor.shape())
            : tensor.rank() == 1 ? Digits.of(tensor.values()) : Digits.of(tensor.rows());
    table.row(name, symbol, "= " + value);
  }

  private void gradients(Trace trace, Trace.Gradient gradient) {
    out.println();
    out.println("gradients of the loss L, by backpropagation through all steps");
    TextTable table = new TextTable(3);
    CellKind kind = trace.given().kind();
    List<Tensor> loss = trace.given().lossGradient();
    for (int t = 0; loss != null && t < loss.size(); t++) {
      table.row(
          "  given at step " + (t + 1), "∂L/∂h_" + (t + 1), "= " + Digits.of(loss.get(t).values()));
    }
    for (String name : kind.tensorNames()) {
      Tensor tensor = gradient.weights().get(name);
      if (tensor != null) {
        gradient(table, name, TraceSymbols.tensor(kind, name), tensor);
      }
    }
    for (int t = 0; t < gradient.x().size(); t++) {
      gradient(table, "x at step " + (t + 1), "x_" + (t + 1), gradient.x().get(t));
    }
    gradient(table, "h0", "h_0", Tensor.vector(gradient.initial().h()));
    if (gradient.initial() instanceof State.HiddenAndCell state) {
      gradient(table, "c0", "C_0", Tensor.vector(state.c()));
    }
    table.print(out);
  }

  /** All numbers, a matrix row by row. */
  private static void gradient(TextTable table, String name, String symbol, Tensor tensor) {
    String label = "  " + name;
    String derivative = "∂L/∂" + symbol;
    if (tensor.rank() == 1 || tensor.shape()[0] == 1) {
      table.row(label, derivative, "= " + Digits.of(tensor.values()));
      return;
    }
    double[][] rows = tensor.rows();
    for (int row = 0; row < rows.length; row++) {
      boolean first = row == 0;
      table.row(
          first ? label : "",
          first ? derivative : "",
          (first ? "= [" : "   ") + "[" + bare(rows[row]) + (row == rows.length - 1 ? "]]" : "],"));
    }
  }

  private static String bare(double[] row) {
    String text = Digits.of(row);
    return row.length == 1 ? text : text.substring(1, text.length() - 1);
  }
}
