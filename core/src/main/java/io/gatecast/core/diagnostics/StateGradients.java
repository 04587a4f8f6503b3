package io.gatecast.core.diagnostics;

import java.util.Arrays;

/**
 * Gradients with regard to a layer's state at one step, a row for each quantity that was
 * differentiated. The arrays belong to whoever holds it.
 */
final class StateGradients {
  private final int rows;

  /** {@code [rows][hidden]}. */
  private final double[] h;

  /** Likewise for the LSTM's C; empty for other cells. */
  private final double[] c;

  StateGradients(int rows, double[] h, double[] c) {
    this.rows = rows;
    this.h = h;
    this.c = c;
  }

  /** Zeros. */
  static StateGradients zeros(int rows, int hidden, boolean cell) {
    return new StateGradients(
        rows, new double[rows * hidden], new double[cell ? rows * hidden : 0]);
  }

  /** ∂h_T/∂(h_T, C_T): row k is 1 at unit k of h, else 0. */
  static StateGradients identity(int hidden, boolean cell) {
    StateGradients identity = zeros(hidden, hidden, cell);
    for (int k = 0; k < hidden; k++) {
      identity.h[k * hidden + k] = 1;
    }
    return identity;
  }

  int rows() {
    return rows;
  }

  double[] h() {
    return h;
  }

  double[] c() {
    return c;
  }

  /** Some of the rows, copied. */
  StateGradients part(int from, int to) {
    int hidden = h.length / rows;
    return new StateGradients(
        to - from,
        Arrays.copyOfRange(h, from * hidden, to * hidden),
        c.length == 0 ? c : Arrays.copyOfRange(c, from * hidden, to * hidden));
  }

  /** Puts rows in the place of those from the one given on. */
  void put(int from, StateGradients part) {
    System.arraycopy(part.h, 0, h, from * (h.length / rows), part.h.length);
    System.arraycopy(part.c, 0, c, from * (c.length / rows), part.c.length);
  }

  /** Adds to ∂/∂h of the only row. */
  void addToHidden(double[] addend) {
    for (int k = 0; k < h.length; k++) {
      h[k] += addend[k];
    }
  }

  /** ‖∂/∂h‖₂. */
  double hiddenNorm() {
    return SpectralNorm.of(h, rows);
  }

  /** ‖∂/∂(h, C)‖₂. */
  double stateNorm() {
    if (c.length == 0) {
      return hiddenNorm();
    }
    int hidden = h.length / rows;
    double[] both = new double[2 * h.length];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(h, row * hidden, both, 2 * row * hidden, hidden);
      System.arraycopy(c, row * hidden, both, (2 * row + 1) * hidden, hidden);
    }
    return SpectralNorm.of(both, rows);
  }

  /**
   * Divides all by a power of two, which rounds nothing, so that the largest is near 1 and a float
   * engine neither loses them nor overflows.
   *
   * @return the power's exponent
   */
  int scale() {
    double largest = 0;
    for (double[] values : new double[][] {h, c}) {
      for (double value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return 0;
    }
    int exponent = Math.getExponent(largest);
    for (double[] values : new double[][] {h, c}) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.scalb(values[i], -exponent);
      }
    }
    return exponent;
  }
}
