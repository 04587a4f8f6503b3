package io.gatecast.core.diagnostics;

import io.gatecast.core.kernel.LayerShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Measures the flow of one layer: once the loss's gradient goes back through its steps, and once
 * unit vectors, which give the rows of the exact product of Jacobians.
 */
final class LayerFlow {
  private final LayerSteps steps;
  private final int rowsTogether;

  /**
   * Looks at a layer.
   *
   * @param numbers how many numbers of gates and inputs may be held at once, which bounds memory:
   *     more unit vectors than that go back one group after the other
   */
  LayerFlow(LayerSteps steps, int numbers) {
    this.steps = steps;
    int perRow = steps.shape().inputs() + 2 * (steps.shape().gates() + 2) * steps.shape().hidden();
    this.rowsTogether = Math.max(1, numbers / perRow);
  }

  /**
   * A layer's flow, and what the layer below needs for its own.
   *
   * @param dx ∂L/∂x_t, {@code [time][input]}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once
  record Measured(GradientFlow flow, double[][] dx) {}

  /**
   * Measures.
   *
   * @param dOut ∂L/∂h_t by what reads it directly, {@code [time][hidden]}
   */
  Measured measure(double[][] dOut) {
    LayerShape shape = steps.shape();
    return measure(dOut, StateGradients.zeros(1, shape.hidden(), shape.hasCellState()));
  }

  /**
   * The same where the state after the last step is read, too.
   *
   * @param dOut ∂L/∂h_t by what reads it directly, {@code [time][hidden]}
   * @param dLast ∂L/∂(h_T, C_T) by what carries it on; changed
   */
  Measured measure(double[][] dOut, StateGradients dLast) {
    List<Double> hidden = new ArrayList<>();
    List<Double> state = new ArrayList<>();
    jacobians(hidden, state);
    double[][] dx = new double[steps.time()][steps.shape().inputs()];
    List<Double> loss = loss(dOut, dLast, dx);
    return new Measured(new GradientFlow(loss, hidden, state), dx);
  }

  private List<Double> loss(double[][] dOut, StateGradients dLast, double[][] dx) {
    Double[] loss = new Double[steps.time()];
    StateGradients gradient = dLast;
    for (int t = steps.time() - 1; t >= 0; t--) {
      gradient.addToHidden(dOut[t]);
      loss[t] = gradient.hiddenNorm();
      gradient = steps.back(t, gradient, dx[t]);
    }
    return Arrays.asList(loss);
  }

  private void jacobians(List<Double> hidden, List<Double> state) {
    StateGradients product =
        StateGradients.identity(steps.shape().hidden(), steps.shape().hasCellState());
    int exponent = 0;
    for (int t = steps.time() - 1; t >= 0; t--) {
      hidden.add(Math.scalb(product.hiddenNorm(), exponent));
      state.add(Math.scalb(product.stateNorm(), exponent));
      if (t > 0) {
        for (int from = 0; from < product.rows(); from += rowsTogether) {
          int to = Math.min(product.rows(), from + rowsTogether);
          product.put(from, steps.back(t, product.part(from, to), null));
        }
        exponent += product.scale();
      }
    }
    Collections.reverse(hidden);
    Collections.reverse(state);
  }
}
