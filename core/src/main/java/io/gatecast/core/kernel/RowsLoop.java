package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;
import java.util.Arrays;

/**
 * The loop over time for some rows of a batch, forward and backward: the one place where float
 * kernels know time. Rows do not touch each other, so that each thread has rows of its own.
 *
 * <p>Products with the input, with its gradient, and of the weights' gradients are made for many
 * steps together; only those with the state wait for each step. The equations are the oracle's; see
 * {@code io.gatecast.reference}.
 */
final class RowsLoop {
  private final Arithmetic arithmetic;
  private final RowsPass pass;
  private final PackedWeights weights;
  private final Blocks blocks;
  private final int rows;
  private final int hidden;

  RowsLoop(Arithmetic arithmetic, RowsPass pass) {
    this.arithmetic = arithmetic;
    this.pass = pass;
    this.weights = pass.weights;
    this.blocks = weights.blocks;
    this.rows = pass.rows;
    this.hidden = weights.hidden;
  }

  /**
   * From the state at step 0 to that after the last step.
   *
   * @param fromZero whether the state at step 0 is zero, and need not be multiplied
   */
  void forward(boolean fromZero) {
    for (int t = 0; t < pass.time; t++) {
      if (t % pass.together == 0) {
        projectInput(t, Math.min(pass.together, pass.time - t));
      }
      int g = pass.gatesAt(t);
      if (t > 0 || !fromZero) {
        multiply(true, pass.h, pass.stateAt(t), weights.state, g + blocks.stateFrom() * hidden);
      }
      gates(t, g);
      carryOverPadding(t);
    }
  }

  /** {@code W x + b} of some steps. */
  private void projectInput(int t, int steps) {
    PackedMatrix input = weights.input;
    int g = pass.gatesAt(t);
    arithmetic.multiply(
        false,
        pass.x,
        t * rows * input.depth,
        input.depth,
        steps * rows,
        input,
        pass.gates,
        g + blocks.inputFrom() * hidden,
        weights.row);
    if (weights.stateBias.length > 0) {
      int last = g + (blocks.count() - 1) * hidden;
      for (int r = 0; r < steps * rows; r++) {
        System.arraycopy(weights.stateBias, 0, pass.gates, last + r * weights.row, hidden);
      }
    }
  }

  /** The product of a step's states, or what is like them, into its gates. */
  private void multiply(boolean add, float[] state, int at, PackedMatrix matrix, int g) {
    arithmetic.multiply(add, state, at, hidden, rows, matrix, pass.gates, g, weights.row);
  }

  private void gates(int t, int g) {
    CellSpec cell = weights.shape.cell();
    int before = pass.stateAt(t);
    int after = pass.stateAt(t + 1);
    int cBefore = pass.cellAt(t);
    int cAfter = pass.cellAt(t + 1);
    int n = hidden;
    float[] gates = pass.gates;
    if (weights.resetsBefore()) {
      resetBefore(t, g, before);
    }
    for (int r = 0; r < rows; r++) {
      int at = g + r * weights.row;
      int s = r * n;
      if (cell instanceof CellSpec.Rnn rnn) {
        arithmetic.rnn(rnn.activation(), gates, at, pass.h, after + s, n);
      } else if (cell instanceof CellSpec.Lstm) {
        arithmetic.lstm(gates, at, pass.c, cBefore + s, cAfter + s, pass.h, after + s, n);
      } else if (weights.resetsBefore()) {
        arithmetic.gruCandidate(gates, at, pass.h, before + s, after + s, n);
      } else {
        arithmetic.gruAfter(gates, at, pass.h, before + s, after + s, n);
      }
    }
  }

  private void resetBefore(int t, int g, int before) {
    int kept = pass.keptAt(t);
    for (int r = 0; r < rows; r++) {
      int s = r * hidden;
      arithmetic.gruReset(
          pass.gates, g + r * weights.row, pass.h, before + s, pass.kept, kept + s, hidden);
    }
    multiply(true, pass.kept, kept, weights.kept, g + 2 * hidden);
  }

  /** A padding step leaves the state as it is. */
  private void carryOverPadding(int t) {
    for (int r = 0; r < rows; r++) {
      if (pass.isPadding(r, t)) {
        int s = r * hidden;
        System.arraycopy(pass.h, pass.stateAt(t) + s, pass.h, pass.stateAt(t + 1) + s, hidden);
        if (weights.shape.hasCellState()) {
          System.arraycopy(pass.c, pass.cellAt(t) + s, pass.c, pass.cellAt(t + 1) + s, hidden);
        }
      }
    }
  }

  /**
   * The way back. The pass's gates are overwritten.
   *
   * @param dOut ∂L/∂h_t by what reads it, {@code [time − from][rows][padded hidden]}
   * @param from the first step that anything reads
   * @param dx ∂L/∂x_t is written here, {@code [time][rows][padded inputs]}; empty for nowhere
   * @param toState whether ∂L/∂(state at step 0) is asked for
   * @param gradient zeros, but for the carries: ∂L/∂h_T and ∂L/∂C_T by whoever carries the state on
   */
  void backward(float[] dOut, int from, float[] dx, boolean toState, RowsGradient gradient) {
    int step = rows * hidden;
    int done = pass.time;
    for (int t = pass.time - 1; t >= 0; t--) {
      if (t >= from) {
        arithmetic.add(dOut, (t - from) * step, gradient.carryH, 0, step);
      }
      gatesBackward(t, gradient);
      if (t > 0 || toState) {
        arithmetic.multiply(
            true,
            pass.gates,
            pass.gatesAt(t) + blocks.stateFrom() * hidden,
            weights.row,
            rows,
            weights.stateTurned,
            gradient.carryH,
            0,
            hidden);
      }
      if (done - t == pass.together || t == 0) {
        inputGradient(t, done - t, dx);
        weightGradients(t, done - t, gradient);
        done = t;
      }
    }
  }

  private void gatesBackward(int t, RowsGradient gradient) {
    holdBackPadding(gradient);
    CellSpec cell = weights.shape.cell();
    int before = pass.stateAt(t);
    int cBefore = pass.cellAt(t);
    int cAfter = pass.cellAt(t + 1);
    int n = hidden;
    float[] gates = pass.gates;
    float[] carry = gradient.carryH;
    for (int r = 0; r < rows; r++) {
      int g = pass.gatesAt(t) + r * weights.row;
      int s = r * n;
      if (cell instanceof CellSpec.Rnn rnn) {
        arithmetic.rnnBackward(rnn.activation(), gates, g, carry, s, n);
      } else if (cell instanceof CellSpec.Lstm) {
        arithmetic.lstmBackward(
            gates, g, pass.c, cBefore + s, cAfter + s, carry, gradient.carryC, s, n);
      } else if (weights.resetsBefore()) {
        arithmetic.gruCandidateBackward(gates, g, pass.h, before + s, carry, s, n);
      } else {
        arithmetic.gruAfterBackward(gates, g, pass.h, before + s, carry, s, n);
      }
    }
    if (weights.resetsBefore()) {
      resetBeforeBackward(t, before, gradient);
    }
    giveBackPadding(t, gradient);
  }

  private void resetBeforeBackward(int t, int before, RowsGradient gradient) {
    int g = pass.gatesAt(t);
    arithmetic.multiply(
        false,
        pass.gates,
        g + 2 * hidden,
        weights.row,
        rows,
        weights.keptTurned,
        gradient.dKept,
        0,
        hidden);
    for (int r = 0; r < rows; r++) {
      int s = r * hidden;
      arithmetic.gruResetBackward(
          pass.gates,
          g + r * weights.row,
          pass.h,
          before + s,
          gradient.dKept,
          s,
          gradient.carryH,
          s,
          hidden);
    }
  }

  /**
   * A padding step passes its gradient on unchanged: it is kept aside while the others' go back.
   */
  private void holdBackPadding(RowsGradient gradient) {
    if (pass.mask.length > 0) {
      int size = rows * hidden;
      System.arraycopy(gradient.carryH, 0, gradient.held, 0, size);
      if (weights.shape.hasCellState()) {
        System.arraycopy(gradient.carryC, 0, gradient.held, size, size);
      }
    }
  }

  private void giveBackPadding(int t, RowsGradient gradient) {
    for (int r = 0; r < rows; r++) {
      if (pass.isPadding(r, t)) {
        int g = pass.gatesAt(t) + r * weights.row;
        Arrays.fill(pass.gates, g, g + weights.row, 0);
        System.arraycopy(gradient.held, r * hidden, gradient.carryH, r * hidden, hidden);
        if (weights.shape.hasCellState()) {
          System.arraycopy(gradient.held, (rows + r) * hidden, gradient.carryC, r * hidden, hidden);
        }
      }
    }
  }

  private void inputGradient(int t, int steps, float[] dx) {
    if (dx.length > 0) {
      int width = weights.inputTurned.columns;
      arithmetic.multiply(
          false,
          pass.gates,
          pass.gatesAt(t) + blocks.inputFrom() * hidden,
          weights.row,
          steps * rows,
          weights.inputTurned,
          dx,
          t * rows * width,
          width);
    }
  }

  /** Adds the products of some steps, from t on, while what they read is still near. */
  private void weightGradients(int t, int steps, RowsGradient gradient) {
    int g = pass.gatesAt(t);
    PackedMatrix input = weights.input;
    addProduct(
        pass.x,
        t * rows * input.depth,
        input,
        steps,
        g,
        blocks.inputFrom(),
        gradient.input,
        gradient);
    addProduct(
        pass.h,
        pass.stateAt(t),
        weights.state,
        steps,
        g,
        blocks.stateFrom(),
        gradient.state,
        gradient);
    if (weights.resetsBefore()) {
      addProduct(pass.kept, pass.keptAt(t), weights.kept, steps, g, 2, gradient.kept, gradient);
    }
    if (gradient.stateBias.length > 0) {
      int last = g + (blocks.count() - 1) * hidden;
      for (int r = 0; r < steps * rows; r++) {
        arithmetic.add(pass.gates, last + r * weights.row, gradient.stateBias, 0, hidden);
      }
    }
  }

  /** Adds the gradient of a matrix by which vectors a of some steps were multiplied. */
  private void addProduct(
      float[] a,
      int aAt,
      PackedMatrix matrix,
      int steps,
      int g,
      int block,
      float[] sum,
      RowsGradient gradient) {
    arithmetic.addTransposedProduct(
        a,
        aAt,
        matrix.depth,
        pass.gates,
        g + block * hidden,
        weights.row,
        matrix.columns,
        steps * rows,
        gradient.scratch,
        sum);
  }
}
