package io.gatecast.cli.trace;

import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Reset;
import io.gatecast.reference.State;
import io.gatecast.reference.Step;
import io.gatecast.reference.Tensor;
import java.io.PrintStream;
import java.util.function.IntFunction;

/**
 * One step for people, gate by gate: the formula, the formula with the numbers put in, the value. A
 * layer of one unit has it all on a line; one of a few units a line for each unit's sum; a larger
 * one formula and values alone. Every value is the oracle's.
 */
final class StepText {
  private static final int UNITS_SHOWN = 4;
  private static final int TERMS_SHOWN = 6;

  private final PrintStream out;
  private final Trace trace;
  private final CellKind kind;
  private final int t;
  private final Step step;
  private final PreActivations preActivations;
  private final double[] x;
  private final State before;
  private final String now;
  private final String then;

  /**
   * Looks at one step.
   *
   * @param t from 0; shown from 1
   */
  StepText(PrintStream out, Trace trace, int t) {
    this.out = out;
    this.trace = trace;
    this.t = t;
    kind = trace.given().kind();
    step = trace.pass().steps().get(t);
    preActivations = new PreActivations(trace, t);
    x = trace.given().x().get(t).values();
    before = trace.pass().before(t);
    now = "_" + (t + 1);
    then = "_" + t;
  }

  void print() {
    out.println();
    out.println(
        "step "
            + (t + 1)
            + ": x"
            + now
            + " = "
            + Digits.of(x)
            + ", h"
            + then
            + " = "
            + Digits.of(before.h())
            + (before instanceof State.HiddenAndCell b
                ? ", C" + then + " = " + Digits.of(b.c())
                : ""));
    if (kind instanceof CellKind.Rnn rnn) {
      rnn(rnn.activation());
    } else if (kind instanceof CellKind.Gru gru) {
      gru(gru.reset());
    } else {
      lstm();
    }
    if (!trace.y().isEmpty()) {
      double[][] v = tensor("head.weights").rows();
      Tensor c = tensor("head.bias");
      double[] h = step.state().h();
      sum(
          "y" + now,
          "V h" + now + " + c",
          "output",
          h.length + 1,
          k -> new NumbersIn().product(v[k], h).plus(c.get(k)),
          trace.y().get(t).values());
    }
  }

  private void rnn(Activation activation) {
    String a = "a" + now;
    weightedSum("hidden", a, "h" + then, before.h());
    activated("h" + now, activation, a, preActivations.of("hidden"), step.state().h());
  }

  private void gru(Reset reset) {
    gate("update", "z", Activation.SIGMOID);
    gate("reset", "r", Activation.SIGMOID);
    double[] h = before.h();
    double[] r = step.gate("reset");
    if (reset == Reset.BEFORE) {
      String kept = "r" + now + " ∘ h" + then;
      double[] values = preActivations.inner();
      elementwise(kept, "", k -> new NumbersIn().product(r[k], h[k]), values);
      weightedSum("candidate", "a_h", "(" + kept + ")", values);
    } else {
      resetAfter(r, h);
    }
    double[] proposed = step.gate("candidate");
    activated("h~" + now, Activation.TANH, "a_h", preActivations.of("candidate"), proposed);
    double[] z = step.gate("update");
    elementwise(
        "h" + now,
        "(1 - z" + now + ") ∘ h" + then + " + z" + now + " ∘ h~" + now,
        k -> new NumbersIn().restProduct(z[k], h[k]).product(z[k], proposed[k]),
        step.state().h());
  }

  private void resetAfter(double[] r, double[] h) {
    double[][] w = tensor("candidate.input_weights").rows();
    double[][] u = tensor("candidate.recurrent_weights").rows();
    Tensor b = tensor("candidate.bias");
    Tensor c = tensor("candidate.recurrent_bias");
    double[] recurrent = preActivations.inner();
    sum(
        "U_h h" + then + " + c_h",
        "",
        "unit",
        h.length + 1,
        k -> new NumbersIn().product(u[k], h).plus(c.get(k)),
        recurrent);
    sum(
        "a_h",
        "W_h x" + now + " + b_h + r" + now + " ∘ (U_h h" + then + " + c_h)",
        "unit",
        x.length + 2,
        k -> new NumbersIn().product(w[k], x).plus(b.get(k)).product(r[k], recurrent[k]),
        preActivations.of("candidate"));
  }

  private void lstm() {
    gate("forget", "f", Activation.SIGMOID);
    gate("input", "i", Activation.SIGMOID);
    gate("output", "o", Activation.SIGMOID);
    gate("candidate", "C~", Activation.TANH);
    double[] f = step.gate("forget");
    double[] i = step.gate("input");
    double[] o = step.gate("output");
    double[] proposed = step.gate("candidate");
    double[] cBefore = ((State.HiddenAndCell) before).c();
    double[] c = ((State.HiddenAndCell) step.state()).c();
    elementwise(
        "C" + now,
        "f" + now + " ∘ C" + then + " + i" + now + " ∘ C~" + now,
        k -> new NumbersIn().product(f[k], cBefore[k]).product(i[k], proposed[k]),
        c);
    elementwise(
        "h" + now,
        "o" + now + " ∘ tanh(C" + now + ")",
        k -> new NumbersIn().term(false, Digits.of(o[k]) + "·tanh(" + Digits.of(c[k]) + ")"),
        step.state().h());
  }

  /** A gate that reads x_t and h_{t-1}: its sum, then its activation. */
  private void gate(String gate, String symbol, Activation activation) {
    String a = "a_" + TraceSymbols.gate(kind, gate);
    weightedSum(gate, a, "h" + then, before.h());
    activated(symbol + now, activation, a, preActivations.of(gate), step.gate(gate));
  }

  /** {@code a = W x_t + U h + b}. */
  private void weightedSum(String gate, String name, String state, double[] h) {
    double[][] w = tensor(gate + ".input_weights").rows();
    double[][] u = tensor(gate + ".recurrent_weights").rows();
    Tensor b = tensor(gate + ".bias");
    String index = TraceSymbols.gate(kind, gate);
    sum(
        name,
        TraceSymbols.indexed("W", index)
            + " x"
            + now
            + " + "
            + TraceSymbols.indexed("U", index)
            + " "
            + state
            + " + "
            + TraceSymbols.indexed("b", index),
        "unit",
        x.length + h.length + 1,
        k -> new NumbersIn().product(w[k], x).product(u[k], h).plus(b.get(k)),
        preActivations.of(gate));
  }

  /** {@code name = φ(a)}. */
  private void activated(
      String name, Activation activation, String a, double[] preActivation, double[] value) {
    elementwise(
        name,
        formula(activation, a),
        k -> new NumbersIn().term(false, numbersIn(activation, preActivation[k])),
        value);
  }

  private static String formula(Activation activation, String a) {
    return switch (activation) {
      case TANH -> "tanh(" + a + ")";
      case SIGMOID -> "σ(" + a + ")";
      case RELU -> "max(0, " + a + ")";
    };
  }

  private static String numbersIn(Activation activation, double a) {
    return switch (activation) {
      case TANH -> "tanh(" + Digits.of(a) + ")";
      case SIGMOID -> "1 / (1 + e^" + power(-a) + ")";
      case RELU -> "max(0, " + Digits.of(a) + ")";
    };
  }

  /** In brackets where it has a power itself: {@code (1e-7)}. */
  private static String power(double a) {
    String text = Digits.of(a);
    return text.contains("e") ? "(" + text + ")" : text;
  }

  private Tensor tensor(String name) {
    return trace.given().weight(name);
  }

  /** A sum of products, with the numbers put in while there are few. */
  private void sum(
      String name,
      String formula,
      String unit,
      int terms,
      IntFunction<NumbersIn> numbers,
      double[] value) {
    if (terms > TERMS_SHOWN || value.length > UNITS_SHOWN) {
      line(name, formula, Digits.of(value));
    } else if (value.length == 1) {
      elementwise(name, formula, numbers, value);
    } else {
      out.println("  " + name + (formula.isEmpty() ? "" : " = " + formula));
      for (int k = 0; k < value.length; k++) {
        String number = Digits.of(value[k]);
        out.println("      " + unit + " " + (k + 1) + ": " + numbers.apply(k) + " = " + number);
      }
    }
  }

  /** An elementwise formula, with the numbers put in for one unit. */
  private void elementwise(
      String name, String formula, IntFunction<NumbersIn> numbers, double[] value) {
    String number = Digits.of(value);
    line(name, formula, value.length == 1 ? numbers.apply(0) + " = " + number : number);
  }

  private void line(String name, String formula, String value) {
    out.println("  " + name + (formula.isEmpty() ? "" : " = " + formula) + " = " + value);
  }
}
