package io.gatecast.reference;

import java.util.Map;
import java.util.Objects;

/**
 * The cells' equations once more, unit by unit in scalar loops and with other formulas for σ and
 * tanh than the oracle's: slow, plain, and independent of the code under test.
 */
final class NaiveCell {
  private final CellKind kind;
  private final Map<String, Tensor> weights;
  private final String prefix;

  NaiveCell(CellKind kind, Map<String, Tensor> weights, String prefix) {
    this.kind = kind;
    this.weights = weights;
    this.prefix = prefix;
  }

  /** The state after a step. */
  State next(double[] x, State before) {
    if (before instanceof State.HiddenAndCell both) {
      return lstm(x, both.h(), both.c());
    }
    return State.of(
        kind instanceof CellKind.Rnn rnn
            ? rnn(rnn.activation(), x, before.h())
            : gru(((CellKind.Gru) kind).reset(), x, before.h()));
  }

  private double[] rnn(Activation activation, double[] x, double[] h) {
    double[] next = new double[h.length];
    for (int k = 0; k < h.length; k++) {
      double a = affine("hidden", k, x, h);
      next[k] =
          switch (activation) {
            case TANH -> Math.tanh(a);
            case SIGMOID -> logistic(a);
            case RELU -> a > 0 ? a : 0;
          };
    }
    return next;
  }

  private double[] gru(Reset reset, double[] x, double[] h) {
    double[] kept = new double[h.length];
    for (int k = 0; k < h.length; k++) {
      kept[k] = logistic(affine("reset", k, x, h)) * h[k];
    }
    double[] next = new double[h.length];
    for (int k = 0; k < h.length; k++) {
      double a;
      if (reset == Reset.BEFORE) {
        a = affine("candidate", k, x, kept);
      } else {
        double recurrent = tensor("candidate.recurrent_bias").get(k);
        for (int j = 0; j < h.length; j++) {
          recurrent += tensor("candidate.recurrent_weights").get(k, j) * h[j];
        }
        double fromInput = affine("candidate", k, x, new double[h.length]);
        a = fromInput + logistic(affine("reset", k, x, h)) * recurrent;
      }
      double z = logistic(affine("update", k, x, h));
      next[k] = h[k] + z * (Math.tanh(a) - h[k]);
    }
    return next;
  }

  private State lstm(double[] x, double[] h, double[] c) {
    double[] nextH = new double[h.length];
    double[] nextC = new double[h.length];
    for (int k = 0; k < h.length; k++) {
      double forgotten = logistic(affine("forget", k, x, h)) * c[k];
      double written = logistic(affine("input", k, x, h)) * Math.tanh(affine("candidate", k, x, h));
      nextC[k] = forgotten + written;
      nextH[k] = logistic(affine("output", k, x, h)) * Math.tanh(nextC[k]);
    }
    return State.of(nextH, nextC);
  }

  /** {@code W x + U h + b} of one gate and one hidden unit. */
  private double affine(String gate, int unit, double[] x, double[] h) {
    double sum = tensor(gate + ".bias").get(unit);
    for (int j = 0; j < x.length; j++) {
      sum += tensor(gate + ".input_weights").get(unit, j) * x[j];
    }
    for (int j = 0; j < h.length; j++) {
      sum += tensor(gate + ".recurrent_weights").get(unit, j) * h[j];
    }
    return sum;
  }

  private Tensor tensor(String name) {
    return Objects.requireNonNull(weights.get(prefix + name), prefix + name);
  }

  private static double logistic(double a) {
    return 0.5 * (1 + Math.tanh(a / 2));
  }
}
