package io.gatecast.cli.trace;

import io.gatecast.reference.CellKind;
import io.gatecast.reference.Dense;
import io.gatecast.reference.Reset;
import io.gatecast.reference.Step;
import io.gatecast.reference.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands in the brackets of σ and tanh at one step. The oracle keeps gates and states only, so
 * this is done again, by the oracle's {@link Dense} as {@code [W U] [x; h'] + b}; it is for display
 * alone, and no gate or state is computed from it.
 */
final class PreActivations {
  private final TraceCase given;
  private final double[] x;
  private final double[] before;
  private final Map<String, double[]> byGate = new LinkedHashMap<>();
  private double[] inner = {};

  /** Those of a step, counted from 0. */
  PreActivations(Trace trace, int t) {
    given = trace.given();
    x = given.x().get(t).values();
    before = trace.pass().before(t).h();
    for (String gate : given.kind().gates()) {
      byGate.put(gate, weightedSum(gate, before));
    }
    if (given.kind() instanceof CellKind.Gru gru) {
      Step step = trace.pass().steps().get(t);
      byGate.put("candidate", candidate(gru.reset(), step.gate("reset")));
    }
  }

  /** The pre-activation of a gate, of shape {@code [hidden]}. */
  double[] of(String gate) {
    double[] a = byGate.get(gate);
    if (a == null) {
      throw new IllegalArgumentException("gate: expected one of " + byGate.keySet());
    }
    return a;
  }

  /**
   * What the reset gate of a GRU acts on or gives: {@code r ∘ h'} before the product, {@code U_h h'
   * + c_h} after it. Empty for other cells.
   */
  double[] inner() {
    return inner;
  }

  private double[] candidate(Reset reset, double[] r) {
    if (reset == Reset.BEFORE) {
      inner = new double[before.length];
      Arrays.setAll(inner, k -> r[k] * before[k]);
      return weightedSum("candidate", inner);
    }
    inner = dense("candidate.recurrent_weights", "candidate.recurrent_bias").forward(before);
    double[] a = dense("candidate.input_weights", "candidate.bias").forward(x);
    for (int k = 0; k < a.length; k++) {
      a[k] += r[k] * inner[k];
    }
    return a;
  }

  private Dense dense(String weights, String bias) {
    return new Dense(given.weight(weights), given.weight(bias));
  }

  private double[] weightedSum(String gate, double[] h) {
    double[][] w = given.weight(gate + ".input_weights").rows();
    double[][] u = given.weight(gate + ".recurrent_weights").rows();
    double[][] joined = new double[h.length][];
    Arrays.setAll(joined, k -> joined(w[k], u[k]));
    return new Dense(Tensor.matrix(joined), given.weight(gate + ".bias")).forward(joined(x, h));
  }

  private static double[] joined(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
