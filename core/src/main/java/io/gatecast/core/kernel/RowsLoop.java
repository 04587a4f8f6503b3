package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;
import java.util.Arrays;

/**
 * The loop over time for some rows of a batch, forward and backward: the one place where float
 * kernels know time. Rows do not touch each other, so that each thread has rows of its own.
 *
 * <p>The equations are the oracle's; see {@code io.gatecast.reference}.
 */
final class RowsLoop {
  /**
   * Rows times steps that one product of weight gradients takes together: enough to fill caches.
   */
  private static final int PRODUCT_ROWS = 128;

  private final Arithmetic arithmetic;
  private final RowsPass pass;
  private final PackedWeights weights;
  private final int rows;
  private final int hidden;

  RowsLoop(Arithmetic arithmetic, RowsPass pass) {
    this.arithmetic = arithmetic;
    this.pass = pass;
    this.weights = pass.weights;
    this.rows = pass.rows;
    this.hidden = weights.hidden;
  }

  private int gatesAt(int t) {
    return t * rows * weights.row;
  }

  private int stateAt(int t) {
    return t * rows * hidden;
  }

  void forward() {
    int inputs = weights.shape.inputs();
    Blocks blocks = weights.blocks;
    for (int t = 0; t < pass.time; t++) {
      int g = gatesAt(t);
      int before = stateAt(t);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(weights.bias, 0, pass.gates, g + r * weights.row, weights.row);
      }
      arithmetic.multiplyAdd(
          pass.x,
          t * rows * inputs,
          inputs,
          rows,
          inputs,
          weights.input,
          blocks.inputCount() * hidden,
          pass.gates,
          g + blocks.inputFrom() * hidden,
          weights.row);
      arithmetic.multiplyAdd(
          pass.h,
          before,
          hidden,
          rows,
          weights.shape.hidden(),
          weights.state,
          blocks.stateCount() * hidden,
          pass.gates,
          g + blocks.stateFrom() * hidden,
          weights.row);
      gates(t, g, before, stateAt(t + 1));
      carryOverPadding(t, before, stateAt(t + 1));
    }
  }

  private void gates(int t, int g, int before, int after) {
    CellSpec cell = weights.shape.cell();
    if (cell instanceof CellSpec.Rnn rnn) {
      for (int r = 0; r < rows; r++) {
        arithmetic.rnn(
            rnn.activation(), pass.gates, g + r * weights.row, pass.h, after + r * hidden, hidden);
      }
    } else if (cell instanceof CellSpec.Lstm) {
      for (int r = 0; r < rows; r++) {
        int state = r * hidden;
        arithmetic.lstm(
            pass.gates,
            g + r * weights.row,
            pass.c,
            before + state,
            after + state,
            pass.h,
            after + state,
            hidden);
      }
    } else if (weights.resetsBefore()) {
      resetBefore(t, g, before, after);
    } else {
      for (int r = 0; r < rows; r++) {
        int state = r * hidden;
        arithmetic.gruAfter(
            pass.gates, g + r * weights.row, pass.h, before + state, after + state, hidden);
      }
    }
  }

  private void resetBefore(int t, int g, int before, int after) {
    int kept = stateAt(t);
    for (int r = 0; r < rows; r++) {
      int state = r * hidden;
      arithmetic.gruReset(
          pass.gates, g + r * weights.row, pass.h, before + state, pass.kept, kept + state, hidden);
    }
    arithmetic.multiplyAdd(
        pass.kept,
        kept,
        hidden,
        rows,
        weights.shape.hidden(),
        weights.kept,
        hidden,
        pass.gates,
        g + 2 * hidden,
        weights.row);
    for (int r = 0; r < rows; r++) {
      int state = r * hidden;
      arithmetic.gruCandidate(
          pass.gates, g + r * weights.row, pass.h, before + state, after + state, hidden);
    }
  }

  /** A padding step leaves the state as it is. */
  private void carryOverPadding(int t, int before, int after) {
    for (int r = 0; r < rows; r++) {
      if (pass.isPadding(r, t)) {
        int state = r * hidden;
        System.arraycopy(pass.h, before + state, pass.h, after + state, hidden);
        if (pass.c.length > 0) {
          System.arraycopy(pass.c, before + state, pass.c, after + state, hidden);
        }
      }
    }
  }

  /** What one thread's rows add to the gradients. */
  static final class RowsGradient {
    final float[] input;
    final float[] state;
    final float[] kept;
    final float[] bias;

    /**
     * ∂L/∂h and ∂L/∂C of the rows: of h_T first, of h_0 in the end; {@code [rows][padded hidden]}.
     */
    final float[] carryH;

    final float[] carryC;

    RowsGradient(PackedWeights weights, int rows) {
      input = new float[weights.shape.inputs() * weights.blocks.inputCount() * weights.hidden];
      state = new float[weights.shape.hidden() * weights.blocks.stateCount() * weights.hidden];
      kept = new float[weights.resetsBefore() ? weights.shape.hidden() * weights.hidden : 0];
      bias = new float[weights.row];
      carryH = new float[rows * weights.hidden];
      carryC = new float[weights.shape.hasCellState() ? rows * weights.hidden : 0];
    }
  }

  /**
   * The way back. The pass's gates are overwritten.
   *
   * @param dh ∂L/∂h_t by what reads it, {@code [time][rows][hidden]} without padding
   * @param dx ∂L/∂x_t is written here, {@code [time][rows][padded inputs]}; empty for nowhere
   * @param gradient zeros, but for the carries: ∂L/∂h_T and ∂L/∂C_T by whoever carries the state on
   */
  void backward(float[] dh, float[] dx, RowsGradient gradient) {
    float[] dKept = new float[weights.resetsBefore() ? rows * hidden : 0];
    int units = weights.shape.hidden();
    int stepsTogether = Math.max(1, PRODUCT_ROWS / Math.max(1, rows));
    int done = pass.time;
    for (int t = pass.time - 1; t >= 0; t--) {
      for (int r = 0; r < rows; r++) {
        int at = (t * rows + r) * units;
        for (int k = 0; k < units; k++) {
          gradient.carryH[r * hidden + k] += dh[at + k];
        }
      }
      gatesBackward(t, gradient, dKept);
      arithmetic.multiplyAdd(
          pass.gates,
          gatesAt(t) + weights.blocks.stateFrom() * hidden,
          weights.row,
          rows,
          weights.blocks.stateCount() * hidden,
          weights.stateTurned,
          hidden,
          gradient.carryH,
          0,
          hidden);
      if (dx.length > 0) {
        int width = arithmetic.padded(weights.shape.inputs());
        arithmetic.multiplyAdd(
            pass.gates,
            gatesAt(t) + weights.blocks.inputFrom() * hidden,
            weights.row,
            rows,
            weights.blocks.inputCount() * hidden,
            weights.inputTurned,
            width,
            dx,
            t * rows * width,
            width);
      }
      if (done - t == stepsTogether || t == 0) {
        weightGradients(t, done - t, gradient);
        done = t;
      }
    }
  }

  private void gatesBackward(int t, RowsGradient gradient, float[] dKept) {
    CellSpec cell = weights.shape.cell();
    int before = stateAt(t);
    int after = stateAt(t + 1);
    float[] carry = gradient.carryH;
    float[] heldBack = holdBackPadding(gradient);
    for (int r = 0; r < rows; r++) {
      int g = gatesAt(t) + r * weights.row;
      int state = r * hidden;
      if (cell instanceof CellSpec.Rnn rnn) {
        arithmetic.rnnBackward(rnn.activation(), pass.gates, g, carry, state, hidden);
      } else if (cell instanceof CellSpec.Lstm) {
        arithmetic.lstmBackward(
            pass.gates,
            g,
            pass.c,
            before + state,
            after + state,
            carry,
            gradient.carryC,
            state,
            hidden);
      } else if (weights.resetsBefore()) {
        arithmetic.gruCandidateBackward(
            pass.gates, g, pass.h, before + state, carry, state, hidden);
      } else {
        arithmetic.gruAfterBackward(pass.gates, g, pass.h, before + state, carry, state, hidden);
      }
    }
    if (weights.resetsBefore()) {
      resetBeforeBackward(t, before, carry, dKept);
    }
    giveBackPadding(t, gradient, heldBack);
  }

  private void resetBeforeBackward(int t, int before, float[] carry, float[] dKept) {
    Arrays.fill(dKept, 0);
    arithmetic.multiplyAdd(
        pass.gates,
        gatesAt(t) + 2 * hidden,
        weights.row,
        rows,
        hidden,
        weights.keptTurned,
        hidden,
        dKept,
        0,
        hidden);
    for (int r = 0; r < rows; r++) {
      int state = r * hidden;
      arithmetic.gruResetBackward(
          pass.gates,
          gatesAt(t) + r * weights.row,
          pass.h,
          before + state,
          dKept,
          state,
          carry,
          state,
          hidden);
    }
  }

  /**
   * A padding step passes its gradient on unchanged: it is kept aside while the others' go back.
   */
  private float[] holdBackPadding(RowsGradient gradient) {
    if (pass.mask.length == 0) {
      return pass.mask;
    }
    int size = rows * hidden;
    float[] held = new float[size + gradient.carryC.length];
    System.arraycopy(gradient.carryH, 0, held, 0, size);
    System.arraycopy(gradient.carryC, 0, held, size, gradient.carryC.length);
    return held;
  }

  private void giveBackPadding(int t, RowsGradient gradient, float[] held) {
    for (int r = 0; r < rows; r++) {
      if (pass.isPadding(r, t)) {
        int g = gatesAt(t) + r * weights.row;
        Arrays.fill(pass.gates, g, g + weights.row, 0);
        System.arraycopy(held, r * hidden, gradient.carryH, r * hidden, hidden);
        if (gradient.carryC.length > 0) {
          System.arraycopy(held, (rows + r) * hidden, gradient.carryC, r * hidden, hidden);
        }
      }
    }
  }

  /** Adds the products of some steps, from t on, while what they read is still near. */
  private void weightGradients(int t, int steps, RowsGradient gradient) {
    int inputs = weights.shape.inputs();
    Blocks blocks = weights.blocks;
    arithmetic.addTransposedProduct(
        pass.x,
        t * rows * inputs,
        inputs,
        inputs,
        pass.gates,
        gatesAt(t) + blocks.inputFrom() * hidden,
        weights.row,
        blocks.inputCount() * hidden,
        steps * rows,
        gradient.input,
        blocks.inputCount() * hidden);
    arithmetic.addTransposedProduct(
        pass.h,
        stateAt(t),
        hidden,
        weights.shape.hidden(),
        pass.gates,
        gatesAt(t) + blocks.stateFrom() * hidden,
        weights.row,
        blocks.stateCount() * hidden,
        steps * rows,
        gradient.state,
        blocks.stateCount() * hidden);
    if (weights.resetsBefore()) {
      arithmetic.addTransposedProduct(
          pass.kept,
          stateAt(t),
          hidden,
          weights.shape.hidden(),
          pass.gates,
          gatesAt(t) + 2 * hidden,
          weights.row,
          hidden,
          steps * rows,
          gradient.kept,
          hidden);
    }
    for (int r = 0; r < steps * rows; r++) {
      arithmetic.add(pass.gates, gatesAt(t) + r * weights.row, gradient.bias, 0, weights.row);
    }
  }
}
